"""Chapters of documents are sources of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command import narrate
from support.papers.packed import paper_epub
from support.papers.paper import make_paper

from narrate.core.errors import SourceError
from narrate.core.settings.loading import Settings
from narrate.sources.gather import gathered
from narrate.sources.gather.gathered import Unusable, Wanted
from narrate.sources.read import read_source
from narrate.sources.read.documents.chapters import chapter_name, file_of, may_be_split, named_file
from narrate.sources.read.lead_picture import find_picture

PAPER = make_paper(3, sections=3, paragraphs=2)
PICTURE = b"\x89PNG\r\n\x1a\n and more"
_OPF = (
    '<package><metadata><title>A Book</title><meta name="cover" content="p"/></metadata><manifest>'
    '<item id="p" href="cover.png" media-type="image/png"/>'
    '<item id="c" href="c1.xhtml" media-type="application/xhtml+xml"/>'
    '</manifest><spine><itemref idref="c"/></spine></package>'
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of three chapters."""
    path = tmp_path / "book.epub"
    path.write_bytes(paper_epub(PAPER))
    return path


def test_a_name_and_back(book: Path) -> None:
    """The number follows the path; a file that is called so itself is meant."""
    assert named_file(chapter_name(str(book), 2)) == (book, 2)
    assert named_file(book) == (book, None)
    odd = book.with_name("a#chapter=1")
    odd.write_text("text")
    assert named_file(odd) == (odd, None)
    assert file_of(chapter_name(str(book), 2)) == file_of(book) == book
    assert file_of("a/letters.mbox#2") == Path("a/letters.mbox")
    assert may_be_split("a/BOOK.EPUB") and not may_be_split("a.txt")


def test_a_chapter_is_an_article(book: Path) -> None:
    """It is called as the book calls it, is by the book's author, and holds its own words alone."""
    article = read_source(chapter_name(str(book), 2))

    headings = [part.text for part in PAPER.parts if part.kind == "heading"]
    assert article.meta.title == headings[1]
    assert article.meta.author == "Anna Berg"
    assert article.meta.source == "book.epub#chapter=2"
    assert not {headings[0], headings[2]} & {block.text for block in article.blocks}


def test_a_chapter_that_is_not_there(book: Path) -> None:
    """The error says how many there are."""
    with pytest.raises(SourceError, match=r"chapter=9 is not there: it has 3 chapters"):
        read_source(chapter_name(str(book), 9))


def test_chapters_are_gathered(book: Path) -> None:
    """A document comes as its chapters, other articles as they are, and a broken document as an error."""
    text = book.with_name("text.txt")
    text.write_text("Some text.")
    broken = book.with_name("broken.epub")
    broken.write_bytes(b"PK\x03\x04")

    found = list(gathered([str(book), str(text), str(broken)], by_chapter=True))

    names = [one.source for one in found if isinstance(one, Wanted)]
    assert names == [*(f"{book}#chapter={number}" for number in (1, 2, 3)), str(text)]
    assert [one.source for one in found if isinstance(one, Unusable)] == [str(broken)]


def test_documents_in_a_folder_are_articles(book: Path) -> None:
    """A folder of documents is a folder of articles."""
    assert [one.source for one in gathered([str(book.parent)])] == [str(book)]


def test_the_cover_of_a_book(tmp_path: Path) -> None:
    """The picture inside of the book is the episode's, for its chapters as well."""
    path = tmp_path / "book.epub"
    path.write_bytes(paper_epub(PAPER, others={"OEBPS/book.opf": _OPF, "OEBPS/cover.png": PICTURE}))
    meta = read_source(path).meta

    assert find_picture(path, meta, Settings()) == PICTURE
    assert find_picture(f"{path}#chapter=1", meta, Settings()) == PICTURE


@pytest.mark.slow
def test_an_episode_a_chapter(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`narrate speak --split chapter` makes an episode of each, and leaves them as they are the second time."""
    monkeypatch.chdir(book.parent)
    asked = ("speak", "book.epub", "--split", "chapter", "-o", "out", "--engine", "tone")

    run, again = narrate(*asked), narrate(*asked)

    assert (run.returncode, again.returncode) == (0, 0), run.stderr
    assert len(list(Path("out").glob("*.mp3"))) == 3
    assert "0 made, 3 unchanged" in again.stderr
