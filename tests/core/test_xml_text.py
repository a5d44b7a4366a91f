"""What no tree of XML or HTML can hold is gone before there is a tree, and no word with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from support.command import narrate

from narrate.core.article import Block
from narrate.core.xml_text import html_source, xml_text
from narrate.publish.rss import put, to_xml
from narrate.sources.gather.feed_xml import tree_of
from narrate.sources.read.html import read_page
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.markdown import article_from_markdown

FORBIDDEN = [*map(chr, range(9)), "\x0b", "\x0c", *map(chr, range(14, 32)), "\ud800", "\udfff", "\ufffe", "\uffff"]
ALLOWED = ["\t", "\n", "\r", "\x7f", "\x85", "\ud7ff", "\ue000", "\ufffd", "\U0001fffe", "\U0010ffff"]
# What a code stands for in the parser, where it is not the character itself.
CODED = [char for char in FORBIDDEN if char not in "\0\ud800\udfff"]

SAID = "The keeper lights the lamp."
PAGES = {
    "text": "<article><p>{0}The keeper lights{0} the lamp.{0}</p></article>",
    "tail of what is removed": "<article><script>x</script>{0}The keeper lights the lamp.</article>",
    "tail of several": "<article><style>x</style>{0}<button>x</button>{0}The keeper lights the lamp.</article>",
    "tail of an inner element": "<article><p>The <b>keeper</b>{0} lights <i>the</i>{0} lamp.</p></article>",
    "attribute": "<article><p title='{0}' class='a{0}b'>The keeper lights the lamp.</p></article>",
    "attribute's name": "<article><p a{0}b='x'>The keeper lights the lamp.</p></article>",
    "element's name": "<article><x{0}y>The keeper lights the lamp.</x{0}y></article>",
    "title": "<title>A{0} Light</title><article><p>The keeper lights the lamp.</p></article>",
    "metadata": "<meta property='og:title' content='A {0}Light'><article><p>The keeper lights the lamp.</p></article>",
    "comment": "<article><!-- {0} --><p>The keeper lights the lamp.</p><!--{0}--></article>",
    "instruction": "<article><?x {0}?><p>The keeper lights the lamp.</p></article>",
    "script": "<script>var a = '{0}';</script><article><p>The keeper lights the lamp.</p></article>",
    "JSON-LD": '<script type=\'application/ld+json\'>{{"@type": "Article", "headline": "A{0} Light"}}</script>'
    "<article><p>The keeper lights the lamp.</p></article>",
    "cell": "<article><p>The keeper lights the lamp.</p><table><tr><td>{0}1<td>2{0}</table></article>",
    "code": "<article><p>The keeper lights the lamp.</p><pre>{0}x = 1{0}</pre></article>",
    "footnote": "<article><p>The keeper lights the lamp.<sup><a href='#f{0}'>1</a></sup>{0}</p></article>",
}


# One of each sort, and all in a row, which takes a moment where each alone takes twenty.
WRITTEN = ["\x01", "\x0c", "\x1f", "\ufffe", "\ud800", "&#1;", "&#x1F;", "&#00012 ", "&#xFFFF;", "&#0;"]
WRITTEN += ["".join(FORBIDDEN), "".join(f"&#{ord(char)};" for char in FORBIDDEN)]


def said(blocks: tuple[Block, ...]) -> str:
    """The words; a code of half a letter or of zero has a sign of its own, as in browsers."""
    return " ".join(" ".join(block.text for block in blocks).replace("\ufffd", "").split())


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_with_what_no_tree_holds(page: str) -> None:
    """It is read to the last word, wherever the character stands, as it is or as a code."""
    for written in WRITTEN:
        assert SAID in said(read_page(page.format(written)).article.blocks), ascii(written)


@pytest.mark.parametrize(
    "text",
    [
        "{0}The keeper lights the lamp.",
        "The keeper lights the lamp.\n\n<div><script>x</script>{0}He waits.</div>",
        "The keeper lights the lamp.<br>{0}\n\n<!-- {0} -->\n",
        '---\ntitle: "A {0}Light"\n---\n\nThe keeper lights the lamp.',
    ],
    ids=["text", "HTML", "inline HTML", "front matter"],
)
def test_notes_with_what_no_tree_holds(text: str) -> None:
    """Markdown, the HTML in it and what stands before it."""
    for written in WRITTEN:
        assert SAID in said(article_from_markdown(text.format(written)).blocks), ascii(written)


@pytest.mark.parametrize("char", FORBIDDEN, ids=ascii)
def test_feeds_with_what_no_tree_holds(char: str) -> None:
    """Those that are read are read to the end, and those that are written can be read."""
    feed = "<rss><channel><item><title>A {0}Light</title><link a{0}b='{0}'>https://example.com/{0}</link></item></rss>"
    for written in (char, f"&#{ord(char)};"):
        root = tree_of(feed.format(written), "feed")
        assert root is not None
        assert [element.tag for element in root.iter("item", "title", "link")] == ["item", "title", "link"]

    made = etree.Element("rss")
    put(made, "description", f"A {char}Light]]>", url=f"a{char}b")
    assert etree.fromstring(to_xml(made)).findtext("description").replace(" ", "") == "ALight]]>"


@pytest.mark.parametrize("char", FORBIDDEN + ALLOWED, ids=ascii)
def test_what_goes_and_what_stays(char: str) -> None:
    """Just what XML 1.0 cannot hold goes; what parts words leaves a space."""
    instead = char if char in ALLOWED else " " if char.isspace() else ""

    assert xml_text(f"a{char}b") == f"a{instead}b"


@pytest.mark.parametrize("char", CODED, ids=ascii)
def test_codes_of_what_goes(char: str) -> None:
    """In every way to write them, also where one stands within another."""
    number = ord(char)
    for code in (
        f"&#{number};",
        f"&#000{number};",
        f"&#x{number:x};",
        f"&#X00{number:X};",
        f"&#{number} ",
        f"&#x{number:x}",
    ):
        assert char not in (parse_html(f"<p>a{code}</p>").text_content())
        assert char not in (parse_html(f"<p>a&#{code}{number};</p>").text_content())


@pytest.mark.parametrize("code", ["&#9;", "&#10;", "&#13;", "&#65;", "&#x1F600;", "&#100;", "&#310;", "&#xff;"])
def test_codes_of_what_stays(code: str) -> None:
    """Codes that begin like those are others."""
    assert html_source(code) == code


@given(
    st.lists(st.sampled_from([*FORBIDDEN, *ALLOWED, "a", "<", ">", "&", "#", ";", "x", "1", "0", "'", "=", " ", "p"]))
)
def test_no_tree_refuses_its_own_text(pieces: list[str]) -> None:
    """Whatever a page is, what its tree holds can be put into a tree, and a feed takes it."""
    source = "".join(pieces)
    root = parse_html(f"<p>{source}</p><p a='{source}'>x")
    other = etree.Element("x")
    assert root is not None
    for element in root.iter():
        other.text, other.tail = element.text, element.tail
        other.attrib.update({f"a{number}": value for number, value in enumerate(element.attrib.values())})
    other.text = xml_text(source)


@given(st.text(st.characters(codec=None) | st.sampled_from(FORBIDDEN)))
def test_what_is_left_can_be_held(text: str) -> None:
    """Nothing that can be held is lost, and what is left is left a second time."""
    held = xml_text(text)
    element = etree.Element("x")
    element.text = held

    assert xml_text(held) == held
    assert held.replace(" ", "") == "".join(char for char in text if char not in [*FORBIDDEN, " "] and not _half(char))


def _half(char: str) -> bool:
    return "\ud800" <= char <= "\udfff"


def test_the_command_reads_such_a_page() -> None:
    """As a user meets it."""
    Path("page.html").write_text("<article><script>x</script>\x01The keeper lights the lamp.</article>")

    result = narrate("script", "page.html", "--json")

    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout)["blocks"][-1]["text"] == SAID
