"""Entries of every kind of feed become addresses, oldest first; what has none says why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from narrate.core.errors import SourceError
from narrate.sources.gather import feed_entries as module
from narrate.sources.gather.feed_entries import Entry, entries_of_json, entries_of_xml
from narrate.sources.gather.feed_xml import text_of, tree_of

URL = "https://example.test/blog/feed.xml"
DAY = datetime(2026, 11, 22, 8, tzinfo=UTC)


def entries(data: str | bytes, url: str = URL) -> list[Entry]:
    text = text_of(data, None) if isinstance(data, bytes) else data
    tree: Any = tree_of(text, "feed.xml")
    found = entries_of_xml(tree, url, "feed.xml") if tree is not None else None
    assert found is not None
    return found


def rss(items: str, head: str = "") -> str:
    return f'<rss version="2.0"><channel><title>Feed</title>{head}{items}</channel></rss>'


def atom(items: str, head: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{head}><title>Feed</title>{items}</feed>'


def addresses(found: list[Entry]) -> list[str]:
    return [entry.address for entry in found if not entry.problem]


DATED = "<title>One</title><link>https://example.test/1</link>"
KINDS = {
    "0.91": f'<rss version="0.91"><channel><item>{DATED}</item></channel></rss>',
    "0.91 with its document type": '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
    f'"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><item>{DATED}</item></channel>'
    "</rss>",
    "0.92": f'<rss version="0.92"><channel><item>{DATED}</item></channel></rss>',
    "2.0": rss(f"<item>{DATED}<pubDate>Sun, 22 Nov 2026 10:00:00 +0200</pubDate></item>"),
    "0.90": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
    f"<channel><title>F</title></channel><item>{DATED}</item></rdf:RDF>",
    "1.0": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>F</title></channel>'
    f'<item rdf:about="https://example.test/1">{DATED}<dc:date>2026-11-22T08:00:00Z</dc:date></item></rdf:RDF>',
    "atom 1.0": atom(
        '<entry><title>One</title><link href="https://example.test/1"/><published>2026-11-22T09:00:00+01:00</published></entry>'
    ),
    "atom 0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>One</title>'
    '<link rel="alternate" type="text/html" href="https://example.test/1"/><issued>2026-11-22T08:00:00Z</issued></entry></feed>',
    "atom without its namespace": "<feed><entry><title>One</title><link href='https://example.test/1'/></entry></feed>",
}


@pytest.mark.parametrize("kind", KINDS)
def test_kinds(kind: str) -> None:
    """Title, address and time of each of the formats of a quarter of a century."""
    [entry] = entries(KINDS[kind])

    assert (entry.address, entry.title, entry.problem) == ("https://example.test/1", "One", "")
    assert entry.published in (DAY, None)
    assert (entry.published is None) == (
        "date" not in KINDS[kind].lower() and "issued" not in KINDS[kind] and "published" not in KINDS[kind]
    )


@pytest.mark.parametrize(
    ("item", "address"),
    [
        ("<guid>https://example.test/1</guid>", "https://example.test/1"),
        ("<guid isPermaLink='true'>https://example.test/1</guid>", "https://example.test/1"),
        ("<guid isPermaLink='false'>https://example.test/1</guid>", ""),
        ("<guid isPermaLink='false'>17</guid><link>/a</link>", "https://example.test/a"),
        ("<guid>https://example.test/g</guid><link>https://example.test/l</link>", "https://example.test/l"),
        ("<guid>tag:example.test,2026:1</guid>", ""),
        ("<link>a/b</link>", "https://example.test/blog/a/b"),
        ("<link>//other.test/a</link>", "https://other.test/a"),
        ("<link>\n  https://example.test/1\n</link>", "https://example.test/1"),
        ("<link>https://example.test/?a=1&amp;b=2</link>", "https://example.test/?a=1&b=2"),
        ("<link></link>", ""),
        ("<link>mailto:anna@example.test</link>", ""),
        ("<link>file:///etc/passwd</link>", ""),
        ("<link>javascript:alert(1)</link>", ""),
        ("<link>http://[bad/</link>", ""),
        ("<link>https://</link>", ""),
        ("<description>Only words.</description>", ""),
        (
            "<link>https://feeds.test/1</link><f:origLink xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'>"
            "https://example.test/1</f:origLink>",
            "https://example.test/1",
        ),
        ("<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='self' href='https://example.test/self'/>", ""),
        (
            "<link>https://example.test/1</link><source url='https://other.test/'>Other</source>",
            "https://example.test/1",
        ),
        ("<link>https://example.test/1</link><dc:creator>Undeclared</dc:creator>", "https://example.test/1"),
        ("<link>https://example.test/1</link><title>R&D &nbsp; &hellip; a < b</title>", "https://example.test/1"),
    ],
)
def test_address_of_an_item(item: str, address: str) -> None:
    """The link, else the identity where that is an address of the web; everything else says that it is not."""
    [entry] = entries(rss(f"<item>{item}</item>"))

    assert ("" if entry.problem else entry.address) == address
    assert address or entry.problem


@pytest.mark.parametrize(
    ("links", "address"),
    [
        ("<link href='p/1'/>", "https://base.test/x/p/1"),
        (
            "<link rel='self' href='s'/><link rel='alternate' type='application/json' href='j'/><link href='p'/>",
            "https://base.test/x/p",
        ),
        ("<link rel='alternate' type='application/pdf' href='j'/>", "https://base.test/x/j"),
        ("<id>https://example.test/id</id>", "https://example.test/id"),
        ("<id>urn:uuid:1</id><content type='text/html' src='c'/>", "https://base.test/x/c"),
        ("<id>urn:uuid:1</id>", ""),
    ],
)
def test_address_of_an_entry(links: str, address: str) -> None:
    """The page among the links of Atom, relative to its xml:base; else what it is known by or what holds its text."""
    [entry] = entries(atom(f"<entry>{links}</entry>", " xml:base='https://base.test/x/'"))

    assert ("" if entry.problem else entry.address) == address


def test_file_without_an_address() -> None:
    """In a file, relative links are meant from the feed's own page."""
    found = entries(rss("<item><link>/a</link></item>", "<link>https://example.test/blog/</link>"), url="")
    assert addresses(found) == ["https://example.test/a"]

    [entry] = entries(rss("<item><link>/a</link></item>"), url="")
    assert "no page on the web" in entry.problem


def test_podcasts() -> None:
    """What is sound only is left out as such; an article with a recording of it is an article."""
    sound = "<enclosure url='https://example.test/1.mp3' type='audio/mpeg' length='1'/>"
    found = entries(
        rss(
            f"<item><title>A</title>{sound}</item><item><link>https://example.test/1.mp3</link>{sound}</item>"
            f"<item><link>https://example.test/1</link>{sound}</item>"
        )
    )

    assert [entry.is_sound for entry in found] == [False, True, True]
    assert addresses(found) == ["https://example.test/1"]


def test_order() -> None:
    """Oldest first by their times; without times the feed's order, backwards, as the newest stands at the top."""
    item = "<item><link>https://example.test/{}</link>{}</item>"
    assert addresses(entries(rss("".join(item.format(n, "") for n in (3, 2, 1))))) == [
        f"https://example.test/{n}" for n in (1, 2, 3)
    ]
    dates = {1: "20", 2: "", 3: "21", 4: "22"}
    made = (
        item.format(n, f"<pubDate>{dates[n]} Nov 2026 10:00:00 GMT</pubDate>" if dates[n] else "") for n in (3, 2, 1, 4)
    )
    assert addresses(entries(rss("".join(made)))) == [f"https://example.test/{n}" for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("dates", "moment"),
    [
        ("<pubDate>soon</pubDate>", None),
        (
            "<pubDate>soon</pubDate><a:updated xmlns:a='http://www.w3.org/2005/Atom'>2026-11-22T08:00:00Z</a:updated>",
            DAY,
        ),
        ("<pubDate>Sun, 22 Nov 0000 08:00:00 GMT</pubDate>", None),
        ("<pubDate>Sun, 22 Nov 99999 08:00:00 GMT</pubDate>", None),
    ],
)
def test_times(dates: str, moment: datetime | None) -> None:
    """One that cannot be read is none, and then the time of the last change counts."""
    assert entries(rss(f"<item>{dates}</item>"))[0].published == moment


@pytest.mark.parametrize(
    ("text", "updated"),
    [
        (atom("<entry><link href='/1'/><updated>2026-11-22T08:00:00Z</updated></entry>"), DAY),
        (atom("<entry><link href='/1'/><published>2026-11-22T08:00:00Z</published></entry>"), None),
        (rss("<item><link>/1</link><pubDate>Sun, 22 Nov 2026 08:00:00 GMT</pubDate></item>"), None),
    ],
)
def test_when_an_entry_was_changed(text: str, updated: datetime | None) -> None:
    """Where the feed says so; when it was published is something else."""
    (entry,) = entries(text)

    assert entry.updated == updated


def test_twice() -> None:
    """An address that is listed twice comes once."""
    found = entries(rss("<item><link>https://example.test/1</link></item>" * 2 + "<item/><item/>"))

    assert addresses(found) == ["https://example.test/1"] and len(found) == 3


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("A &amp; B", "A & B"),
        ("A &lt;b&gt;bold&lt;/b&gt;  claim", "A bold claim"),
        ("<![CDATA[A <i>b</i>\n c]]>", "A b c"),
        ("AT&amp;amp;T", "AT&T"),
        ("D&eacute;j&agrave; vu", "Déjà vu"),
        ("a&#27;[31m\u202eb", "a[31mb"),
        ("x" * 1000, "x" * 300),
    ],
)
def test_titles(title: str, plain: str) -> None:
    """Plain text on one line."""
    assert entries(rss(f"<item><title>{title}</title></item>"))[0].title == plain


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0" encoding="ISO-8859-1"?>' + rss("<item><title>Déjà</title></item>").encode("latin-1"),
        rss("<item><title>Déjà</title></item>").encode("cp1252"),
        rss("<item><title>Déjà</title></item>").encode("utf-8-sig"),
        b"  \n<?xml version='1.0'?>" + rss("<item><title>Déjà</title></item>").encode(),
        ('<?xml version="1.0" encoding="utf-16"?>' + rss("<item><title>Déjà</title></item>")).encode("utf-16"),
        b'<?xml version="1.0" encoding="klingon"?>' + rss("<item><title>Déjà</title></item>").encode(),
        b'<?xml version="1.0" encoding="zip"?>' + rss("<item><title>Déjà</title></item>").encode(),
        rss("<item><title>Déjà\x01</title></item>").encode(),
        rss("<item><title>Déjà</title>").encode()[:-20],
        rss("<item><title>Déjà</title><p:x/></item>").replace("<rss", "<rss p:y='1'").encode(),
        rss("<item><title>Déjà</title><description>a <br> b & c</description></item>").encode(),
    ],
)
def test_encodings_and_damage(data: bytes) -> None:
    """What browsers read, and what is broken in the usual ways, is read."""
    assert entries(data)[0].title == "Déjà"


def test_entities() -> None:
    """None is looked up on this machine or the web, and none grows."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    text = f'<!DOCTYPE rss [{laughs}<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(
        "<item><title>a&l11;&x;b</title></item>"
    )

    assert entries(text)[0].title in ("a", "ab")


def test_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """More entries than any feed has are refused as a whole."""
    monkeypatch.setattr(module, "ENTRIES_MAX", 3)

    assert len(entries(rss("<item><title>a</title></item>" * 3))) == 3
    with pytest.raises(SourceError, match="lists more than 3 articles"):
        entries(rss("<item/>" * 4))
    with pytest.raises(SourceError, match="lists more than 3 articles"):
        entries_of_json('{"version": "https://jsonfeed.org/version/1", "items": [1, 2, 3, 4]}', URL, "f")


def test_crowded_entry() -> None:
    """Of what an entry has thousands of, the first are enough."""
    item = "<item><link>https://example.test/1</link>" + "<guid>a</guid>" * 20_000 + "</item>"

    assert addresses(entries(rss("<title>a</title>" * 1000 + item))) == ["https://example.test/1"]


JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [
  {"id": "3", "url": "/3", "title": "Three", "date_published": "2026-11-22T10:00:00+02:00"},
  {"id": "https://example.test/2", "content_text": "Words", "date_published": "2026-11-21T10:00:00Z"},
  {"id": 1, "title": 5, "url": null, "date_published": "2026"},
  {"id": "x", "title": "Sound", "attachments": [{"url": "https://example.test/1.mp3", "mime_type": "audio/mpeg"}]},
  {"id": "y", "external_url": "https://other.test/4", "attachments": 7}, 8
]}"""


def test_json() -> None:
    """JSON Feed, with values of the wrong type."""
    found = entries_of_json(JSON, URL, "feed")

    assert found is not None and len(found) == 6
    assert Entry("https://example.test/3", "Three", DAY) in found
    assert addresses(found) == ["https://other.test/4", "https://example.test/2", "https://example.test/3"]
    assert sum(entry.is_sound for entry in found) == 1


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", "{", '{"items": []}', '{"version": "https://jsonfeed.org/version/1", "items": {}}', "[" * 100_000],
)
def test_other_json(text: str) -> None:
    """Other data is no feed."""
    assert entries_of_json(text, URL, "feed") is None


def test_other_xml() -> None:
    """Other XML is no feed, and a document of a million marks is refused."""
    tree = tree_of("<svg><title>x</title></svg>", "x")
    assert entries_of_xml(tree, URL, "x") is None
    with pytest.raises(SourceError, match="marks"):
        tree_of("<a/>" * 1_000_001, "x")
    assert tree_of("no marks at all", "x") is None
