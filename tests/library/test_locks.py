"""One process at a time, and errors of the file system in words."""

from __future__ import annotations

import errno
import logging
import threading
from pathlib import Path

import pytest

from narrate.core.errors import OutputError
from narrate.core.system.files import new_part
from narrate.library.locks import exclusive, writing

EPISODE = Path("out/talk.mp3")
BESIDE = (Path("out/talk.vtt"), Path("out/talk.cover.jpg"))


def leftovers() -> list[Path]:
    """What a killed run leaves of an episode, of what lies beside it, and of another one."""
    Path("out").mkdir(exist_ok=True)
    return [new_part(Path("out", name)) for name in ("talk.mp3", "talk.vtt", "talk.cover.jpg", "other.mp3")]


def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path) -> None:
    """Of this episode only: another one may be in the making."""
    *own, other = leftovers()

    with exclusive(EPISODE, BESIDE, tmp_path / "cache"):
        assert not any(path.exists() for path in own)

    assert other.exists()


def test_without_a_cache_nothing_is_locked_or_cleared() -> None:
    """What looks like a leftover may belong to a run that is alive."""
    made = leftovers()

    with exclusive(EPISODE, BESIDE, None), exclusive(EPISODE, BESIDE, None):
        assert all(path.exists() for path in made)


def test_the_second_waits_for_the_first_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """By whatever name the episode goes."""
    order: list[str] = []
    entered, warned = threading.Event(), threading.Event()

    class Watch(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            warned.set()

    def first() -> None:
        with exclusive(EPISODE, (), tmp_path / "cache"):
            entered.set()
            order.append("first in" if warned.wait(20) else "nobody waited")
        order.append("first out")

    logger, watch = logging.getLogger("narrate.library.locks"), Watch()
    logger.addHandler(watch)
    thread = threading.Thread(target=first)
    thread.start()
    try:
        entered.wait(20)
        with exclusive(EPISODE.absolute(), (), tmp_path / "cache"):
            order.append("second in")
    finally:
        thread.join()
        logger.removeHandler(watch)

    assert order.index("first in") < order.index("second in")
    assert "another run is writing" in caplog.text


@pytest.mark.parametrize("other", ["talk.m4b", "talk.opus", "talk"])
def test_two_formats_of_one_name_take_one_lock(tmp_path: Path, other: str) -> None:
    """They share what lies beside them; the system tells whether the lock that is held is the one."""
    with exclusive(EPISODE, (), tmp_path / "cache"):
        (lock,) = (tmp_path / "cache" / "locks").iterdir()
        entered = threading.Event()

        def second() -> None:
            with exclusive(EPISODE.with_name(other), (), tmp_path / "cache"):
                entered.set()

        thread = threading.Thread(target=second)
        thread.start()
        assert not entered.wait(0.3)
        assert list((tmp_path / "cache" / "locks").iterdir()) == [lock]
    thread.join(20)
    assert entered.is_set()


def test_different_episodes_do_not_wait(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Different episodes do not wait for each other, even two of one folder."""
    with exclusive(EPISODE, (), tmp_path / "cache"), exclusive(Path("out/other.mp3"), (), tmp_path / "cache"):
        assert caplog.text == ""


def test_a_lock_is_let_go_after_an_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The next run need not wait."""
    with pytest.raises(ValueError, match="broken"), exclusive(EPISODE, (), tmp_path / "cache"):
        raise ValueError("broken")

    with exclusive(EPISODE, (), tmp_path / "cache"):
        assert caplog.text == ""


def test_a_cache_that_cannot_be() -> None:
    """Says how to do without."""
    Path("file").write_text("a file where a folder should be")

    with pytest.raises(OutputError, match="cache folder") as caught, exclusive(EPISODE, (), Path("file/cache")):
        pass

    assert "--no-cache" in caught.value.hint


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
        (PermissionError(errno.EACCES, "Permission denied"), "Permission denied"),
        (OSError("the tags cannot be written"), "the tags cannot be written"),
    ],
)
def test_errors_of_the_file_system_name_the_episode(error: OSError, reason: str) -> None:
    """With the reason and what to do."""
    with pytest.raises(OutputError) as caught, writing(EPISODE):
        raise error

    assert caught.value.message == f"{EPISODE} cannot be written: {reason}"
    assert "-o" in caught.value.hint
    assert caught.value.__cause__ is error


def test_other_errors_pass() -> None:
    """They are not about files."""
    with pytest.raises(KeyError), writing(EPISODE):
        raise KeyError("x")


def test_a_file_where_the_folder_should_be() -> None:
    """Is named, and so is another file of the folder that is at fault; a temporary one is not."""
    Path("out").write_text("mine")
    with pytest.raises(OutputError, match="out is no folder"), writing(EPISODE):
        EPISODE.parent.mkdir(exist_ok=True)
    Path("out").unlink()

    for name, shown in (("talk.vtt", "out/talk.vtt: Is"), (".talk.x.part", "written: Is"), ("talk.mp3", "written: Is")):
        with pytest.raises(OutputError) as caught, writing(EPISODE):
            raise IsADirectoryError(errno.EISDIR, "Is a directory", str(EPISODE.with_name(name)))
        assert shown in caught.value.message.replace("\\", "/")
