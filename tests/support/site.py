"""The far end of the web reader: an HTTP server on loopback that sends just the bytes it is told, and faked names."""

from __future__ import annotations

import ipaddress
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

# For this server alone, and good for nothing else: page.test, signed with its own key, 2020 to 2120.
_KEY = """
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/SoAXgDhaEnoI46jmzpuiT9zDspHqIhv+llmsgwv3B+hRANCAATg7826
cMK3Jr7TT++qRtkDlNR7fubAHI/FLVEcFUgpZWwdppfKnR85Otvhsmx2OppsT4kIqAGp0Rr8m9dbi6xO
"""
_CERTIFICATE = """
MIIBhDCCASqgAwIBAgIUL6Jz4LAWyP64kQl0Vrm1bP+bh7MwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJcGFnZS50ZXN0MCAXDTIwMDEw
MTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAUMRIwEAYDVQQDDAlwYWdlLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATg7826
cMK3Jr7TT++qRtkDlNR7fubAHI/FLVEcFUgpZWwdppfKnR85Otvhsmx2OppsT4kIqAGp0Rr8m9dbi6xOo1gwVjAUBgNVHREEDTALgglw
YWdlLnRlc3QwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAoQwHQYDVR0OBBYEFOZC63ZudguvvZMhPZhY2ENdIbzDMAoGCCqG
SM49BAMCA0gAMEUCIQDCf+ZUABsRmBMTa9lU3c7B1cV8h/p554udzxbed1HRjgIgfC9CcJ5uaaafKkyBD0WsIJXJMsy2FsyJFDRxtw6Y
2i0=
"""


@dataclass
class Site:
    """The server's port, its answers by path, the requests it got with their headers, and whether the test is over."""

    port: int = 0
    answers: dict[str, bytes | Callable[[Site], Iterable[bytes]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/", host: str = "page.test", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [request.split(" ")[1] for request in self.asked]


def reply(body: bytes = b"", status: int = 200, **headers: str) -> bytes:
    """A whole answer; HTML unless content_type says otherwise, "" leaves it out; other headers likewise."""
    fields = {"content_type": "text/html", "content_length": str(len(body)), **headers}
    lines = [
        f"HTTP/1.1 {status} Whatever",
        *(f"{key.replace('_', '-')}: {fields[key]}" for key in fields if fields[key]),
    ]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(location: str, status: int = 302, **headers: str) -> bytes:
    return reply(status=status, location=location, **headers)


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n", **headers: str) -> Callable[[Site], Iterator[bytes]]:
    def answer(web: Site) -> Iterator[bytes]:
        yield reply(content_length="", transfer_encoding="chunked", **headers)
        for chunk in chunks:
            yield b"%x\r\n%s\r\n" % (len(chunk), chunk)
        yield end

    return answer


def for_ever(first: bytes, piece: bytes, every_s: float = 0.0) -> Callable[[Site], Iterator[bytes]]:
    """An answer that goes on until the client has gone or the test is over."""

    def answer(web: Site) -> Iterator[bytes]:
        yield first
        while not web.over.wait(every_s):
            yield piece

    return answer


@contextmanager
def site(*, tls_folder: Path | None = None) -> Iterator[Site]:
    """Serve until the end of the block; with encryption where there is a folder for the certificate."""
    state = Site()
    context = _context(tls_folder) if tls_folder else None

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # the client has gone, or never wanted to stay
                self.request.settimeout(10)
                if context is None:
                    _serve(state, self.request)
                else:
                    with context.wrap_socket(self.request, server_side=True) as sock:
                        _serve(state, sock)

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _serve(state: Site, sock: socket.socket) -> None:
    """One request for each connection, as the answers may break any rule of a longer talk."""
    request = b""
    while not request.endswith(b"\r\n\r\n"):
        data = sock.recv(4096)
        if not data:
            return
        request += data
        if not request.startswith(b"GET "[: len(request)]):
            sock.sendall(reply(status=400))
            return
    state.asked.append(request.decode("latin-1"))
    answer = state.answers.get(state.paths[-1], reply(b"no such page", 404))
    for piece in [answer] if isinstance(answer, bytes) else answer(state):
        sock.sendall(piece)


def certificate(folder: Path) -> Path:
    """The file to trust for a server with encryption."""
    return _pem(folder / "certificate.pem", "CERTIFICATE", _CERTIFICATE)


def _context(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder), _pem(folder / "key.pem", "PRIVATE KEY", _KEY))
    return context


def _pem(path: Path, label: str, content: str) -> Path:
    path.write_text(f"-----BEGIN {label}-----{content}-----END {label}-----\n", encoding="ascii")
    return path


class Names:
    """Stands in for socket.getaddrinfo: each host has the addresses of its first look-up, its second, and so on."""

    def __init__(self, **hosts: list[list[str]]) -> None:
        self.hosts = {host.replace("_", "."): answers for host, answers in hosts.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, *args: object, **kwargs: object) -> list[tuple[object, ...]]:
        earlier = self.asked.count(host)
        self.asked.append(host)
        answers = [[host]] if _is_number(host) else self.hosts.get(host.rstrip("."))
        if answers is None:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [_entry(address, port) for address in answers[min(earlier, len(answers) - 1)]]


def _is_number(host: str) -> bool:
    with suppress(ValueError):
        ipaddress.ip_address(host)
        return True
    return False


def _entry(address: str, port: int) -> tuple[object, ...]:
    version = ipaddress.ip_address(address).version
    family, place = (socket.AF_INET, (address, port)) if version == 4 else (socket.AF_INET6, (address, port, 0, 0))
    return family, socket.SOCK_STREAM, 6, "", place
