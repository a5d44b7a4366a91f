"""Tests of readability's steps over a parsed page against those of the library itself."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from readability import Document

from narrate.sources.read.choosing.readability_document import ReadabilityDocument
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.shown.unspoken import remove_unspoken

PAGES = sorted((Path(__file__).parents[1] / "pages").glob("*.html"))
PROSE = "The clockmaker of Brigg wound the tower clock by hand, two hundred turns on every Sunday before church. "
ARTICLE = "".join(f"<p>{PROSE * count}</p>" for count in (2, 3, 1, 4))


def texts(summary: str) -> list[str]:
    """The words of each element of a summary, whatever the spaces between them."""
    root = html.fromstring(summary)
    return [
        f"{one.tag}: {' '.join((one.text or '').split())}|{' '.join((one.tail or '').split())}" for one in root.iter()
    ]


def assert_same(page: str) -> None:
    root = parse_html(page)
    assert root is not None
    remove_unspoken(root)
    before = html.tostring(root)
    own = ReadabilityDocument(root).summary(html_partial=True)
    assert html.tostring(root) == before
    assert texts(own) == texts(Document(copy.deepcopy(root)).summary(html_partial=True))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_whole_pages_are_read_alike(path: Path) -> None:
    """The library chooses the same elements whether it takes its own steps or these."""
    assert_same(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "body",
    [
        f"<div class=sidebar>{ARTICLE}</div><div class=story>{ARTICLE}</div>",
        f"<div class=sidebar><main>{ARTICLE}</main></div><div id=footer><pre>{PROSE * 3}</pre></div>",
        f"<div>{PROSE}<b>{PROSE}</b> and <em>more</em><br>{PROSE}<br> <br>{PROSE}<p>{PROSE}</p>{PROSE}</div>",
        f"<div><span>{PROSE}</span><span><img src=x></span><div>{PROSE}</div><a href=/x>{PROSE}</a>{PROSE}</div>",
        f"<table><tr><td>{PROSE * 3}<td><a href=/a>Menu</a></table><div style='display: none'>{ARTICLE}</div>{ARTICLE}",
        f"<body style='display:none'>{ARTICLE}</body>",
        f"<article><h2>{PROSE}</h2>{ARTICLE}</article><div hidden=until-found>{ARTICLE}</div><p>{PROSE} End. </p>",
        f"<ul><li><a href=/a>{PROSE}</a><li>{PROSE}</ul><blockquote>\n{PROSE}\t{PROSE}\n\n {PROSE}</blockquote>",
        "<div class=comment><p>Short.</p></div>",
        "<p>Nothing</p>",
    ],
)
def test_what_each_step_does(body: str) -> None:
    """Names, divisions that are paragraphs, text beside blocks, links and hidden parts weigh what they weigh there."""
    assert_same(body if body.startswith("<body") else f"<body>{body}</body>")


_TEXTS = st.sampled_from(["", " ", "Menu", PROSE, PROSE * 3, "a\n\n b", "One, two, three, and a number of others."])
_NAMES = st.sampled_from(["", "sidebar", "article", "comment main", "entry", "promo", "x"])
_TAGS = st.sampled_from(
    ["div", "p", "span", "a", "section", "ul", "li", "blockquote", "b", "article", "td", "h2", "br"]
)
_NODES = st.recursive(
    _TEXTS,
    lambda inner: st.builds(
        lambda tag, name, parts: f'<{tag} class="{name}">{"".join(parts)}</{tag}>' if tag != "br" else "<br>",
        _TAGS,
        _NAMES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=20)
@given(st.lists(_NODES, min_size=1, max_size=4))
def test_any_page_is_read_alike(parts: list[str]) -> None:
    """Whatever stands in what, both choose the same."""
    assert_same(f"<body>{ARTICLE}{''.join(parts)}</body>")
