"""Lists of sources: a path or an address a line, in a file or on standard input."""

from __future__ import annotations

import codecs
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from narrate.core.errors import SourceError
from narrate.core.system.terminal_text import printable
from narrate.sources.fetch.addresses import MAX_LENGTH, is_address, shown
from narrate.sources.gather.gathered import Gathered, Unusable, Wanted
from narrate.sources.read.source import STANDARD_INPUT

# No path or address is longer; a file of one such line is no list.
LINE_MAX_CHARS = MAX_LENGTH

_HINT = "a list has a path or an address a line; # begins a comment"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Addresses have no spaces, so what follows one is a comment.
_COMMENT_AFTER = re.compile(r"\s+#.*")


def listed(source: str | Path) -> Iterator[Gathered]:
    """Yield what a list names, line by line, as it is read: it may be long, or a pipe that others write to.

    Relative paths are meant from the list's folder. A line that cannot be meant comes as an error with its number.

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
            yield from read_list(file, printable(str(path)), path.parent, str(source))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        problem = SourceError(f"the list {printable(str(path))} cannot be read: {reason}", "check the path")
        yield Unusable(str(source), problem, str(source))


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
