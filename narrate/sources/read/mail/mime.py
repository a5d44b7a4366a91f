"""Splits a MIME message into its parts, at a cost that grows with its size and no faster.

The standard library parses headers and undoes transfer encodings. It is not given whole messages: its parser calls
itself for each level, and compares every line with the boundaries of all levels around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import collapse_rfc2231_value
from itertools import count

from narrate.core.errors import SourceError
from narrate.sources.read.characters import tidy, whole

# A saved page has a part for each picture and style sheet; a mail that was passed on by ten people, ten levels.
PARTS_MAX = 5_000
DEPTH_MAX = 30
# Mails that went through many machines have 20 kB.
HEADERS_MAX_BYTES = 256 * 1024
# Of one header: the library looks for its end again with each quotation mark.
HEADER_MAX_CHARS = 4_000

_BLANK_LINE = re.compile(rb"\r?\n[ \t]*(?=\r?\n)|\r[ \t]*(?=\r)")
_LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a message: headers, and either contents or parts.

    Attributes:
        headers: As the standard library parses them; no contents are in it.
        data: The contents, in their transfer encoding.
        parts: What a multipart holds, in order; the one message inside a message/rfc822.
    """

    headers: Message
    data: bytes = b""
    parts: tuple[Part, ...] = ()

    @property
    def media_type(self) -> str:
        """The media type in lower case, "text/plain" where it is not stated."""
        return self.headers.get_content_type()

    def header(self, name: str) -> str | None:
        """Return a header as text on one line, its encoded words (RFC 2047) decoded; None where there is none."""
        value = next((str(value) for key, value in self.headers.raw_items() if key.lower() == name.lower()), None)
        return _decoded(value) or None if value is not None else None

    def parameter(self, name: str, header: str = "content-type") -> str | None:
        """Return a parameter of a header, such as the charset of the content type; None where there is none."""
        # A value may state its own charset and language (RFC 2231).
        value = _safely(lambda: collapse_rfc2231_value(self.headers.get_param(name, "", header=header)))
        return tidy(whole(str(value or ""))) or None

    @property
    def file_name(self) -> str | None:
        """The name under which a reader would save the part."""
        name = self.parameter("filename", "content-disposition") or self.parameter("name")
        return _decoded(name) if name else None

    def contents(self) -> bytes:
        """Return the contents, with the transfer encoding undone."""
        self.headers.set_payload(self.data.decode("ascii", "surrogateescape"))
        found = _safely(lambda: self.headers.get_payload(decode=True))
        self.headers.set_payload("")
        return found if isinstance(found, bytes) else self.data


def parse_message(data: bytes, name: str) -> Part:
    """Split a message into its parts.

    Args:
        data: The message, from its first header on.
        name: What to call it in an error.

    Raises:
        SourceError: It has more parts, more levels or larger headers than any message.
    """
    return _part(data, name, "text/plain", 0, count(1))


def _part(data: bytes, name: str, default_type: str, depth: int, counted: Iterator[int]) -> Part:
    if depth > DEPTH_MAX:
        raise _too_much(name, f"{DEPTH_MAX} messages and groups of parts inside each other")
    if next(counted) > PARTS_MAX:
        raise _too_much(name, f"{PARTS_MAX:,} parts")
    top, body = _split(data)
    if len(top) > HEADERS_MAX_BYTES:
        raise _too_much(name, f"{HEADERS_MAX_BYTES // 1024} kB of headers")
    headers = BytesHeaderParser().parsebytes(_short(top))
    headers.set_default_type(default_type)
    kind = headers.get_content_type()
    part = Part(headers, body)
    if kind in ("message/rfc822", "message/global"):
        return Part(headers, b"", (_part(part.contents().lstrip(b"\r\n"), name, "text/plain", depth + 1, counted),))
    boundary = part.parameter("boundary") if kind.startswith("multipart/") else None
    if not boundary:
        return part
    inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    pieces = _pieces(body, boundary)
    return Part(headers, b"", tuple(_part(piece, name, inner, depth + 1, counted) for piece in pieces))


def _split(data: bytes) -> tuple[bytes, bytes]:
    """Part headers and contents at the first blank line; a part may begin with it, and have no header."""
    if first := _LINE_END.match(data):
        return b"", data[first.end() :]
    found = _BLANK_LINE.search(data)
    if not found:
        return data, b""
    end = _LINE_END.match(data, found.end())
    return data[: found.start()], data[end.end() if end else found.end() :]


def _short(top: bytes) -> bytes:
    """Return headers of which none is longer than the library reads in no time."""
    fields = re.split(rb"(?:\r\n|\n|\r(?!\n))(?![ \t])", top)
    return b"\n".join(b" ".join(field[:HEADER_MAX_CHARS].split(b"\r")) for field in fields) + b"\n\n"


def _pieces(body: bytes, boundary: str) -> Iterator[bytes]:
    """Yield what stands between the boundaries; what stands before the first and after the last is no part."""
    mark = re.escape(boundary.encode("utf-8", "replace"))
    found = re.finditer(rb"(?:\A|\r\n|\n|\r)--" + mark + rb"(--)?[ \t]*(?=\r|\n|\Z)", body)
    start: int | None = None
    for match in found:
        if start is not None:
            yield _without_line_end(body[start : match.start()])
        start = match.end()
        if match[1]:
            return
    if start is not None:
        yield _without_line_end(body[start:])


def _without_line_end(piece: bytes) -> bytes:
    """Take away the end of the boundary's line, which stands before the part."""
    end = _LINE_END.match(piece)
    return piece[end.end() :] if end else piece


def _decoded(value: str) -> str:
    """Return a header's words; bytes that no encoding is stated for are UTF-8, as RFC 6532 has them."""
    raw = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    words = _safely(lambda: str(make_header(decode_header(raw))))
    return tidy(whole(words if isinstance(words, str) else raw))


def _safely(call: Callable[[], object]) -> object:
    """Return the library's answer, None where it stumbles over what a person would read past."""
    try:
        return call()
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, IndexError):
        return None


def _too_much(name: str, what: str) -> SourceError:
    return SourceError(f"{name} has more than {what}, and no mail is so large", "save the text to a .txt file")
