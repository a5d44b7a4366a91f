"""The lines that sum an article up under its headline are found."""

from __future__ import annotations

import pytest

from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html

SUM = "Dues have doubled, the crane is broken, and nobody comes to look."
TEXT = "<p>Sixteen families moved to the shore.</p><p>The lighthouse was painted in June.</p>"


def standfirsts(body: str, description: str = "") -> list[str]:
    root = parse_html(f'<head><meta name=description content="{description}"></head><body>{body}</body>')
    assert root is not None
    return [piece.block.text for piece in pieces(root) if piece.is_standfirst]


@pytest.mark.parametrize(
    "line",
    [
        f"<p class=dek>{SUM}</p>",
        f"<p class=article__standfirst>{SUM}</p>",
        f"<div class=ArticleSubtitle><p>{SUM}</p></div>",
        f"<h2 class=sub-headline>{SUM}</h2>",
        f"<p role=doc-subtitle>{SUM}</p>",
        f"<div><p class=byline>By Ada Holm</p><time>4 May</time></div><p itemprop=abstract>{SUM}</p>",
        f"<p class=chapo>{SUM}</p>",
        f"<div class=lead-text>{SUM}</div>",
    ],
)
def test_a_standfirst_by_its_name(line: str) -> None:
    """It is called so by its class, role or property, or by those of a box that holds nothing else."""
    assert standfirsts(f"<h1>The shore pays</h1>{line}{TEXT}") == [SUM]


@pytest.mark.parametrize("line", [f"<header>{{}}<h2>{SUM}</h2></header>", f"<hgroup>{{}}<p>{SUM}</p></hgroup>"])
def test_a_standfirst_in_the_headlines_box(line: str) -> None:
    """A sentence in large letters, alone with the headline in its box, sums the article up."""
    assert standfirsts(line.format("<h1>The shore pays</h1>") + TEXT) == [SUM]


@pytest.mark.parametrize("description", [SUM, SUM[:50], SUM + " Ada Holm went there."])
def test_a_standfirst_by_the_pages_description(description: str) -> None:
    """A line under the headline that is the page's own description, or the beginning of it, is the standfirst."""
    assert standfirsts(f"<h1>The shore pays</h1><div class=x1>{SUM}</div>{TEXT}", description) == [SUM]


@pytest.mark.parametrize(
    "body",
    [
        f"<p class=dek>{SUM}</p><h1>The shore pays</h1>{TEXT}",
        f"<h1>The shore pays</h1>{TEXT}",
        f"<header><h1>The shore pays</h1><h2>What is paid</h2></header>{TEXT}",
        f"<h1>The shore pays</h1><h2>{SUM}</h2>{TEXT}",
        f"<h1>The shore pays</h1><p class=leader-board>{SUM}</p>{TEXT}",
        f"<h1>The shore pays</h1><p class=dek>By Ada</p>{TEXT}",
        f"<h2>Also</h2><p class=summary>{SUM}</p>{TEXT}",
        f"<h1>The shore pays</h1>{TEXT * 5}<p class=summary>{SUM}</p>",
        f"<h1>The shore pays</h1><div class=intro>{TEXT}</div>",
    ],
)
def test_other_lines_are_none(body: str) -> None:
    """What stands above the headline, far below it, or under another, is no standfirst, nor is a line of two words."""
    assert standfirsts(body) == []


def test_a_short_description_is_no_proof() -> None:
    """Descriptions such as "News" begin many a line."""
    assert (
        standfirsts(f"<h1>The shore pays</h1><p>News of the day from the shore and the isles.</p>{TEXT}", "News") == []
    )
