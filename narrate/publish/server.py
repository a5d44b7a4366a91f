"""Serving a library: the socket, what clients may cost, the address, and a code to scan."""

from __future__ import annotations

import asyncio
import errno
import io
import math
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

import uvicorn
from h11 import IDLE, SEND_BODY
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from narrate.core.errors import ConfigError

_EVERYWHERE = ("", "0.0.0.0", "::")

# Addresses for documentation (RFC 5737, RFC 3849): on no network, so the way there is the way out.
_OUTSIDE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))

# A client's connections that wait to be accepted; all of them take a file descriptor at once.
_BACKLOG = 128

# File descriptors for everything else: the interpreter, its threads' work, connections that are being refused.
_SPARE_FILES = 64 + _BACKLOG

# Each connection may have a file open, and some more connections than are answered are told so.
_FILES_EACH = 2.125

_HEADER_BYTES = 16 * 1024

# What the kernel may hold for a client that does not read. Linux alone would let it grow to 4 MB each, and 900 such
# clients had all the memory it has for TCP. It is still enough for 2 MB/s to the far side of the world.
_SEND_BYTES = 128 * 1024

# A thousand downloads that are cut off take some seconds to end; what has not by then is cancelled by uvicorn.
_CUT_OFF_S = 10

# A QR code needs a margin of four modules (ISO/IEC 18004); black on white whatever the terminal's colours are.
_QUIET_MODULES = 4
_BLACK_ON_WHITE, _PLAIN = "\x1b[38;5;16;48;5;231m", "\x1b[0m"
_INVERTED = str.maketrans(" ▀▄█", "█▄▀ ")


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of what clients may cost.

    Attributes:
        request_s: A request must be there in full so long after its first byte, or after connecting.
        idle_s: A connection without requests is closed.
        stall_s: A client that takes nothing of what is sent to it is cut off.
        stop_s: Downloads that are under way when the server is stopped may go on for so long.
        connections: More than this at once are answered with 503.
        body_bytes: Bodies of requests get more time while they come, up to so many bytes; 0 where none are wanted.
        body_bytes_per_s: That time: a slower body is cut off.
    """

    request_s: float = 10.0
    idle_s: float = 5.0
    stall_s: float = 600.0
    stop_s: float = 1.0
    connections: int = 1000
    body_bytes: int = 0
    body_bytes_per_s: int = 100_000


def serve(
    app: ASGIApp,
    *,
    host: str,
    port: int,
    on_ready: Callable[[str], None],
    token: str = "",
    limits: Limits = Limits(),
) -> None:
    """Serve until Ctrl-C or a request to terminate (SIGINT, SIGTERM), which return from here within two seconds.

    Args:
        app: What answers; see app.py.
        host: Address to listen at; "0.0.0.0" or "::" for all of this machine's.
        port: Port to listen at; 0 for any that is free.
        on_ready: Told the library's address, with the real port, once requests are answered.
        token: The secret part of the address, as the app knows it.
        limits: What clients may cost.

    Raises:
        ConfigError: Nobody can listen there.
    """
    with listen(host, port) as sock:
        real_port = sock.getsockname()[1]
        make_server(app, limits, lambda: on_ready(address(host, real_port, token))).run(sockets=[sock])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        ConfigError: The port is taken or needs rights, or the host is no address of this machine.
    """
    if not 0 <= port <= 65535:
        raise ConfigError(f"{port} is no port", "choose one from 1024 to 65535, such as --port 8000")
    both = host == "::" and socket.has_dualstack_ipv6()
    try:
        family = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        sock = socket.create_server((host, port), family=family, backlog=_BACKLOG, dualstack_ipv6=both)
    except (OSError, UnicodeError) as error:
        raise _refused(error, host, port) from error
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BYTES)  # of its connections too
    return sock


def _refused(error: OSError | UnicodeError, host: str, port: int) -> ConfigError:
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8000
        hint = f"stop the program that uses it, or choose another: --port {other}, or --port 0 for any"
        return ConfigError(f"port {port} of {host or 'this machine'} is in use", hint)
    if code in (errno.EACCES, errno.EPERM):
        return ConfigError(f"port {port} may not be used without more rights", "choose another, such as --port 8000")
    if code == errno.EADDRNOTAVAIL or isinstance(error, (socket.gaierror, UnicodeError)):
        hint = "--host 127.0.0.1 is for this machine alone, --host 0.0.0.0 for all on its network"
        return ConfigError(f"{host} is no address of this machine", hint)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return ConfigError(f"cannot listen at {host or 'this machine'}, port {port}: {reason}", "choose another --host")


def make_server(app: ASGIApp, limits: Limits, on_ready: Callable[[], None]) -> uvicorn.Server:
    """The server; its run(sockets=…) returns once its `should_exit` is true."""
    connections = _connections(limits.connections, _allowed_files(limits.connections))
    config = uvicorn.Config(
        app,
        interface="asgi3",
        loop="asyncio",
        http=type("Protocol", (_Guarded,), {"limits": limits, "most": connections + connections // 8}),
        ws="none",
        lifespan="off",
        log_config=None,
        # Its warnings are about what clients do, so that any client could fill the terminal with them.
        log_level="error",
        access_log=False,  # addresses hold the token
        proxy_headers=False,
        server_header=False,
        backlog=_BACKLOG,
        limit_concurrency=connections,
        timeout_keep_alive=limits.idle_s,  # type: ignore[arg-type]  # goes to loop.call_later alone
        timeout_graceful_shutdown=math.ceil(limits.stop_s) + _CUT_OFF_S,
        h11_max_incomplete_event_size=_HEADER_BYTES,
    )
    return _Server(config, limits.stop_s, on_ready)


def _connections(wanted: int, files: int) -> int:
    """Return how many connections there can be with so many file descriptors."""
    return max(8, min(wanted, int((files - _SPARE_FILES) / _FILES_EACH)))


def _allowed_files(connections: int) -> int:
    """File descriptors this process may have, after asking for enough (the usual 256 of macOS are soon gone)."""
    wanted = int(connections * _FILES_EACH) + _SPARE_FILES
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


class _Server(uvicorn.Server):
    """Says when it is ready, cuts downloads off some time after it was stopped, and ends like a function."""

    def __init__(self, config: uvicorn.Config, stop_s: float, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._stop_s, self._on_ready = stop_s, on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Shut down at once without open connections; tasks that uvicorn itself cancels end with a traceback each."""
        asyncio.get_running_loop().call_later(self._stop_s, self._cut_off)
        await super().shutdown(sockets)

    def _cut_off(self) -> None:
        for connection in list(self.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Uvicorn's would raise the signal again after the end."""
        self.should_exit = True


class _Guarded(H11Protocol):
    """A connection that may not wait for ever.

    Uvicorn has one limit of time, for connections that are idle between requests: a client that sends nothing, half a
    header or half a body, or that stops reading, stays for good (read in 0.54.0:
    https://github.com/Kludex/uvicorn/blob/0.54.0/uvicorn/protocols/http/h11_impl.py). Apart from the methods of
    asyncio.Protocol this relies on its `conn`, `connections`, `loop` and `on_response_complete`.
    """

    limits: Limits
    most: int

    _request_end: asyncio.TimerHandle | None = None
    _request_began_s = 0.0
    _received_bytes = 0
    _stall_end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.most:
            transport.abort()
        else:
            self._watch_request()

    def data_received(self, data: bytes) -> None:
        self._received_bytes += len(data)
        super().data_received(data)
        self._watch_request()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch_reader()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_reader()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._request_end, self._stall_end):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def _watch_request(self) -> None:
        """Time runs from a request's first byte to its last, and bytes in between do not stop it."""
        is_incomplete = self.conn.their_state in (IDLE, SEND_BODY)
        if not is_incomplete and self._request_end is not None:
            self._request_end.cancel()
            self._request_end = None
        elif is_incomplete and self._request_end is None:
            self._request_began_s, self._received_bytes = self.loop.time(), 0
            self._request_end = self.loop.call_later(self.limits.request_s, self._cut_if_slow)

    def _cut_if_slow(self) -> None:
        """End a request whose time is over; a body, where one is wanted, has as much as it takes at the least pace."""
        limits = self.limits
        wanted_bytes = min(self._received_bytes, limits.body_bytes) if self.conn.their_state is SEND_BODY else 0
        end_s = self._request_began_s + limits.request_s + wanted_bytes / limits.body_bytes_per_s
        if end_s <= self.loop.time():
            self.transport.abort()
        else:
            self._request_end = self.loop.call_at(end_s, self._cut_if_slow)

    def _watch_reader(self) -> None:
        """Time runs anew whenever as much waits for the client as may, so it must have taken some."""
        if self._stall_end is not None:
            self._stall_end.cancel()
        self._stall_end = self.loop.call_later(self.limits.stall_s, self._cut_if_stalled)

    def _cut_if_stalled(self) -> None:
        if self.transport.get_write_buffer_size():
            self.transport.abort()


def address(host: str, port: int, token: str = "") -> str:
    """The library's address, ending with a slash.

    Args:
        host: Where the server listens. For all addresses of this machine, the one other machines know is taken.
        port: Its port.
        token: The secret part; "" for none.
    """
    if host in _EVERYWHERE:
        host = lan_address() or "127.0.0.1"
    name = f"[{host.replace('%', '%25')}]" if ":" in host else host
    return f"http://{name}:{port}/{token}{'/' if token else ''}"


def lan_address() -> str | None:
    """Return this machine's address on its network, None if there is none.

    Nothing is sent: to connect a datagram socket only chooses the way, and with it the address.
    """
    for family, outside in _OUTSIDE:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.connect((outside, 9))
            own: str = sock.getsockname()[0]
            if own not in ("0.0.0.0", "::", "::1") and not own.startswith("127."):
                return own
    return None


def own_names(host: str) -> tuple[str, ...]:
    """The names a browser on this network may know the server by; numeric addresses need not be among them.

    Args:
        host: Where the server listens.
    """
    machine = socket.gethostname()
    names = {host, machine, "localhost", f"{machine.partition('.')[0]}.local"}
    return tuple(sorted(names - set(_EVERYWHERE)))


def qr_lines(url: str, *, colours: bool = True) -> list[str]:
    """A QR code to print, two of its rows in each line.

    Args:
        url: What it says.
        colours: Black on white by escape sequences, as cameras like best. Without, the light parts are drawn, which
            is right on dark terminals; on light ones it is inverted, which not every app can read.
    """
    import segno

    drawn = io.StringIO()
    segno.make_qr(url).terminal(drawn, border=_QUIET_MODULES, compact=True)  # light parts as blocks
    lines = drawn.getvalue().splitlines()
    lines[-1] = "█" * len(lines[-1])  # the last row of an odd number: a margin as the others, not half of one
    return [f"{_BLACK_ON_WHITE}{line.translate(_INVERTED)}{_PLAIN}" for line in lines] if colours else lines
