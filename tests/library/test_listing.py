"""Names of a folder: read each time while they are few, and held for a while where they are many."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.library import listing as module
from narrate.library.listing import Shelf

FOLDER = Path("episodes")


def names(shelf: Shelf, *, fresh: bool = False) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = shelf.names(fresh=fresh)
    return found.hidden, found.ending


def test_few_names_are_as_they_are_now() -> None:
    """Hidden ones apart; a folder that is not there has none."""
    shelf = Shelf(FOLDER, ".x")
    assert names(shelf) == ((), ())
    FOLDER.mkdir()
    for name in ("b.x", "a.x", ".c.x", "d.y"):
        (FOLDER / name).touch()
    assert names(shelf) == ((".c.x",), ("a.x", "b.x"))

    (FOLDER / "a.x").unlink()

    assert names(shelf) == ((".c.x",), ("b.x",))


def test_many_names_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the time is over, or somebody must know."""
    monkeypatch.setattr(module, "LARGE_NAMES", 2)
    monkeypatch.setattr(module, "HOLDS_TIMES", 1e9)
    FOLDER.mkdir()
    for name in ("a.x", "b.x"):
        (FOLDER / name).touch()
    shelf = Shelf(FOLDER, ".x")
    before = shelf.names()
    (FOLDER / "c.x").touch()

    assert shelf.names() is before
    assert names(shelf, fresh=True) == ((), ("a.x", "b.x", "c.x"))
