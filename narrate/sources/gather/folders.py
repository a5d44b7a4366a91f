"""Folders and patterns as sources: the articles that lie in them, in the order people count in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import groupby
from pathlib import Path

from narrate.core.errors import SourceError
from narrate.core.file_names import FEED, MANIFEST, PAGE
from narrate.core.system.terminal_text import printable
from narrate.sources.read.documents.chapters import ENDINGS as DOCUMENTS

ENDINGS = (
    *(".txt", ".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"),
    *(".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive", ".eml", ".mbox"),
    *DOCUMENTS,
)

_HINT = f"articles end in {', '.join(ENDINGS)}"
_MAGIC = re.compile(r"[*?\[]")
_DIGITS = re.compile(r"([0-9]+)")
_ANY_DEPTH = "**"


def is_pattern(source: str) -> bool:
    """Tell whether a source stands for files by its form, as "articles/*.md" does, and is not the name of one."""
    return bool(_MAGIC.search(source)) and not os.path.lexists(source)


def in_folder(folder: Path) -> Iterator[Path | SourceError]:
    """Yield all articles in a folder and the folders in it, but hidden ones and what narrate made itself.

    A folder that is reached in two ways, perhaps from inside of itself, is entered once. What cannot be read, or
    that there is nothing, comes as an error among the paths.
    """
    nothing = True
    for path in _articles(folder):
        nothing = False
        yield path
    if nothing:
        yield SourceError(f"the folder {printable(str(folder))} holds no article", _HINT)


def by_pattern(pattern: str) -> Iterator[Path | SourceError]:
    """The files that a pattern stands for: "*", "?" and "[a-z]" in names, and "**" for folders at any depth.

    A folder that fits stands for all articles in it, as where the shell had expanded the pattern. A file's ending
    need not be an article's where the pattern names one. What cannot be read, or that nothing fits, comes as an
    error among the paths.
    """
    path = Path(pattern)
    parts = path.parts[1:] if path.anchor else path.parts
    names_ending = bool(re.search(r"\.\w+$", parts[-1]))
    seen: set[Path] = set()
    nothing = True
    for found in _fitting(Path(path.anchor), [part for part, _ in groupby(parts)]):
        for file in _articles(found) if isinstance(found, Path) and os.path.isdir(found) else (found,):
            if isinstance(file, SourceError):
                nothing = False
                yield file
            elif file not in seen and (names_ending or is_article(file)) and _is_file(file):
                nothing = False
                seen.add(file)
                yield file
    if nothing:
        yield SourceError(f"no article fits {printable(pattern)}", f"check the path; {_HINT}")


def is_article(path: Path) -> bool:
    """Tell whether a file may be an article by its name and neighbours: pages that narrate wrote are none."""
    name = path.name.lower()
    if name.startswith(".") or not name.endswith(ENDINGS):
        return False
    if name.endswith(PAGE):
        return not path.with_name(path.name[: -len(PAGE)] + MANIFEST).exists()
    return name != "index.html" or not path.with_name(FEED).exists()


def natural(name: str) -> tuple[tuple[tuple[str, int], ...], str]:
    """Return what to sort names by: "2.txt" comes before "10.txt", and "B" between "a" and "c".

    Any two names can be compared, and of two that differ one always comes first.
    """
    parts = _DIGITS.split(name.casefold())
    counted = zip(parts[::2], [*parts[1::2], "0"], strict=True)
    return tuple((part, int(digits[:100])) for part, digits in counted), name


def _articles(folder: Path) -> Iterator[Path | SourceError]:
    for path in _tree(folder):
        if isinstance(path, SourceError) or (is_article(path) and _is_file(path)):
            yield path


def _is_file(path: Path) -> bool:
    """Tell whether this is no pipe and no device; a link that leads nowhere is named, so that somebody mends it."""
    return os.path.isfile(path) or os.path.islink(path)


def _tree(folder: Path) -> Iterator[Path | SourceError]:
    """A folder and everything in it, with a stack of its own: folders may be deeper than Python's calls."""
    entered: set[tuple[int, int]] = set()
    stack = [iter((folder,))]
    while stack:
        path = next(stack[-1], None)
        if path is None:
            stack.pop()
            continue
        try:
            if not os.path.isdir(path):
                yield path
            elif _enter(path, entered):
                stack.append(iter(tuple(path / name for name in _names(path))))
                yield path
        except SourceError as error:
            yield error


def _enter(folder: Path, entered: set[tuple[int, int]]) -> bool:
    try:
        state = folder.stat()
    except OSError as error:
        raise _unreadable(folder, error) from error
    key = state.st_dev, state.st_ino
    new = key not in entered
    entered.add(key)
    return new


def _names(folder: Path) -> list[str]:
    try:
        return sorted((name for name in os.listdir(folder) if not name.startswith(".")), key=natural)
    except OSError as error:
        raise _unreadable(folder, error) from error


def _unreadable(folder: Path, error: OSError) -> SourceError:
    message = f"the folder {printable(str(folder))} cannot be read: {error.strerror or error}"
    return SourceError(message, "check the path and its permissions")


def _fitting(folder: Path, parts: Sequence[str]) -> Iterator[Path | SourceError]:
    if not parts:
        yield folder
        return
    part, rest = parts[0], parts[1:]
    if part == _ANY_DEPTH and rest:
        for path in _tree(folder):
            if isinstance(path, SourceError):
                yield path
            elif os.path.isdir(path):
                yield from _fitting(path, rest)
    elif part == _ANY_DEPTH:
        yield folder
    elif not _MAGIC.search(part):
        if os.path.lexists(folder / part):
            yield from _fitting(folder / part, rest)
    elif os.path.isdir(folder):
        yield from _fitting_names(folder, part, rest)


def _fitting_names(folder: Path, part: str, rest: Sequence[str]) -> Iterator[Path | SourceError]:
    try:
        names = _names(folder)
    except SourceError as error:
        yield error
        return
    for name in names:
        if fnmatchcase(os.path.normcase(name), os.path.normcase(part)):
            yield from _fitting(folder / name, rest)
