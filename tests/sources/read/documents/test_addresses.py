"""Documents at addresses are read as files are: by their bytes, whole or a chapter of them, with limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.command import narrate
from support.papers.books import bound
from support.papers.packed import paper_docx, paper_epub, paper_odt, paper_rtf
from support.papers.paper import make_paper, read_words, share_in_order
from support.papers.pdfs import Layout, paper_pdf
from support.site import Site, redirect, reply, site

from narrate.core.errors import SourceError
from narrate.core.settings.loading import Settings
from narrate.library.identity import same_address
from narrate.sources.fetch.polite_fetch import Visits
from narrate.sources.gather import gathered
from narrate.sources.gather.chapter_counts import ChapterCounts
from narrate.sources.gather.gathered import Unusable, Wanted
from narrate.sources.read import read_source
from narrate.sources.read.lead_picture import find_picture

PAPER = make_paper(5, sections=3, paragraphs=2)
PRIVATE = Settings(allow_private=True)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SMALL = make_paper(6, sections=2, paragraphs=1)
FEED = "<rss><channel><title>Papers</title><item><title>A paper</title><link>{}</link></item></channel></rss>"


@pytest.fixture
def web() -> Iterator[Site]:
    """A server on this machine."""
    with site() as one:
        yield one


def at(web: Site, path: str) -> str:
    """Return the address of what the server has at a path."""
    return web.url(path, host="127.0.0.1")


@pytest.mark.parametrize(
    ("path", "content_type", "data"),
    [
        ("/pdf/2101.00001", "application/pdf", paper_pdf(PAPER, Layout(columns=2))),
        ("/download?id=3", "application/octet-stream", paper_pdf(PAPER, Layout())),
        ("/paper.pdf", "", paper_pdf(PAPER, Layout())),
        ("/paper", "binary/octet-stream", paper_pdf(PAPER, Layout())),
        ("/wrong.html", "text/html", paper_pdf(PAPER, Layout())),
        ("/book", "application/epub+zip", paper_epub(PAPER)),
        ("/letter", WORD, paper_docx(PAPER)),
        ("/letter.odt", "application/vnd.oasis.opendocument.text", paper_odt(PAPER)),
        ("/letter.rtf", "application/rtf", paper_rtf(PAPER)),
        ("/letter", "text/rtf; charset=utf-8", paper_rtf(PAPER)),
    ],
)
def test_a_document_at_an_address(path: str, content_type: str, data: bytes, web: Site) -> None:
    """The server's word lets it in, and its bytes say what it is; the article has its address."""
    web.answers[path] = reply(data, content_type=content_type)

    article = read_source(at(web, path), PRIVATE)

    assert share_in_order(read_words(article), PAPER.words()) >= 0.985
    assert (article.meta.title, article.meta.url) == (PAPER.title, at(web, path))


def test_a_chapter_at_an_address(web: Site) -> None:
    """A chapter is an article of its own, with an address that tells it from the others, after redirects as well."""
    web.answers |= {"/b": redirect("/book.epub"), "/book.epub": reply(paper_epub(PAPER), content_type="")}

    first, second = (read_source(f"{at(web, '/b')}#chapter={number}", PRIVATE) for number in (1, 2))

    headings = [part.text for part in PAPER.parts if part.kind == "heading"]
    assert [first.meta.title, second.meta.title] == headings[:2]
    assert second.meta.url == f"{at(web, '/book.epub')}#chapter=2"
    assert not same_address(first.meta.url or "", second.meta.url or "")
    with pytest.raises(SourceError, match=r"chapter=9 is not there: it has 3 chapters"):
        read_source(f"{at(web, '/b')}#chapter=9", PRIVATE)


def test_a_page_whose_place_is_called_chapter(web: Site) -> None:
    """What is no document is read as it was: its fragment is a place in the page."""
    web.answers["/page"] = reply(
        b"<html><body><article><p>" + b"Some words of a page. " * 20 + b"</p></article></body></html>"
    )

    article = read_source(f"{at(web, '/page')}#chapter=2", PRIVATE)

    assert article.blocks[0].text.startswith("Some words")


def test_chapters_of_addresses_are_gathered(web: Site) -> None:
    """With chapters asked for, a document comes as its chapters, a page as it is; each is fetched once for that."""
    web.answers |= {
        "/book": reply(paper_epub(PAPER), content_type="application/epub+zip"),
        "/page": reply(b"<html><p>Some words.</p></html>"),
        "/gone": reply(status=404),
    }
    visits = Visits(allow_private=True, pause_s=0)
    sources = [at(web, path) for path in ("/book", "/page", "/gone")]

    def fetch(url: str, **options: object):
        return visits.fetch(url, asked=True, **options)

    found = list(gathered(sources, by_chapter=True, fetch=fetch))
    for number in (1, 2, 3):
        read_source(f"{sources[0]}#chapter={number}", PRIVATE, fetch=fetch)

    names = [one.source for one in found if isinstance(one, Wanted)]
    assert names == [*(f"{sources[0]}#chapter={number}" for number in (1, 2, 3)), sources[1]]
    assert [one.source for one in found if isinstance(one, Unusable)] == [sources[2]]
    assert web.paths.count("/book") == 1


def test_chapters_of_a_link_are_counted_once(web: Site, tmp_path: Path) -> None:
    """A run after the first fetches no link of a list to count its chapters; what somebody typed may have changed."""
    web.answers["/book"] = reply(paper_epub(PAPER), content_type="application/epub+zip")
    url = at(web, "/book")
    links = tmp_path / "links.txt"
    links.write_text(f"{url}\n")

    def fetch(url: str, **options: object):
        return Visits(allow_private=True, pause_s=0).fetch(url, asked=True, **options)

    asked = {"by_chapter": True, "fetch": fetch, "counts": ChapterCounts(tmp_path / "counts")}
    first, again = (list(gathered([], lists=[links], **asked)) for _ in range(2))

    assert first == again
    assert len(first) == 3
    assert web.paths.count("/book") == 1
    list(gathered([url], **asked))
    assert web.paths.count("/book") == 2
    next((tmp_path / "counts").iterdir()).write_text("{")
    assert list(gathered([], lists=[links], **asked)) == first


def test_the_cover_of_a_book_at_an_address(web: Site) -> None:
    """It is in the book that was read, which is not fetched once more; for a second cover it would be."""
    cover = b"\x89PNG and a picture"
    book = bound(
        {"a.xhtml": "<h1>One</h1><p>The lamp was lit by hand.</p>"},
        others={"OEBPS/c.png": cover},
        manifest='<item id="pic" href="c.png" media-type="image/png" properties="cover-image"/></manifest>',
    )
    web.answers["/book"] = reply(book, content_type="application/epub+zip")
    meta = read_source(at(web, "/book"), PRIVATE).meta

    assert find_picture(at(web, "/book"), meta, PRIVATE) == cover
    assert web.paths.count("/book") == 1
    assert find_picture(at(web, "/book"), meta, PRIVATE) == cover
    assert web.paths.count("/book") == 2


def test_what_is_damaged_or_too_large(web: Site) -> None:
    """A broken document is refused in its own words, and one that says it is too large is not downloaded."""
    web.answers |= {
        "/broken": reply(b"%PDF-1.7\nnothing", content_type="application/pdf"),
        "/huge": reply(b"%PDF-1.7", content_type="application/pdf", content_length=str(65 * 2**20)),
        "/slides": reply(b"PK\x03\x04", content_type="application/vnd.ms-powerpoint"),
    }

    for path, message in (("/broken", "is damaged"), ("/huge", "is larger than 64 MB"), ("/slides", "is an Office")):
        with pytest.raises(SourceError, match=message):
            read_source(at(web, path), PRIVATE)


@pytest.mark.slow
def test_a_link_of_a_list_and_an_entry_of_a_feed(web: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both may be documents; their episodes know their addresses, chapter by chapter where that is asked for."""
    monkeypatch.chdir(tmp_path)
    web.answers |= {
        "/paper": reply(paper_pdf(SMALL, Layout()), content_type="application/pdf"),
        "/book": reply(paper_epub(SMALL), content_type="application/epub+zip"),
        "/feed.xml": reply(FEED.format(at(web, "/paper")).encode(), content_type="application/rss+xml"),
        "/robots.txt": reply(status=404),
    }
    Path("links.txt").write_text(f"{at(web, '/book')}\n")
    asked = ("--feed", at(web, "/feed.xml"), "--split", "chapter", "--allow-private", "-o", "out", "--engine", "tone")

    run = narrate("speak", "--from", "links.txt", *asked)

    assert run.returncode == 0, run.stderr
    urls = {json.loads(path.read_text())["meta"]["url"] for path in Path("out").glob("*.manifest.json")}
    assert {at(web, f"/book#chapter={number}") for number in (1, 2)} < urls
    assert any(url.startswith(at(web, "/paper")) for url in urls)
