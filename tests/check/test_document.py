"""XML from anywhere, read without harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.shelves import NOW, feed_text, manifests

from narrate.check import check_feed_data
from narrate.check.document import ATOM, ITUNES, MAX_DEPTH, PODCAST, parsed, read_document

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><title>&c;</title></channel></rss>"""
OUTSIDE = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>&x;</channel></rss>'


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE, b'<!DOCTYPE rss SYSTEM "http://127.0.0.1/a.dtd"><rss/>'])
def test_document_types(data: bytes) -> None:
    """Are refused before anything in them is read."""
    document = parsed(data)

    assert document.root is None
    assert document.has_doctype
    assert [one.rule for one in check_feed_data(data, "feed.xml")] == ["feed-doctype"]


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 100_000])
def test_depth(depth: int) -> None:
    """What no feed needs is refused."""
    assert "deep" in parsed(b"<a>" * depth).problem


@pytest.mark.parametrize(
    "data",
    [
        b"", b" ", b"<", b"<rss", b"\x00" * 9, b"<rss></rss><rss></rss>", b"&a;", b"<a>&b;</a>", b"\xff\xfe<\x00",
        b'<?xml version="1.0" encoding="no-such"?><a/>', b'<?xml version="1.0" encoding="shift_jis"?><a/>',
        b'<?xml version="1.0" encoding="hex"?><a/>', b"<a b='1' b='2'/>", b"<x:a/>", b"<a>\x01</a>",
        b"<a xmlns='b}c'/>",
    ],
)  # fmt: skip
def test_no_xml(data: bytes) -> None:
    """Is told, and nothing else is."""
    assert [one.rule for one in check_feed_data(data, "feed.xml")] == ["feed-xml"]


@pytest.mark.parametrize("data", [b"<feed/>", b"<rss/>", b'<rss version="2.0"/>', b"<html/>"])
def test_no_feed(data: bytes) -> None:
    """Other XML is no feed."""
    assert [one.rule for one in check_feed_data(data, "feed.xml")] == ["feed-rss"]


def test_another_name_of_a_namespace() -> None:
    """The one that Podcasting 2.0 calls identical is read."""
    other = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
    feed = feed_text(manifests(1)).replace(PODCAST, other)

    assert check_feed_data(feed.encode(), "feed.xml", now=NOW) == ()


def test_utf_16() -> None:
    """Is read, and told of."""
    feed = feed_text(manifests(1)).replace("UTF-8", "UTF-16").encode("utf-16")

    assert [one.rule for one in check_feed_data(feed, "feed.xml", now=NOW)] == ["feed-encoding"]


def test_no_file(tmp_path: Path) -> None:
    """A folder or a file that is gone is a problem, not an exception."""
    assert read_document(tmp_path).problem
    assert read_document(tmp_path / "gone").problem


SOUP = """
rss channel item title link enclosure url length type guid pubDate itunes:duration itunes:image href podcast:transcript
itunes:category text atom:link rel self description itunes:explicit language 2.0 http://[ https://a/b -1 12:61
99999999999999999999 \u0662
"""
WORDS = st.sampled_from([*SOUP.split(), "Mon, 01 Jan 0001 00:00:00 +2359", "Fri, 31 Dec 9999 23:59:59 -2359"])


@settings(max_examples=60)
@given(st.recursive(WORDS, lambda inner: st.tuples(WORDS, st.dictionaries(WORDS, WORDS), st.lists(inner, max_size=5))))
def test_any_tree(tree: object) -> None:
    """Whatever stands where in a feed, it gives findings."""
    spaces = f'xmlns:itunes="{ITUNES}" xmlns:podcast="{PODCAST}" xmlns:atom="{ATOM}"'
    text = f'<rss version="2.0" {spaces}><channel>{_xml(tree)}</channel></rss>'
    assert check_feed_data(text.encode(), "feed.xml", now=NOW)


def _xml(tree: object) -> str:
    if not isinstance(tree, tuple):
        return str(tree).replace("<", "")
    name, attributes, inner = tree
    tag = name if name[:1].isalpha() and "," not in name and "/" not in name else "item"
    pairs = "".join(f' {key}="{value}"' for key, value in attributes.items() if key.isalpha())
    return f"<{tag}{pairs}>{''.join(map(_xml, inner))}</{tag}>"


@given(st.data())
def test_damaged_feeds(data: st.DataObject) -> None:
    """A feed with bytes overwritten or cut off gives findings or none, and no exception."""
    feed = bytearray(feed_text(manifests(2)).encode())
    start = data.draw(st.integers(0, len(feed) - 1))
    feed[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    check_feed_data(bytes(feed), "feed.xml", now=NOW)


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    """Are no feed."""
    assert check_feed_data(data, "feed.xml")
