"""An episode for the tests of the check, spoken once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.shelves import ARTICLE, STEM, picture, refile, write_feed

import narrate


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an episode that has everything, and its feed; not to be changed."""
    place = tmp_path_factory.mktemp("shelf")
    source = place / "harbour.md"
    source.write_text(ARTICLE, encoding="utf-8")
    folder = place / "episodes"
    folder.mkdir()
    narrate.speak(source, folder, engine="tone", settings=narrate.Settings(cache_dir=place / "cache"))
    # A smaller cover than narrate draws, which takes a fifth of the time to look at.
    (folder / f"{STEM}.cover.jpg").write_bytes(picture())
    refile(folder)
    write_feed(folder)
    return folder


@pytest.fixture
def folder(shelf: Path, tmp_path: Path) -> Path:
    """A copy of the folder, to be broken."""
    return Path(shutil.copytree(shelf, tmp_path / "episodes"))
