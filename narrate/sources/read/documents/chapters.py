"""Documents as sources, whole or a chapter of one: "book.epub#chapter=3"."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from narrate.core.errors import SourceError
from narrate.core.system.terminal_text import printable
from narrate.sources.mailboxes import mail_in, member_of

if TYPE_CHECKING:
    from narrate.core.article import Article
    from narrate.sources.fetch.web import Page
    from narrate.sources.read.documents.document import Document

_CHAPTER = re.compile(r"(?P<path>.+)#chapter=(?P<number>[1-9]\d{0,5})")
# What can be split: by the name, since a folder may hold thousands of files.
ENDINGS = (".epub", ".pdf", ".docx", ".odt", ".rtf")


class NamedAddress(NamedTuple):
    """An address, and the number of the chapter of what is there that is meant, from 1; None for all of it."""

    url: str
    chapter: int | None


class NamedFile(NamedTuple):
    """A file, and the number of the chapter that is meant, from 1; None for all of it."""

    path: Path
    chapter: int | None


@dataclass(slots=True)
class LastDocument:
    """The document that an article alone has fetched last: its cover is inside of it, and is asked for later.

    Whoever takes it is the last to have it, so that it is never stale.
    """

    _held: tuple[str, Page] | None = field(default=None, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def keep(self, url: str, page: Page) -> None:
        """Keep a document until its cover is taken, or another one comes."""
        with self._lock:
            self._held = (url, page)

    def take(self, url: str) -> Page | None:
        """Return the document of an address, and keep it no longer; None where it is another one's."""
        with self._lock:
            held, self._held = self._held, None
        return held[1] if held and held[0] == url else None


last_document = LastDocument()


def part_of(source: str, read: Callable[[Path], bytes]) -> tuple[Path, bytes, int | None]:
    """Return the file that a source is in, what is to be read of it, and the number of the chapter that is meant.

    Args:
        source: A path, a chapter of a document, or a mail of a mailbox.
        read: Returns what is in a file.

    Raises:
        SourceError: The mailbox has fewer mails, or the file cannot be read.
    """
    if member := member_of(source):
        path, number = member
        return path, mail_in(read(path), number, printable(str(path))), None
    path, chapter = named_file(source)
    return path, read(path), chapter


def file_of(source: str | Path) -> Path:
    """Return the file that a source is in: the document of a chapter, the mailbox of a mail, or the source itself."""
    member = member_of(str(source))
    return member[0] if member else named_file(source).path


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


def named_address(source: str) -> NamedAddress:
    """Return the address that a source is, or is a chapter of what is there."""
    found = _CHAPTER.fullmatch(source)
    return NamedAddress(found["path"], int(found["number"])) if found else NamedAddress(source, None)


def may_be_split(source: str) -> bool:
    """Tell whether a source is a document by its name, and not a chapter of one."""
    return source.lower().endswith(ENDINGS)


def document_article(data: bytes, name: str, chapter: int | None) -> Article | None:
    """Read a document, or a chapter of one, as an article; None where bytes are no document.

    Args:
        data: The file.
        name: What to call the source in an error.
        chapter: Number of the chapter, from 1; None for all.

    Raises:
        SourceError: It is damaged, protected, holds no text, or has no such chapter.
    """
    document = _document(data, name) if chapter is None else _kept_document(data, _whole(name))
    if document is None:
        return None
    from narrate.sources.read.documents.document import chapter_articles, whole_article

    if chapter is None:
        return whole_article(document)
    chapters = chapter_articles(document)
    if chapter > len(chapters):
        raise SourceError(f"{name} is not there: it has {len(chapters)} chapters", "give the number of one of them")
    return chapters[chapter - 1]


def chapters_in(data: bytes, name: str) -> int | None:
    """Return how many chapters of a document have words; None where bytes are no document.

    Raises:
        SourceError: It is damaged, protected, or holds no text.
    """
    document = _kept_document(data, name)
    if document is None:
        return None
    from narrate.sources.read.documents.document import chapter_articles

    return len(chapter_articles(document))


def _whole(name: str) -> str:
    found = _CHAPTER.fullmatch(name)
    return found["path"] if found else name


@lru_cache(maxsize=1)
def _kept_document(data: bytes, name: str) -> Document | None:
    """Read a document that is asked for its chapters one after the other; the last one is kept."""
    return _document(data, name)


def _document(data: bytes, name: str) -> Document | None:
    from narrate.sources.read.documents.forms import document_form, read_document

    form = document_form(data, name)
    return read_document(data, form, name) if form else None
