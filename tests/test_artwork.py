"""An episode's cover is made beside the speaking, and what is wrong with it is said in time."""

from __future__ import annotations

import threading

import pytest

from narrate import artwork as module
from narrate.artwork import artwork, beside
from narrate.cover import Cover
from narrate.errors import ConfigError

DRAWN, PICTURED = Cover(b"drawn", b"", b""), Cover(b"pictured", b"", b"")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes a second, and is tested with the covers; a picture is one here if it says so."""
    monkeypatch.setattr(module, "drawn_cover", lambda title, **words: DRAWN)
    monkeypatch.setattr(module, "picture_cover", lambda data: PICTURED if data == b"picture" else None)


def made(choice: str, picture: bytes | None) -> Cover | None:
    return artwork(choice, lambda: picture, title="Coast", site="", author="", language="en")


@pytest.mark.parametrize(
    ("choice", "picture", "wanted"),
    [
        ("auto", b"picture", PICTURED),
        ("auto", b"broken", DRAWN),
        ("auto", None, DRAWN),
        ("drawn", None, DRAWN),
        ("own.png", b"picture", PICTURED),
        ("none", b"picture", None),
    ],
)
def test_which_cover_it_is(choice: str, picture: bytes | None, wanted: Cover | None) -> None:
    """The article's picture is taken if it can be, and the user's must be one."""
    assert made(choice, picture) == wanted


def test_a_named_picture_that_is_none() -> None:
    """Is named in the error."""
    with pytest.raises(ConfigError, match=r"own\.png cannot be made into a cover"):
        made("own.png", b"broken")


def test_a_cover_is_made_while_others_go_on() -> None:
    """Whoever needs it waits for it then, and not before."""
    go_on = threading.Event()

    def make() -> Cover:
        assert go_on.wait(5)
        return DRAWN

    with beside(make, "auto", later=False) as wait_for_cover:
        go_on.set()
        assert wait_for_cover() == DRAWN


def test_nobody_waits_for_a_cover_that_is_not_asked_for() -> None:
    """As after Ctrl-C, when it is still being fetched."""
    go_on = threading.Event()

    def make() -> Cover:
        go_on.wait(60)
        return DRAWN

    with pytest.raises(KeyboardInterrupt), beside(make, "auto", later=False):
        raise KeyboardInterrupt
    go_on.set()


def test_a_named_picture_is_looked_at_before_the_first_word() -> None:
    """Also where somebody listens."""
    for later in (False, True):
        with pytest.raises(ConfigError), beside(lambda: made("own.png", b"broken"), "own.png", later=later):
            raise AssertionError("something was spoken")


def test_a_listener_does_not_wait_for_a_drawing() -> None:
    """It is made when it is asked for."""
    begun: list[str] = []

    def draw() -> Cover:
        begun.append("now")
        return DRAWN

    with beside(draw, "auto", later=True) as wait_for_cover:
        assert not begun
        wait_for_cover()
    assert begun == ["now"]


def test_what_goes_wrong_with_a_drawing_is_told() -> None:
    """When the cover is waited for."""

    def make() -> Cover:
        raise MemoryError

    with beside(make, "drawn", later=False) as wait_for_cover, pytest.raises(MemoryError):
        wait_for_cover()
