"""Bodies of requests: counted onto the disk, then read as what they say that they are, JSON or a form."""

from __future__ import annotations

import json
import mmap
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from narrate.core.errors import NarrateError
from narrate.library.inbox.admission import Given
from narrate.library.inbox.entry import Limits
from narrate.publish.inbox.multipart import BadForm, boundary_of, parts_of

# The rest of a form with a file in it: other fields, boundaries, heads.
_FORM_MORE_BYTES = 200_000
# Received bytes are written in pieces of about so much.
_PIECE_BYTES = 1_000_000
_FIELDS = ("url", "text", "html", "title", "instead")
_FIELDS_MAX = 16

JSON, FORM, PARTS = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"


class Refused(NarrateError):
    """A request that is not taken.

    Attributes:
        status: The number that says so in HTTP.
        allow: The methods that its address takes, where its own is none of them.
    """

    def __init__(self, status: int, message: str, hint: str = "", *, allow: str = "") -> None:
        super().__init__(message, hint)
        self.status, self.allow = status, allow


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


@asynccontextmanager
async def received(request: Request, most_bytes: int, folder: Path) -> AsyncIterator[IO[bytes]]:
    """Receive a body into a file without a name, which is gone with this process; it is counted as it comes.

    Raises:
        Refused: There are more bytes than are taken.
        OSError: The disk is full.
    """
    too_large = Refused(413, f"the body is larger than {most_bytes // 1_000_000} MB", "give less at once")
    stated = request.headers.get("content-length", "0")
    if not stated.isdecimal() or int(stated[:18]) > most_bytes:
        raise too_large
    with await run_in_threadpool(_new_file, folder) as file:
        count, piece = 0, bytearray()
        async for data in request.stream():
            count += len(data)
            if count > most_bytes:
                raise too_large
            piece += data
            if len(piece) >= _PIECE_BYTES:
                await run_in_threadpool(file.write, piece)
                piece = bytearray()
        await run_in_threadpool(file.write, piece)
        await run_in_threadpool(file.flush)
        yield file


def _new_file(folder: Path) -> IO[bytes]:
    return tempfile.TemporaryFile(dir=folder)


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
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "the body is not JSON", 'send {"url": "https://…"} or {"text": "…"}') from error
    if not isinstance(found, dict):
        raise Refused(400, "the body is no JSON object", 'send {"url": "https://…"} or {"text": "…"}')
    fields = {name: found[name] for name in _FIELDS if found.get(name) is not None}
    wrong = next((name for name, value in fields.items() if not isinstance(value, str)), None)
    if wrong:
        raise Refused(400, f"{wrong} is no text", f'send {{"{wrong}": "…"}}')
    return _given(fields)


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
