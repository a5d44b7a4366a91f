"""Visits are polite: robots.txt, pauses, patience with busy servers, and nothing sent twice that has not changed."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
from support.site import Names, Site, redirect, reply, site

from narrate.core.errors import SourceError
from narrate.core.settings.model import Settings
from narrate.pipeline.engine import open_engine
from narrate.pipeline.many.batch import speak_all
from narrate.pipeline.many.outcomes import Outcome
from narrate.sources.fetch.addresses import IPAddress, is_public
from narrate.sources.fetch.polite_fetch import Times, Visits
from narrate.sources.fetch.web import PICTURE
from narrate.sources.gather import Unusable, Wanted, gathered

HTML = b"<html><body><p>Some words.</p></body></html>"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def feed(*paths: str) -> bytes:
    items = "".join(f"<item><link>{path}</link></item>" for path in paths)
    return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


def loopback_is_public(address: IPAddress) -> bool:
    return address == ip_address("127.0.0.1") or is_public(address)


class Guest:
    """Visits with a clock that waiting moves."""

    def __init__(self, cache: Path) -> None:
        self.now_s = 0.0
        self.waits_s: list[float] = []
        self.cache = cache
        self.visits = self.again()

    def again(self) -> Visits:
        """Those of another run."""
        self.visits = Visits(
            self.cache,
            is_public=loopback_is_public,
            times=Times(lambda: self.now_s, self._sleep, lambda: NOW),
        )
        return self.visits

    def _sleep(self, wait_s: float) -> None:
        self.waits_s.append(round(wait_s, 3))
        self.now_s += wait_s


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    names = Names(page_test=[["127.0.0.1"]], other_test=[["127.0.0.1"]], inside_test=[["10.0.0.1"]])
    monkeypatch.setattr(socket, "getaddrinfo", names)
    with site() as state:
        yield state


@pytest.fixture
def guest(tmp_path: Path) -> Guest:
    return Guest(tmp_path / "cache")


def refused(guest: Guest, url: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        guest.visits.fetch(url)
    assert caught.value.hint
    return caught.value


def test_pages(web: Site, guest: Guest) -> None:
    """robots.txt is asked for first and once, and a second passes between any two requests, redirects too."""
    web.answers |= {"/a": reply(HTML), "/b": redirect("/c"), "/c": reply(HTML)}

    assert guest.visits.fetch(web.url("/a")).data == HTML
    assert guest.visits.fetch(web.url("/b")).url == web.url("/c")

    assert web.paths == ["/robots.txt", "/a", "/b", "/c"]
    assert guest.waits_s == [1.0, 1.0, 1.0]
    assert all("User-Agent: narrate/" in request for request in web.asked)


def test_hosts(web: Site, guest: Guest) -> None:
    """Each has its own robots.txt and its own pause; that of a redirect's end counts as well."""
    web.answers |= {"/a": reply(HTML), "/b": redirect(web.url("/a", host="other.test"))}

    guest.visits.fetch(web.url("/b"))

    assert web.paths == ["/robots.txt", "/b", "/robots.txt", "/a"]
    assert guest.waits_s == [1.0, 1.0]


@pytest.mark.parametrize(
    ("robots", "welcome"),
    [
        (reply(b"User-agent: *\nDisallow: /a"), False),
        (reply(b"User-agent: *\nDisallow: /b"), True),
        (reply(b""), True),
        (reply(status=404), True),
        (reply(status=403), True),
        (reply(HTML), True),
        (redirect("/moved.txt"), False),
        (reply(status=500), False),
        (b"", False),
        (redirect("http://inside.test/"), False),
        (reply(b"#" * 5_000_000), False),
    ],
    ids=range(11),
)
def test_robots(robots: bytes, welcome: bool, web: Site, guest: Guest) -> None:
    """A site without a robots.txt is open, one that cannot say is not asked, and its answer is kept."""
    web.answers |= {"/robots.txt": robots, "/a": reply(HTML)}
    web.answers |= {"/moved.txt": reply(b"User-agent: narrate\nDisallow: /a", content_type="")}

    for _ in range(2):
        if welcome:
            assert guest.visits.fetch(web.url("/a")).data == HTML
        else:
            assert "robots.txt" in refused(guest, web.url("/a")).message

    assert web.paths.count("/robots.txt") == 1 and web.paths.count("/a") == 2 * welcome


def test_robots_are_asked_again(web: Site, guest: Guest) -> None:
    """After some minutes where there was no answer, after a day where there was one."""
    web.answers |= {"/robots.txt": reply(status=500), "/a": reply(HTML)}
    refused(guest, web.url("/a"))
    web.answers["/robots.txt"] = reply(b"User-agent: *\nDisallow: /x")
    guest.now_s += 301
    guest.visits.fetch(web.url("/a"))
    guest.now_s += 23 * 3600
    guest.visits.fetch(web.url("/a"))
    assert web.paths.count("/robots.txt") == 2

    web.answers["/robots.txt"] = reply(b"User-agent: *\nDisallow: /a")
    guest.now_s += 3600
    refused(guest, web.url("/a"))


def test_redirect_to_where_programs_are_not_welcome(web: Site, guest: Guest) -> None:
    """It is not followed."""
    web.answers |= {"/robots.txt": reply(b"User-agent: *\nDisallow: /b"), "/a": redirect("/b"), "/b": reply(HTML)}

    message = refused(guest, web.url("/a")).message

    assert message == f"{web.url('/b')} is closed to programs by the site's robots.txt (reached from {web.url('/a')})"
    assert "/b" not in web.paths


def test_what_somebody_asked_for(web: Site, guest: Guest) -> None:
    """One address that a person names is not what robots.txt is about; pauses are made all the same."""
    web.answers |= {"/robots.txt": reply(b"User-agent: *\nDisallow: /"), "/a": reply(HTML)}

    for _ in range(2):
        guest.visits.fetch(web.url("/a"), asked=True)

    assert web.paths == ["/a", "/a"] and guest.waits_s == [1.0]


def test_crawl_delay(web: Site, guest: Guest) -> None:
    """The site's own pause is kept to."""
    web.answers |= {"/robots.txt": reply(b"User-agent: *\nCrawl-delay: 5"), "/a": reply(HTML)}

    for _ in range(3):
        guest.visits.fetch(web.url("/a"))

    assert guest.waits_s == [1.0, 5.0, 5.0]


def test_pictures(web: Site, guest: Guest) -> None:
    """What is wanted may be something else than a page."""
    web.answers["/a"] = reply(b"\x89PNG", content_type="image/png")

    assert guest.visits.fetch(web.url("/a"), wanted=PICTURE).data == b"\x89PNG"
    assert "an image" in refused(guest, web.url("/a")).message


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("retry_after", "waits_s"),
    [("7", [7.0]), ("Sun, 22 Nov 2026 12:00:30 GMT", [30.0]), ("", [5.0]), ("soon", [5.0]), ("0", [1.0])],
)
def test_busy_server(status: int, retry_after: str, waits_s: list[float], web: Site, guest: Guest) -> None:
    """It is asked again when it says, or a little later."""

    def answer(web: Site) -> Iterator[bytes]:
        yield reply(status=status, retry_after=retry_after) if web.paths.count("/a") == 1 else reply(HTML)

    web.answers["/a"] = answer

    assert guest.visits.fetch(web.url("/a")).data == HTML
    assert guest.waits_s == [1.0, *waits_s]


def test_server_that_stays_busy(web: Site, guest: Guest) -> None:
    """After the third time it is given up, and the next page of that host waits as well."""
    web.answers |= {"/a": reply(status=429), "/b": reply(HTML)}

    assert "asks for fewer requests" in refused(guest, web.url("/a")).message
    assert web.paths.count("/a") == 3 and guest.waits_s == [1.0, 5.0, 20.0]
    guest.visits.fetch(web.url("/b"))
    assert guest.waits_s[3:] == [20.0]


def test_server_that_wants_an_hour(web: Site, guest: Guest) -> None:
    """It is left alone for that time, without a request and without waiting; other hosts are asked."""
    web.answers |= {"/a": reply(status=429, retry_after="3600"), "/b": reply(HTML)}

    assert "status 429" in refused(guest, web.url("/a")).message
    assert "left alone for 60 more minutes" in refused(guest, web.url("/b")).message
    guest.visits.fetch(web.url("/b", host="other.test"))
    assert web.paths == ["/robots.txt", "/a", "/robots.txt", "/b"]

    guest.now_s += 3600
    guest.visits.fetch(web.url("/b"))


def test_other_errors_are_not_tried_again(web: Site, guest: Guest) -> None:
    """A server with an error has one more after a second."""
    web.answers["/a"] = reply(status=500)

    assert "error on its server" in refused(guest, web.url("/a")).message
    assert web.paths.count("/a") == 1


def test_busy_end_of_a_redirect(web: Site, guest: Guest) -> None:
    """The host that is busy is the one that waits."""
    web.answers |= {"/a": redirect(web.url("/b", host="other.test")), "/b": reply(status=503, retry_after="3600")}

    assert "reached from" in refused(guest, web.url("/a")).message
    assert "other.test asks to be left alone" in refused(guest, web.url("/c", host="other.test")).message


def test_feed_that_has_not_changed(web: Site, guest: Guest) -> None:
    """It is asked for with what its server said of it, in another run too, and comes from the cache."""

    def answer(web: Site) -> Iterator[bytes]:
        is_known = 'If-None-Match: "1"' in web.asked[-1] and "If-Modified-Since: Sun" in web.asked[-1]
        headers = {"etag": '"1"', "last_modified": "Sun, 22 Nov 2026 10:00:00 GMT"}
        yield reply(status=304, etag='"1"') if is_known else reply(feed("/1"), content_type="text/xml", **headers)

    web.answers |= {"/feed": redirect("/feed.xml", 301), "/feed.xml": answer}

    first = guest.visits.feed(web.url("/feed"))
    second = guest.again().feed(web.url("/feed"))

    assert first == second and first.data == feed("/1") and first.url == web.url("/feed.xml")
    assert sum("If-None-Match" in request for request in web.asked) == 1
    web.answers["/feed.xml"] = reply(feed("/2"), etag='"2"')
    assert guest.visits.feed(web.url("/feed")).data == feed("/2")
    assert guest.visits.feed(web.url("/feed")).data == feed("/2")
    assert 'If-None-Match: "2"' in web.asked[-1] and "If-Modified-Since" not in web.asked[-1]


def test_article_that_has_not_changed(web: Site, guest: Guest) -> None:
    """Another run asks by the mark of the page it has, and is sent nothing; a new page is taken, a picture is sent."""
    web.answers |= {"/1": unless_known(HTML), "/p": reply(b"PNG", content_type="image/png", etag='"1"')}
    first = guest.visits.fetch(web.url("/1"))
    web.asked.clear()

    assert guest.again().fetch(web.url("/1"), asked=True) == first and first.data == HTML
    assert len(web.asked) == 1 and "If-None-Match" in web.asked[0]

    web.answers["/1"] = reply(b"<p>Other words.</p>", etag='"2"')
    assert guest.again().fetch(web.url("/1"), asked=True).data == b"<p>Other words.</p>"
    for _ in range(2):
        guest.visits.fetch(web.url("/p"), wanted=PICTURE, asked=True)
    assert "If-None-Match" not in web.asked[-1]


def test_one_address_for_two_purposes(web: Site, guest: Guest) -> None:
    """What is kept as a feed is no article, though its server says that nothing has changed."""
    web.answers["/both"] = unless_known(feed("/1"))
    guest.visits.feed(web.url("/both"))

    guest.visits.fetch(web.url("/both"))

    assert not any("If-None-Match" in request for request in web.asked)


def test_feed_that_says_nothing(web: Site, guest: Guest) -> None:
    """Without a name for its versions it is sent each time; a server that says 304 unasked is refused."""
    web.answers["/feed"] = reply(feed("/1"))
    for _ in range(2):
        guest.visits.feed(web.url("/feed"))
    assert not any("If-" in request for request in web.asked)

    web.answers["/feed"] = reply(status=304)
    with pytest.raises(SourceError, match="status 304"):
        guest.visits.feed(web.url("/feed"))


def test_gathering(web: Site, guest: Guest) -> None:
    """Feeds that work, fail, are closed or lead inside: each article once, and a reason for the rest."""
    robots = reply(b"User-agent: *\nDisallow: /closed")
    web.answers |= {
        "/robots.txt": robots,
        "/list": reply(
            b"<opml><body>"
            + b"".join(
                b"<outline xmlUrl='/%s'/>" % name for name in (b"1", b"gone", b"closed", b"inside", b"error", b"2")
            )
            + b"</body></opml>"
        ),
        "/1": reply(feed("/b", "/a", "/a")),
        "/2": reply(feed("file:///etc/passwd", "/c")),
        "/closed": reply(feed("/d")),
        "/inside": redirect("http://inside.test/feed"),
        "/error": reply(status=500),
    }

    items = list(gathered([], feeds=[web.url("/list")], visit=guest.visits.feed))

    assert [item.source for item in items if isinstance(item, Wanted)] == [web.url(f"/{name}") for name in "abc"]
    reasons = [item.error.message for item in items if isinstance(item, Unusable)]
    assert len(reasons) == 5
    for reason, words in zip(
        reasons, ("does not exist", "robots.txt", "private network", "error on its", "no page on the web"), strict=True
    ):
        assert words in reason
    assert [path for path in web.paths if path in ("/closed", "/feed")] == []


def test_threads(web: Site, tmp_path: Path) -> None:
    """Many share one object: robots.txt is asked for once, and a host is never asked by two at a time."""
    asking: list[int] = []

    def answer(web: Site) -> Iterator[bytes]:
        asking.append(1)
        time.sleep(0.005)
        most.append(len(asking))
        asking.pop()
        yield reply(HTML)

    most: list[int] = []
    web.answers |= {"/robots.txt": answer, **{f"/{number}": answer for number in range(12)}}
    visits = Visits(is_public=loopback_is_public, pause_s=0.01)

    with ThreadPoolExecutor(6) as pool:
        pages = list(pool.map(visits.fetch, [web.url(f"/{number}") for number in range(12)]))

    assert [page.url for page in pages] == [web.url(f"/{number}") for number in range(12)]
    assert web.paths.count("/robots.txt") == 1 and len(web.asked) == 13 and max(most) == 1


def test_end(web: Site, tmp_path: Path) -> None:
    """A run that ends waits for nobody."""
    web.answers["/a"] = reply(HTML)
    visits = Visits(is_public=loopback_is_public)
    visits.end()

    with pytest.raises(SourceError, match="the run is ending"):
        visits.fetch(web.url("/a"), asked=True)


def busy_once(body: bytes) -> Callable[[Site], list[bytes]]:
    """An answer that asks to come back in half a minute, the first time."""
    asked: list[int] = []

    def answer(web: Site) -> list[bytes]:
        asked.append(1)
        return [reply(status=429, retry_after="30") if len(asked) == 1 else reply(body)]

    return answer


def unless_known(body: bytes) -> Callable[[Site], list[bytes]]:
    """An answer that is sent once."""

    def answer(web: Site) -> list[bytes]:
        is_known = 'if-none-match: "1"' in web.asked[-1].lower()
        return [reply(status=304, etag='"1"')] if is_known else [reply(body, etag='"1"')]

    return answer


def test_a_feed_of_fifty_entries_some_of_which_fail(web: Site, guest: Guest, tmp_path: Path) -> None:
    """The right episodes, once each, and why there is none of the others; again, nothing is made again."""
    names = [f"/{number}" for number in range(48)]
    prose = "The lamp is lit."
    for name in names:
        web.answers[name] = reply(f"Day {name[1:]}\n\n{prose}".encode(), content_type="text/plain")
    web.answers |= {
        "/feed": unless_known(feed(*reversed(names), "/0", "/missing")),
        "/7": busy_once(f"<html><body><article><h1>Day 7</h1><p>{prose}</p></article></body></html>".encode()),
        "/11": reply(status=500),
        "/13": redirect("http://inside.test/"),
        "/17": reply(b"<html><body><p>Cut", content_length="5000"),
    }
    settings = Settings(engine="tone", cover="none", format="wav", cache_dir=tmp_path / "clips")

    def spoken() -> tuple[list[Outcome], int]:
        visits, outcomes = guest.again(), []
        found = gathered([], feeds=[web.url("/feed")], visit=visits.feed)
        sources = [one.source if isinstance(one, Wanted) else (one.source, one.error) for one in found]
        with open_engine(settings) as engine:
            report = speak_all(sources, settings, engine=engine, on_outcome=outcomes.append, fetch=visits.fetch)
        return outcomes, report.exit_code

    for status in ("made", "unchanged"):
        outcomes, code = spoken()
        why = {one.source.removeprefix(web.url("/")): one.error for one in outcomes if one.status == "failed"}
        assert [one.status for one in outcomes].count(status) == 45 and len(outcomes) == 49 and code == 8
        assert why.keys() == {"11", "13", "17", "missing"} and all(one.hint for one in outcomes if one.error)
        assert "500" in why["11"] and "inside.test" in why["13"] and "404" in why["missing"]
    assert len({one.path for one in outcomes if one.path}) == len(list(Path("output").glob("*.wav"))) == 45
    assert web.paths.count("/7") == 3 and 30.0 in guest.waits_s  # twice in the first run, once in the second
    assert web.paths.count("/feed") == 2 and web.paths.count("/0") == 2
