"""A page's own copy of its text is read in paragraphs."""

from __future__ import annotations

import json

import pytest

from narrate.sources.read.html import read_page
from narrate.sources.read.state.stated_body import LINE_MAX_WORDS, body_blocks

SENTENCES = [
    f"In the year {year} the harbour froze, and {what} could be seen from the pier until the end of March."
    for year, what in zip(range(1840, 1860), ["a wolf", "two sledges", "smoke", "nothing", "a light"] * 4, strict=True)
]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One.\n\nTwo, three.\nFour.", ["One.", "Two, three.", "Four."]),
        ("<p>One <b>bold</b> word.</p><p>Two.</p>", ["One bold word.", "Two."]),
        ("&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;", ["One.", "Two."]),
        ("One.<br><br>Two.", ["One.", "Two."]),
        ("Salt &amp; <i>pepper</i>.", ["Salt & pepper."]),
        ("", []),
        (None, []),
        ([{"@type": "Text"}], []),
    ],
)
def test_paragraphs(body: object, expected: list[str]) -> None:
    """Lines and elements are paragraphs; what is no text has none."""
    assert [block.text for block in body_blocks(body)] == expected


def test_glued_paragraphs() -> None:
    """Where paragraphs lost their ends, they part where a sentence has no space behind it."""
    first, second = " ".join(SENTENCES[:5]), " ".join(SENTENCES[5:10])

    assert [block.text for block in body_blocks(f"{first}{second}")] == [first, second]


@pytest.mark.parametrize("space", [" ", "  "])
def test_one_long_line(space: str) -> None:
    """A line of hundreds of words becomes paragraphs of whole sentences, and no word is lost."""
    blocks = body_blocks(space.join(SENTENCES))

    assert " ".join(block.text for block in blocks) == " ".join(SENTENCES)
    assert len(blocks) > 2
    assert all(len(block.text.split()) < LINE_MAX_WORDS and block.text.endswith(".") for block in blocks)


def test_glued_text_that_the_page_shows() -> None:
    """Where the page shows the text that its data hold in one piece, it is read as it is shown."""
    parts = [" ".join(SENTENCES[start : start + 2]) for start in range(0, 20, 2)]
    node = {"@type": "NewsArticle", "headline": "Frozen", "articleBody": "".join(parts)}
    shown = "".join(
        f"<div class=c{number}><h3>Part {number}</h3><p>{part}</p></div>" for number, part in enumerate(parts)
    )
    html = f'<title>Frozen</title><script type="application/ld+json">{json.dumps(node)}</script><body>{shown}'

    assert [block.text for block in read_page(html).article.blocks if block.kind == "paragraph"] == parts
