"""A quote that only repeats the text is said once."""

from __future__ import annotations

import pytest

from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.markup.pull_quotes import remove_pull_quotes

TEXT = "<p>Ada said: “Nobody from the ministry has come to look at the broken crane,” and left.</p><p>It rained.</p>"
PULLED = "Nobody from the ministry has come to look at the broken crane"


def quotes(body: str) -> list[str]:
    root = parse_html(f"<body>{TEXT}{body}</body>")
    assert root is not None
    remove_pull_quotes(root)
    texts = [piece.block.text for piece in pieces(root)]
    assert texts[1] == "It rained."
    return texts[2:]


@pytest.mark.parametrize(
    "body",
    [
        f"<blockquote class=pullquote>“{PULLED}”</blockquote>",
        f"<aside><p>“{PULLED}.”</p></aside>",
        f"<figure class=wp-block-pullquote><blockquote><p>{PULLED}</p><cite>Ada Holm</cite></blockquote></figure>",
        f"<div class=article-pull-quote><span>{PULLED.upper()}</span><p>Ada</p></div>",
        "<p role=doc-pullquote>The broken crane</p>",
        f"<blockquote>{PULLED}</blockquote>",
    ],
)
def test_a_pull_quote_goes(body: str) -> None:
    """Whatever its case, its marks and the name under it, a quote of the page's own words goes."""
    assert quotes(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "<blockquote class=pullquote>We have asked the ministry four times.</blockquote>",
        "<blockquote>The broken crane.</blockquote>",
        "<aside><p>It rained.</p></aside>",
        "<blockquote>Nobody from the county has ever come to look at the broken crane, said Petter.</blockquote>",
    ],
)
def test_a_quote_of_its_own_stays(body: str) -> None:
    """What is said nowhere else stays, and so do a few words that only happen to be in the text."""
    assert len(quotes(body)) == 1


def test_quotes_of_each_other_stay() -> None:
    """Two quotes of the same words, and no paragraph of them, are not both taken out."""
    assert quotes("<blockquote>Petter said that it had never been a good crane.</blockquote>" * 2) != []
