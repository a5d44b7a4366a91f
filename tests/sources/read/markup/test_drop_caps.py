"""A large first letter is a part of its word, however a page sets it."""

from __future__ import annotations

import pytest

from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.markup.drop_caps import join_drop_caps
from narrate.sources.read.shown.unspoken import remove_unspoken


def read(body: str) -> list[str]:
    root = parse_html(f"<body>{body}</body>")
    assert root is not None
    join_drop_caps(root)
    remove_unspoken(root)
    return [piece.block.text for piece in pieces(root) if piece.block.kind != "image"]


@pytest.mark.parametrize(
    "body",
    [
        "<p><span class=dropcap>W</span>hen rain came.</p>",
        "<p><span aria-hidden=true class=drop-cap>W</span><span class=sr-only>W</span>hen rain came.</p>",
        "<p><span aria-hidden=true class=dropcap>W</span>hen rain came.</p>",
        "<p><span aria-hidden=true>W</span><span class=screen-reader-text>When</span> rain came.</p>",
        "<p><span class=sr-only>W</span><span class=dropcap aria-hidden=true>W</span>hen rain came.</p>",
        "<div class=dropcap>W</div><p>hen rain came.</p>",
        "<p class='first-letter'>W</p>\n<p>hen rain came.</p>",
        "<div class=x><div class=DropCap><span>W</span></div><div class=y><p>hen rain came.</p></div></div>",
        "<p><img src=w.gif alt=W>hen rain came.</p>",
        "<div><img src=w.gif alt=W></div><p>hen rain came.</p>",
        "<p><img class=dropcap src=w.gif alt=W> hen rain came.</p>",
        "<p><b class=lettrine>W</b> <span>hen</span> rain came.</p>",
        "<p><span class=dropcap><b>W</b></span>\n hen rain came.</p>",
    ],
)
def test_a_drop_cap_joins_its_word(body: str) -> None:
    """The letter is said once, as the beginning of the word: from an element, a block, an image, hidden or doubled."""
    assert read(body) == ["When rain came."]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p><span class=dropcap>W</span>\n<span class=caps>HEN RAIN</span> came.</p>", "WHEN RAIN came."),
        ("<p><span class=dropcap>“W</span>hen rain came,” she said.</p>", "“When rain came,” she said."),
        ("<p><span class=dropcap>I</span> t rained.</p>", "It rained."),
        ("<p><span class=dropcap>L</span>’eau monte.</p>", "L’eau monte."),
        ("<p><span class=dropcap>V</span> ous étiez là.</p>", "Vous étiez là."),
    ],
)
def test_capitals_quotes_and_accents(body: str, text: str) -> None:
    """Small capitals go on with the word, a quotation mark belongs to it, an elision too."""
    assert read(body) == [text]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<p><span class=dropcap>A</span> ferry leaves.</p>", ["A ferry leaves."]),
        ("<p><span class=dropcap>I</span> was there.</p>", ["I was there."]),
        ("<p><b>B</b> is the second.</p>", ["B is the second."]),
        ("<p>Take <i>x</i> and <i>y</i>.</p>", ["Take x and y."]),
        ("<div class=option>B</div><div>the river</div>", ["B", "the river"]),
        ("<p>C</p><p>the harbour</p>", ["C", "the harbour"]),
        ("<p><span class=dropcap>A</span>. First point</p>", ["A. First point"]),
        ("<p>Rain <b class=dropcap>W</b> hen</p>", ["Rain W hen"]),
    ],
)
def test_letters_that_are_words_stay_alone(body: str, texts: list[str]) -> None:
    """A word of one letter keeps its space, an answer to choose its line, and a letter inside a sentence its place."""
    assert read(body) == texts
