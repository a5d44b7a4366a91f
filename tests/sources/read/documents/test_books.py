"""Books as their makers write them: what the makers' tools put into files neither hides text nor doubles it."""

from __future__ import annotations

import pytest
from support.papers.packed import packed

from narrate.core.article import Article
from narrate.core.errors import SourceError
from narrate.sources.read.documents.document import whole_article
from narrate.sources.read.documents.epub import read_epub
from narrate.sources.read.documents.epub.chapter_file import opened_tags

CONTAINER = '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>'
LONG = "A paragraph that is written twice, word for word, since the chapter on packages refers to it again. " * 3
TOC = (
    '<div class="toc"><p>Table of Contents</p><ul><li><a href="#a">The weather in the harbour</a></li>'
    '<li><a href="#b">The boats that went out</a></li></ul></div>'
)


def book(*bodies: str, head: str = "<title>T</title>", others: dict[str, str] | None = None) -> bytes:
    """Bind files with these bodies as a book."""
    names = [f"c{number}.xhtml" for number in range(1, len(bodies) + 1)]
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    opf = (
        f"<package><metadata><title>Book</title></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    pages = {
        name: f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head>{head}</head><body>{body}</body></html>'
        for name, body in zip(names, bodies, strict=True)
    }
    return packed({"META-INF/container.xml": CONTAINER, "book.opf": opf, **pages, **(others or {})})


def read(data: bytes) -> Article:
    """Read a book whole."""
    return whole_article(read_epub(data, "book"))


def texts(article: Article) -> list[str]:
    """Return the texts that are read."""
    return [block.text for block in article.blocks]


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("<title/>", "<title></title>"),
        ('<a id="x"/>Text', '<a id="x"></a>Text'),
        ("<script src='a>b.js' />", "<script src='a>b.js'></script>"),
        ('<br/><img alt="a/b" src="c"/>', '<br/><img alt="a/b" src="c"/>'),
        ("a < b / > c", "a < b / > c"),
        ('<p title="a"/><em />', '<p title="a"></p><em></em>'),
    ],
)
def test_tags_that_close_themselves(written: str, opened: str) -> None:
    """Elements of XHTML without content do not swallow what follows; those that never have any stay."""
    assert opened_tags(written) == opened


@pytest.mark.parametrize("empty", ["<title/>", '<script src="a.js"/>', '<style type="text/css"/>'])
def test_an_empty_head(empty: str) -> None:
    """All of a chapter is read behind an element of its head that is closed in its own tag."""
    assert "The sea was calm." in texts(read(book("<h1>One</h1><p>The sea was calm.</p>", head=empty)))


def test_anchors_are_no_links() -> None:
    """Empty anchors, as DocBook writes them, make no list of links of a chapter."""
    body = "".join(f'<p><a id="p{number}"/>Sentence number {number} of it.</p>' for number in range(9))

    assert len(texts(read(book(f'<h1><a id="t"/>One</h1>{body}')))) == 11


def test_a_paragraph_that_comes_twice() -> None:
    """Nothing of a book is a copy for another screen."""
    said = texts(read(book(f"<h1>One</h1><div><p>{LONG}</p><p>Between.</p><p>{LONG}</p></div>")))

    assert said.count(LONG.strip()) == 2


def test_contents_of_a_chapter() -> None:
    """A list of links at a chapter's head is on record; a chapter that is called like one, but is text, is read."""
    article = read(
        book(f"<h1>One</h1>{TOC}<p>The sea was calm.</p>", '<h1>Two</h1><div class="toc"><p>No links.</p></div>')
    )

    assert texts(article)[-3:] == ["The sea was calm.", "Two", "No links."]
    assert any(drop.rule == "contents" and "The boats" in drop.block.text for drop in article.drops)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "META-INF/encryption.xml",
            "<encryption><EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes128-cbc'/></encryption>",
        ),
        ("META-INF/license.lcpl", "{}"),
        (
            "META-INF/encryption.xml",
            "<encryption><EncryptionMethod Algorithm='http://itunes.apple.com/dataenc'/></encryption>",
        ),
    ],
)
def test_protected_books(name: str, content: str) -> None:
    """Adobe's, LCP's and Apple's protection is named as what it is."""
    with pytest.raises(SourceError, match="DRM"):
        read(book("<p>The sea was calm.</p>", others={name: content}))


@pytest.mark.parametrize("method", ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"])
def test_garbled_fonts(method: str) -> None:
    """Fonts that are garbled keep nobody from reading."""
    others = {"META-INF/encryption.xml": f"<encryption><EncryptionMethod Algorithm='{method}'/></encryption>"}

    assert "The sea was calm." in texts(read(book("<p>The sea was calm.</p>", others=others)))
