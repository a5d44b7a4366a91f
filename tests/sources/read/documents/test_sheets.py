"""Pages in many shapes are read in order: wide summaries, drop caps, figures, margins, columns of all widths."""

from __future__ import annotations

import random

import pytest
from support.papers.paper import share_in_order, words_of
from support.papers.sheets import Shape, make_sheet, random_shape

from narrate.sources.read.documents.document import whole_article
from narrate.sources.read.documents.pdf import read_pdf

SHAPES = {
    "below a wide summary": Shape(summary_lines=10),
    "below a wide summary, drawn in rows": Shape(summary_lines=10, is_interleaved=True, font="Helvetica"),
    "three columns below a figure": Shape(columns=3, size_pt=8, figure=120),
    "typewriter, wide gutter": Shape(font="Courier", size_pt=12, gutter_pt=36),
    "narrow gutter": Shape(gutter_pt=10, summary_lines=6),
    "numbered lines": Shape(is_numbered=True),
    "drop cap and watermark": Shape(has_drop_cap=True, watermark="DRAFT"),
}


def share(seed: int, shape: Shape) -> float:
    """Return how much of a sheet is read in order."""
    sheet = make_sheet(seed, shape)
    article = whole_article(read_pdf(sheet.data, "sheet"))
    said = words_of(" ".join(block.text for block in article.blocks if block.kind not in ("title", "footnote")))
    return share_in_order(said, sheet.words)


@pytest.mark.parametrize("name", SHAPES)
def test_every_word_in_order(name: str) -> None:
    """Columns are read one after the other, wherever on the page they begin."""
    assert share(len(name), SHAPES[name]) >= 0.985


def test_shapes_drawn_at_random() -> None:
    """Of twelve shapes that nobody chose, nearly all is read in order."""
    shares = [share(seed, random_shape(random.Random(seed))) for seed in range(200, 212)]

    assert sum(shares) / len(shares) >= 0.985
