"""Answers to requests that send something: what is refused and why, bodies that are counted, errors in JSON."""

from __future__ import annotations

import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from narrate.core.errors import NarrateError
from narrate.publish.headers import PRIVATE

# Received bytes are written in pieces of about so much.
_PIECE_BYTES = 1_000_000


class Refused(NarrateError):
    """A request that is not taken.

    Attributes:
        status: The number that says so in HTTP.
        allow: The methods that its address takes, where its own is none of them.
    """

    def __init__(self, status: int, message: str, hint: str = "", *, allow: str = "") -> None:
        super().__init__(message, hint)
        self.status, self.allow = status, allow


async def answered(
    answer: Awaitable[Response], failed: Callable[[Exception], Response], policy: Callable[[], str]
) -> Response | None:
    """Return an answer with the headers of what no other site and no cache may have; None where the client has gone.

    Args:
        answer: To the request.
        failed: Returns the answer instead, where that went wrong.
        policy: Returns the policy of a page (Content-Security-Policy).
    """
    try:
        response = await answer
    except ClientDisconnect:
        return None
    except Exception as error:
        response = failed(error)
    response.headers.update({**PRIVATE, "cache-control": "no-store"})
    if response.media_type == "text/html":
        response.headers["content-security-policy"] = policy()
    return response


def methods_told(request: Request, allowed: str) -> Response | None:
    """Return the answer to a question for the methods of an address, None where the request has one of them.

    Args:
        request: Any.
        allowed: The methods, as the header Allow has them.

    Raises:
        Refused: Its method is another one.
    """
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"allow": allowed})
    if request.method not in allowed.split(", "):
        raise Refused(405, f"{request.method} is not for this address", f"it takes {allowed}", allow=allowed)
    return None


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


def json_object(data: bytes, message: str, hint: str) -> dict[str, object]:
    """Return the object that a body is in JSON.

    Args:
        data: The body.
        message: What to say of one that is not JSON at all.
        hint: What to do then.

    Raises:
        Refused: It is not JSON, or another value.
    """
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused(400, message, hint) from error
    if not isinstance(found, dict):
        raise Refused(400, "the body is no JSON object", hint)
    return found


def error_shown(error: NarrateError) -> dict[str, object]:
    """Return an error as JSON has it."""
    return {"error": {"message": error.message, "hint": error.hint}}


def allowed_methods(error: NarrateError) -> dict[str, str]:
    """Return the header of an answer that names the methods of its address; nothing where they were not the matter."""
    return {"allow": error.allow} if isinstance(error, Refused) and error.allow else {}
