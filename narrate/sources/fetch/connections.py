"""Connections that lead to checked addresses only and end in time; what fails on the way has a clear name.

Connections go straight to an address that was checked, so proxies of the environment (HTTPS_PROXY) are
not heeded: a proxy would look names up itself, and the checks would be void.
"""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3 import exceptions as urllib3_errors
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_ import create_urllib3_context

from narrate.core.errors import SourceError
from narrate.sources.fetch.addresses import SAVE_IT, MayReach, Unreachable, resolve, shown

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LATER = f"try again later, or {SAVE_IT}"


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of how far a server may lead, how much it may send and how long it may take."""

    redirects: int = 5
    size: int = 20 * 1024 * 1024
    document_size: int = 64 * 1024 * 1024
    connect_s: float = 10.0
    read_s: float = 20.0
    total_s: float = 60.0


class Clock:
    """Counts down to the end of one fetch."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._end = time.monotonic() + limits.total_s

    def left(self, at_most: float = 1.0) -> float:
        """Return the seconds that the next step may take.

        Raises:
            TimeoutError: None.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the whole time is used up")
        return min(left, at_most)

    def put_off(self, waited_s: float) -> None:
        """Let the end be later by what was waited before anybody was asked."""
        self._end += waited_s


class _Timed(socket.socket):
    """A socket on which each read ends in time, also where a server sends byte after byte for ever."""

    clock: Clock

    def recv_into(self, buffer: WriteableBuffer, nbytes: int = 0, flags: int = 0) -> int:
        self.settimeout(self.clock.left(self.clock.limits.read_s))
        return super().recv_into(buffer, nbytes, flags)


class _TimedTls(ssl.SSLSocket):
    """A connection with encryption on which each read ends in time."""

    clock: Clock

    def recv_into(self, buffer: WriteableBuffer, nbytes: int | None = None, flags: int = 0) -> int:
        self.settimeout(self.clock.left(self.clock.limits.read_s))
        return super().recv_into(buffer, nbytes, flags)


class Adapter(HTTPAdapter):
    """Sends requests over connections that lead to checked addresses only; certificates are checked by host name."""

    def __init__(self, may_reach: MayReach, clock: Clock) -> None:
        self.may_reach = may_reach
        self.clock = clock
        super().__init__()

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: object) -> None:
        super().init_poolmanager(connections, maxsize, block, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._dial, self.clock)

    def _dial(self, host: str, port: int) -> socket.socket:
        problem: OSError | None = None
        for family, place in resolve(host, port, self.may_reach):
            try:
                return self._connected(family, place)
            except OSError as error:
                problem = error
        what = "does not answer in time" if isinstance(problem, TimeoutError) else "does not accept a connection"
        raise Unreachable(f"{shown(host)} {what} at port {port}", LATER) from problem

    def _connected(self, family: int, place: tuple[str, int]) -> socket.socket:
        sock = _Timed(family, socket.SOCK_STREAM)
        sock.clock = self.clock
        try:
            sock.settimeout(self.clock.left(self.clock.limits.connect_s))
            sock.connect(place)
            sock.settimeout(self.clock.left(self.clock.limits.read_s))
        except BaseException:
            sock.close()
            raise
        return sock


def _pools(dial: Callable[[str, int], socket.socket], clock: Clock) -> dict[str, type[HTTPConnectionPool]]:
    class Http(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return dial(self._dns_host.strip("[]"), self.port)

    class Https(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return dial(self._dns_host.strip("[]"), self.port)

        def connect(self) -> None:
            super().connect()
            if isinstance(self.sock, _TimedTls):
                self.sock.clock = clock

    class HttpPool(HTTPConnectionPool):
        ConnectionCls = Http

    class HttpsPool(HTTPSConnectionPool):
        ConnectionCls = Https

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **{**kwargs, "ssl_context": _tls()})

    return {"http": HttpPool, "https": HttpsPool}


def _tls() -> ssl.SSLContext:
    context = create_urllib3_context()
    context.sslsocket_class = _TimedTls
    context.load_default_certs()  # those of this machine; requests adds the ones it brings
    return context


@contextmanager
def failures(address: str) -> Iterator[None]:
    """Translate what goes wrong on the way into errors that a user can act on."""
    url = shown(address)
    try:
        yield
    except (TimeoutError, requests.Timeout, urllib3_errors.TimeoutError) as error:
        raise Unreachable(f"{url} does not answer in time", LATER) from error
    except (requests.exceptions.SSLError, urllib3_errors.SSLError) as error:
        what = "has a certificate that cannot be trusted" if "certificate" in str(error).lower() else "is not secure"
        raise SourceError(f"{url} {what}", f"check the address and this machine's clock, or {SAVE_IT}") from error
    except zlib.error as error:
        raise SourceError(f"{url} is damaged or cut off: its compression cannot be undone", LATER) from error
    except (requests.RequestException, urllib3_errors.HTTPError, OSError) as error:
        raise Unreachable(f"{url} broke off the connection, or its answer is not valid", LATER) from error
