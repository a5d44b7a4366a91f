"""The inbox over real HTTP: what is taken, known and refused, from whom, and how much of it."""

from __future__ import annotations

import http.client
import json
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import requests
from support.serving import Reply, ask, connected, raw, serving

from narrate.core.errors import NarrateError
from narrate.core.system import files
from narrate.library.inbox.admission import Given
from narrate.library.inbox.entry import Limits as Takes
from narrate.library.inbox.entry import Made
from narrate.library.inbox.inbox import Inbox, opened
from narrate.publish.app import Made as MadeFile
from narrate.publish.app import make_app
from narrate.publish.inbox.routes import UPLOADS, InboxRoutes
from narrate.publish.server import Limits

TOKEN = "jx7TqQ4mZ0yK1vB9sWnE3u"
URL = "https://example.com/light"
HTML = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
BOMB = b'--x7\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n'
PAGE = MadeFile(b"<!doctype html><title>Library</title>", "text/html")
TAKES = Takes(file_bytes=400_000, text_bytes=200_000, waiting=100)
LIMITS = Limits(body_bytes=TAKES.file_bytes, request_s=0.5, body_bytes_per_s=20_000)


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with opened(tmp_path, TAKES) as inbox:
        yield inbox


@pytest.fixture
def port(inbox: Inbox) -> Iterator[int]:
    with served(inbox) as port:
        yield port


@pytest.fixture
def locked(inbox: Inbox) -> Iterator[int]:
    with served(inbox, TOKEN) as port:
        yield port


def served(inbox: Inbox, token: str = "", base_url: str = "") -> Any:
    routes = InboxRoutes(inbox, token=token, base_url=base_url)
    folder = inbox.library.folder
    app = make_app(lambda: {"": PAGE}, folder=folder, token=token, hosts=("localhost",), beside=routes)
    return serving(app, LIMITS)


def post(port: int, path: str = "/inbox", body: bytes = b"", **headers: str) -> Reply:
    """One request with a body; header names are written with underscores."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request("POST", path, body, named)
        answer = connection.getresponse()
        return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def post_json(port: int, path: str = "/inbox", *, headers: dict[str, str] | None = None, **values: object) -> Reply:
    return post(port, path, json.dumps(values).encode(), content_type="application/json", **(headers or {}))


def said(reply: Reply) -> Any:
    """What a JSON answer says; every answer is one that nobody keeps and no other site may read."""
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert not [name for name in reply.headers if name.startswith("access-control")]
    return json.loads(reply.body)


def texts(inbox: Inbox) -> list[str]:
    """All that was given and kept, the oldest first."""
    kept = [inbox.payload(one.entry) for one in reversed(inbox.entries())]
    return [path.read_text() for path in kept if path]


def test_an_address_as_json(port: int, inbox: Inbox) -> None:
    """It is a new entry, then a known one, and stands in the list with all that is documented."""
    new, known = post_json(port, url=URL), post_json(port, url=URL)

    assert (new.status, known.status) == (202, 200)
    assert said(new) == said(known)
    entry = said(ask(port, "/inbox"))["entries"][0]
    assert entry == said(new)
    assert entry == {
        "id": inbox.entries()[0].entry.id,
        "state": "waiting",
        "title": URL,
        "source": URL,
        "kind": "url",
        "added": entry["added"],
        "fraction": None,
        "remaining_s": None,
        "error": None,
        "episode": None,
    }
    assert entry["added"].endswith("Z")


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"text": "Some words.", "title": "A Light"}},
        {"data": {"text": "Some words.", "title": "A Light", "url": "", "other": "x"}},
        {"files": {"text": (None, "Some words."), "title": (None, "A Light"), "file": ("", b"")}},
    ],
)
def test_a_text_in_each_form(port: int, inbox: Inbox, sent: dict[str, Any]) -> None:
    """JSON, a plain form, a form with parts in which no file was chosen."""
    answer = requests.post(f"http://127.0.0.1:{port}/inbox", **sent, timeout=20)

    assert (answer.status_code, answer.json()["title"]) == (202, "A Light")
    assert texts(inbox) == ["A Light\n\nSome words."]


def test_a_file(port: int, inbox: Inbox) -> None:
    """Byte for byte, under a name that is safe; its own name is kept for people."""
    content = b"A Light\r\n\r\n--x\r\n" + os.urandom(1000).hex().encode() * 100
    sent = {"file": ("../../Notes – ä.txt", content, "text/plain")}

    answer = requests.post(f"http://127.0.0.1:{port}/inbox", files=sent, timeout=20)

    assert answer.status_code == 202
    assert answer.json()["title"] == "Notes – ä.txt"
    path = inbox.payload(inbox.entries()[0].entry)
    assert path
    assert path.read_bytes() == content
    assert path.name == "notes-a.txt"
    assert not list(inbox.library.folder.glob("*otes*"))


def test_what_a_share_sheet_sends(port: int) -> None:
    """An address in the text, of a request that no page began, is answered with the way to the library's page."""
    parts = {name: (None, value) for name, value in (("title", "A Light"), ("text", f"A Light {URL}"), ("url", ""))}
    headers = {**HTML, "Origin": "null", "Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}

    answer = requests.post(
        f"http://127.0.0.1:{port}/inbox", files=parts, headers=headers, timeout=20, allow_redirects=False
    )

    entry = said(ask(port, "/inbox"))["entries"][0]
    assert (answer.status_code, answer.headers["location"]) == (303, f"./?added={entry['id']}")
    assert (entry["kind"], entry["source"], entry["title"]) == ("url", URL, "A Light")


def test_what_was_made_and_what_failed(port: int, inbox: Inbox) -> None:
    """The episode with the address of its page; an error in words; how far the work is."""
    inbox.add(Given(url=URL))
    inbox.add(Given(text="Some words."))
    inbox.settle((inbox.next(5) or pytest.fail()).id, Made("A Light", "a.mp3", "a light.page.html"), is_new=True)
    inbox.fail((inbox.next(5) or pytest.fail()).id, NarrateError("it is <b>broken</b>", "mend it"))

    failed, done = said(ask(port, "/inbox"))["entries"]

    assert done["episode"] == {"title": "A Light", "page": "./a%20light.page.html"}
    assert (done["state"], done["title"]) == ("done", "A Light")
    assert failed["error"] == {"message": "it is <b>broken</b>", "hint": "mend it"}


def test_again_and_remove(port: int, inbox: Inbox) -> None:
    """By their addresses, in JSON and for a form; a second time there is nothing to remove."""
    id = inbox.add(Given(url=URL))[0].entry.id
    inbox.fail((inbox.next(5) or pytest.fail()).id, NarrateError("x"))

    assert said(post(port, f"/inbox/{id}/again"))["state"] == "waiting"
    form = post(port, f"/inbox/{id}/again", **HTML)
    assert (form.status, form.headers["location"]) == (303, "../../inbox")
    assert post(port, f"/inbox/{id}/remove").status == 200
    assert said(ask(port, "/inbox")) == {"entries": []}
    gone = post(port, f"/inbox/{id}/remove")
    assert (gone.status, list(said(gone))) == (404, ["error"])


@pytest.mark.parametrize(
    "path",
    [
        "/inbox/",
        "/inbox/x/again",
        "/inbox/../../etc/passwd/remove",
        "/inbox/%2e%2e%2fnotes/remove",
        "/inbox/1796060865366620-30431400%00/remove",
        "/inbox/1796060865366620-30431400/again/x",
        "/.narrate-inbox/lock",
        "/.narrate-inbox/1796060865366620-30431400.json",
        "//inbox",
    ],
)
def test_there_is_nothing_else(port: int, inbox: Inbox, path: str) -> None:
    """Neither other addresses nor the files of the inbox."""
    inbox.add(Given(text="Some words."))

    assert post(port, path).status == 404
    assert ask(port, path).status == 404
    assert len(inbox.entries()) == 1


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", "/inbox", 405),
        ("DELETE", "/inbox", 405),
        ("POST", "/inbox/add", 405),
        ("GET", "/inbox/1796060865366620-30431400/again", 405),
        ("HEAD", "/inbox", 200),
        ("OPTIONS", "/inbox", 204),
        ("GET", "/inbox/add", 200),
    ],
)
def test_methods(port: int, method: str, path: str, status: int) -> None:
    """Each address takes its own; no other site may ask beforehand (CORS)."""
    reply = ask(port, path, method, origin="https://evil.example", access_control_request_method="POST")

    assert reply.status == status
    assert not [name for name in reply.headers if name.startswith("access-control")]
    if status in (204, 405):
        assert "POST" in reply.headers["allow"] or path == "/inbox/add"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"origin": "http://localhost:1"}, 403),
        ({"host": "evil.example"}, 400),
        ({"host": "evil.example", "origin": "http://evil.example", "sec_fetch_site": "same-origin"}, 400),
        ({"host": "localhost", "origin": "http://localhost", "sec_fetch_site": "same-origin"}, 202),
    ],
)
def test_other_sites_change_nothing(port: int, inbox: Inbox, headers: dict[str, str], status: int) -> None:
    """Whatever they make a browser send, also where they have made their own name point here (DNS rebinding)."""
    form = {"content_type": "application/x-www-form-urlencoded", **headers}

    assert post(port, body=f"url={URL}".encode(), **form).status == status
    assert len(inbox.entries()) == (status == 202)
    if status != 202:
        id = inbox.add(Given(url=URL))[0].entry.id
        assert post(port, f"/inbox/{id}/remove", **headers).status == status
        assert len(inbox.entries()) == 1


def test_an_address_behind_a_proxy(inbox: Inbox) -> None:
    """Its pages come from another address than the one that the proxy asks for."""
    with served(inbox, base_url="https://pod.example/shelf") as port:
        headers = {"origin": "https://pod.example", "sec_fetch_site": "same-origin"}
        assert post_json(port, url=URL, headers=headers).status == 202


@pytest.mark.parametrize(
    ("path", "bearer", "status"),
    [
        (f"/{TOKEN}/inbox", "", 202),
        ("/inbox", f"Bearer {TOKEN}", 202),
        (f"/{TOKEN}/inbox", f"Bearer {TOKEN}", 202),
        ("/inbox", "", 404),
        ("/inbox", f"Bearer {TOKEN[:-1]}", 404),
        ("/inbox", f"Basic {TOKEN}", 404),
        (f"/{TOKEN[:-1]}x/inbox", "", 404),
        (f"/{TOKEN[:-1]}x/inbox", f"Bearer {TOKEN[:-1]}x", 404),
        ("//inbox", "", 404),
    ],
)
def test_the_secret(locked: int, inbox: Inbox, path: str, bearer: str, status: int) -> None:
    """In the address or as a bearer's; without it there is no inbox, and nobody is told that there is one."""
    reply = post_json(locked, path, url=URL, headers={"authorization": bearer} if bearer else {})

    assert reply.status == status
    assert len(inbox.entries()) == (status == 202)
    assert ask(locked, path, **({"authorization": bearer} if bearer else {})).status == (200 if status == 202 else 404)


def test_a_bearer_gets_nothing_else(locked: int) -> None:
    """Pages and feeds are where their addresses say."""
    assert ask(locked, "/", authorization=f"Bearer {TOKEN}").status == 404
    assert ask(locked, f"/{TOKEN}/").status == 200


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"url": 7}', "application/json", 400),
        (b'{"text": ["a"]}', "application/json", 400),
        (b"{}", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b'{"url": "file:///etc/passwd"}', "application/json", 400),
        (b'{"url": "/etc/passwd"}', "application/json", 400),
        (b'{"text": "/etc/passwd"}', "application/json", 400),
        (b'{"text": "Some words.", "instead": "../x"}', "application/json", 400),
        (b"", "application/x-www-form-urlencoded", 400),
        (b"a=1&" * 100_00, "application/x-www-form-urlencoded", 400),
        (b"words", "multipart/form-data; boundary=x7", 400),
        (b"words", "multipart/form-data", 400),
        (b"", "multipart/form-data; boundary=x7", 400),
        (
            b'--x7\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n' * 4_000,
            "multipart/form-data; boundary=x7",
            400,
        ),
        (b"words", "text/plain", 415),
        (b"words", "", 415),
        (b'{"text": "' + b"w" * 200_000 + b'"}', "application/json", 413),
    ],
)
def test_bodies_that_are_refused(port: int, inbox: Inbox, body: bytes, content_type: str, status: int) -> None:
    """In words, and nothing is kept."""
    reply = post(port, body=body, content_type=content_type)

    assert reply.status == status
    error = said(reply)["error"]
    assert error["message"]
    assert str(inbox.library.folder) not in error["message"] + error["hint"]
    assert inbox.entries() == ()
    assert [path.name for path in inbox.spool.iterdir()] == ["lock"]


def test_kinds_of_files_that_are_refused(port: int) -> None:
    """A picture is no article."""
    sent = {"file": ("a.txt", b"\x89PNG\r\n\x1a\n" + b"x" * 99, "text/plain")}
    answer = requests.post(f"http://127.0.0.1:{port}/inbox", files=sent, timeout=20)

    assert answer.status_code == 415
    assert "PNG" in answer.json()["error"]["message"]


def test_a_form_is_told_in_html(port: int) -> None:
    """What is refused is a page with the way back, and what was typed is shown as text."""
    reply = post(port, body=b"text=<script>x", content_type="application/x-www-form-urlencoded", **HTML)

    assert reply.status == 400
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
    assert b"<script>x" not in reply.body
    assert b"&lt;script&gt;x" in reply.body


def test_titles_with_line_ends(port: int, inbox: Inbox) -> None:
    """They add no header and no line to anything."""
    reply = post_json(port, text="Some words.", title="A\r\nSet-Cookie: b\r\n\r\n<b>", headers=HTML)

    assert reply.status == 303
    assert "set-cookie" not in reply.headers
    assert inbox.entries()[0].entry.title == "A Set-Cookie: b <b>"


def test_bodies_without_a_length(port: int, inbox: Inbox) -> None:
    """Chunks are counted as they come; without either nothing is read."""
    words = b'{"text": "Some words."}'
    start = b"POST /inbox HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
    chunked = start + b"Transfer-Encoding: chunked\r\n\r\n" + f"{len(words):x}\r\n".encode() + words + b"\r\n0\r\n\r\n"

    assert raw(port, chunked).startswith(b"HTTP/1.1 202")
    assert raw(port, start + b"\r\n").startswith(b"HTTP/1.1 411")
    assert len(inbox.entries()) == 1


def test_chunks_without_end(port: int, inbox: Inbox) -> None:
    """They end where the limit is, and nothing of them is kept."""
    with connected(port) as sock:
        sock.sendall(b"POST /inbox HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n")
        sock.sendall(b"Transfer-Encoding: chunked\r\n\r\n")
        sent = 0
        answer = b""
        sock.settimeout(0.01)
        while not answer and sent < 100 * TAKES.text_bytes:
            try:
                sock.sendall(b"4000\r\n" + b"w" * 0x4000 + b"\r\n")
                sent += 0x4000
                answer = sock.recv(100)
            except TimeoutError:
                continue
            except ConnectionError:
                break
    assert answer.startswith(b"HTTP/1.1 413")
    assert sent < 20 * TAKES.text_bytes
    assert [path.name for path in inbox.spool.iterdir()] == ["lock"]


@pytest.mark.parametrize("stated", [TAKES.file_bytes + 1_000_000, 10**19])
def test_a_body_that_says_it_is_huge(port: int, stated: int) -> None:
    """It is refused before a byte of it is sent."""
    request = f"POST /inbox HTTP/1.1\r\nHost: localhost\r\nContent-Length: {stated}\r\n"
    with connected(port) as sock:
        sock.sendall(f"{request}Content-Type: multipart/form-data; boundary=x\r\n\r\n".encode())
        assert sock.recv(100).startswith(b"HTTP/1.1 413")


def upload(port: int, size: int, host: str = "localhost") -> socket.socket:
    """Begin to send a text of that size."""
    sock = connected(port)
    head = f"POST /inbox HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n\r\n"
    sock.sendall(head.encode() + b'{"text": "')
    return sock


def test_a_slow_line_has_time(port: int, inbox: Inbox) -> None:
    """A body that comes steadily is taken, though it takes longer than a request without one may."""
    words = b"words " * 30_000 + b'"}'
    with upload(port, len(words) + 10) as sock:
        for start in range(0, len(words), 30_000):
            time.sleep(0.22)
            sock.sendall(words[start : start + 30_000])
        assert sock.recv(100).startswith(b"HTTP/1.1 202")
    assert len(inbox.entries()) == 1


def test_a_body_that_does_not_come_is_cut_off(port: int, inbox: Inbox) -> None:
    """Byte by byte is no pace; nothing of it is left, and the next one is taken."""
    with upload(port, 10_000) as sock, pytest.raises(ConnectionError):
        for _ in range(300):
            sock.sendall(b"w")
            time.sleep(0.05)
    assert inbox.entries() == ()
    assert post_json(port, url=URL).status == 202


def test_a_client_that_goes_away(port: int, inbox: Inbox) -> None:
    """Nothing of its upload is left, and its place is free."""
    for _ in range(2 * UPLOADS):
        upload(port, 10_000).close()
    for _ in range(500):
        if (reply := post_json(port, url=URL)).status != 429:
            break
        time.sleep(0.01)

    assert reply.status == 202
    assert len(list(inbox.spool.iterdir())) == 2


def test_few_uploads_at_once(port: int) -> None:
    """One more is told to come again, and may, when another is through."""
    held = [upload(port, 100_000) for _ in range(UPLOADS)]
    for _ in range(500):
        if (reply := post_json(port, url=f"{URL}/{_}")).status == 429:
            break
        time.sleep(0.01)
    assert reply.status == 429
    assert int(reply.headers["retry-after"]) > 0
    for sock in held:
        sock.close()
    for _ in range(500):
        if (reply := post_json(port, url=URL)).status != 429:
            break
        time.sleep(0.01)
    assert reply.status == 202


def test_a_full_disk(port: int, inbox: Inbox) -> None:
    """It is said in words, and nothing of the entry is left."""
    with mock.patch.object(files, "_flush_to_disk", side_effect=OSError(28, "No space left on device")):
        reply = post_json(port, text="Some words.")

    assert reply.status == 503
    assert "No space left" in said(reply)["error"]["message"]
    assert said(ask(port, "/inbox")) == {"entries": []}
    assert [path.name for path in inbox.spool.iterdir()] == ["lock"]


def test_a_full_inbox(port: int, inbox: Inbox) -> None:
    """Too many that wait are refused with a number that says to come later."""
    for number in range(TAKES.waiting):
        inbox.add(Given(url=f"{URL}/{number}"))

    assert post_json(port, url=URL).status == 429


def test_a_fault_is_not_told(port: int) -> None:
    """Nothing of the machine goes out."""
    with mock.patch.object(Inbox, "entries", side_effect=RuntimeError("/home/anna/secret")):
        reply = ask(port, "/inbox")

    assert reply.status == 500
    assert b"anna" not in reply.body


def test_the_add_page_changes_nothing(port: int, inbox: Inbox) -> None:
    """However it is asked for: a link in a mail leads there as well. What it shows is escaped."""
    query = "/inbox/add?url=https://example.com/%22%3E%3Cscript%3E&title=%3Cb%3E&text=x"
    reply = ask(port, query, sec_fetch_site="none", sec_fetch_mode="navigate")

    assert reply.status == 200
    assert "form-action 'self'" in reply.headers["content-security-policy"]
    assert b'"><script>' not in reply.body
    assert inbox.entries() == ()


def test_a_list_for_readers_without_a_script(port: int, inbox: Inbox) -> None:
    """Entries are shown as a page to them."""
    inbox.add(Given(text="A <b>Light</b>\n\nSome words."))
    reply = ask(port, "/inbox", **HTML)

    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert b"A &lt;b&gt;Light&lt;/b&gt;" in reply.body
