"""Tables of contents, indexes and words between pages of a PDF are on record; prose that ends with numbers is read."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from narrate.core.article import Article
from narrate.sources.read.documents.document import whole_article
from narrate.sources.read.documents.pdf import read_pdf

PROSE = tuple(f"The boats of harbour number {index} came in before noon, and nobody saw them." for index in range(12))
ENTRIES = tuple(f"{index} About the harbour of town {index} {'. ' * 30}{index * 3}" for index in range(1, 9))
INDEXED = tuple(f"harbour of {name}, {index}, {index + 9}" for index, name in enumerate("abcdefghijklmnopqr", 3))


def read(*pages: tuple[str, ...]) -> Article:
    """Read pages of lines."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(600, 800), invariant=1)
    for lines in pages:
        canvas.setFont("Times-Roman", 10)
        for number, line in enumerate(lines):
            canvas.drawString(60, 740 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return whole_article(read_pdf(buffer.getvalue(), "manual"))


def said(article: Article) -> str:
    """Return all that is read."""
    return " ".join(block.text for block in article.blocks)


def test_entries_with_leaders() -> None:
    """Their lines, the name above them and long entries of two lines are contents, wherever they stand."""
    entries = (*ENTRIES[:4], "A long entry that does not end", f"on its first line {'. ' * 20}17", *ENTRIES[4:])

    article = read(("A Manual", "by its makers", "", "Contents", *entries), PROSE)

    assert "About the harbour" not in said(article) and "A long entry" not in said(article)
    assert all(line in said(article) for line in PROSE)
    assert sum(drop.rule == "contents" for drop in article.drops) == len(entries) + 1


def test_entries_without_leaders() -> None:
    """Under their name, lines that end with numbers that go up are contents; without the name they are text."""
    entries = tuple(f"About the harbour of town {index} {index * 3}" for index in range(1, 11))

    assert "town 4" not in said(read(("Contents", *entries), PROSE))
    assert "town 4" in said(read(entries, PROSE))


def test_an_index_at_the_end() -> None:
    """From its name on, an index is on record; a chapter of that name, or one at the beginning, is read."""
    article = read(PROSE, PROSE, ("Index", *INDEXED))

    assert "harbour of c" not in said(article)
    assert {drop.rule for drop in article.drops} >= {"index"}
    assert PROSE[3] in said(read(PROSE, PROSE, ("Index", *PROSE)))
    assert "harbour of c" in said(read(("Index", *INDEXED), PROSE, PROSE))


def test_a_table_that_goes_on() -> None:
    """That a table goes on is said to who turns pages."""
    article = read((*PROSE, "continues on next page"), ("Table 3 – continued from previous page", *PROSE))

    assert "continue" not in said(article)
