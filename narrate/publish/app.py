"""The library on the web: an ASGI application that serves the files it is told of, and nothing else of the folder."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import stat
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from narrate.publish.headers import PREFLIGHT, PRIVATE, SHARED, headers_for, is_known_host, is_token

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is made in memory, such as a feed.

    Attributes:
        content: All of it.
        media_type: For the client; text gets "charset=utf-8".
        policy: Of a page that may do more than others; see headers.page_policy.
    """

    content: bytes
    media_type: str
    policy: str = ""


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file of the library's folder.

    Attributes:
        path: Where it lies; it is not served if that turns out to be outside the folder.
        media_type: For the client; text gets "charset=utf-8".
        policy: As above.
    """

    path: Path
    media_type: str
    policy: str = ""


# What there is, by its name in the folder; "" is the library's page.
Site = Mapping[str, Made | OnDisk]


class Beside(Protocol):
    """A part of the server that answers by itself, below the same base."""

    def name_of(self, scope: Scope) -> str | None:
        """Return what a request asks of it, None where that is not its business; hosts are checked by then."""

    async def answer(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer it."""


# How long what the site holds is taken as known.
_KNOWN_S = 1.0

# What is made in memory goes out in pieces, so that slow clients hold one piece each and not all of it.
_PIECE_BYTES = 64 * 1024

# How often a file may be replaced between looking at it and opening it.
_TRIES = 3

_METHODS = "GET, HEAD, OPTIONS"

# Every file may be replaced under its name, so that a copy is good only after a question.
_ASK_AGAIN = {"cache-control": "no-cache"}

_CONDITIONS = StaticFiles()


def make_app(
    site: Callable[[], Site],
    *,
    folder: Path,
    token: str = "",
    hosts: Sequence[str] = (),
    clock: Callable[[], float] = time.monotonic,
    beside: Beside | None = None,
) -> ASGIApp:
    """The application that serves a library.

    Args:
        site: Says what there is. It may take its time: it is asked in a thread, at most once a second. While it
            raises, the answer to everything is 503.
        folder: Where the library lies; no file outside is served, whatever links say.
        token: Every address begins with "/TOKEN/"; "" for addresses that begin with "/".
        hosts: Names the server may be called by, without ports, so that no web page can make its own name point
            here (DNS rebinding). Numeric addresses are always right, as they point nowhere else. None for any name.
        clock: Seconds that only grow.
        beside: Answers what is no file, the inbox; None where there is none.
    """
    return _Library(_Known(site, clock), folder, token, hosts, beside)


class _Replaced(Exception):
    """The file is another one than the answer speaks of; nothing was sent."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A file as it was when looked at."""

    path: Path
    status: os.stat_result

    @property
    def identity(self) -> tuple[int, ...]:
        return self.status.st_dev, self.status.st_ino, self.status.st_size, self.status.st_mtime_ns

    def still_there(self) -> bool:
        with suppress(OSError):
            return _Found(self.path, self.path.stat()).identity == self.identity
        return False


@dataclass(frozen=True, slots=True)
class _Answer:
    """A response, the headers that belong to all its forms (206, 304, 416), and the file it is made of."""

    response: Response
    headers: Mapping[str, str]
    file: _Found | None = None


class _Known:
    """The site's contents, not older than a second."""

    def __init__(self, site: Callable[[], Site], clock: Callable[[], float]) -> None:
        self._site, self._clock = site, clock
        self._held: Site | None = None
        self._until = -float("inf")
        self._lock = asyncio.Lock()

    async def now(self) -> Site | None:
        """Return the site as it is now, None if it cannot be said."""
        async with self._lock:
            if self._clock() >= self._until:
                self._held = await run_in_threadpool(self._ask)
                self._until = self._clock() + _KNOWN_S
            return self._held

    def _ask(self) -> Site | None:
        try:
            return self._site()
        except Exception as error:
            logger.error("the library cannot be read: %s: %s", type(error).__name__, error)
            return None


class _Library:
    """The ASGI application of a library; `make_app` says what it answers."""

    def __init__(
        self, site: _Known, folder: Path, token: str, hosts: Sequence[str], beside: Beside | None = None
    ) -> None:
        self._site, self._folder, self._token, self._beside = site, folder, token, beside
        self._hosts = frozenset(host.lower().rstrip(".") for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if self._beside and self._is_called_right(scope) and (name := self._beside.name_of(scope)) is not None:
            await self._beside.answer(name, scope, receive, send)
            return
        if scope["method"] == "HEAD":  # ranges are of GET alone (RFC 9110, 14.2)
            scope = {**scope, "headers": [item for item in scope["headers"] if item[0] != b"range"]}
        for _ in range(_TRIES):
            try:
                await self._try(scope, receive, send)
                return
            except _Replaced:
                continue
        await _Outgoing(_plain(503, "try again"), scope, send).send_all(receive)

    async def _try(self, scope: Scope, receive: Receive, send: Send) -> None:
        outgoing: _Outgoing | None = None
        try:
            outgoing = _Outgoing(await self._answer(scope), scope, send)
            await outgoing.send_all(receive)
        except _Replaced:
            raise
        except Exception as error:
            if outgoing is None or not outgoing.started:
                await _Outgoing(_failed(error), scope, send).send_all(receive)
            else:  # the server closes the connection, as the answer is not whole
                logger.error("an answer was cut short: %s: %s", type(error).__name__, error)

    async def _answer(self, scope: Scope) -> _Answer:
        headers = Headers(scope=scope)
        if not self._is_called_right(scope):
            return _plain(400, "bad request", connection="close")
        name = self._name(scope["path"])
        if name is None:
            return _not_found()
        if name == self._token != "":  # the token alone, without its slash
            return _plain(307, "this way", location=f"{name}/")
        site = await self._site.now()
        if site is None:
            return _plain(503, "try again")
        item = site.get(name.removeprefix(f"{self._token}/") if self._token else name)
        return await self._of_item(item, scope["method"], headers) if item else _not_found()

    def _is_called_right(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        if "content-length" in headers and "transfer-encoding" in headers:
            return False  # a proxy may have believed the other one (RFC 9112, 6.1): what follows is another's request
        return not self._hosts or is_known_host(headers.getlist("host"), self._hosts)

    def _name(self, path: str) -> str | None:
        """Return what follows the first slash, or None if the address does not begin as it should."""
        if not path.startswith("/"):
            return None
        name = path[1:]
        first = name.partition("/")[0]
        if self._token and not is_token(first, self._token):
            return None
        return name

    async def _of_item(self, item: Made | OnDisk, method: str, headers: Headers) -> _Answer:
        extra = headers_for(item.media_type, item.policy)
        if method == "OPTIONS":
            preflight = PREFLIGHT if item.media_type in SHARED else {}
            return _Answer(Response(status_code=204, headers={"allow": _METHODS, **preflight}), extra)
        if method not in ("GET", "HEAD"):
            return _plain(405, "only GET and HEAD", allow=_METHODS)
        if isinstance(item, Made):
            return _if_changed(_Answer(_response_of(item), extra), headers)
        file = await run_in_threadpool(_look_at, item.path, self._folder)
        if file is None:
            return _not_found()
        return _if_changed(_Answer(_file_response(file, item.media_type), extra, file), headers)


def _plain(status: int, text: str, **headers: str) -> _Answer:
    response = PlainTextResponse(f"{text}\n", status, {"cache-control": "no-store", **headers})
    return _Answer(response, PRIVATE)


def _not_found() -> _Answer:
    return _plain(404, "not found")


def _failed(error: Exception) -> _Answer:
    """The client learns what it may do, the log what happened."""
    if isinstance(error, (FileNotFoundError, PermissionError)):  # since it was looked at
        return _not_found()
    logger.error("a request failed: %s: %s", type(error).__name__, error)
    return _plain(503, "try again") if isinstance(error, OSError) else _plain(500, "something went wrong")


def _response_of(made: Made) -> Response:
    checksum = hashlib.sha256(made.content).hexdigest()[:32]
    headers = {**_ASK_AGAIN, "content-length": str(len(made.content)), "etag": f'"{checksum}"'}
    return StreamingResponse(_pieces(made.content), headers=headers, media_type=made.media_type)


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), _PIECE_BYTES):
        yield content[start : start + _PIECE_BYTES]
        await asyncio.sleep(0)  # or nobody would hear that the client has gone


def _file_response(file: _Found, media_type: str) -> Response:
    """Starlette's, with an ETag that changes with every replacement, even one of the same size and time."""
    checksum = hashlib.sha256(repr(file.identity).encode()).hexdigest()[:32]
    headers = {**_ASK_AGAIN, "etag": f'"{checksum}"'}
    return FileResponse(file.path, headers=headers, media_type=media_type, stat_result=file.status)


def _if_changed(answer: _Answer, headers: Headers) -> _Answer:
    if _CONDITIONS.is_not_modified(answer.response.headers, headers):
        return _Answer(NotModifiedResponse(answer.response.headers), answer.headers)
    return answer


def _look_at(path: Path, folder: Path) -> _Found | None:
    """A regular file inside the folder that may be read; None for everything else."""
    try:
        real = path.resolve(strict=True)
        status = real.stat()
        inside = real.is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):  # RuntimeError: links in a circle, before Python 3.13
        return None
    return _Found(real, status) if inside and stat.S_ISREG(status.st_mode) and os.access(real, os.R_OK) else None


class _Outgoing:
    """One answer on its way.

    The first message is held back until there is something to follow it: a FileResponse opens its file between the
    two, so the file it opened is the one its headers speak of if that has not been replaced by then.
    """

    def __init__(self, answer: _Answer, scope: Scope, send: Send) -> None:
        self._answer, self._scope, self._send = answer, scope, send
        self._held: Message | None = None
        self._left_bytes: int | None = None
        self.started = False

    async def send_all(self, receive: Receive) -> None:
        await self._answer.response(self._scope, receive, self._pass_on)

    async def _pass_on(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._hold(message)
            return
        if self._held is not None:
            await self._start(self._held)
        if self._scope["method"] == "HEAD":
            message = {**message, "body": b""}
        else:
            self._count(message)
        await self._send(message)

    def _hold(self, message: Message) -> None:
        headers = MutableHeaders(raw=list(message["headers"]))
        headers.update(self._answer.headers)
        headers.setdefault("cache-control", "no-store")
        self._held = {**message, "headers": headers.raw}
        self._left_bytes = int(headers["content-length"]) if "content-length" in headers else None

    async def _start(self, message: Message) -> None:
        self._held = None
        file = self._answer.file
        if file is not None and not await run_in_threadpool(file.still_there):
            raise _Replaced
        self.started = True
        await self._send(message)

    def _count(self, message: Message) -> None:
        """Count what is sent; raise where an answer would end unfinished: uvicorn would keep the connection open."""
        if self._left_bytes is None:
            return
        self._left_bytes -= len(message.get("body", b""))
        if self._left_bytes < 0 or (self._left_bytes and not message.get("more_body", False)):
            raise RuntimeError("the file has changed its length")
