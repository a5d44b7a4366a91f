"""Text that stands beside blocks is kept whole and in its order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.markup.bare_text import wrap_bare_text


def read(body: str) -> list[str]:
    root = parse_html(f"<body>{body}</body>")
    assert root is not None
    wrap_bare_text(root)
    return [piece.block.text for piece in pieces(root) if piece.block.kind != "image"]


@pytest.mark.parametrize(
    "body",
    [
        "<div>One is bare.<p>Two is not.</p>Three is <b>bare</b> again.</div>",
        "<section><p>One is bare.</p>Two is not.<div>Three is bare again.</div></section>",
        "<font size=2>One is bare.<p>Two is not.<p>Three is bare again.</font>",
        "<center>One is bare.<br><br>Two is not.<br>\n<br>Three is bare again.</center>",
        "One is bare.<br/><br/>Two is not.<br><br><br>Three is bare again.",
        "<table><tr><td>One is bare.<br><br>Two is not.<br><br><i>Three</i> is bare again.</td></tr></table>",
        "<blockquote>One is bare.<p>Two is not.</p>Three is bare again.</blockquote>",
        "<div><span>One is bare.<div>Two is not.</div></span>Three is bare again.</div>",
    ],
)
def test_bare_text_becomes_paragraphs(body: str) -> None:
    """Every run of text beside a block is a paragraph, and so is every part between empty lines."""
    root = parse_html(f"<body>{body}</body>")
    assert root is not None
    wrap_bare_text(root)
    found = list(pieces(root))

    assert [piece.block.text for piece in found] == ["One is bare.", "Two is not.", "Three is bare again."]
    assert {piece.element.tag for piece in found} <= {"p", "div"}


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<p>No boat <div class=q>without a lamp</div> may leave.</p>", ["No boat without a lamp may leave."]),
        ("<p>No boat <span><div>Note: of 1931.</div></span> may <b>ever</b> leave. It is law.</p>",
         ["No boat may ever leave. It is law.", "Note: of 1931."]),
        ("<div>No boat<div class=ad>Buy rope!</div>may <b>ever</b> leave.<p>Next.</p></div>",
         ["No boat may ever leave.", "Buy rope!", "Next."]),
        ("<div><p>No boat</p><figure><img src=a.png alt=Boat></figure>may leave.</div>", ["No boat may leave."]),
        ("<p>The lamp<div>of the pier</div>, said Ada, burns.</p>", ["The lamp of the pier, said Ada, burns."]),
        ("<div>It rained.<div>Ad</div>and then it snowed.</div>", ["It rained.", "Ad", "and then it snowed."]),
        ("<div>We need<ul><li>rope</ul>and a boat</div>", ["We need", "rope", "and a boat"]),
        ("<div>News<div>Sport</div>Weather</div>", ["News", "Sport", "Weather"]),
    ],
)  # fmt: skip
def test_sentences_are_not_cut(body: str, texts: list[str]) -> None:
    """A block in the middle of a sentence is a part of it or stands after it; what begins anew stays where it is."""
    assert read(body) == texts


@pytest.mark.parametrize("body", ["<pre><div>a</div>b<div>c</div></pre>", "<ul><li>One<ul><li>Two</ul></ul>"])
def test_programs_and_items_stay_as_they_are(body: str) -> None:
    """Lines of a program are no paragraphs, and an item's first line is the item."""
    root = parse_html(f"<body>{body}</body>")
    assert root is not None
    wrap_bare_text(root)

    assert root.find(".//p") is None


PARTS = st.sampled_from(
    ["word ", "Word. ", "<br>", "<br><br>", "<p>one</p>", "<div>two.</div>", "<b>bold</b> ", "\n", "x,"]
)


@given(st.lists(PARTS, max_size=12).map("".join), st.sampled_from(["div", "span", "font", "td", "p", "b"]))
def test_no_word_is_lost(body: str, tag: str) -> None:
    """Whatever stands beside whatever, the same words come out, each once."""
    source = f"<{tag}>{body}</{tag}> end"
    root = parse_html(f"<body>{source}</body>")
    assert root is not None
    before = sorted("".join(f" {text} " if text.strip() else text for text in root.itertext()).split())
    wrap_bare_text(root)

    after = sorted("".join(f" {text} " if text.strip() else text for text in root.itertext()).split())
    assert "".join(after) == "".join(before)
