"""Files are there whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from narrate.files import remove_leftovers, replacing


def test_the_file_appears_at_the_end(tmp_path: Path) -> None:
    """Until then the old one stays."""
    path = tmp_path / "new" / "a.txt"
    with replacing(path) as part:
        part.write_text("one")
        assert not path.exists()

    assert path.read_text() == "one"
    assert os.listdir(path.parent) == ["a.txt"]


def test_an_error_leaves_the_old_file_and_nothing_else() -> None:
    """Also one that is no Exception."""
    path = Path("a.txt")
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), replacing(path) as part:
        part.write_text("half")
        raise KeyboardInterrupt

    assert path.read_text() == "old"
    assert os.listdir() == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask to speak of")
def test_permissions_are_those_of_any_new_file(tmp_path: Path) -> None:
    """A finished episode can be served by another user."""
    (tmp_path / "plain.txt").write_text("x")
    with replacing(tmp_path / "a.txt") as part:
        part.write_text("x")

    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == stat.S_IMODE((tmp_path / "plain.txt").stat().st_mode)


def test_leftovers_of_one_file_are_removed() -> None:
    """Those of another file stay."""
    for name in (".a.mp3.x1y2.part", ".b.mp3.x1y2.part", "a.mp3", "notes.part"):
        Path(name).write_text("x")

    remove_leftovers(Path("a.mp3"))

    assert sorted(os.listdir()) == [".b.mp3.x1y2.part", "a.mp3", "notes.part"]
