"""A form's parts (RFC 7578), found in a body that lies on the disk: a part is a place in it, and nothing is copied.

The whole body is bounded before this looks at it; here the number of parts and their heads are. Only what forms send is
read: names, names of files and media types. Why there is no library for it: docs/decisions/0042-inbox.md.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

# A form of the inbox has seven fields.
PARTS_MAX = 16
HEAD_MAX_BYTES = 4096

_BOUNDARY = re.compile(
    r"""multipart/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))""", re.IGNORECASE
)
_PARAMETER = r"""(?:^|[;\s]){}="((?:[^"\\]|\\.)*)\""""
_NAME = re.compile(_PARAMETER.format("name"), re.IGNORECASE)
_FILE_NAME = re.compile(_PARAMETER.format("filename"), re.IGNORECASE)
_BARE_NAME = re.compile(r"(?:^|[;\s])name=([^\s;\"]+)", re.IGNORECASE)
_CODED_FILE_NAME = re.compile(r"(?:^|[;\s])filename\*=utf-8''([^\s;]+)", re.IGNORECASE)
_QUOTED = re.compile(r'\\(["\\])')


class BadForm(ValueError):
    """A body is no form, or one of more parts than any form has."""


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a form.

    Attributes:
        name: Of the field.
        start: Where its content begins in the body.
        end: Where it ends.
        file_name: Of a file, as the browser calls it; None for a field without one.
        media_type: Of a file; "" where nothing is said.
    """

    name: str
    start: int
    end: int
    file_name: str | None = None
    media_type: str = ""


def boundary_of(content_type: str) -> bytes | None:
    """Return the boundary that a Content-Type names; None where it names none."""
    found = _BOUNDARY.search(content_type)
    return (found[1] or found[2]).encode("latin-1", "replace") if found else None


def parts_of(body: mmap.mmap | bytes, boundary: bytes) -> Iterator[Part]:
    """Yield the parts of a form, in order.

    Raises:
        BadForm: It is damaged, cut off, or has too many parts.
    """
    first, between = b"--" + boundary, b"\r\n--" + boundary
    place = 0 if body[: len(first)] == first else body.find(between) + 2
    if place == 1:
        raise BadForm("it does not hold its boundary")
    place += len(first)
    for _ in range(PARTS_MAX + 1):
        if body[place : place + 2] == b"--":
            return
        head_start = body.find(b"\r\n", place, place + 64)
        head_end = body.find(b"\r\n\r\n", head_start, head_start + HEAD_MAX_BYTES) if head_start >= 0 else -1
        end = body.find(between, head_end + 2) if head_end >= 0 else -1
        if end < 0:
            raise BadForm("it is damaged or cut off")
        yield _part(body[head_start + 2 : head_end], head_end + 4, max(end, head_end + 4))
        place = end + len(between)
    raise BadForm(f"it has more than {PARTS_MAX} parts")


def _part(head: bytes, start: int, end: int) -> Part:
    fields: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        fields[name.strip().lower()] = value.strip()
    disposition = fields.get("content-disposition", "")
    media_type = fields.get("content-type", "").partition(";")[0].strip().lower()
    named = _NAME.search(disposition) or _BARE_NAME.search(disposition)
    return Part(_unquoted(named[1]) if named else "", start, end, _file_name(disposition), media_type)


def _file_name(disposition: str) -> str | None:
    """Return the name of a file; browsers write quotes in it as %22, others with a backslash, some all in RFC 5987."""
    if coded := _CODED_FILE_NAME.search(disposition):
        return unquote(coded[1], errors="replace")
    named = _FILE_NAME.search(disposition)
    return _unquoted(named[1]).replace("%22", '"') if named else None


def _unquoted(text: str) -> str:
    return _QUOTED.sub(r"\1", text)
