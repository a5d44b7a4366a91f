"""The inbox's door: what is given becomes an address, or something to keep and read; all else is refused here."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from narrate.core.clean_text import one_line
from narrate.core.errors import SourceError
from narrate.episode.naming import first_words, slug
from narrate.library.inbox.entry import Kind, Limits, TooLarge, WrongKind
from narrate.sources.fetch.addresses import checked, shown
from narrate.sources.read.documents.forms import document_form
from narrate.sources.read.file_kinds import refuse_other_files
from narrate.sources.read.mail import is_webarchive

# Of a title, and of the name of a file, as they are kept for people.
NAME_MAX_BYTES = 300
# A share sheet puts a title before the address; more words than that are a text.
_SHARED_TITLE_MAX_CHARS = 300
# A longer first line is a paragraph.
_TITLE_MAX_CHARS = 150
_SHARED = re.compile(
    rf"(?:(?P<title>[^\n]{{1,{_SHARED_TITLE_MAX_CHARS}}}?(?:\n[^\n]{{1,{_SHARED_TITLE_MAX_CHARS}}}?)?)\s{{1,20}})?"
    r"<?(?P<url>https?://[^\s<>]+)>?",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.[a-z0-9]{1,12}")
_TITLE = re.compile(r"<title\b[^<>]{0,500}>(.{0,2000}?)</title", re.IGNORECASE | re.DOTALL)
# So much of a page is searched for its title.
_HEAD_CHARS = 100_000
_BY_MEDIA_TYPE = {
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "text/html": ".html",
    "text/markdown": ".md",
    "message/rfc822": ".eml",
}


@dataclass(frozen=True, slots=True)
class Given:
    """A thing that somebody put into the inbox, as it came.

    Attributes:
        url: An address; of a text or page, where it is from.
        text: Plain or Markdown; one that is an address and no more is taken as that.
        html: A page as a browser has it.
        title: What to call it.
        file: What is in a file; None for none.
        file_name: The name that the file had.
        media_type: What the sender says that the file is.
        instead: The entry whose place it takes, "" for none.
    """

    url: str = ""
    text: str = ""
    html: str = ""
    title: str = ""
    file: bytes | memoryview | None = None
    file_name: str = ""
    media_type: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Admitted:
    """The part of it that is kept and read.

    Attributes:
        kind: What was given.
        url: As it is asked for; "" for none.
        title: The best that is known; "" for an address alone.
        name: Of the file, as it was called.
        payload: The name of the file that is to hold the content; "" for an address alone.
        content: What is kept and read.
    """

    kind: Kind
    url: str = ""
    title: str = ""
    name: str = ""
    payload: str = ""
    content: bytes | memoryview = b""


def admitted(given: Given, limits: Limits) -> Admitted:
    """Return what is taken of what was given.

    Nothing is ever read as the path of a file of this machine: an address begins with https:// or http://.

    Raises:
        TooLarge: It is larger than is taken.
        WrongKind: It is a picture, a film, an archive.
        SourceError: It holds no address, or nothing to read.
    """
    title = one_line(given.title, NAME_MAX_BYTES)
    if given.file is not None:
        return _file(given, title, limits)
    if given.html.strip():
        return _page(given, title, limits)
    shared = shared_address(given.text)
    if shared:
        return Admitted("url", _address(given.url or shared[1]), title or shared[0])
    if given.text.strip():
        return _text(given, title, limits)
    if given.url.strip():
        return Admitted("url", _address(given.url), title)
    raise SourceError("there is nothing to read in it", "give an address, a text or a file")


def shared_address(text: str) -> tuple[str, str] | None:
    """Return title and address of a text that is nothing but an address, perhaps with a title before it; else None.

    >>> shared_address("A Light at Sea https://example.com/light")
    ('A Light at Sea', 'https://example.com/light')
    """
    found = _SHARED.fullmatch(text.strip()) if len(text) <= 10_000 else None
    title = (found["title"] or "").strip() if found else ""
    if found is None or len(title) > _SHARED_TITLE_MAX_CHARS or "://" in title:
        return None
    return one_line(title, NAME_MAX_BYTES), found["url"]


def _address(url: str) -> str:
    """Return an address as it was given, if it is one of the web; what it leads to is checked when it is fetched."""
    url = url.strip()
    checked(url, lambda address: True)
    return url


def _text(given: Given, title: str, limits: Limits) -> Admitted:
    text, url = given.text.strip(), given.url.strip()
    if not any(char.isspace() for char in text) and not url and text.isascii():
        hint = "write the whole address, with https:// before it, or paste the text itself"
        raise SourceError(f"{shown(text)} is neither an address of the web nor a text", hint)
    if title and not _is_titled(text, title):
        text = f"{title}\n\n{text}"
    title = title or _beginning(text)
    content = _bounded(text, limits)
    return Admitted("text", _address(url) if url else "", title, "", f"{slug(title)[:60]}.txt", content)


def _is_titled(text: str, title: str) -> bool:
    """Tell whether a text has its title before it, in a line or two; a sentence that begins with its words is none."""
    lines = [line for line in text[:2000].split("\n") if line.strip()][:2]
    return title in {one_line(" ".join(lines[:count])).strip("#* ") for count in (1, 2)}


def _beginning(text: str) -> str:
    """Return the first line of a text, where that may be its title, else its first words."""
    first = one_line(text[:2000].partition("\n")[0]).lstrip("#* ")
    return one_line(first if 0 < len(first) <= _TITLE_MAX_CHARS else first_words(text[:2000]), NAME_MAX_BYTES)


def _page(given: Given, title: str, limits: Limits) -> Admitted:
    page, url = given.html, given.url.strip()
    found = _TITLE.search(page[:_HEAD_CHARS])
    own = one_line(html.unescape(found[1]), NAME_MAX_BYTES) if found else ""
    if title and not own:
        page = f"<!DOCTYPE html><title>{html.escape(title)}</title>\n{page}"
    title = title or own
    content = _bounded(page, limits)
    return Admitted("text", _address(url) if url else "", title, "", f"{slug(title)[:60]}.html", content)


def _bounded(text: str, limits: Limits) -> bytes:
    content = text.encode("utf-8", "replace")
    if len(content) > limits.text_bytes:
        raise TooLarge(f"the text is larger than {limits.text_bytes // 1_000_000} MB", "give it in parts")
    return content


def _file(given: Given, title: str, limits: Limits) -> Admitted:
    content = given.file if given.file is not None else b""
    # A browser may send a whole path; a name is for people, and none of this machine's files is ever named by it.
    name = one_line(PurePosixPath(given.file_name.replace("\\", "/")).name, NAME_MAX_BYTES) or "file"
    if len(content) > limits.file_bytes:
        raise TooLarge(f"{name} is larger than {limits.file_bytes // 1_000_000} MB", "split it, or give its text")
    if not len(content):
        raise SourceError(f"{name} is empty", "give a file with the article's text")
    _require_kind(bytes(content), name)
    path = PurePosixPath(name)
    ending = path.suffix.lower() if _ENDING.fullmatch(path.suffix.lower()) else ""
    ending = ending or _BY_MEDIA_TYPE.get(given.media_type, ".txt")
    url = _address(given.url) if given.url.strip() else ""
    return Admitted("file", url, title or name, name, f"{slug(path.stem)[:60]}{ending}", content)


def _require_kind(data: bytes, name: str) -> None:
    """Refuse a file that begins as none does that can be read; what is inside of it, its reader will see."""
    refuse: tuple[Callable[[bytes, str], object], ...] = (document_form, _refuse_other)
    try:
        for look in refuse:
            if look(data, name):
                return
    except SourceError as error:
        raise WrongKind(error.message, error.hint) from error


def _refuse_other(data: bytes, name: str) -> None:
    if not is_webarchive(data):
        refuse_other_files(data, name)
