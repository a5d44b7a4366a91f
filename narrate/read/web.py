"""Fetches web pages with limits on everything a server decides: where it leads, how much it sends, and how long.

Proxies of the environment (HTTPS_PROXY) are not heeded, for the reason connect.py gives; nor is .netrc
read, and cookies live as long as one chain of redirects.
"""

from __future__ import annotations

import codecs
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib import metadata
from urllib.parse import urljoin, urlsplit

import requests
from requests.cookies import RequestsCookieJar

from narrate.errors import SourceError
from narrate.read.addresses import CHECK_IT, SAVE_IT, MayReach, checked, is_address, is_public, shown
from narrate.read.connect import LATER, Adapter, Clock, Limits, failures

__all__ = ["Limits", "Page", "fetch", "is_address"]

_PIECE = 64 * 1024

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

# What may hold an article; for the first and the last one the caller looks at the bytes.
_READABLE = frozenset(
    {"", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown"}
    | {"text/xml", "application/xml", "application/octet-stream"}
)
_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "application/octet-stream"})
_KINDS = (
    (re.compile(r"application/(x-)?pdf"), "a PDF"),
    (re.compile("image/"), "an image"),
    (re.compile("audio/"), "a sound recording"),
    (re.compile("video/"), "a video"),
    (re.compile(r"application/epub"), "an e-book"),
    (re.compile(r"application/(x-)?(zip|gzip|tar|bzip|7z|rar|xz|zstd|gtar|compress|vnd\.rar)"), "an archive"),
    (re.compile(r"application/(vnd\.(openxml|ms-|oasis)|msword|rtf)|text/rtf"), "an Office document"),
    (re.compile(r"application/(rss|atom|feed)"), "a feed of articles"),
    (re.compile(r"(application|text)/(.+\+)?(json|yaml|csv)"), "data"),
)
_MEDIA_TYPE = re.compile(r"\s*([a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+)\s*(?:[;,]|$)", re.IGNORECASE)
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s"';,]+)""", re.IGNORECASE)

# Codecs of Python that are for text in general; "zip", "idna", "utf-7" and "unicode_escape" are not.
_TEXT_CODECS = re.compile(r"ascii|utf-(?:8|16|32)|iso8859-|cp\d|koi8|gb|big5|euc_|shift_jis|iso2022_|mac-|tis-620|hz")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, and what is taken.

    Attributes:
        name: What to call it in an error.
        accept: The header that says so to the server.
        media_types: What may be it.
    """

    name: str
    accept: str
    media_types: frozenset[str]


ARTICLE = Wanted("a web page", "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.8", _READABLE)
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
    """What an address holds."""

    url: str
    """The final address, after redirects, without a fragment."""
    data: bytes
    """The body, decompressed; whole and not empty."""
    media_type: str
    """Such as "text/html": lower case, no parameters; "" where the server names none."""
    charset: str | None
    """Python's name of the codec that the server names, where it is one for text."""


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    limits: Limits | None = None,
    is_public: MayReach = is_public,
    wanted: Wanted = ARTICLE,
) -> Page:
    """Fetch the page or the picture at an address.

    Args:
        url: An address that begins with https:// or http://.
        allow_private: Reach private networks and this machine as well.
        limits: Other limits than the usual ones.
        is_public: Tells public addresses from private ones.
        wanted: What it should hold.

    Raises:
        SourceError: The address may not be asked, does not answer, or does not hold what is wanted.
    """
    limits = limits or Limits()
    may_reach: MayReach = (lambda address: True) if allow_private else is_public
    with closing(Adapter(may_reach, Clock(limits))) as adapter:
        return _follow(url.strip(), adapter, limits, wanted)


def _follow(url: str, adapter: Adapter, limits: Limits, wanted: Wanted) -> Page:
    cookies = RequestsCookieJar()
    target = url
    for followed in range(limits.redirects + 1):
        try:
            address = checked(target, adapter.may_reach)
            with failures(address), _ask(address, adapter, cookies, wanted) as response:
                if response.status_code not in _REDIRECTS:
                    return _page(response, url if followed else None, adapter.clock, wanted)
                target = _target(response, address)
        except SourceError as error:
            if not followed:
                raise
            raise SourceError(f"{error.message} (reached from {shown(url)})", error.hint) from error
    raise SourceError(f"{shown(url)} has more than {limits.redirects} redirects", SAVE_IT)


def _ask(address: str, adapter: Adapter, cookies: RequestsCookieJar, wanted: Wanted) -> requests.Response:
    # Not a session's send: for a redirect, that reads the body to its end, however long it is.
    request = requests.Request("GET", address, headers=_headers(wanted), cookies=cookies).prepare()
    limits = adapter.clock.limits
    response = adapter.send(request, stream=True, timeout=(limits.connect_s, limits.read_s))
    cookies.update(response.cookies)
    response.url = address
    return response


def _headers(wanted: Wanted) -> dict[str, str]:
    return {
        "User-Agent": f"narrate/{_version()} (+article reader)",
        "Accept": wanted.accept,
        "Accept-Encoding": "gzip, deflate",
    }


def _version() -> str:
    try:
        return metadata.version("narrate")
    except metadata.PackageNotFoundError:  # run from a folder of source files
        return "0"


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
    _refuse_status(url, response.status_code)
    if redirected_from is not None and _is_login(url) and not _is_login(redirected_from):
        raise SourceError(f"{shown(url)} asks for a login or a consent", SAVE_IT)
    content_type = response.headers.get("Content-Type", "")
    media_type = _media_type(content_type)
    _refuse_kind(url, media_type, wanted)
    data = _body(response, clock)
    if not data.strip():
        raise SourceError(f"{shown(url)} is empty", SAVE_IT)
    return Page(url, data, media_type, _charset(content_type))


def _refuse_status(url: str, status: int) -> None:
    if status in (200, 203, 204, 205):
        return
    what, hint = _STATUSES.get(status, ("answers without a page", SAVE_IT))
    if status >= 500:
        what, hint = "has an error on its server", LATER
    raise SourceError(f"{shown(url)} {what} (status {status})", hint)


def _is_login(url: str) -> bool:
    parts = urlsplit(url.lower())
    return bool(_LOGIN_HOST.match(parts.netloc) or _LOGIN_PATH.search(parts.path))


def _refuse_kind(url: str, media_type: str, wanted: Wanted) -> None:
    if media_type in wanted.media_types:
        return
    kind = next((kind for pattern, kind in _KINDS if pattern.match(media_type)), f"of the type {shown(media_type)}")
    hint = "give the address of the article's own page, or save its text to a .txt file and give that"
    raise SourceError(f"{shown(url)} is {kind}, not {wanted.name}", hint)


def _media_type(content_type: str) -> str:
    found = _MEDIA_TYPE.match(content_type)
    return found[1].lower() if found else ""


def _charset(content_type: str) -> str | None:
    found = _CHARSET.search(content_type)
    try:
        name = codecs.lookup(found[1]).name if found else ""
    except (LookupError, ValueError):
        return None
    return name if _TEXT_CODECS.match(name) else None


def _body(response: requests.Response, clock: Clock) -> bytes:
    url, size = shown(str(response.url)), clock.limits.size
    if (response.raw.length_remaining or 0) > size:
        raise _too_large(url, size)
    pieces = _at_most(response.raw.stream(_PIECE, decode_content=False), url, size)
    codings = response.headers.get("Content-Encoding", "").lower().split(",")
    codings = [coding for coding in map(str.strip, codings) if coding not in ("", "identity")]
    if len(codings) > 2 or not {"gzip", "x-gzip", "deflate"}.issuperset(codings):
        raise SourceError(f"{url} is compressed in a way narrate did not ask for", SAVE_IT)
    for coding in reversed(codings):
        pieces = _inflated(pieces, coding, clock)
    body = io.BytesIO()
    for piece in _at_most(pieces, url, size):
        body.write(piece)
    return body.getvalue()


def _at_most(pieces: Iterator[bytes], url: str, size: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > size:
            raise _too_large(url, size)
        yield piece


def _too_large(url: str, size: int) -> SourceError:
    return SourceError(
        f"{url} is larger than {size // 2**20} MB", "save the article's text to a .txt file and give that"
    )


def _inflated(pieces: Iterator[bytes], coding: str, clock: Clock) -> Iterator[bytes]:
    """Undo a compression in pieces of limited size; zlib's own limit is what keeps a bomb out of memory."""
    stream = None
    for piece in filter(None, pieces):
        rest = piece
        while rest:
            clock.left()
            if stream is None or stream.eof:
                if stream and (coding == "deflate" or not rest.startswith(b"\x1f")):
                    return  # what follows the last part is padding
                stream = zlib.decompressobj(_window(coding, rest))
            yield stream.decompress(rest, _PIECE)
            rest = stream.unconsumed_tail or stream.unused_data
    if stream is not None:
        yield stream.flush()
        if not stream.eof:
            raise zlib.error("incomplete")


def _window(coding: str, data: bytes) -> int:
    """What zlib expects: gzip, zlib, or the bare deflate that some servers send by that name."""
    if coding != "deflate":
        return 16 + zlib.MAX_WBITS
    return zlib.MAX_WBITS if data[0] & 0x0F == zlib.DEFLATED else -zlib.MAX_WBITS
