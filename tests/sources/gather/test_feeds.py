"""Feeds and lists of feeds, in files and at addresses; what is none says so, and names what is."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from narrate.core.errors import SourceError
from narrate.sources.fetch.web import Page
from narrate.sources.gather import feeds as module
from narrate.sources.gather.feed_paging import PAGES_MAX
from narrate.sources.gather.feeds import articles_of
from narrate.sources.gather.gathered import Gathered, Unusable, Wanted

ADDRESS = "https://example.test/feed"


def feed(*names: str) -> bytes:
    items = "".join(f"<item><title>{name}</title><link>https://example.test/{name}</link></item>" for name in names)
    return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


def opml(*outlines: str) -> bytes:
    return f'<opml version="2.0"><head/><body>{"".join(outlines)}</body></opml>'.encode()


def outline(url: str, inside: str = "") -> str:
    return f'<outline text="x" type="rss" xmlUrl="{url}">{inside}</outline>'


class Web:
    """Pages by their addresses, and which were asked for."""

    def __init__(self, **pages: bytes) -> None:
        self.pages = {f"https://example.test/{name}": data for name, data in pages.items()}
        self.asked: list[str] = []

    def __call__(self, url: str) -> Page:
        self.asked.append(url)
        if url not in self.pages:
            raise SourceError(f"{url} does not exist", "check the address")
        return Page(url, self.pages[url], "", None)


def sources(items: list[Gathered]) -> list[str]:
    return [item.source.removeprefix("https://example.test/") for item in items if isinstance(item, Wanted)]


def problems(items: list[Gathered]) -> list[str]:
    assert all(item.error.hint for item in items if isinstance(item, Unusable))
    return [item.error.message for item in items if isinstance(item, Unusable)]


def test_address() -> None:
    """The articles of a feed, oldest first, with what it says of them."""
    items = list(articles_of(ADDRESS, Web(feed=feed("b", "a"))))

    assert items == [
        Wanted("https://example.test/a", "a", None, ADDRESS),
        Wanted("https://example.test/b", "b", None, ADDRESS),
    ]


@pytest.mark.parametrize(("newest", "names"), [(None, "abc"), (9, "abc"), (2, "bc"), (0, "")])
def test_newest(newest: int | None, names: str) -> None:
    """Only so many, the newest, and these oldest first as well."""
    assert sources(list(articles_of(ADDRESS, Web(feed=feed("c", "b", "a")), newest))) == list(names)


def test_entries_that_are_no_articles() -> None:
    """Each says why, and what is left out on purpose is no fault."""
    data = feed("a").replace(
        b"<item>",
        b"<item><title>Words</title></item>"
        b"<item><title>Sound</title><enclosure url='https://example.test/1.mp3' type='audio/mpeg'/></item><item>",
        1,
    )
    Path("feed.xml").write_bytes(data)

    items = list(articles_of("feed.xml", None))

    assert sources(items) == ["a"]
    assert {item.source: item.is_fault for item in items if isinstance(item, Unusable)} == {
        "Words": True,
        "https://example.test/1.mp3": False,
    }
    assert any("Words, in feed.xml, has no address of a page" in problem for problem in problems(items))


def test_files_of_this_machine() -> None:
    """No feed and no list from the web names one."""
    secret = b"".join(b"<item><link>%s</link></item>" % link for link in (b"file:///etc/passwd", b"//", b"c:/x.txt"))
    web = Web(
        feed=b'<rss version="2.0"><channel>' + secret + b"</channel></rss>",
        list=opml(outline("file:///etc/passwd"), outline("c:/x.xml")),
    )

    assert sources(list(articles_of(ADDRESS, web))) == []
    items = list(articles_of("https://example.test/list", web))
    assert sources(items) == [] and len(problems(items)) == 2
    assert web.asked == [ADDRESS, "https://example.test/list"]


def paged(older: str, rel: str, *names: str) -> bytes:
    """A page of a feed, of RSS with Atom's link, of Atom, or of a JSON Feed."""
    if rel == "next_url":
        items = [{"id": name, "url": f"https://example.test/{name}"} for name in names]
        found = {"version": "https://jsonfeed.org/version/1.1", "items": items}
        return json.dumps(found | ({"next_url": older} if older else {})).encode()
    link = f'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="{rel}" href="{older}"/>' if older else ""
    return feed(*names).replace(b"<channel>", b"<channel>" + link.encode())


@pytest.mark.parametrize("rel", ["next", "prev-archive", "next_url"])
@pytest.mark.parametrize(
    ("newest", "names", "pages"), [(None, "abcdef", 3), (2, "ef", 1), (3, "def", 2), (9, "abcdef", 3)]
)
def test_feeds_in_pages(rel: str, newest: int | None, names: str, pages: int) -> None:
    """Older pages are fetched where more is wanted than the first one has; what two of them list comes once."""
    web = Web(
        feed=paged("/older", rel, "f", "e"),
        older=paged("https://example.test/oldest", rel, "e", "d", "c"),
        oldest=paged("", rel, "b", "a"),
    )

    assert sources(list(articles_of(ADDRESS, web, newest))) == list(names)
    assert len(web.asked) == pages


@pytest.mark.parametrize("rel", ["next", "next_url"])
def test_pages_of_a_feed_that_cannot_be_read(rel: str) -> None:
    """The first one's articles are there all the same; a file leads nowhere, and neither does what is no address."""
    missing = list(articles_of(ADDRESS, Web(feed=paged("/older", rel, "b")), 5))
    assert (sources(missing), problems(missing)) == (["b"], ["https://example.test/older does not exist"])
    for older in ("file:///etc/passwd", "/feed", "http://[", " "):
        web = Web(feed=paged(older, rel, "b"))
        assert sources(list(articles_of(ADDRESS, web))) == ["b"]
        assert web.asked == [ADDRESS]
    Path("feed.xml").write_bytes(paged("https://example.test/older", rel, "b"))
    assert sources(list(articles_of("feed.xml", web))) == ["b"]


def test_pages_that_go_on_for_ever() -> None:
    """Only so many pages are fetched, and one that comes again is not."""
    pages = {f"p{number}": paged(f"/p{number + 1}", "next", f"a{number}") for number in range(100)}
    web = Web(feed=paged("/p0", "next", "z"), **pages)
    assert len(list(articles_of(ADDRESS, web))) == len(web.asked) == PAGES_MAX

    web = Web(feed=paged("/two", "next", "b"), two=paged("/feed", "next", "a"))
    assert sources(list(articles_of(ADDRESS, web))) == ["a", "b"]


def test_opml() -> None:
    """Folders in folders, relative addresses, broken marks; a feed that fails does not stop the others."""
    listed = opml(
        outline("https://example.test/1?a=1&b=2"),
        '<outline text="Folder"><outline text="In it">' + outline("/2") + "</outline></outline>",
        outline("missing", outline("3")),
        '<outline text="a page" htmlUrl="https://example.test/page"/>',
    )
    web = Web(**{"list": listed, "1?a=1&b=2": feed("a"), "2": feed("b"), "3": feed("c")})

    items = list(articles_of("https://example.test/list", web))

    assert sources(items) == ["a", "b", "c"]
    assert problems(items) == ["https://example.test/missing does not exist"]
    assert items[0].listed_in == "https://example.test/1?a=1&b=2"


def test_opml_in_a_file() -> None:
    """Feeds lie beside it, or on the web."""
    Path("lists").mkdir()
    Path("lists/list.opml").write_bytes(
        opml(outline("one.xml"), outline("https://example.test/2"), outline("file:///x"))
    )
    Path("lists/one.xml").write_bytes(feed("a"))

    items = list(articles_of("lists/list.opml", Web(**{"2": feed("b")})))

    assert sources(items) == ["a", "b"]
    assert problems(items) == ["file:///x, in lists/list.opml, is no address of the web"]


def test_opml_that_goes_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists may name each other; each is read once, not too deep, and not too many."""
    names = [f"https://example.test/{name}" for name in "1234567"]
    web = Web(list=opml(outline(names[0])), news=feed("a"))
    for number, name in enumerate(names):
        web.pages[name] = opml(
            outline("https://example.test/list"),
            outline("https://example.test/news"),
            f"<outline type='include' url='https://example.test/{number + 2}'/>",
        )

    items = list(articles_of("https://example.test/list", web))

    assert sources(items) == ["a"]
    assert problems(items) == ["https://example.test/3 is a list of feeds inside of 3 others"]
    assert len(web.asked) == len(set(web.asked)) == 5

    monkeypatch.setattr(module, "FEEDS_MAX", 3)
    many = Web(list=opml(*(outline(f"https://example.test/{n}") for n in range(5))))
    assert (
        sum(
            "comes after 3 other feeds" in problem
            for problem in problems(list(articles_of("https://example.test/list", many)))
        )
        == 3
    )


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (
            b"<!DOCTYPE html><html><head><link rel='alternate' type='application/rss+xml' href='/rss'></head>",
            "--feed https://example.test/rss",
        ),
        (
            b"<!-- a --> <html><link rel=alternate type=application/atom+xml href=atom.xml>",
            "--feed https://example.test/atom.xml",
        ),
        (
            b"<!doctype html><link rel='alternate' hreflang='de' href='/de'><link rel='stylesheet' href='x'>",
            "RSS, Atom or JSON",
        ),
        (b"Some words.", "RSS, Atom or JSON"),
        (b'{"a": 1}', "RSS, Atom or JSON"),
        (b"<svg/>", "RSS, Atom or JSON"),
        (b"\x89PNG\0\0\0", "RSS, Atom or JSON"),
        (b"<opml><body><outline text='x'/></body></opml>", "RSS, Atom or JSON"),
    ],
)
def test_no_feed(data: bytes, hint: str) -> None:
    """A page names its own feed; the rest is told what a feed is."""
    [wrong] = articles_of("https://example.test/page", Web(page=data))

    assert isinstance(wrong, Unusable) and wrong.source == "https://example.test/page"
    assert hint in wrong.error.hint and wrong.error.message.startswith("https://example.test/page is ")


def test_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is missing, a folder or too large is an error."""
    Path("folder").mkdir()
    Path("large.xml").write_bytes(feed("a"))
    monkeypatch.setattr(module, "MAX_BYTES", 10)

    for name in ("missing.xml", "folder", "large.xml", "nul\0"):
        [wrong] = articles_of(name, None)
        assert isinstance(wrong, Unusable) and name.replace("\0", "\\x00") in wrong.error.message


def test_empty_feed() -> None:
    """A feed without entries is one, and names nothing."""
    assert list(articles_of(ADDRESS, Web(feed=feed()))) == []


# Separated by line feeds, which are parts of their own as well.
_PIECES = b"""<rss version='2.0'>
<channel>
<item>
</item>
<link>
</link>
<title>
<![CDATA[
]]>
<feed xmlns='http://www.w3.org/2005/Atom'>
<entry>
</entry>
<link href='
'/>
<content src='
https://example.test/1
<!--
-->
<?xml version='1.0' encoding='
?>
&#0;
&#x1f;
&lt;
&
<opml><body>
<outline xmlUrl='
<!DOCTYPE x [
<!ENTITY a 'b'>
&a;
<p:x>
 xmlns:p='
{"version": "https://jsonfeed.org/version/1", "items": [
{"url":
]}
"a"
<pubDate>99 Foo 2026
<guid isPermaLink='x'>
<html>
 xml:base='http://[
<enclosure url='"""
_PARTS = st.sampled_from([*_PIECES.split(b"\n"), b"\n", b"\0", b"\xff", b"\xef\xbb\xbf"])


@settings(max_examples=300)
@example(b"<enclosure url='&#x1f;<rss version='2.0'>")
@given(st.lists(_PARTS | st.binary(max_size=8), max_size=30).map(b"".join))
def test_anything(data: bytes) -> None:
    """Whatever bytes are there, articles on the web and errors come of them, and nothing is raised."""
    for item in articles_of(ADDRESS, Web(feed=data)):
        if isinstance(item, Wanted):
            assert item.source.lower().startswith(("http://", "https://")) and item.title.isprintable()
        else:
            assert item.error.message.isprintable() and item.error.hint


N = 500_000


@pytest.mark.parametrize(
    "data",
    [
        b"<a " * (N // 3),
        b"<a>" * (N // 3),
        b"<rss>" + b"<a>" * (N // 7) + b"</a>" * (N // 7) + b"</rss>",
        b"<rss>" + b"&" * N,
        b'<a b="' * (N // 6),
        b"<rss " + b"".join(b'a%d="b" ' % n for n in range(N // 12)) + b"/>",
        b"<rss " + b"".join(b'xmlns:a%d="b" ' % n for n in range(N // 18)) + b"/>",
        b"<!--x-->" * (N // 8) + b"<html",
        b"<!DOCTYPE x [" + b'<!ENTITY a "b">' * (N // 15),
        b"<rss version='2.0'><channel><item>" + b"<guid>a</guid>" * (N // 14),
        b"<rss version='2.0'><channel><item><title>" + b"a <b" * (N // 4) + b"</title></item></channel></rss>",
        bytes(range(128, 256)) * (N // 128),
        b"[" * N,
        b'{"items":' * (N // 9),
        b"<?xml " + b'encoding="' * (N // 10),
    ],
    ids=lambda data: data[:20].decode("latin-1"),
)
def test_hostile(data: bytes) -> None:
    """Half a megabyte that is made to be slow takes seconds, not minutes; the bound is a wide one."""
    began_s = time.process_time()

    list(articles_of(ADDRESS, Web(feed=data)))

    assert time.process_time() - began_s < 20
