"""A review's server answers its own page, and nobody else's."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from support.serving import Reply, ask, serving

from narrate.core.errors import ConfigError, OutputError
from narrate.publish.app import OnDisk, make_app
from narrate.publish.review.reviewed import Conflict, Json
from narrate.publish.review.routes import BODY_MAX_BYTES, ReviewRoutes
from narrate.publish.server import Limits

TOKEN = "t" * 32


@dataclass
class Making:
    """A making of an episode that is as a test says."""

    now: str = "none"
    files: Mapping[str, Path] = field(default_factory=dict)

    def state(self) -> Json:
        return {"state": self.now}


@dataclass
class Draft:
    """A review that notes what it is asked."""

    asked: list[object] = field(default_factory=list)
    error: Exception | None = None
    making: Making = field(default_factory=Making)

    def _note(self, *what: object) -> Json:
        self.asked.append(what)
        if self.error:
            raise self.error
        return {"asked": what[0]}

    def state(self) -> Json:
        return self._note("state")

    def notes(self) -> Json:
        return self._note("notes")

    def check(self) -> Json:
        return self._note("check")

    def change(self, revision: int, change: Json) -> Json:
        return self._note("change", revision, change)

    def undo(self) -> Json:
        return self._note("undo")

    def redo(self) -> Json:
        return self._note("redo")

    def reload(self) -> Json:
        return self._note("reload")

    def save(self) -> Json:
        return self._note("save")

    def choices(self, id: str, word: str) -> Json:
        return self._note("choices", id, word)

    def lexicon(self, word: str, way: str, value: str, where: str, *, is_written: bool) -> Json:
        return self._note("lexicon", word, way, value, where, is_written)

    def hear(self, id: str, span: tuple[int, int], trial: Json | None = None) -> bytes:
        self._note("hear", id, span, trial)
        return b"fLaC"

    def make(self) -> Json:
        return self._note("make")


@dataclass(frozen=True)
class Served:
    """A review that is served."""

    port: int
    review: Draft
    ends: list[str]
    ended: threading.Event

    def post(self, name: str, body: bytes = b"{}", **headers: str) -> Reply:
        """Send a body as the page does."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = {"content-type": "application/json", **{key.replace("_", "-"): one for key, one in headers.items()}}
        try:
            connection.request("POST", f"/{TOKEN}/{name}", body, sent)
            answer = connection.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """On loopback, with an episode that was made and a file beside it that was not."""
    (tmp_path / "a.mp3").write_bytes(b"sound")
    (tmp_path / "secret.txt").write_text("secret")
    review, ends, ended = Draft(), [], threading.Event()

    def end() -> None:
        ends.append("done")
        ended.set()

    routes = ReviewRoutes(review, TOKEN, end)
    app = make_app(
        lambda: {"a.mp3": OnDisk(tmp_path / "a.mp3", "audio/mpeg")},
        folder=tmp_path,
        token=TOKEN,
        hosts=("localhost",),
        beside=routes,
    )
    with serving(app, Limits(body_bytes=BODY_MAX_BYTES)) as port:
        yield Served(port, review, ends, ended)


def test_the_page_has_its_policy_by_checksums(served: Served) -> None:
    """In its header as in itself: no script but its own, no other server, in no frame."""
    page = ask(served.port, f"/{TOKEN}/")
    policy = page.headers["content-security-policy"]
    inside = page.body.decode().partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
    assert page.status == 200 and policy == f"{inside}; frame-ancestors 'none'"
    assert "script-src 'sha256-" in policy and "unsafe" not in policy and "connect-src 'self'" in policy
    assert "access-control-allow-origin" not in page.headers
    assert page.headers["referrer-policy"] == "no-referrer" and page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", 404),
        ("/state", 404),
        (f"/{TOKEN[:-1]}/state", 404),
        (f"/{TOKEN}x/state", 404),
        (f"/{TOKEN}/secret.txt", 404),
        (f"/{TOKEN}/../secret.txt", 404),
        (f"/{TOKEN}/%2e%2e/state", 404),
        (f"/{TOKEN}/state/", 404),
        (f"/{TOKEN}/a.mp3", 200),
        (f"/{TOKEN}/state", 200),
        (f"/{TOKEN}/making", 200),
        (f"/{TOKEN}/change", 405),
    ],
)
def test_only_what_is_below_the_secret_is_there(served: Served, path: str, expected: int) -> None:
    """The page, what it asks, and the files of the episode."""
    assert ask(served.port, path).status == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 200),
        ({"origin": "http://127.0.0.1:{port}", "sec_fetch_site": "same-origin"}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:1"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"host": "evil.example"}, 400),
        ({"host": "localhost.evil.example"}, 400),
    ],
)
def test_other_sites_change_nothing_and_learn_nothing(
    served: Served, headers: Mapping[str, str], expected: int
) -> None:
    """Though they may know the address: by Origin, Sec-Fetch-Site and Host."""
    told = {name: value.format(port=served.port) for name, value in headers.items()}
    assert served.post("undo", **told).status == expected
    assert ask(served.port, f"/{TOKEN}/state", **told).status == expected
    assert bool(served.review.asked) is (expected == 200)


@pytest.mark.parametrize(
    ("body", "headers", "expected"),
    [
        (b"{}", {"content_type": "text/plain"}, 415),
        (b"a=b", {"content_type": "application/x-www-form-urlencoded"}, 415),
        (b"{}", {"content_encoding": "gzip"}, 415),
        (b"{", {}, 400),
        (b"[]", {}, 400),
        (b"[" * 100_000, {}, 400),
        (b"\xff", {}, 400),
        (b'{"revision": "1", "change": {}}', {}, 400),
        (b'{"revision": true, "change": {}}', {}, 400),
        (b'{"revision": 1, "change": "drop"}', {}, 400),
        (b" " * (BODY_MAX_BYTES + 1), {}, 413),
    ],
)
def test_bodies_are_looked_at(served: Served, body: bytes, headers: Mapping[str, str], expected: int) -> None:
    """Before the review hears of them."""
    answer = served.post("change", body, **headers)
    assert answer.status == expected and json.loads(answer.body)["error"]["message"]
    assert served.review.asked == []


def test_what_is_asked_is_passed_on(served: Served) -> None:
    """Each with its values."""
    served.post("change", b'{"revision": 3, "change": {"does": "drop", "id": "a"}}')
    served.post("choices", b'{"id": "a", "word": "lead"}')
    served.post("lexicon", b'{"word": "SQL", "way": "say", "value": "sequel", "where": "user", "write": true}')
    sound = served.post("hear", b'{"id": "a", "start_char": 2, "end_char": 9, "trial": {"does": "sound"}}')
    assert served.review.asked == [
        ("change", 3, {"does": "drop", "id": "a"}),
        ("choices", "a", "lead"),
        ("lexicon", "SQL", "say", "sequel", "user", True),
        ("hear", "a", (2, 9), {"does": "sound"}),
    ]
    assert (sound.body, sound.headers["content-type"]) == (b"fLaC", "audio/flac")


@pytest.mark.parametrize(
    ("error", "expected", "message"),
    [
        (Conflict("the file is another's"), 409, "the file is another's"),
        (ConfigError("no such voice"), 400, "no such voice"),
        (OutputError("the disk is full"), 503, "the disk is full"),
        (ValueError("/home/somebody"), 500, "something went wrong"),
    ],
)
def test_errors_are_told(served: Served, error: Exception, expected: int, message: str) -> None:
    """In words, and nothing of what is inside."""
    served.review.error = error
    answer = served.post("undo")
    assert (answer.status, json.loads(answer.body)["error"]["message"]) == (expected, message)


def test_done_ends_unless_the_episode_is_being_made(served: Served) -> None:
    """Which would be cut short."""
    served.review.making.now = "working"
    assert served.post("done").status == 409 and served.ends == []
    served.review.making.now = "made"
    assert served.post("done").status == 200
    assert served.ended.wait(10)  # it ends after its answer has gone out
