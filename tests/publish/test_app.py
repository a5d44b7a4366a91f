"""The library's files and nothing else go out, whole, with the headers podcast apps and browsers rely on."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from pathlib import Path
from threading import Barrier

import pytest
from starlette.types import Message
from support.serving import Reply, all_of, ask, connected, get_line, raw, serving

from narrate.publish import app as app_module
from narrate.publish.app import Made, OnDisk, Site, make_app

TOKEN = "jx7TqQ4mZ0yK1vB9sWnE3u"
SOUND = random.Random(6).randbytes(300_000)
PAGE = "<!doctype html><title>Häuser</title>".encode()
FEED = b"<rss/>" * 40_000  # more than one piece
SECRET = b"nobody may read this"

ON_DISK = {
    "talk.mp3": "audio/mpeg",
    "talk.m4b": "audio/mp4",
    "talk.opus": "audio/ogg; codecs=opus",
    "talk.flac": "audio/flac",
    "talk.wav": "audio/wav",
    "talk.vtt": "text/vtt",
    "talk.srt": "application/x-subrip",
    "talk.json": "application/json",
    "talk.chapters.json": "application/json+chapters",
    "talk.cover.jpg": "image/jpeg",
    "talk.page.html": "text/html",
}
TEXT = ("text/vtt", "text/html")
SHARED = ("talk.vtt", "talk.srt", "talk.json", "talk.chapters.json", "feed.xml")


class Shelf:
    """A library whose content a test can change, and that can be broken."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "library"
        self.folder.mkdir()
        (folder / "secret.txt").write_bytes(SECRET)
        (self.folder / "narrate.toml").write_bytes(SECRET)
        self.site: dict[str, Made | OnDisk] = {
            "": Made(PAGE, "text/html"),
            "feed.xml": Made(FEED, "application/rss+xml"),
        }
        for name, media_type in ON_DISK.items():
            self.put(name, SOUND if media_type.startswith("audio") else name.encode() * 100, media_type)
        self.put("empty.txt", b"", "text/plain")
        self.asked = 0
        self.broken: Exception | None = None

    def put(self, name: str, content: bytes, media_type: str = "audio/mpeg") -> Path:
        path = self.folder / name
        part = path.with_name(f".{name}.part")
        part.write_bytes(content)
        part.replace(path)
        self.site[name] = OnDisk(path, media_type)
        return path

    def __call__(self) -> Site:
        self.asked += 1
        if self.broken:
            raise self.broken
        return self.site


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def port(shelf: Shelf) -> Iterator[int]:
    """An open server, on whose clock every look is a minute after the last one."""
    with serving(make_app(shelf, folder=shelf.folder, clock=itertools.count(0, 60).__next__)) as port:
        yield port


@pytest.fixture(scope="module")
def locked(shelf: Shelf) -> Iterator[int]:
    """A library behind a token, called by two names."""
    with serving(make_app(shelf, folder=shelf.folder, token=TOKEN, hosts=("Localhost", "radio.local", ""))) as port:
        yield port


def checked(reply: Reply, shelf: Shelf) -> Reply:
    """An answer as every one must be: nothing of the machine, no banner, no address told to others."""
    assert str(shelf.folder.parent).encode() not in reply.body and SECRET not in reply.body
    assert b"Traceback" not in reply.body and b".py" not in reply.body
    assert "server" not in reply.headers and "x-powered-by" not in reply.headers
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert reply.headers["cache-control"] in ("no-cache", "no-store")
    return reply


def parts(reply: Reply) -> list[tuple[str, bytes]]:
    """The ranges of a multipart answer with what they hold, read by the library's own mail parser."""
    message = message_from_bytes(b"Content-Type: " + reply.headers["content-type"].encode() + b"\r\n\r\n" + reply.body)
    found = []
    for part in message.get_payload():
        content = part.get_payload(decode=True)
        assert part.get_content_type() == "audio/mpeg"
        found.append((part["content-range"], content))
    return found


@pytest.mark.parametrize(("name", "media_type"), ON_DISK.items())
def test_every_kind_of_file_has_its_media_type(port: int, shelf: Shelf, name: str, media_type: str) -> None:
    """As it was given, for mimetypes knows half of them; text is UTF-8."""
    reply = checked(ask(port, f"/{name}"), shelf)

    assert (reply.status, reply.body) == (200, (shelf.folder / name).read_bytes())
    assert reply.headers["content-type"] == media_type + ("; charset=utf-8" if media_type in TEXT else "")
    assert reply.headers["content-length"] == str(len(reply.body))
    assert reply.headers["accept-ranges"] == "bytes"
    assert reply.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(("path", "content"), [("/", PAGE), ("/feed.xml", FEED), ("/feed.xml?now=1", FEED)])
def test_what_is_made_in_memory_is_served(port: int, shelf: Shelf, path: str, content: bytes) -> None:
    """In pieces, with its length, and an ETag of the content."""
    reply = checked(ask(port, path), shelf)

    assert (reply.status, reply.body) == (200, content)
    assert reply.headers["content-length"] == str(len(content))
    assert ask(port, path, if_none_match=reply.headers["etag"]).status == 304


def test_a_large_feed_lets_others_go_first(tmp_path: Path) -> None:
    """Between its pieces; that a client has gone is heard then, too."""
    sent: list[Message] = []
    seen: set[int] = set()

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def others() -> None:
        while True:
            seen.add(len(sent))
            await asyncio.sleep(0)

    async def both() -> None:
        app = make_app(lambda: {"feed.xml": Made(b"x" * 1_000_000, "application/rss+xml")}, folder=tmp_path)
        scope = {"type": "http", "method": "GET", "path": "/feed.xml", "headers": [], "asgi": {"spec_version": "2.3"}}
        waiting = asyncio.create_task(others())
        await app(scope, receive, send)
        waiting.cancel()

    asyncio.run(both())

    assert sum(len(message.get("body", b"")) for message in sent) == 1_000_000
    assert len(seen) > 10


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-", 0, 300_000),
        ("bytes=1000-1999", 1000, 2000),
        ("bytes=70000-270000", 70_000, 270_001),
        ("bytes=-500", 299_500, 300_000),
        ("bytes=-999999", 0, 300_000),
        ("bytes=299999-", 299_999, 300_000),
        ("bytes=299000-999999999999999999999", 299_000, 300_000),
        ("Bytes = 5-9", 5, 10),
    ],
)
def test_a_range_is_answered_with_just_that(port: int, shelf: Shelf, wanted: str, start: int, end: int) -> None:
    """Players seek with them, and Apple refuses feeds whose server has none."""
    reply = checked(ask(port, "/talk.mp3", range=wanted), shelf)

    assert (reply.status, reply.body) == (206, SOUND[start:end])
    assert reply.headers["content-range"] == f"bytes {start}-{end - 1}/300000"
    assert reply.headers["content-length"] == str(end - start)
    assert reply.headers["content-type"] == "audio/mpeg"


def test_several_ranges_come_in_parts(port: int, shelf: Shelf) -> None:
    """In order, those that overlap as one."""
    reply = checked(ask(port, "/talk.mp3", range="bytes=0-9, 100000-100099,100050-100199, -3"), shelf)

    assert reply.status == 206
    assert parts(reply) == [
        ("bytes 0-9/300000", SOUND[:10]),
        ("bytes 100000-100199/300000", SOUND[100_000:100_200]),
        ("bytes 299997-299999/300000", SOUND[-3:]),
    ]
    assert reply.headers["content-length"] == str(len(reply.body))


@pytest.mark.parametrize(
    ("name", "wanted", "size"),
    [("talk.mp3", "bytes=300000-", 300_000), ("talk.mp3", "bytes=-0", 300_000), ("empty.txt", "bytes=0-0", 0)],
)
def test_a_range_past_the_end_is_refused(port: int, shelf: Shelf, name: str, wanted: str, size: int) -> None:
    """416 says how long the file is."""
    reply = checked(ask(port, f"/{name}", range=wanted), shelf)

    assert reply.status == 416
    assert reply.headers["content-range"] == f"bytes */{size}"


@pytest.mark.parametrize(
    "wanted",
    [
        "bytes=" + ",".join(f"{n}-{n}" for n in range(0, 6000, 3)),
        "bytes=" + ",".join(["0-"] * 3000),
        "bytes=" + ",".join(["0-299999"] * 90),
        "bytes=" + ",".join(f"{n}-" for n in range(90)),
        "bytes=" + ",".join(f"{n}-{n}" for n in range(0, 300, 3)),
        "bytes=" + "9" * 5000 + "-",
        "bytes=0-" + "9" * 5000,
        "bytes=-" + "9" * 4000,
        "bytes=10-5",
        "bytes=--5",
        "bytes=5--3",
        "bytes=-",
        "bytes=",
        "bytes",
        "",
        "=",
        ",,,,",
        "bytes=a-b",
        "bytes=1e3-2e3",
        "bytes=0x10-0x20",
        "bytes=１-２",
        "bytes=٣-٤",
        "lines=1-2",
        "bytes=" + "," * 12_000,
        "bytes=0-0;q=1",
    ],
)
def test_an_absurd_range_costs_no_more_than_the_file(port: int, shelf: Shelf, wanted: str) -> None:
    """Whatever it says; and the next request works."""
    reply = checked(ask(port, "/talk.mp3", range=wanted), shelf)

    assert reply.status in (200, 206, 400, 416)
    assert len(reply.body) <= len(SOUND) + 100 * 200
    assert ask(port, "/talk.mp3", range="bytes=7-8").body == SOUND[7:9]


def test_if_range_gives_the_range_of_the_same_file_only(port: int) -> None:
    """With its ETag or its date; for any other the whole file, so that nothing is patched together."""
    whole = ask(port, "/talk.mp3")

    def status(if_range: str) -> int:
        return ask(port, "/talk.mp3", range="bytes=0-9", if_range=if_range).status

    assert status(whole.headers["etag"]) == 206
    assert status(whole.headers["last-modified"]) == 206
    assert status('"another"') == status("Wed, 21 Oct 2015 07:28:00 GMT") == status("W/" + whole.headers["etag"]) == 200


@pytest.mark.parametrize("path", ["/talk.mp3", "/talk.vtt", "/", "/feed.xml", "/empty.txt", "/nothing"])
def test_head_is_get_without_the_content(port: int, shelf: Shelf, path: str) -> None:
    """With all its headers; a range means nothing there (RFC 9110, 14.2)."""
    get = checked(ask(port, path), shelf)
    head = checked(ask(port, path, "HEAD", range="bytes=0-1"), shelf)

    assert (head.status, head.body) == (get.status, b"")
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


def test_what_the_client_has_is_not_sent_again(port: int, shelf: Shelf) -> None:
    """304 for its ETag, alone or in a list, weak or "*", and for its date; an ETag counts more than a date."""
    headers = ask(port, "/talk.mp3").headers
    etag, modified = headers["etag"], headers["last-modified"]
    assert parsedate_to_datetime(modified).timestamp() == int((shelf.folder / "talk.mp3").stat().st_mtime)

    for one in (etag, f'"x", W/{etag}', "*"):
        reply = checked(ask(port, "/talk.mp3", if_none_match=one), shelf)
        assert (reply.status, reply.body, reply.headers.get("etag")) == (304, b"", etag)
    assert ask(port, "/talk.mp3", "HEAD", if_none_match=etag).status == 304
    assert ask(port, "/talk.mp3", if_modified_since=modified).status == 304
    assert ask(port, "/talk.mp3", if_modified_since=modified, if_none_match='"x"').status == 200
    assert ask(port, "/talk.mp3", if_modified_since="Wed, 21 Oct 2015 07:28:00 GMT").status == 200
    for nonsense in ("yesterday", "", "0", "Wed, 99 Abc 99999 99:99:99 GMT", "٣", "-" * 4000):
        assert ask(port, "/talk.mp3", if_modified_since=nonsense).status == 200


@pytest.mark.parametrize("name", sorted({*ON_DISK, "feed.xml", ""}))
def test_scripts_of_other_sites_may_read_the_feed_and_transcripts_only(port: int, name: str) -> None:
    """Players on the web load them so; a range asks for permission first."""
    get, before = ask(port, f"/{name}"), ask(port, f"/{name}", "OPTIONS", origin="https://player.example")
    is_shared = name in SHARED

    assert before.status == 204 and "GET" in before.headers["allow"]
    assert get.headers.get("access-control-allow-origin") == ("*" if is_shared else None)
    assert before.headers.get("access-control-allow-origin") == ("*" if is_shared else None)
    assert ("range" in before.headers.get("access-control-allow-headers", "").lower()) is is_shared
    is_page = name in ("", "talk.page.html")
    assert get.headers["cross-origin-resource-policy"] == ("same-origin" if is_page else "cross-origin")


@pytest.mark.parametrize("path", ["/", "/talk.page.html"])
def test_pages_may_load_nothing_from_elsewhere(port: int, path: str) -> None:
    """Pages load nothing from elsewhere and are shown inside of nothing."""
    policy = ask(port, path).headers["content-security-policy"]

    assert "default-src 'none'" in policy and "media-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "http" not in policy and "content-security-policy" not in ask(port, "/talk.mp3").headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "get", "X"])
def test_other_methods_are_refused(port: int, shelf: Shelf, method: str) -> None:
    """405 says which are not; what does not exist does not for them either."""
    reply = checked(ask(port, "/talk.mp3", method), shelf)

    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert ask(port, "/nothing", method).status == 404


@pytest.mark.parametrize(
    "target",
    [
        b"/../secret.txt",
        b"/%2e%2e/secret.txt",
        b"/%2e%2e%2fsecret.txt",
        b"/..%5csecret.txt",
        b"/..\\secret.txt",
        b"/%252e%252e%252fsecret.txt",
        b"/%c0%ae%c0%ae/secret.txt",
        b"/%c0%ae%c0%ae%c0%afsecret.txt",
        b"/%e0%80%ae%e0%80%ae/secret.txt",
        b"/%uff0e%uff0e/secret.txt",
        b"/..;/secret.txt",
        b"/....//secret.txt",
        b"/./../secret.txt",
        b"/talk.mp3/../../secret.txt",
        b"/talk.mp3/",
        b"/talk.mp3%00",
        b"/talk.mp3%00.html",
        b"/%00",
        b"//talk.mp3",
        b"//etc/passwd",
        b"/etc/passwd",
        b"/C:/Windows/win.ini",
        b"/file:///etc/passwd",
        b"/~root/.profile",
        b"/narrate.toml",
        b"/.narrate-token",
        b"/.",
        b"/..",
        b"/TALK.MP3",
        b"/talk.mp3.",
        b"/talk.mp3::$DATA",
        b"/%",
        b"/%zz",
        b"/" + b"a/" * 5000,
        b"/" + b"%2e%2e%2f" * 1500 + b"secret.txt",
        b"/" + b"x" * 15_000,
        b"/" + b"x" * 300_000,
        b"*",
        b"?",
        b"talk.mp3",
        b"../secret.txt",
        b"http://127.0.0.1/../secret.txt",
        b"file:///etc/passwd",
        b"/\xff\xfe",
        b"/\x00",
        b"/a b",
        b"",
    ],
)
def test_nothing_outside_the_site_can_be_named(port: int, shelf: Shelf, target: bytes) -> None:
    """However it is written; and the next request works."""
    answer = raw(port, get_line(target))

    assert answer.startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 400 ")) or (len(target) > 100_000 and answer == b"")
    assert SECRET not in answer and b"root:" not in answer and str(shelf.folder).encode() not in answer
    assert ask(port, "/talk.mp3", "HEAD").status == 200


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
def test_only_regular_files_inside_the_folder_are_served(port: int, shelf: Shelf) -> None:
    """No link that leads out, no pipe to wait at, no folder; a link within the folder is a file."""
    folder = shelf.folder
    (folder / "out.mp3").symlink_to(folder.parent / "secret.txt")
    (folder / "in.mp3").symlink_to("talk.mp3")
    (folder / "circle.mp3").symlink_to("circle.mp3")
    os.mkfifo(folder / "pipe.mp3")
    (folder / "folder.mp3").mkdir()
    paths = {name: folder / name for name in ("out.mp3", "in.mp3", "circle.mp3", "pipe.mp3", "folder.mp3", "gone.mp3")}
    paths |= {"up.mp3": folder / ".." / "secret.txt", "device.mp3": Path("/dev/zero"), "nul.mp3": folder / "a\0b"}
    shelf.site.update({name: OnDisk(path, "audio/mpeg") for name, path in paths.items()})

    found = {name: ask(port, f"/{name}") for name in paths}

    assert {name for name, reply in found.items() if checked(reply, shelf).status != 404} == {"in.mp3"}
    assert found["in.mp3"].body == SOUND


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_that_may_not_be_read_is_not_there(port: int, shelf: Shelf) -> None:
    """For HEAD neither."""
    shelf.put("shut.mp3", SOUND).chmod(0)

    assert ask(port, "/shut.mp3").status == ask(port, "/shut.mp3", "HEAD").status == 404


def test_a_download_is_the_old_file_to_its_end(port: int, shelf: Shelf) -> None:
    """If an episode is replaced meanwhile; who asks then gets the new one, with another ETag."""
    old, new = b"o" * 20_000_000, b"n" * 20_000_000
    path = shelf.put("swap.mp3", old)
    times = path.stat()
    before = ask(port, "/swap.mp3", "HEAD").headers["etag"]
    with connected(port) as sock:
        sock.sendall(get_line(b"/swap.mp3"))
        head = sock.recv(2000)
        shelf.put("swap.mp3", new)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        received = (head + all_of(sock)).partition(b"\r\n\r\n")[2]

    assert received == old
    after = ask(port, "/swap.mp3", range="bytes=0-9", if_range=before)
    assert (after.status, after.body[:10]) == (200, new[:10])
    assert after.headers["etag"] != before


def test_headers_never_speak_of_another_file(port: int, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is replaced between a look at it and opening it is looked at again, but not for ever."""
    look = app_module._look_at
    contents = [b"a", b"bb", b"ccc"]

    def then_replaced(path: Path, folder: Path) -> app_module._Found | None:
        found = look(path, folder)
        if contents:
            shelf.put("race.mp3", contents.pop())
        return found

    shelf.put("race.mp3", b"first")
    monkeypatch.setattr(app_module, "_look_at", then_replaced)
    assert checked(ask(port, "/race.mp3"), shelf).status == 503

    contents.append(b"the second one")
    reply = ask(port, "/race.mp3")

    assert (reply.status, reply.body) == (200, b"the second one")
    monkeypatch.undo()
    assert ask(port, "/race.mp3", "HEAD").headers["etag"] == reply.headers["etag"]


def test_a_file_that_shrinks_ends_the_connection(port: int, shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    """Somebody wrote into it; less than was promised is seen to be less, and the log has a line and no traceback."""
    path = shelf.put("shrink.mp3", b"s" * 20_000_000)
    with connected(port) as sock:
        sock.sendall(get_line(b"/shrink.mp3"))
        head = sock.recv(2000)
        os.truncate(path, 1000)
        received = (head + all_of(sock)).partition(b"\r\n\r\n")[2]

    assert len(received) < 20_000_000
    assert "cut short" in caplog.text and "Traceback" not in caplog.text
    assert ask(port, "/shrink.mp3").body == b"s" * 1000


def test_a_file_that_is_gone_when_opened_is_not_found(
    port: int, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """That is 404; trouble of the machine is 503, of which apps draw no conclusions, and says nothing of it."""
    look = app_module._look_at

    def then_gone(path: Path, folder: Path) -> app_module._Found | None:
        found = look(path, folder)
        path.unlink()
        return found

    shelf.put("brief.mp3", SOUND)
    monkeypatch.setattr(app_module, "_look_at", then_gone)
    assert checked(ask(port, "/brief.mp3"), shelf).status == 404

    def too_many(path: Path, folder: Path) -> app_module._Found | None:
        raise OSError(24, "Too many open files", str(path))

    monkeypatch.setattr(app_module, "_look_at", too_many)
    assert checked(ask(port, "/talk.mp3"), shelf).status == 503
    assert "Too many open files" in caplog.text

    monkeypatch.setattr(app_module, "_look_at", lambda path, folder: 1 / 0)
    assert checked(ask(port, "/talk.mp3"), shelf).status == 500


def test_with_a_token_everything_else_looks_alike(locked: int, shelf: Shelf) -> None:
    """A wrong token, none, half of one, and a wrong name behind the right one."""
    wrong = ["/", "/talk.mp3", f"/{TOKEN[:-1]}/talk.mp3", f"/{TOKEN}x/talk.mp3", f"/{TOKEN.upper()}/", f"//{TOKEN}/"]
    wrong += ["/%C3%A9/", "/feed.xml", f"/x/{TOKEN}/talk.mp3", f"/{TOKEN}/nothing", f"/?{TOKEN}/", f"/{TOKEN}%00/"]
    wrong += [f"/{TOKEN}//", f"/{TOKEN}%2f%2ftalk.mp3", f"/{TOKEN}/{TOKEN}/talk.mp3"]

    replies = [checked(ask(locked, path, method), shelf) for path in wrong for method in ("GET", "POST", "OPTIONS")]

    assert {(reply.status, reply.body) for reply in replies} == {(404, b"not found\n")}
    assert len({tuple(sorted({**reply.headers, "date": ""}.items())) for reply in replies}) == 1


def test_with_the_token_all_is_there(locked: int, shelf: Shelf) -> None:
    """With the token all is there; its address without the slash leads there, whatever is before it."""
    assert ask(locked, f"/{TOKEN}/talk.mp3", range="bytes=3-4").body == SOUND[3:5]
    assert ask(locked, f"/{TOKEN}/").body == PAGE
    assert ask(locked, f"/{TOKEN}/feed.xml", "HEAD").status == 200

    there = checked(ask(locked, f"/{TOKEN}"), shelf)
    assert (there.status, there.headers["location"]) == (307, f"{TOKEN}/")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("localhost.", 200),
        ("radio.local:1", 200),
        ("127.0.0.1", 200),
        ("192.168.1.7:8000", 200),
        ("[::1]:8000", 200),
        ("[fe80::1]", 200),
        ("evil.example", 400),
        ("localhost.evil.example", 400),
        ("evil.example:127.0.0.1", 400),
        ("127.0.0.1.evil.example", 400),
        ("", 400),
        ("[", 400),
    ],
)
def test_a_name_that_is_not_ours_is_refused(locked: int, shelf: Shelf, host: str, status: int) -> None:
    """A web page could point its own name here; it cannot take an address in numbers."""
    assert checked(ask(locked, f"/{TOKEN}/", host=host), shelf).status == status
    assert ask(locked, "/", host=host).status == (404 if status == 200 else 400)


def test_a_body_of_two_lengths_ends_the_connection(locked: int) -> None:
    """A proxy may have believed the other length, and what follows is then somebody else's request."""
    lengths = "Content-Length: 5\r\nTransfer-Encoding: chunked"
    twice = f"POST / HTTP/1.1\r\nHost: localhost\r\n{lengths}\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n"

    answer = raw(locked, twice.encode())

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1 ") == 1


def test_without_a_host_there_is_no_answer(locked: int, port: int) -> None:
    """Where names count; HTTP/1.0 need not give one, and any will do for an open server."""
    line = f"GET /{TOKEN}/ HTTP/1.0\r\n\r\n".encode()
    assert raw(locked, line).startswith(b"HTTP/1.1 400 ")
    assert raw(port, b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200 ")
    assert ask(port, "/", host="anything.example").status == 200


def test_the_library_is_read_at_most_once_a_second(tmp_path: Path) -> None:
    """However many ask, and whether it can be read or not."""
    shelf = Shelf(tmp_path)
    now = [0.0]
    with serving(make_app(shelf, folder=shelf.folder, clock=lambda: now[0])) as port:
        with ThreadPoolExecutor(8) as pool:
            assert {reply.status for reply in pool.map(lambda _: ask(port, "/talk.mp3"), range(16))} == {200}
        assert shelf.asked == 1

        shelf.broken = RuntimeError(f"cannot read {shelf.folder}")
        now[0] = 0.9
        assert ask(port, "/talk.mp3").status == 200
        now[0] = 1.1
        assert [checked(ask(port, path), shelf).status for path in ("/", "/talk.mp3", "/nothing")] == [503] * 3
        assert shelf.asked == 2

        shelf.broken = None
        now[0] = 2.2
        assert ask(port, "/talk.mp3").status == 200
        assert shelf.asked == 3


def test_why_the_library_cannot_be_read_is_in_the_log_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The client is told to try again."""
    shelf = Shelf(tmp_path)
    shelf.broken = PermissionError("not allowed")
    with serving(make_app(shelf, folder=shelf.folder)) as port:
        assert checked(ask(port, "/"), shelf).body == b"try again\n"

    assert "PermissionError: not allowed" in caplog.text


def test_two_hundred_clients_at_once_get_what_they_asked_for(port: int, shelf: Shelf) -> None:
    """A range each, all of them connected before the first one asks."""
    everybody = Barrier(200, timeout=20)
    chance = random.Random(200)
    ranges = [sorted(chance.sample(range(len(SOUND)), 2)) for _ in range(200)]

    def one(ends: list[int]) -> bool:
        start, end = ends
        with connected(port) as sock:
            everybody.wait()
            answer = all_of(sock, get_line(b"/talk.mp3", b"Range: bytes=%d-%d" % (start, end)))
        head, _, body = answer.partition(b"\r\n\r\n")
        return head.startswith(b"HTTP/1.1 206 ") and body == SOUND[start : end + 1]

    with ThreadPoolExecutor(200) as pool:
        assert all(pool.map(one, ranges))
