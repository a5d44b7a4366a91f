"""Books in the shapes that calibre, Sigil, InDesign, Pandoc and converters from Word give them."""

from __future__ import annotations

import pytest
from support.papers.books import Shape, bound, missed, read_bound, shapes

from narrate.core.errors import SourceError
from narrate.sources.read.documents.document import chapter_articles
from narrate.sources.read.documents.epub import read_epub

TEXT = "The lamp at the end of the pier was lit by hand until the winter of the great ice."


@pytest.mark.parametrize("shape", list(shapes()), ids=lambda shape: shape.name)
def test_shapes(shape: Shape) -> None:
    """Each is read as its reader sees it, with its notes, without what stands around the text."""
    assert not missed(shape)


def test_a_text_that_is_missing() -> None:
    """A book without one of its chapters is refused; its words would be missing without a word."""
    listed = '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest>'
    data = bound({"a.xhtml": f"<p>{TEXT}</p>"}, spine='<itemref idref="a.xhtml"/><itemref idref="b"/>', manifest=listed)

    with pytest.raises(SourceError, match=r"b\.xhtml is missing"):
        read_bound(data)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The lamp was lit by hand.", "until the great ice."),
        ("The lamp was lit by hand", "Until the great ice."),
        ("“Who lit the lamp?”", "she asked."),
        ("Lamps", "and bells."),
    ],
)
def test_where_files_part(before: str, after: str) -> None:
    """Paragraphs are joined over files only where the first has no end and the second no beginning."""
    tag = "h2" if before == "Lamps" else "p"
    files = {"a.xhtml": f"<h1>One</h1><{tag}>{before}</{tag}>", "b.xhtml": f"<p>{after}</p>"}

    texts = [block.text for block in read_bound(bound(files, {"a.xhtml": "One"})).blocks]

    assert texts[-2:] == [before, after]


@pytest.mark.parametrize(
    ("css", "is_heading"),
    [
        (".t{font-size:150%}", True),
        ("p.t , h1 { font-size : 1.3em }", True),
        (".t{font-weight:bold;text-align:center}", True),
        (".t{font-size:18pt}", True),
        (".t{font-size:0.9em;font-weight:bold}", False),
        (".t{font-style:italic}", False),
        ("", False),
        ("/* .t{font-size:2em} */", False),
        (".t{font-size:1.5em} .b{font-size:1.5em}", False),
    ],
)
def test_headings_by_their_look(css: str, is_heading: bool) -> None:
    """A line that the stylesheet makes larger or bolder than the text is a heading."""
    body = f'<p class="t">The Lamp</p><p class="b">{TEXT}</p><p class="b">{TEXT}</p>'
    blocks = read_bound(bound({"a.xhtml": body}, others={"OEBPS/s.css": css})).blocks

    assert any(block.kind == "heading" and block.text == "The Lamp" for block in blocks) is is_heading


def test_chapters_without_a_navigation() -> None:
    """A book that lists no chapters has those of its headings."""
    body = "".join(f"<h2>{title}</h2><p>{TEXT}</p>" for title in ("The Lamp", "The Bell"))

    chapters = chapter_articles(read_epub(bound({"a.xhtml": body}), "book.epub"))

    assert [chapter.meta.title for chapter in chapters] == ["The Lamp", "The Bell"]


@pytest.mark.parametrize(
    ("title", "text", "rule"),
    [
        ("Also by Ada Lund", "The Ferry", "advertisement"),
        ("Praise for The Pier", "“A wonder.”", "advertisement"),
        ("Praise for the dead", TEXT, None),
        ("A last word", "Sign up for my newsletter at www.harbour.example and get a free story.", "advertisement"),
        ("The free newsletter", f"{TEXT} " * 12 + "He wrote it for a newsletter, free of charge.", None),
        ("A letter", "She read the newsletter twice and laid it down.", None),
    ],
)
def test_pages_of_publishers(title: str, text: str, rule: str | None) -> None:
    """What asks for money or praises the book is on record; chapters that speak of such things are read."""
    files = {"a.xhtml": f"<h1>One</h1><p>{TEXT}</p>", "b.xhtml": f"<h1>{title}</h1><p>{text}</p>"}
    article = read_bound(bound(files, {"a.xhtml": "One", "b.xhtml": title}))

    assert {drop.rule for drop in article.drops} == ({rule} if rule else set())
