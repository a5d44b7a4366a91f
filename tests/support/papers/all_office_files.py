"""All files of word processors that makers' shapes stand for, and how many of them are read as they should be."""

from __future__ import annotations

from collections.abc import Iterator

from support.papers.office_files import OfficeFile, missed, word_files
from support.papers.open_files import open_and_rich_files


def office_files() -> Iterator[OfficeFile]:
    """Yield all of them."""
    yield from word_files()
    yield from open_and_rich_files()


if __name__ == "__main__":
    every = list(office_files())
    wrong = [(file.name, how) for file in every if (how := missed(file))]
    for name, how in wrong:
        print(f"{name}: {how}")
    print(f"{len(every) - len(wrong)} of {len(every)} are read as they should be")
