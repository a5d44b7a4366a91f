"""Lists of sources: a path or an address a line, in a file or on standard input."""

from __future__ import annotations

import codecs
import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from narrate.core.errors import SourceError
from narrate.core.system.terminal_text import printable
from narrate.sources.fetch.addresses import MAX_LENGTH, is_address, shown
from narrate.sources.gather.gathered import Gathered, Unusable, Wanted
from narrate.sources.read.source import STANDARD_INPUT

if TYPE_CHECKING:
    from narrate.sources.gather.saved_links import SavedLink

# No path or address is longer; a file of one such line is no list.
LINE_MAX_CHARS = MAX_LENGTH

# A larger file is no export; of a list so much is looked at.
EXPORT_MAX_BYTES = 64 * 1024 * 1024
_SEEN_BYTES = 65_536
_LIST_ENDINGS = frozenset({"", ".txt", ".list", ".urls", ".csv", ".tsv"})
_FEED_ENDINGS = frozenset({".xml", ".rss", ".atom"})

_HINT = "a list has a path or an address a line; # begins a comment"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Addresses have no spaces, so what follows one is a comment.
_COMMENT_AFTER = re.compile(r"\s+#.*")


def listed(source: str | Path) -> Iterator[Gathered]:
    """Yield what a list names, line by line, as it is read: it may be long, or a pipe that others write to.

    A file may be the export of a read-later service or of bookmarks, too (narrate.sources.gather.saved_links). Relative
    paths are meant from the list's folder. A line that cannot be meant comes as an error with its number.

    Args:
        source: The list's file; "-" for standard input.
    """
    if str(source) == STANDARD_INPUT:
        if sys.stdin is None:
            yield Unusable("-", SourceError("standard input is closed", "name a list, or pipe one in"), "-")
        else:
            yield from read_list(sys.stdin.buffer, "standard input", Path(), "-")
        return
    path = Path(source)
    try:
        with path.open("rb") as file:
            if (links := _exported(file, path)) is not None:
                yield from _wanted(links, str(source))
                return
            yield from read_list(file, printable(str(path)), path.parent, str(source))
    except SourceError as error:
        yield Unusable(str(source), error, str(source))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        problem = SourceError(f"the list {printable(str(path))} cannot be read: {reason}", "check the path")
        yield Unusable(str(source), problem, str(source))


def is_list(place: str) -> bool:
    """Tell whether a file is a list of sources or an export, and no feed: by its ending, else by what is in it."""
    path = Path(place)
    if not path.is_file() or path.suffix.lower() in _FEED_ENDINGS:
        return False
    if path.suffix.lower() in _LIST_ENDINGS:
        return True
    try:
        with path.open("rb") as file:
            return _exported(file, path) is not None
    except (OSError, SourceError):
        return False


def _exported(file: BinaryIO, path: Path) -> list[SavedLink] | None:
    """Return the links of an export of a read-later service; None where the file is a list of lines, or too large."""
    start = file.read(_SEEN_BYTES)
    file.seek(0)
    first = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    line = start.strip().partition(b"\n")[0]
    may_be = first in (b"{", b"[", b"<") or any(mark in line for mark in (b",", b";", b"\t"))
    if not may_be or not os.path.isfile(path) or os.path.getsize(path) > EXPORT_MAX_BYTES:
        return None
    from narrate.sources.gather.saved_links import saved_links

    links = saved_links(file.read().decode("utf-8", errors="replace"), printable(str(path)))
    file.seek(0)
    return links


def _wanted(links: Sequence[SavedLink], listed_in: str) -> Iterator[Gathered]:
    """Yield what is still to be read, each address once; what was done with there is left out."""
    seen: set[str] = set()
    for link in links:
        if link.address in seen:
            continue
        seen.add(link.address)
        if link.is_done:
            done = SourceError(f"{link.address} was read or archived there", "take it from there once more")
            yield Unusable(link.address, done, listed_in, is_fault=False)
        else:
            yield Wanted(link.address, link.title, link.saved, listed_in)


def read_list(file: BinaryIO, name: str, folder: Path, listed_in: str) -> Iterator[Gathered]:
    """Yield what an open list names, line by line.

    Args:
        file: Where the lines are.
        name: What to call it in an error.
        folder: What relative paths are meant from.
        listed_in: What to say that the articles come from.
    """
    for number, line in enumerate(_lines(file), 1):
        text = line.strip().removeprefix("\ufeff").strip()
        if text and not text.startswith("#"):
            try:
                yield Wanted(_meant(text, folder), listed_in=listed_in)
            except ValueError as error:
                problem = SourceError(f"{name}, line {number}: {shown(text)} {error}", _HINT)
                yield Unusable(f"{name}:{number}", problem, listed_in)
            if "\0" in text:
                return  # not a text, and the rest of it is no better


def _lines(file: BinaryIO) -> Iterator[str]:
    """Yield lines that are cut where they are too long; bytes that are not UTF-8 stand for themselves, as in paths."""
    buffered = file if isinstance(file, io.BufferedReader) else io.BufferedReader(file)  # type: ignore[type-var]
    encoding = "utf-16" if buffered.peek(2)[:2] in _UTF16 else "utf-8"
    errors = "replace" if encoding == "utf-16" else "surrogateescape"
    text = io.TextIOWrapper(buffered, encoding, errors)
    try:
        while line := text.readline(LINE_MAX_CHARS + 2):
            yield line
            while not line.endswith("\n") and (line := text.readline(LINE_MAX_CHARS)):
                pass
    finally:
        text.detach()  # whoever opened it closes it


def _meant(line: str, folder: Path) -> str:
    """The source that a line names.

    Raises:
        ValueError: None; the message follows the line in the error.
    """
    if len(line) > LINE_MAX_CHARS:
        raise ValueError(f"is longer than {LINE_MAX_CHARS} characters")
    if any(ord(char) < 32 or ord(char) == 127 for char in line):
        raise ValueError("has characters in it that no path or address has")
    if line == STANDARD_INPUT:
        raise ValueError("stands for standard input, which only the command line may name")
    if not is_address(line):
        return os.path.join(folder, line) if str(folder) != "." else line
    address = _COMMENT_AFTER.sub("", line)
    scheme = address.partition(":")[0].lower()
    if scheme == "file":
        return _path_of(address)
    if scheme not in ("http", "https"):
        raise ValueError("is neither a path nor an address of the web")
    if any(char.isspace() for char in address):
        raise ValueError("is an address with a space in it")
    return address


def _path_of(address: str) -> str:
    parts = urlsplit(address)
    if parts.netloc.lower() not in ("", "localhost") or not parts.path.startswith("/"):
        raise ValueError("names a file that is not on this machine")
    path = url2pathname(parts.path) if os.name == "nt" else unquote(parts.path, errors="surrogateescape")
    if not path or "\0" in path:
        raise ValueError("names no file")
    return path
