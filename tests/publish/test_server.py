"""The server says where it is, keeps its secret, lets nobody hold it up, and stops when told."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import ASGIApp
from support.serving import all_of, ask, connected, get_line, raw, serving

from narrate.core.errors import ConfigError
from narrate.publish import server
from narrate.publish.app import Made, OnDisk, make_app
from narrate.publish.server import (
    Limits,
    address,
    lan_address,
    listen,
    own_names,
    qr_lines,
    serve,
)

HASTY = Limits(request_s=0.3, idle_s=0.3, stall_s=0.3)
LARGE_BYTES = 30_000_000

SERVE = """
import sys
from pathlib import Path
from narrate.publish.app import OnDisk, make_app
from narrate.publish.server import serve

folder = Path(sys.argv[1])
app = make_app(lambda: {"large.mp3": OnDisk(folder / "large.mp3", "audio/mpeg")}, folder=folder, token="t" * 22)
serve(app, host="127.0.0.1", port=0, token="t" * 22, on_ready=lambda url: print(url, flush=True))
print("over", flush=True)
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file that no buffer takes in whole; it needs no room on the disk."""
    folder = tmp_path_factory.mktemp("library")
    with (folder / "large.mp3").open("wb") as file:
        file.truncate(LARGE_BYTES)
    return folder


@pytest.fixture(scope="module")
def hasty(library: Path) -> Iterator[int]:
    """A server that waits for nobody."""
    with serving(app_for(library), HASTY) as port:
        yield port


def app_for(library: Path) -> ASGIApp:
    files = {"": Made(b"hello", "text/plain"), "large.mp3": OnDisk(library / "large.mp3", "audio/mpeg")}
    return make_app(lambda: files, folder=library)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"G",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: ",
        b"\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HT",
    ],
)
def test_half_a_request_is_not_waited_for(hasty: int, sent: bytes) -> None:
    """A request that stops half way or never begins is dropped; the next client is served."""
    with connected(hasty) as sock:
        all_of(sock, sent)  # ends when the server has closed, or the test with an error

    assert ask(hasty).body == b"hello"


@pytest.mark.parametrize(
    "head", [b"GET / HTTP/1.1\r\nX: ", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999\r\n\r\n"]
)
def test_a_byte_now_and_then_buys_no_time(hasty: int, head: bytes) -> None:
    """The limit is for the whole request."""
    with connected(hasty) as sock:
        sock.sendall(head)
        with pytest.raises(ConnectionError):
            for _ in range(200):
                sock.sendall(b"x")
                time.sleep(0.05)

    assert ask(hasty).body == b"hello"


@pytest.mark.parametrize(
    "high_bytes",
    [None, LARGE_BYTES // 10, LARGE_BYTES * 10],
    ids=["as ever", "no more than a piece is taken", "all is handed over"],
)
def test_a_client_that_stops_reading_is_cut_off(
    library: Path, high_bytes: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the middle of a download or when there is only its end to be taken: uvicorn would wait for ever."""
    gone = threading.Event()

    class Watched(server._Guarded):
        def connection_made(self, transport: asyncio.Transport) -> None:
            transport.set_write_buffer_limits(high=high_bytes)
            super().connection_made(transport)

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            gone.set()

    monkeypatch.setattr(server, "_Guarded", Watched)
    with serving(app_for(library), HASTY) as port, connected(port) as sock:
        sock.sendall(b"GET /large.mp3 HTTP/1.1\r\nHost: a\r\n\r\n")

        assert gone.wait(20)
        assert 0 < len(all_of(sock)) < LARGE_BYTES
        assert ask(port).body == b"hello"


def test_a_slow_reader_gets_everything(hasty: int) -> None:
    """Longer than any limit, as long as it goes on; so does a whole request behind another."""
    with connected(hasty) as sock:
        sock.sendall(get_line(b"/large.mp3"))
        received = 0
        while data := sock.recv(2_000_000):
            received += len(data)
            time.sleep(0.04)

    assert received > LARGE_BYTES
    two = raw(hasty, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" + get_line(b"/"))
    assert two.count(b"hello") == 2


def test_a_large_header_is_refused(hasty: int) -> None:
    """Before it is all there."""
    answer = raw(hasty, b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 1_000_000)

    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")
    assert ask(hasty).body == b"hello"


def test_the_kernel_holds_little_for_each_client() -> None:
    """A thousand that do not read would otherwise take all the memory it has for connections."""
    with listen("127.0.0.1", 0) as sock, connected(sock.getsockname()[1]), sock.accept()[0] as accepted:
        assert accepted.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) <= 256 * 1024  # Linux tells twice as much


@pytest.mark.parametrize("upgrade", ["websocket", "h2c"])
def test_other_protocols_are_not_spoken(hasty: int, upgrade: str, caplog: pytest.LogCaptureFixture) -> None:
    """The question is answered as if it were none, and nobody is told to install something."""
    assert ask(hasty, connection="Upgrade", upgrade=upgrade).body == b"hello"
    assert raw(hasty, b"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n").startswith(b"HTTP/1.1 404 ")
    assert raw(hasty, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03").startswith(b"HTTP/1.1 400 ")

    assert not caplog.records


def test_no_more_connections_than_there_is_room_for(library: Path) -> None:
    """The others are told to come back, or cut off; when some have gone, all is well."""
    with serving(app_for(library), Limits(connections=8)) as port:
        waiting = [connected(port) for _ in range(8)]
        assert {raw(port, get_line(b"/"))[:12] for _ in range(3)} == {b"HTTP/1.1 503"}
        waiting += [connected(port) for _ in range(40)]
        assert {raw(port, get_line(b"/")) for _ in range(3)} == {b""}
        for sock in waiting:
            sock.close()
        for _ in range(100):
            if raw(port, get_line(b"/")).endswith(b"hello"):
                break
            time.sleep(0.05)

        assert ask(port).body == b"hello"


@pytest.mark.parametrize(
    ("wanted", "files", "connections"),
    [(1000, 4096, 1000), (1000, 1024, 391), (1000, 256, 30), (1000, 10, 8), (5, 10, 8)],
)
def test_connections_fit_into_the_file_descriptors(wanted: int, files: int, connections: int) -> None:
    """Each may have a file open."""
    assert server._connections(wanted, files) == connections


def test_file_descriptors_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as are needed and allowed."""
    resource = pytest.importorskip("resource")
    now = [256, 2000]
    monkeypatch.setattr(resource, "getrlimit", lambda kind: tuple(now))
    monkeypatch.setattr(resource, "setrlimit", lambda kind, limits: now.__setitem__(slice(None), limits))

    assert server._allowed_files(100) == 404 and now == [404, 2000]
    assert server._allowed_files(1000) == 2000 and now == [2000, 2000]
    assert server._allowed_files(50) == 298 and now == [2000, 2000]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_despite_open_downloads(library: Path, stop: signal.Signals) -> None:
    """As if nothing had happened: no error, no traceback, and serve() returns."""
    command = [sys.executable, "-c", SERVE, str(library)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        url = process.stdout.readline().strip()
        port = int(re.fullmatch(rf"http://127\.0\.0\.1:(\d+)/{'t' * 22}/", url)[1])
        with connected(port) as reading, connected(port), connected(port) as asking:
            asking.sendall(b"GET / HT")
            reading.sendall(get_line(f"/{'t' * 22}/large.mp3".encode()))
            assert reading.recv(12) == b"HTTP/1.1 200"
            process.send_signal(stop)
            said, complained = process.communicate(timeout=20)

    assert (process.returncode, said, complained) == (0, "over\n", "")


def test_on_ready_hears_the_real_port(library: Path) -> None:
    """Port 0 is any that is free; what on_ready raises ends the server, and leaves nobody at the port."""
    heard = []

    class Enough(Exception):
        pass

    def ready(url: str) -> None:
        heard.append(url)
        raise Enough

    with pytest.raises(Enough):
        serve(app_for(library), host="127.0.0.1", port=0, on_ready=ready)

    found = re.fullmatch(r"http://127\.0\.0\.1:([1-9]\d*)/", *heard)
    listen("127.0.0.1", int(found[1])).close()


def test_a_taken_port_is_told_with_another_to_try() -> None:
    """On the command line one goes on from there."""
    with listen("127.0.0.1", 0) as sock:
        port = sock.getsockname()[1]
        with pytest.raises(ConfigError, match=f"port {port} of 127.0.0.1 is in use") as caught:
            listen("127.0.0.1", port)

    assert f"--port {port + 1}" in caught.value.hint
    listen("127.0.0.1", port).close()


@pytest.mark.parametrize("host", ["203.0.113.7", "no.such.host.invalid", "::zz", "a" * 300, "ä..b", "\0"])
def test_a_host_that_is_not_this_machine_is_told(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With those that always work."""
    look_up = socket.getaddrinfo

    def without_network(name: str | None, *args: object, **kwargs: object) -> object:
        if name == "no.such.host.invalid":
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return look_up(name, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", without_network)
    with pytest.raises(ConfigError) as caught:
        listen(host, 0)

    assert "no address of this machine" in caught.value.message and "--host 127.0.0.1" in caught.value.hint


@pytest.mark.parametrize("port", [-1, 65536, 10**9])
def test_a_number_that_is_no_port_is_told(port: int) -> None:
    """With one that is."""
    with pytest.raises(ConfigError, match="is no port") as caught:
        listen("127.0.0.1", port)

    assert "--port 8000" in caught.value.hint


def test_a_port_that_needs_rights_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ports below 1024 are the administrator's on many machines, though not on this one perhaps."""

    def refuse(*args: object, **kwargs: object) -> socket.socket:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(ConfigError, match="port 80 may not be used") as caught:
        listen("127.0.0.1", 80)

    assert "--port 8000" in caught.value.hint


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")
def test_all_addresses_are_those_of_both_versions(library: Path) -> None:
    """A phone on the network may have either."""
    with listen("::", 0) as sock, connected(sock.getsockname()[1]) as client:
        assert sock.accept()[0].close() is None
        assert client.recv(1) == b""


@pytest.mark.parametrize(
    ("host", "port", "token", "url"),
    [
        ("127.0.0.1", 8000, "", "http://127.0.0.1:8000/"),
        ("127.0.0.1", 8000, "abc", "http://127.0.0.1:8000/abc/"),
        ("localhost", 1, "", "http://localhost:1/"),
        ("::1", 8000, "", "http://[::1]:8000/"),
        ("fe80::1%eth0", 8000, "x", "http://[fe80::1%25eth0]:8000/x/"),
        ("0.0.0.0", 8000, "", "http://192.168.1.7:8000/"),
        ("::", 8000, "", "http://192.168.1.7:8000/"),
        ("", 8000, "", "http://192.168.1.7:8000/"),
    ],
)
def test_the_address_is_one_to_type(
    host: str, port: int, token: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the server listens at every address, it is the one other machines know."""
    monkeypatch.setattr(server, "lan_address", lambda: "192.168.1.7")
    assert address(host, port, token) == url


def test_without_a_network_the_address_is_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no other to be reached at."""
    monkeypatch.setattr(server, "lan_address", lambda: None)
    assert address("0.0.0.0", 80) == "http://127.0.0.1:80/"


class Wire:
    """Stands in for a datagram socket: connects as the machine's routes would have it, and cannot send."""

    own: dict[int, str]

    def __init__(self, family: int, kind: int) -> None:
        assert kind == socket.SOCK_DGRAM
        self.family = family

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *args: object) -> None:
        pass

    def connect(self, place: tuple[str, int]) -> None:
        if self.family not in self.own:
            raise OSError(101, "Network is unreachable")

    def getsockname(self) -> tuple[str, int]:
        return self.own[self.family], 40_000


@pytest.mark.parametrize(
    ("own", "found"),
    [
        ({socket.AF_INET: "192.168.1.7", socket.AF_INET6: "2001:db8::7"}, "192.168.1.7"),
        ({socket.AF_INET6: "2001:db8::7"}, "2001:db8::7"),
        ({socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}, None),
        ({socket.AF_INET: "0.0.0.0"}, None),
        ({}, None),
    ],
)
def test_the_address_on_the_network_is_found_without_sending(
    own: dict[int, str], found: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the way a packet would take; loopback is no network."""
    monkeypatch.setattr(Wire, "own", own, raising=False)
    monkeypatch.setattr(socket, "socket", Wire)

    assert lan_address() == found


def test_the_names_of_this_machine_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also by multicast DNS; "every address" is no name."""
    monkeypatch.setattr(socket, "gethostname", lambda: "desk.example.org")

    assert own_names("0.0.0.0") == ("desk.example.org", "desk.local", "localhost")
    assert "radio.lan" in own_names("radio.lan")


def modules(lines: list[str], *, drawn: int) -> list[list[int]]:
    """Read printed half blocks back: `drawn` is what a block stands for, 1 for black."""
    upper, lower = {"▀": 1, "█": 1, "▄": 0, " ": 0}, {"▀": 0, "█": 1, "▄": 1, " ": 0}
    return [[half[char] ^ (1 - drawn) for char in line] for line in lines for half in (upper, lower)]


@settings(max_examples=40)
@given(url=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=200))
def test_the_code_is_black_on_white_with_its_margin(url: str) -> None:
    """Read back from what is printed, it is the code that was meant, in colours of its own or without."""
    code = [list(row) for row in segno.make_qr(url).matrix]
    coloured, plain = qr_lines(url), qr_lines(url, colours=False)

    assert all(re.fullmatch("\x1b\\[38;5;16;48;5;231m[ ▀▄█]+\x1b\\[0m", line) for line in coloured)
    for found in (
        modules([line[len("\x1b[38;5;16;48;5;231m") : -4] for line in coloured], drawn=1),
        modules(plain, drawn=0),
    ):
        size = len(code)
        assert [row[4 : 4 + size] for row in found[4 : 4 + size]] == code
        margin = found[:4] + found[4 + size :] + [row[:4] + row[4 + size :] for row in found]
        assert not any(bit for row in margin for bit in row) and len(found) in (size + 8, size + 9)
        assert {len(row) for row in found} == {size + 8}


def test_the_code_of_an_address_fits_into_a_terminal() -> None:
    """Of 80 by 24."""
    token = "".join(random.Random(1).choices("abcXYZ019-_", k=32))
    lines = qr_lines(address("192.168.178.123", 65535, token) + "feed.xml", colours=False)

    assert len(lines) <= 23 and len(lines[0]) <= 80
