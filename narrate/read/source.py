"""Opens a source, refuses what is not an article in words a user can act on, and picks its reader."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from narrate.article import Article
from narrate.errors import SourceError
from narrate.read.decode import decode
from narrate.read.text import article_from_text

STANDARD_INPUT = "-"

# 64 MB of text is more than a hundred novels; beyond it a mistake is likelier than an article.
MAX_BYTES = 64 * 1024 * 1024

_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_MARKUP = re.compile(r"\s*(?:<\?xml|<!doctype\s+html|<html|<head|<body)\b", re.IGNORECASE)
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})


def read_source(source: str | Path) -> Article:
    """Read the article at a path, or on standard input for "-".

    Raises:
        SourceError: There is nothing there, or it is not plain text.
    """
    if str(source) == STANDARD_INPUT:
        if sys.stdin is None:
            raise SourceError("standard input is closed", "name a file, or pipe the article in")
        return _article(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input", None)
    if not str(source):
        raise SourceError("the source has no name", "name a file, or - for standard input")
    if _URL.match(str(source)):
        raise SourceError(f"{source} is an address; narrate reads files so far", "save its text to a .txt file")
    path = Path(source)
    article = _article(_bytes_of(path), str(path), path.suffix.lower())
    meta = replace(article.meta, source=path.name, modified=_modified(path))
    return replace(article, meta=meta)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise SourceError(f"{path} does not exist", "check the path; - reads standard input") from error
    except IsADirectoryError as error:
        raise SourceError(f"{path} is a folder", f"name a file in it, such as {path / 'article.txt'}") from error
    except PermissionError as error:
        if path.is_dir():  # what Windows says of a folder
            raise SourceError(f"{path} is a folder", "name a file in it") from error
        raise SourceError(f"{path} may not be read", "check the file's permissions") from error
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} cannot be read: {error}", "check the path") from error


def _article(data: bytes, name: str, suffix: str | None) -> Article:
    if len(data) > MAX_BYTES:
        raise SourceError(f"{name} is larger than {MAX_BYTES // 2**20} MB", "split it into several files")
    if not data.strip():
        raise SourceError(f"{name} is empty", "give a file with the article's text")
    text = decode(data, name)
    if _MARKUP.match(text):
        raise SourceError(f"{name} is HTML; narrate reads plain text so far", "save the article's text to a .txt file")
    if suffix in _MARKDOWN_SUFFIXES:
        raise SourceError(f"{name} is Markdown; narrate reads plain text so far", "save its text to a .txt file")
    article = article_from_text(text)
    if not article.blocks:
        raise SourceError(f"{name} holds no text", "give a file with the article's text")
    return article


def _modified(path: Path) -> date | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    except (OSError, OverflowError, ValueError):
        return None
