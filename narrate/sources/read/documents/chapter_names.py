"""Chapters of documents as sources of their own: "book.epub#chapter=3"."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

_CHAPTER = re.compile(r"(?P<path>.+)#chapter=(?P<number>[1-9]\d{0,5})")
# What can be split: by the name, since a folder may hold thousands of files.
ENDINGS = (".epub", ".pdf", ".docx", ".odt", ".rtf")


class NamedFile(NamedTuple):
    """A file, and the number of the chapter that is meant, from 1; None for all of it."""

    path: Path
    chapter: int | None


def chapter_name(source: str, number: int) -> str:
    """Return the source that a chapter of a document is."""
    return f"{source}#chapter={number}"


def named_file(source: str | Path) -> NamedFile:
    """Return the file that a source is, or is a chapter of; a file that is called so itself is meant whole."""
    path = Path(source)
    found = _CHAPTER.fullmatch(str(source))
    if found is None or path.exists():
        return NamedFile(path, None)
    return NamedFile(Path(found["path"]), int(found["number"]))


def may_be_split(source: str) -> bool:
    """Tell whether a source is a document by its name, and not a chapter of one."""
    return source.lower().endswith(ENDINGS)
