"""Opens a source, refuses what is not an article in words a user can act on, and picks its reader."""

from __future__ import annotations

import logging
import os
import re
import stat
import sys
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from narrate.core.article import Article
from narrate.core.errors import SourceError
from narrate.core.language.detection import settled_language
from narrate.core.settings.loading import Settings
from narrate.core.system.terminal_text import printable
from narrate.sources.read.characters import whole
from narrate.sources.read.decoding import PAGE_END, decode
from narrate.sources.read.documents.chapters import (
    chapter_name,
    chapters_in,
    document_article,
    last_document,
    named_address,
    part_of,
)
from narrate.sources.read.written import WrittenForm, draft_article, read_written, require_speakable

if TYPE_CHECKING:
    from narrate.sources.fetch.web import Fetch
    from narrate.sources.read.html import HtmlPage, Wanted

Form = Literal["text", "markdown", "html", "mail"]

STANDARD_INPUT = "-"

logger = logging.getLogger(__name__)

# A page may hold its pictures; beyond this a mistake is likelier than an article.
MAX_BYTES = 64 * 1024 * 1024
# Of what does not tell its length, so much is read at a time.
PIECE_BYTES = 1024 * 1024

# Most sources are paths; only what may be an address loads the module that knows addresses.
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
# What has matched stays matched: forty comments could be parted in 2**40 ways otherwise.
_MARKUP = re.compile(
    rb"\s*+(?:\xef\xbb\xbf)?\s*+(?>(?><!--.*?-->)\s*+)*+<(?:\?xml|!doctype\s+html|html|head|body)\b", re.I | re.S
)

# What marks a text as Markdown without a doubt: keys between lines of dashes, a fence, links with their addresses.
_MARKDOWN = re.compile(
    r"\A---\n(?:[\w-]+:.*\n)+---\n|^```\w*$|\[[^\[\]\n]++\]\((?:https?://|/|#|mailto:)", re.MULTILINE
)

# Archives, PDF, RTF, old Word; a line may stand before the mark of a PDF. Then the modules are loaded that read them.
_PACKED = re.compile(rb"PK\x03\x04|\s*\{\\rtf|\xd0\xcf\x11\xe0|(?s:.{0,1016})%PDF-")
_MARK_WITHIN_BYTES = 1024
# A mail may begin with its headers; only then the modules are loaded that know more of them.
_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:From [^\r\n]{3,200}[\r\n]+)?[!-9;-~]{1,80}+[ \t]*:")
_PROPERTY_LIST = re.compile(rb"bplist00|\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE\s+plist|<plist\b)")
_LABEL = re.compile(r"\s*+\*?[^\W\d_][\w -]{0,30}\s?:")

_FORMS: dict[str, Form] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".mdx": "markdown",
    ".qmd": "markdown",
    ".rmd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".eml": "mail",
    ".mbox": "mail",
    ".mht": "mail",
    ".mhtml": "mail",
    "message/rfc822": "mail",
    "multipart/related": "mail",
    "application/x-mimearchive": "mail",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
}


@dataclass(frozen=True, slots=True)
class _Bytes:
    """The bytes of a source, and everything that is known about them before they are read.

    Attributes:
        data: The bytes.
        name: What to call it in an error.
        form: What the file's ending or the server says that it is.
        url: Where it was fetched.
        charset: What the server says.
        is_explained: The article is to say what was judged and why.
        chapter: Number of the chapter of a document that is wanted; None for all.
    """

    data: bytes
    name: str
    form: Form | None = None
    url: str | None = None
    charset: str | None = None
    is_explained: bool = False
    chapter: int | None = None


def read_source(
    source: str | Path, settings: Settings | None = None, *, fetch: Fetch | None = None, is_explained: bool = False
) -> Article:
    """Read the article at a path or an address, or on standard input for "-".

    Args:
        source: Where it is. HTML and Markdown are known by the ending, the server's word or the text itself.
        settings: `read_as`, `offline`, `allow_private`, `partial`, `all_text` and `marks` are heeded.
        fetch: Gets pages, as one of many articles that take turns at a host (narrate.sources.fetch.polite_fetch).
        is_explained: Of a page, everything is kept that was looked at, with what decided about it (`Article.judged`).

    Raises:
        SourceError: There is nothing there, it holds no article, or only the beginning of one.
    """
    settings = settings or Settings()
    if not str(source):
        raise SourceError("the source has no name", "name a file or an address, or - for standard input")
    if str(source) == STANDARD_INPUT:
        return _article(replace(_from_standard_input(), is_explained=is_explained), settings)
    if _is_address(source):
        return _article(replace(_from_web(str(source), settings, fetch), is_explained=is_explained), settings)
    path, got = _from_file(str(source))
    article = _article(replace(got, is_explained=is_explained), settings)
    name = article.meta.source or whole(Path(source).name)
    return replace(article, meta=replace(article.meta, source=name, modified=_modified(path)))


def read_text_given(text: str, settings: Settings | None = None) -> Article:
    """Read an article that a caller has as text: plain, Markdown or a page, as it would be told from a file's.

    Args:
        text: The article.
        settings: As in `read_source`.

    Raises:
        SourceError: There is nothing in it to speak.
    """
    return _article(_Bytes(text.encode("utf-8", "replace"), "the text"), settings or Settings())


def _from_file(source: str) -> tuple[Path, _Bytes]:
    """Return a file and what is in it, or the one mail of a mailbox or the chapter that a source names."""
    path, data, chapter = part_of(source, _bytes_of)
    return path, _Bytes(data, printable(source), _FORMS.get(path.suffix.lower()), chapter=chapter)


def chapter_count(path: Path) -> int:
    """Return how many chapters of a document have words: each can be read as the source that `chapter_name` gives.

    Raises:
        SourceError: It is no document, or cannot be read.
    """
    name = printable(str(path))
    count = chapters_in(_bytes_of(path), name)
    if count is None:
        raise SourceError(f"{name} is no document that has chapters", "EPUB, PDF, DOCX, ODT and RTF can be split")
    return count


def chapter_count_at(url: str, fetch: Fetch) -> int | None:
    """Return how many chapters with words a document has that is at an address; None where none is there.

    Raises:
        SourceError: It cannot be fetched, or the document cannot be read.
    """
    page = fetch(url)
    return chapters_in(page.data, page.url) if _is_packed(page.data) else None


def _is_address(source: str | Path) -> bool:
    if isinstance(source, Path) or not _ADDRESS.match(source):
        return False
    from narrate.sources.fetch.addresses import is_address

    return is_address(source)


def _from_standard_input() -> _Bytes:
    if sys.stdin is None:
        raise SourceError("standard input is closed", "name a file, or pipe the article in")
    name = getattr(sys.stdin, "called", "standard input")
    return _Bytes(_bounded(sys.stdin.buffer, name), name)


def _from_web(url: str, settings: Settings, fetch: Fetch | None) -> _Bytes:
    if settings.offline:
        raise SourceError(f"{url} is an address, and --offline refuses to fetch", "give a file, or leave --offline out")
    from narrate.sources.fetch import web

    address, chapter = named_address(url)
    page = fetch(address) if fetch else web.fetch(address, allow_private=settings.allow_private)
    if fetch is None and _is_packed(page.data):
        last_document.keep(address, page)
    if chapter and _is_packed(page.data):
        return _Bytes(
            page.data, chapter_name(page.url, chapter), None, chapter_name(page.url, chapter), chapter=chapter
        )
    form = _FORMS.get(page.media_type) or _FORMS.get(Path(page.url).suffix.lower() if not page.media_type else "")
    return _Bytes(page.data, page.url, form, page.url, page.charset)


def _bytes_of(path: Path) -> bytes:
    name = printable(str(path))
    try:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            return _bounded(file, name, state.st_size if stat.S_ISREG(state.st_mode) else 0)
    except FileNotFoundError as error:
        raise SourceError(f"{name} does not exist", "check the path; - reads standard input") from error
    except IsADirectoryError as error:
        hint = f"name a file in it, such as {printable(str(path / 'article.txt'))}"
        raise SourceError(f"{name} is a folder", hint) from error
    except PermissionError as error:
        if path.is_dir():  # what Windows says of a folder
            raise SourceError(f"{name} is a folder", "name a file in it") from error
        raise SourceError(f"{name} may not be read", "check the file's permissions") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{name} cannot be read: {reason}", "check the path") from error


def _bounded(file: BinaryIO, name: str, size_bytes: int = 0) -> bytes:
    """Return all that is in a file, a pipe or a device, unless it is too much.

    What tells its size is refused before it is read, and takes no more memory than it has bytes. It may have grown
    since, or be a file of /proc that says 0: so whatever comes is counted.

    Raises:
        SourceError: There are more than MAX_BYTES.
    """
    pieces: list[bytes] = []
    count, wanted_bytes = 0, size_bytes + 1 if size_bytes else PIECE_BYTES
    while max(count, size_bytes) <= MAX_BYTES and (piece := file.read(wanted_bytes)):
        pieces.append(piece)
        count += len(piece)
        if len(piece) < wanted_bytes:  # the end: at a terminal it would have to be typed again
            break
        wanted_bytes = PIECE_BYTES
    if max(count, size_bytes) > MAX_BYTES:
        raise SourceError(f"{name} is larger than {MAX_BYTES // 2**20} MB", "split it into several files")
    return b"".join(pieces)


def _article(got: _Bytes, settings: Settings) -> Article:
    if not got.data.strip():
        raise SourceError(f"{got.name} is empty", "give a file with the article's text")
    article = _read(got, settings)
    if not article.blocks:
        raise SourceError(f"{got.name} holds no text", "give a file with the article's text")
    text = "\n".join(block.text for block in article.blocks if block.kind != "code")
    require_speakable(text, got.name)
    meta = replace(
        article.meta, url=article.meta.url or got.url, language=settled_language(article.meta.language, text)
    )
    if got.url:  # a page from elsewhere chooses no voice here, names no file, and is there to be read
        meta = replace(meta, voice=None, lexicon=(), is_draft=False)
    return replace(article, meta=meta)


def _read(got: _Bytes, settings: Settings) -> Article:
    if settings.read_as is None and _is_packed(got.data) and (document := _from_document(got)):
        return document
    got = _unarchived(got)
    form = settings.read_as or got.form
    if form == "html" or (form is None and _MARKUP.match(got.data[:4096])):
        return _from_page(got, settings)
    if form in ("mail", None) and (message := _from_message(got, settings, is_told=form == "mail")):
        return message
    text = decode(got.data, got.name, got.charset, keeps_pages=True)
    require_speakable(text, got.name)
    if form is None and (mail := _from_written_mail(text)):
        return mail
    is_own = got.url is None and settings.read_as in (None, "markdown")
    if is_own and (draft := draft_article(text, got.name)):
        return draft
    if form == "markdown" or (form is None and _MARKDOWN.search(text)):
        return _from_written(text.replace(PAGE_END, "\n\n"), "markdown", got, settings)
    return _from_written(text, "text", got, settings)


def _is_packed(data: bytes) -> bool:
    """Tell whether bytes may be a document: a PDF, an archive, RTF."""
    return bool(_PACKED.match(data[:_MARK_WITHIN_BYTES]))


def _from_document(got: _Bytes) -> Article | None:
    """Read a book or a file of a word processor, None where it is none: known by its bytes, whatever it is called."""
    article = document_article(got.data, got.name, got.chapter)
    for doubt in article.doubts if article else ():
        logger.warning("%s: %s", got.name, doubt)
    return article


def _unarchived(got: _Bytes) -> _Bytes:
    """Return the page in one of Safari's web archives; anything else as it is."""
    if not _PROPERTY_LIST.match(got.data):
        return got
    from narrate.sources.read.mail import archived_page, is_webarchive

    if not is_webarchive(got.data):
        return got
    page = archived_page(got.data, got.name)
    form = _FORMS.get(page.media_type, "html")
    return replace(got, data=page.data, form=form, url=page.url or got.url, charset=page.charset)


def _from_message(got: _Bytes, settings: Settings, *, is_told: bool) -> Article | None:
    """Read a mail or a web archive, None where it is none: known by what it begins with, or by what it is called."""
    if not _HEADER.match(got.data[:4096]):
        return None
    from narrate.sources.read.mail import first_mail, is_message, read_message

    if not is_told and not is_message(got.data):
        return None
    first, others = first_mail(got.data, got.name)
    if others:
        logger.warning(others)
    message = read_message(first, url=got.url, name=got.name, wanted=_wanted(got, settings))
    return _whole(message, got.name, settings)


def _from_written_mail(text: str) -> Article | None:
    if not _LABEL.match(text):
        return None
    from narrate.sources.read.mail.written_mail import is_written_mail, written_mail

    return written_mail(text) if is_written_mail(text) else None


def _from_written(text: str, form: WrittenForm, got: _Bytes, settings: Settings) -> Article:
    has_marks = settings.marks == "on" or (settings.marks == "auto" and got.url is None)
    article = read_written(text, form, got.name, has_marks=has_marks)
    for doubt in article.doubts if form == "markdown" else ():
        logger.warning("%s: %s; narrate script shows the result", got.name, doubt)
    return article


def _from_page(got: _Bytes, settings: Settings) -> Article:
    from narrate.sources.read.html import read_page

    page = read_page(got.data, url=got.url, charset=got.charset, name=got.name, wanted=_wanted(got, settings))
    return _whole(page, got.name, settings)


def _wanted(got: _Bytes, settings: Settings) -> Wanted:
    from narrate.sources.read.html import Wanted

    def keep_lines(url: str | None) -> tuple[str, ...]:
        return tuple(line for choices in settings.cleaning_of(url) for line in choices.keep_lines)

    return Wanted(all_text=settings.all_text, is_explained=got.is_explained, keep_lines=keep_lines)


def _whole(page: HtmlPage, name: str, settings: Settings) -> Article:
    if page.teaser and not settings.partial:
        hint = "save the whole page from your browser and give the file, or speak what is here with --partial"
        raise SourceError(f"{name} is only the beginning of an article: {page.teaser}", hint)
    for doubt in page.article.doubts:
        logger.warning("%s: %s; --all-text reads all, narrate script --why says what was left and why", name, doubt)
    return page.article


def _modified(path: Path) -> date | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    except (OSError, OverflowError, ValueError):
        return None
