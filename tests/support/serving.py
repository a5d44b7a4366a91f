"""A real server on loopback for the length of a test, and clients that say what they please."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.types import ASGIApp

from narrate.publish.server import Limits, listen, make_server

USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@contextmanager
def serving(app: ASGIApp, limits: Limits = USUAL) -> Iterator[int]:
    """Serve until the end of the block, in a thread; yields the port."""
    ready = threading.Event()
    with listen("127.0.0.1", 0) as sock:
        server = make_server(app, limits, ready.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        assert ready.wait(20)
        try:
            yield sock.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(20)
            assert not thread.is_alive()


def ask(port: int, path: str = "/", method: str = "GET", **headers: str) -> Reply:
    """One request on a connection of its own; header names are written with underscores."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.putrequest(method, path, skip_host="host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value.encode("utf-8"))
        connection.endheaders()
        answer = connection.getresponse()
        return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def raw(port: int, request: bytes) -> bytes:
    """Send bytes; return all that comes until the server closes, b"" if it only closes."""
    with connected(port) as sock:
        return all_of(sock, request)


def all_of(sock: socket.socket, request: bytes = b"") -> bytes:
    """Send bytes and read until the server closes the connection, however it does."""
    received = bytearray()
    try:
        sock.sendall(request)
        while data := sock.recv(65536):
            received += data
    except ConnectionError:
        pass
    return bytes(received)


def get_line(target: bytes, *headers: bytes) -> bytes:
    """A request for a target as it stands, on a connection that is closed afterwards."""
    return b"\r\n".join([b"GET " + target + b" HTTP/1.1", b"Host: a", b"Connection: close", *headers, b"", b""])
