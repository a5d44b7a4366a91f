"""Documents of every kind whose words are known: all are read, in order, and nothing that is no text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.papers.packed import paper_docx, paper_epub, paper_odt, paper_rtf
from support.papers.paper import Paper, make_paper, read_words, share_in_order, words_of
from support.papers.pdfs import Layout, paper_pdf

from narrate.core.article import Article
from narrate.sources.read.documents.document import whole_article
from narrate.sources.read.documents.forms import document_form, read_document

WRITERS: dict[str, Callable[[Paper], bytes]] = {
    "epub": paper_epub,
    "epub2": lambda paper: paper_epub(paper, version=2),
    "docx": paper_docx,
    "odt": paper_odt,
    "rtf": paper_rtf,
}
LAYOUTS = {
    "one column": Layout(),
    "two columns": Layout(columns=2),
    "through the columns": Layout(columns=2, is_interleaved=True, font="Helvetica", size_pt=11),
    "space between paragraphs": Layout(is_indented=False, font="Helvetica", number="head"),
    "three columns": Layout(columns=3, size_pt=8, number="outer"),
    "ragged, without heads": Layout(columns=2, is_indented=False, is_justified=False, head=""),
    "large": Layout(size_pt=12, is_interleaved=True, number="outer", is_justified=False),
    "typewriter": Layout(font="Courier", is_justified=False),
}


def read(data: bytes) -> Article:
    """Read a document, whatever it is."""
    form = document_form(data, "paper")
    assert form is not None
    return whole_article(read_document(data, form, "paper"))


def notes_of(article: Article) -> list[str]:
    """Return the words of each note that was read."""
    return [" ".join(words_of(block.text)) for block in article.blocks if block.kind == "footnote"]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", WRITERS)
def test_every_word_in_order(kind: str, seed: int) -> None:
    """Books and documents: words in order, notes as notes, headings, items and quotes as what they are."""
    paper = make_paper(seed, paragraphs=4)

    article = read(WRITERS[kind](paper))

    assert share_in_order(read_words(article), paper.words()) >= 0.995
    assert notes_of(article) == paper.notes()
    assert article.meta.title == paper.title
    for part_kind in ("heading", "list_item", "quote"):
        written = [part.text for part in paper.parts if part.kind == part_kind]
        assert [block.text for block in article.blocks if block.kind == part_kind] == written


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_word_of_a_page_in_order(name: str) -> None:
    """PDF in columns: parted words are whole, heads and page numbers are not read, notes are notes."""
    paper = make_paper(len(name), sections=3, paragraphs=6)

    article = read(paper_pdf(paper, LAYOUTS[name]))

    assert share_in_order(read_words(article), paper.words()) >= 0.99
    assert sorted(notes_of(article)) == sorted(paper.notes())
    assert article.meta.title == paper.title
    assert not [block for block in article.blocks if block.text.strip().isdigit() or "Journal of" in block.text]
    assert {drop.rule for drop in article.drops} <= {"page-number", "running-head"}


def test_hyphens_at_line_ends_are_joined() -> None:
    """Of words that are parted at the end of a line 98 in 100 are whole, and compounds keep their hyphen."""
    wrong = total = 0
    for seed in range(3):
        paper = make_paper(seed, sections=2)
        written, found = paper.words(), read_words(read(paper_pdf(paper, Layout(columns=2, size_pt=11))))
        total += sum(len(word) > 9 for word in written)
        wrong += len(set(found) - set(written))

    assert wrong <= 0.02 * total


def test_an_author_and_a_date_are_known() -> None:
    """What a book says of itself is the episode's: its author, not who illustrated it, its day and its language."""
    meta = read(paper_epub(make_paper(1))).meta

    assert (meta.author, str(meta.published), meta.language) == ("Anna Berg", "2024-03-05", "en-GB")
