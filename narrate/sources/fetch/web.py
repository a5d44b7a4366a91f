"""Fetches web pages with limits on everything a server decides: where it leads, how much it sends, and how long.

Proxies of the environment (HTTPS_PROXY) are not heeded, for the reason connections.py gives; nor is .netrc
read, and cookies live as long as one chain of redirects.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import requests
from requests.cookies import RequestsCookieJar

from narrate.core.errors import SourceError
from narrate.core.version import __version__
from narrate.sources.encodings import encoding_of
from narrate.sources.fetch.addresses import CHECK_IT, SAVE_IT, MayReach, checked, is_address, is_public, shown
from narrate.sources.fetch.connections import LATER, Adapter, Clock, Limits, failures
from narrate.sources.fetch.response_body import body_of

__all__ = ["Fetch", "Limits", "Page", "Refused", "Seen", "fetch", "fetch_if_changed", "is_address"]

_HEADER_MAX_CHARS = 500

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_STATUSES = {
    401: ("asks for a login", SAVE_IT),
    402: ("asks for a payment", SAVE_IT),
    403: ("refuses narrate, or asks for a login", SAVE_IT),
    404: ("does not exist", "check the address"),
    407: ("asks for a login", SAVE_IT),
    410: ("does not exist any more", "check the address"),
    429: ("asks for fewer requests", f"wait some minutes, or {SAVE_IT}"),
    451: ("is withheld for legal reasons", SAVE_IT),
}

# Where a page that needs a login or a consent sends its readers.
_LOGIN_HOST = re.compile(r"(?:accounts?|auth|consent|log-?in|myaccount|sign-?in|sso)\.")
_LOGIN_PATH = re.compile(
    r"/(?:wp-)?(?:auth|collect-?consent|consent|log[-_]?[io]n|oauth2?|sign[-_]?in|sso)(?:\.\w+)?(?:/|$)"
)

# Books, papers and files of word processors; servers name them in many ways, and their bytes tell what they are.
_DOCUMENTS = frozenset(
    {
        "application/pdf",
        "application/x-pdf",
        "application/acrobat",
        "text/pdf",
        "application/epub+zip",
        "application/epub",
    }
    | {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/rtf", "text/rtf"}
    | {"application/vnd.oasis.opendocument.text", "application/x-rtf", "text/richtext"}
)
# What servers call anything that a browser is to save.
_UNNAMED = frozenset(
    {"application/octet-stream", "binary/octet-stream", "application/download", "application/x-download"}
    | {"application/force-download", "application/x-octet-stream"}
)
# What may hold an article; for all but the pages and the texts the caller looks at the bytes.
_READABLE = frozenset(
    {"", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown"}
    | {"text/xml", "application/xml", "message/rfc822", "multipart/related", "application/x-mimearchive"}
    | _DOCUMENTS
    | _UNNAMED
)
_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "application/octet-stream"})
_KINDS = (
    (re.compile("image/"), "an image"),
    (re.compile("audio/"), "a sound recording"),
    (re.compile("video/"), "a video"),
    (re.compile(r"application/(x-)?(zip|gzip|tar|bzip|7z|rar|xz|zstd|gtar|compress|vnd\.rar)"), "an archive"),
    (re.compile(r"application/(vnd\.(openxml|ms-|oasis)|msword|rtf)|text/rtf"), "an Office document"),
    (re.compile(r"application/(rss|atom|feed)"), "a feed of articles"),
    (re.compile(r"(application|text)/(.+\+)?(json|yaml|csv)"), "data"),
)
_MEDIA_TYPE = re.compile(r"\s*([a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+)\s*(?:[;,]|$)", re.IGNORECASE)
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s"';,]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of file that is asked for, and what is taken for it.

    Attributes:
        name: What to call it in an error.
        accept: The header that says so to the server.
        media_types: What may be it; anything, where none is named.
        may_be_empty: An answer without a word is one as well.
    """

    name: str
    accept: str
    media_types: frozenset[str]
    may_be_empty: bool = False


ARTICLE = Wanted(
    "a web page",
    "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.8, application/epub+zip;q=0.7, "
    "application/pdf;q=0.6, */*;q=0.1",
    _READABLE,
)
FEED = Wanted(
    "a feed",
    "application/rss+xml, application/xml;q=0.9, text/xml;q=0.9",
    frozenset(
        {"application/rss+xml", "application/xml", "text/xml", "application/atom+xml", "application/octet-stream"}
    ),
)
PICTURE = Wanted("a picture", "image/jpeg, image/png, image/webp;q=0.9, image/gif;q=0.5", _PICTURES)


@dataclass(frozen=True, slots=True)
class Page:
    """The contents of an address."""

    url: str
    """The final address, after redirects, without a fragment."""
    data: bytes
    """The body, decompressed; whole and not empty."""
    media_type: str
    """Such as "text/html": lower case, no parameters; "" where the server names none."""
    charset: str | None
    """The Encoding Standard's name of the encoding that the server states, where it is one of the web."""
    etag: str = ""
    """The server's name for this version of it, as it was sent; "" for none."""
    last_modified: str = ""
    """When it was changed, as it was sent; "" where the server does not say."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page that was fetched before: by these a server tells whether it is another by now (RFC 9110, 13)."""

    url: str
    etag: str = ""
    last_modified: str = ""


class Refused(SourceError):
    """A server answers with something else than the page.

    Attributes:
        status: The number it gives for that.
        url: Of the address that said so, the last one of a chain of redirects.
        retry_after: Its header of that name, as it was sent; "" for none.
    """

    def __init__(self, message: str, hint: str, status: int, url: str, retry_after: str = "") -> None:
        super().__init__(message, hint)
        self.status = status
        self.url = url
        self.retry_after = retry_after


Turn = Callable[[str], AbstractContextManager[object]]
"""Called with each address before it is asked, redirects too; the request, and the answer, are inside of it."""


class Fetch(Protocol):
    """A function that gets a page, with everything else settled: of one source alone, or by turns among many."""

    def __call__(self, url: str, *, wanted: Wanted = ...) -> Page: ...


@dataclass(frozen=True, slots=True)
class _Asking:
    """The circumstances that all requests of a fetch share."""

    wanted: Wanted
    turn: Turn
    seen: Seen | None
    cookies: RequestsCookieJar


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    limits: Limits | None = None,
    is_public: MayReach = is_public,
    wanted: Wanted = ARTICLE,
    turn: Turn = nullcontext,
) -> Page:
    """Fetch the page or the picture at an address.

    Args:
        url: An address that begins with https:// or http://.
        allow_private: Reach private networks and this machine as well.
        limits: Other limits than the usual ones.
        is_public: Tells public addresses from private ones.
        wanted: What it should hold.
        turn: Lets each request wait for its turn; the time it takes counts towards no limit.

    Raises:
        SourceError: The address may not be asked, does not answer, or does not hold what is wanted.
    """
    page = fetch_if_changed(
        url, None, allow_private=allow_private, limits=limits, is_public=is_public, wanted=wanted, turn=turn
    )
    if page is None:  # without a condition nobody may say so, and _refuse_status saw to it
        raise SourceError(f"{shown(url)} answers without a page", SAVE_IT)
    return page


def fetch_if_changed(
    url: str,
    seen: Seen | None,
    *,
    allow_private: bool = False,
    limits: Limits | None = None,
    is_public: MayReach = is_public,
    wanted: Wanted = ARTICLE,
    turn: Turn = nullcontext,
) -> Page | None:
    """Fetch a page like `fetch`; return None where the server says that it is still the one that was `seen`."""
    limits = limits or Limits()
    may_reach: MayReach = (lambda address: True) if allow_private else is_public
    with closing(Adapter(may_reach, Clock(limits))) as adapter:
        return _follow(url.strip(), adapter, limits, _Asking(wanted, turn, seen, RequestsCookieJar()))


def _follow(url: str, adapter: Adapter, limits: Limits, asking: _Asking) -> Page | None:
    target = url
    for followed in range(limits.redirects + 1):
        try:
            address = checked(target, adapter.may_reach)
            with (
                _waited(asking.turn(address), adapter.clock),
                failures(address),
                _ask(address, adapter, asking) as response,
            ):
                if response.status_code == 304 and _is_seen(address, asking.seen):
                    return None
                if response.status_code not in _REDIRECTS:
                    return _page(response, url if followed else None, adapter.clock, asking.wanted)
                target = _target(response, address)
        except SourceError as error:
            if not followed:
                raise
            raise _reached_from(url, error) from error
    raise SourceError(f"{shown(url)} has more than {limits.redirects} redirects", SAVE_IT)


@contextmanager
def _waited(turn: AbstractContextManager[object], clock: Clock) -> Iterator[None]:
    began_s = time.monotonic()
    with turn:
        clock.put_off(time.monotonic() - began_s)
        yield


def _reached_from(url: str, error: SourceError) -> SourceError:
    message = f"{error.message} (reached from {shown(url)})"
    if isinstance(error, Refused):
        return Refused(message, error.hint, error.status, error.url, error.retry_after)
    return SourceError(message, error.hint)


def _ask(address: str, adapter: Adapter, asking: _Asking) -> requests.Response:
    # Not a session's send: for a redirect, that reads the body to its end, however long it is.
    request = requests.Request("GET", address, headers=_headers(address, asking), cookies=asking.cookies).prepare()
    limits = adapter.clock.limits
    response = adapter.send(request, stream=True, timeout=(limits.connect_s, limits.read_s))
    asking.cookies.update(response.cookies)
    response.url = address
    return response


def _headers(address: str, asking: _Asking) -> dict[str, str]:
    headers = {
        "User-Agent": f"narrate/{__version__} (+article reader)",
        "Accept": asking.wanted.accept,
        "Accept-Encoding": "gzip, deflate",
    }
    seen = asking.seen
    if seen and _is_seen(address, seen):
        conditions = {"If-None-Match": seen.etag, "If-Modified-Since": seen.last_modified}
        headers |= {name: value for name, value in conditions.items() if value}
    return headers


def _is_seen(address: str, seen: Seen | None) -> bool:
    """Tell whether a condition is sent: what one address says of itself means nothing at another."""
    return seen is not None and address == seen.url and bool(seen.etag or seen.last_modified)


def _target(response: requests.Response, address: str) -> str:
    location = response.headers.get("Location", "").strip()
    if not location:
        raise SourceError(f"{shown(address)} redirects to nowhere", CHECK_IT)
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(address, location.replace(" ", "%20"))
    except ValueError as error:
        raise SourceError(f"{shown(address)} redirects to an address that is not valid", SAVE_IT) from error


def _page(response: requests.Response, redirected_from: str | None, clock: Clock, wanted: Wanted) -> Page:
    url = str(response.url)
    _refuse_status(url, response)
    if redirected_from is not None and _is_login(url) and not _is_login(redirected_from):
        raise SourceError(f"{shown(url)} asks for a login or a consent", SAVE_IT)
    content_type = response.headers.get("Content-Type", "")
    media_type = _media_type(content_type)
    _refuse_kind(url, media_type, wanted)
    limits = clock.limits
    data = body_of(response, clock, limits.document_size if media_type in _DOCUMENTS | _UNNAMED else limits.size)
    if not data.strip() and not wanted.may_be_empty:
        raise SourceError(f"{shown(url)} is empty", SAVE_IT)
    etag, last_modified = (_header(response, name) for name in ("ETag", "Last-Modified"))
    return Page(url, data, media_type, _charset(content_type), etag, last_modified)


def _header(response: requests.Response, name: str) -> str:
    """Return a header that can be sent back as it came; "" for control characters, other letters or no end."""
    value = response.headers.get(name, "").strip()
    return value if value.isascii() and value.isprintable() and len(value) <= _HEADER_MAX_CHARS else ""


def _refuse_status(url: str, response: requests.Response) -> None:
    status = response.status_code
    if status in (200, 203, 204, 205):
        return
    what, hint = _STATUSES.get(status, ("answers without a page", SAVE_IT))
    if status >= 500:
        what, hint = "has an error on its server", LATER
    raise Refused(f"{shown(url)} {what} (status {status})", hint, status, url, _header(response, "Retry-After"))


def _is_login(url: str) -> bool:
    parts = urlsplit(url.lower())
    return bool(_LOGIN_HOST.match(parts.netloc) or _LOGIN_PATH.search(parts.path))


def _refuse_kind(url: str, media_type: str, wanted: Wanted) -> None:
    if not wanted.media_types or media_type in wanted.media_types:
        return
    kind = next((kind for pattern, kind in _KINDS if pattern.match(media_type)), f"of the type {shown(media_type)}")
    hint = "give the address of the article's own page, or save its text to a .txt file and give that"
    raise SourceError(f"{shown(url)} is {kind}, not {wanted.name}", hint)


def _media_type(content_type: str) -> str:
    found = _MEDIA_TYPE.match(content_type)
    return found[1].lower() if found else ""


def _charset(content_type: str) -> str | None:
    found = _CHARSET.search(content_type)
    return encoding_of(found[1]) if found else None
