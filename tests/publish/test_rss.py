"""Feeds as files."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.publish.rss import NAMESPACES, allowed, new_feed, put, to_xml

text = st.text(st.characters() | st.sampled_from("]<>&\"'\r\n\t\x00\x0b\ufffe\ud800"), max_size=40)


@given(text, text)
def test_any_text_comes_back(content: str, value: str) -> None:
    """In a tag, in HTML and in an attribute; only what XML cannot hold is left out."""
    feed = new_feed()
    for name in ("title", "description"):
        put(feed, name, content, kind=value)
    for tag in ElementTree.fromstring(to_xml(feed)):
        assert (tag.text or "") == allowed(content)
        assert tag.get("kind") == allowed(value)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a\x00b\x0bc\x1f", "ab c "),
        ("\ud800\ufffe\uffff", ""),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("\x85ж🎡\t", "\x85ж🎡\t"),
    ],
)
def test_what_xml_cannot_hold_is_left_out(written: str, expected: str) -> None:
    """Ends of lines become what every parser makes of them."""
    assert allowed(written) == expected


def test_html_stands_in_sections_of_its_own() -> None:
    """As Apple and PSP-1 ask, even where the section's end is part of the text."""
    feed = new_feed()
    put(feed, "description", "<p>a ]]> b</p>")
    put(feed, "title", "a <b> & c")

    lines = to_xml(feed).decode().splitlines()
    assert lines[0] == '<?xml version="1.0" encoding="UTF-8"?>'
    assert lines[2:] == [
        "  <description><![CDATA[<p>a ]]]]><![CDATA[> b</p>]]></description>",
        "  <title>a &lt;b&gt; &amp; c</title>",
        "</rss>",
    ]


def test_every_prefix_is_declared_once() -> None:
    """On the first tag, so that readers that go by prefixes and those that go by names both find them."""
    feed = new_feed()
    for prefix in NAMESPACES:
        put(feed, f"{prefix}:x")
    xml = to_xml(feed)

    assert [tag.tag for tag in ElementTree.fromstring(xml)] == [f"{{{uri}}}x" for uri in NAMESPACES.values()]
    assert xml.count(b"xmlns:") == len(NAMESPACES)
    assert xml.splitlines()[1].count(b"xmlns:") == len(NAMESPACES)
