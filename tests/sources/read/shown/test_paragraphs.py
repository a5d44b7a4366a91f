"""Bare text between blocks stands in paragraphs, and nothing else is changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from narrate.sources.read.html import read_page
from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.shown.paragraphs import wrap_bare_text

LINE = "The boat left the harbour with nobody but the cook on board"


def wrapped(text: str) -> str:
    root = parse_html(f"<body>{text}")
    assert root is not None
    wrap_bare_text(root)
    found = etree.tostring(root.find("body"), encoding="unicode", with_tail=False)
    return found.removeprefix("<body>").removesuffix("</body>")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (f"{LINE}<p>a</p>", f"<p>{LINE}</p><p>a</p>"),
        (f"<p>a</p>{LINE} <b>x</b> y<p>b</p>", f"<p>a</p><p>{LINE} <b>x</b> y</p><p>b</p>"),
        (f"<h1>a</h1><font>{LINE}</font><p>b</p>{LINE}", f"<h1>a</h1><p><font>{LINE}</font></p><p>b</p><p>{LINE}</p>"),
        (f"<div><h2>a</h2>{LINE}</div>", f"<div><h2>a</h2><p>{LINE}</p></div>"),
        # Alone in its element, in an item, too short, all links.
        (f"<div>{LINE}</div>", f"<div>{LINE}</div>"),
        (f"<ul><li>{LINE}<p>a</p></li></ul>", f"<ul><li>{LINE}<p>a</p></li></ul>"),
        ("<p>a</p>By Ada Holm<p>b</p>", "<p>a</p>By Ada Holm<p>b</p>"),
        (f'<p>a</p><a href="x">{LINE}</a> | <a href="y">{LINE}</a>', None),
    ],
)
def test_bare_text(text: str, tree: str | None) -> None:
    """A line of words beside blocks becomes a paragraph."""
    assert wrapped(text) == (tree or text)


@given(
    st.lists(
        st.sampled_from([f"{LINE} ", "<p>a</p>", "<b>b</b>", "<div>", "</div>", "<br>", "<h2>c</h2>"]), max_size=12
    )
)
def test_blocks_stay(parts: list[str]) -> None:
    """What is read on the page is the same with and without."""
    root = parse_html("".join(["<body>", *parts]))
    assert root is not None
    before = [piece.block for piece in pieces(root)]
    wrap_bare_text(root)

    assert [piece.block for piece in pieces(root)] == before


@pytest.mark.parametrize("inner", ["<div class=fn>A note.</div>", "<div class=ad>Buy now</div>"])
def test_text_behind_a_block_in_a_paragraph(inner: str) -> None:
    """A `<div>` ends the paragraph it is in; what follows is no less the author's."""
    story = "".join(
        f"<p>{LINE}, for the {number}th time in a year of storms and of bad bread.</p>" for number in range(4, 9)
    )
    rest = "and nobody on the quay was asked about it before the numbers went to the printer."
    page = read_page(
        f"<title>Bread</title><article>{story}<p>The count was made {inner} {rest}</p>{story[::1]}</article>"
    )

    assert rest in [block.text for block in page.article.blocks]
