"""The files of an inbox: all of an entry or nothing, for one process, and out of everybody else's sight."""

from __future__ import annotations

import os
import signal
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from narrate.core.errors import ConfigError, OutputError
from narrate.core.system import files
from narrate.library.inbox.entry import Entry, to_json
from narrate.library.inbox.folder import InboxFolder

FIRST = Entry("1796060865366620-30431400", "text", datetime(2026, 1, 1, tzinfo=UTC), payload="a.txt", size_bytes=5)
SECOND = replace(FIRST, id="1796060865366621-30431400", payload="", url="https://example.com/")


@pytest.fixture
def folder(tmp_path: Path) -> InboxFolder:
    folder = InboxFolder(tmp_path)
    with folder.held():
        return folder


def names(folder: InboxFolder) -> set[str]:
    return {str(path.relative_to(folder.path)) for path in folder.path.rglob("*")} - {"lock"}


def test_entries_are_read_back_in_order(folder: InboxFolder) -> None:
    """With what was given."""
    folder.keep(SECOND, b"")
    folder.keep(FIRST, memoryview(b"Words"))

    payload = folder.payload(FIRST)

    assert folder.load() == [FIRST, SECOND]
    assert payload
    assert payload.read_bytes() == b"Words"
    assert folder.payload(SECOND) is None


def test_what_is_removed_is_gone(folder: InboxFolder) -> None:
    """With what was given; a second time does no harm."""
    folder.keep(FIRST, b"Words")

    folder.remove(FIRST.id)
    folder.remove(FIRST.id)

    assert names(folder) == set()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_only_the_owner_may_look_into_it(tmp_path: Path) -> None:
    """Also where somebody made the folder before."""
    (tmp_path / ".narrate-inbox").mkdir(mode=0o755)
    with InboxFolder(tmp_path).held():
        assert stat.S_IMODE((tmp_path / ".narrate-inbox").stat().st_mode) == 0o700


def test_one_process_at_a_time(tmp_path: Path) -> None:
    """The second one is told so, and may come when the first has gone."""
    first, second = InboxFolder(tmp_path), InboxFolder(tmp_path)
    with first.held(), pytest.raises(ConfigError, match="another narrate"), second.held():
        pass
    with InboxFolder(tmp_path).held():
        pass


@pytest.mark.parametrize("is_link", [True, False])
def test_what_is_no_folder_is_left_alone(tmp_path: Path, is_link: bool) -> None:
    """A link could lead anywhere."""
    path = tmp_path / ".narrate-inbox"
    (tmp_path / "elsewhere").mkdir()
    path.symlink_to(tmp_path / "elsewhere") if is_link else path.write_text("mine")

    with pytest.raises(ConfigError), InboxFolder(tmp_path).held():
        pass

    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_what_killed_processes_left_is_swept_away(folder: InboxFolder) -> None:
    """Before an entry had its file, or after it lost it; files that are not the inbox's stay."""
    folder.keep(FIRST, b"Words")
    orphan = folder.path / SECOND.id
    orphan.mkdir()
    (orphan / ".b.txt.12345678.abc.part").write_bytes(b"Wor")
    (folder.path / f".{SECOND.id}.json.12345678.abc.part").write_bytes(b"{")
    (folder.path / "mine.txt").write_text("mine")

    assert folder.load() == [FIRST]
    assert names(folder) == {f"{FIRST.id}.json", FIRST.id, f"{FIRST.id}/a.txt", "mine.txt"}


def test_what_was_to_be_replaced_goes(folder: InboxFolder) -> None:
    """A process that is killed between writing the new entry and removing the old one leaves both."""
    folder.keep(FIRST, b"Words")
    new = replace(SECOND, instead=FIRST.id)
    folder.keep(new, b"")

    assert folder.load() == [new]
    assert names(folder) == {f"{SECOND.id}.json"}


@pytest.mark.parametrize("named", [FIRST.id, SECOND.id])
def test_entries_that_name_each_other_are_not_all_taken_away(folder: InboxFolder, named: str) -> None:
    """The younger takes the place of the older one, also where somebody edited the files; two may take that of one."""
    third = replace(SECOND, id="1796060865366622-30431400", instead=FIRST.id)
    folder.keep(replace(FIRST, instead=named, payload="", url="https://example.com/"), b"")
    folder.keep(replace(SECOND, instead=FIRST.id), b"")
    folder.keep(third, b"")

    assert [entry.id for entry in folder.load()] == [SECOND.id, third.id]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_is_not_waited_for(folder: InboxFolder) -> None:
    """What is called like an entry and is no file is left out."""
    folder.keep(FIRST, b"Words")
    os.mkfifo(folder.path / f"{SECOND.id}.json")
    signal.alarm(20)
    try:
        assert folder.load() == [FIRST]
    finally:
        signal.alarm(0)


def test_damaged_and_foreign_entries_are_left_out(folder: InboxFolder, caplog: pytest.LogCaptureFixture) -> None:
    """They stay where they are, with what was given, and are told of."""
    folder.keep(FIRST, b"Words")
    (folder.path / f"{FIRST.id}.json").write_bytes(b"{")
    (folder.path / f"{SECOND.id}.json").write_bytes(to_json(FIRST))
    (folder.path / "1796060865366629-30431400.json").write_bytes(b" " * 200_000)

    assert folder.load() == []
    assert len(caplog.records) == 3
    assert f"{FIRST.id}/a.txt" in names(folder)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_not_followed(folder: InboxFolder, tmp_path: Path) -> None:
    """A folder of episodes may come from somebody else."""
    (tmp_path / "secret.txt").write_text("secret")
    folder.keep(FIRST, b"Words")
    path = folder.path / FIRST.id / "a.txt"
    path.unlink()
    path.symlink_to(tmp_path / "secret.txt")

    assert folder.payload(FIRST) is None


@pytest.mark.parametrize("step", ["_flush_to_disk", "new_part"])
@pytest.mark.parametrize("after", [0, 1])
def test_a_full_disk(folder: InboxFolder, monkeypatch: pytest.MonkeyPatch, step: str, after: int) -> None:
    """Nothing of an entry is left that could not be kept whole, and the error names no folder of the machine."""
    left, plain = [after], getattr(files, step)

    def full(path: Path) -> Path:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device", str(path))
        return plain(path)  # type: ignore[no-any-return]

    monkeypatch.setattr(files, step, full)

    with pytest.raises(OutputError) as caught:
        folder.keep(FIRST, b"Words")

    assert str(folder.path) not in caught.value.message + caught.value.hint
    assert names(folder) == set()
