"""An episode's cover is made beside the speaking, and what is wrong with it is said in time."""

from __future__ import annotations

import pytest

from narrate.core.errors import ConfigError
from narrate.episode.cover import cover as covers
from narrate.episode.cover.artwork import artwork, is_named
from narrate.episode.cover.cover import Cover

DRAWN, PICTURED = Cover(b"drawn", b"", b""), Cover(b"pictured", b"", b"")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes a second, and is tested with the covers; a picture is one here if it says so."""
    monkeypatch.setattr(covers, "drawn_cover", lambda title, **words: DRAWN)
    monkeypatch.setattr(covers, "picture_cover", lambda data: PICTURED if data == b"picture" else None)


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


def test_whose_picture_it_is() -> None:
    """A path or an address is the user's; the words that --cover takes are none."""
    assert is_named("own.png")
    assert not any(map(is_named, ("auto", "drawn", "none")))
