"""Bodies of requests to the inbox, read as what they say that they are: JSON or a form."""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import IO
from urllib.parse import parse_qsl

from starlette.requests import Request

from narrate.library.inbox.admission import Given
from narrate.library.inbox.entry import Limits
from narrate.publish.inbox.multipart import BadForm, boundary_of, parts_of
from narrate.publish.requests import Refused, json_object

# The rest of a form with a file in it: other fields, boundaries, heads.
_FORM_MORE_BYTES = 200_000
_FIELDS = ("url", "text", "html", "title", "instead")
_FIELDS_MAX = 16

JSON, FORM, PARTS = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"


def kind_of(request: Request) -> str:
    """Return which of the three kinds of body a request says that it has.

    Raises:
        Refused: It is of another kind, or does not say how long it is.
    """
    named = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if named not in (JSON, FORM, PARTS):
        raise Refused(415, f"the body is not {JSON}, {PARTS} or {FORM}", f"say what it is: Content-Type: {JSON}")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Refused(415, "the body is compressed", "send it as it is")
    if "content-length" not in request.headers and "transfer-encoding" not in request.headers:
        raise Refused(411, "the request does not say how long its body is", "send a Content-Length")
    return named


def most_bytes(kind: str, limits: Limits) -> int:
    """Return how large a body of that kind may be."""
    return limits.file_bytes + _FORM_MORE_BYTES if kind == PARTS else limits.text_bytes


@contextmanager
def read(file: IO[bytes], kind: str, content_type: str, limits: Limits) -> Iterator[Given]:
    """Give what a body says, a file in it as a place on the disk that is there to the end of the block.

    Raises:
        Refused: It is not what it says that it is.
    """
    file.seek(0)
    if kind == JSON:
        yield _from_json(file.read())
    elif kind == FORM:
        yield _given(_from_form(file.read()))
    else:
        with _mapped(file) as body:
            yield _from_parts(body, content_type, limits)


def _from_json(data: bytes) -> Given:
    found = json_object(data, "the body is not JSON", 'send {"url": "https://…"} or {"text": "…"}')
    fields = {name: found[name] for name in _FIELDS if found.get(name) is not None}
    wrong = next((name for name, value in fields.items() if not isinstance(value, str)), None)
    if wrong:
        raise Refused(400, f"{wrong} is no text", f'send {{"{wrong}": "…"}}')
    return _given({name: str(value) for name, value in fields.items()})


def _from_form(data: bytes) -> Mapping[str, str]:
    try:
        pairs = parse_qsl(data.decode("utf-8", "replace"), max_num_fields=_FIELDS_MAX, errors="replace")
    except ValueError as error:
        raise Refused(400, f"the form has more than {_FIELDS_MAX} fields") from error
    return {name: value for name, value in pairs if name in _FIELDS}


def _given(fields: Mapping[str, str]) -> Given:
    url, text, html, title, instead = (fields.get(name, "") for name in _FIELDS)
    return Given(url, text, html, title, instead=instead)


@contextmanager
def _mapped(file: IO[bytes]) -> Iterator[mmap.mmap | bytes]:
    """Give a file's content without reading it into memory; an empty one cannot be mapped."""
    if not file.seek(0, 2):
        yield b""
        return
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as body:
        yield body


def _from_parts(body: mmap.mmap | bytes, content_type: str, limits: Limits) -> Given:
    boundary = boundary_of(content_type)
    if boundary is None:
        raise Refused(400, "the form names no boundary", "let the program that sends it set the Content-Type")
    fields: dict[str, str] = {}
    file: tuple[bytes, str, str] | None = None
    try:
        for part in parts_of(body, boundary):
            if part.file_name is not None:
                if file is None and (part.file_name or part.end > part.start):  # no file was chosen
                    file = body[part.start : part.end], part.file_name, part.media_type
            elif part.name in _FIELDS and part.end - part.start <= limits.text_bytes:
                fields[part.name] = body[part.start : part.end].decode("utf-8", "replace")
            elif part.name in _FIELDS:
                raise Refused(
                    413, f"{part.name} is larger than {limits.text_bytes // 1_000_000} MB", "give it as a file"
                )
    except BadForm as error:
        raise Refused(400, f"the form cannot be read: {error}", "send it again") from error
    given = _given(fields)
    return replace(given, file=file[0], file_name=file[1], media_type=file[2]) if file else given
