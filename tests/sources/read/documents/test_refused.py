"""Documents that cannot be read end in an error that names them, quickly and without much memory."""

from __future__ import annotations

import zlib

import pytest
from support.papers.packed import packed, paper_docx, paper_epub
from support.papers.paper import make_paper
from support.papers.pdfs import Layout, paper_pdf

from narrate.core.errors import SourceError
from narrate.sources.read.documents import package as package_module
from narrate.sources.read.documents.forms import document_form, read_document

PAPER = make_paper(1, sections=1, paragraphs=2)
PDF, EPUB = paper_pdf(PAPER, Layout()), paper_epub(PAPER)
_AES = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
_CIPHER = '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'
_ENTITIES = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 9))
LAUGHS = f'<!DOCTYPE x [<!ENTITY a0 "ha">{_ENTITIES}]><package>&a8;</package>'


def one_page(content: str) -> bytes:
    """Return a PDF without a table of its objects, and with a page that holds nothing."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>endobj trailer<</Root 1 0 R>>" + content.encode()
    )


def crowded_page(drawing: bytes, count: int) -> bytes:
    """Return a PDF with a page that draws so many things; a few kilobytes for each million of them."""
    stream = zlib.compress(b"BT /F 12 Tf 72 700 Td " + drawing * count + b"ET")
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F "
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj "
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n"
        % len(stream)
        + stream
        + b"\nendstream endobj trailer<</Root 1 0 R>>"
    )


REFUSED = {
    "half a PDF": (PDF[: len(PDF) // 2], "is damaged"),
    "bytes behind a PDF's mark": (b"%PDF-1.7 " + bytes(range(256)), "is damaged"),
    "a PDF of pictures": (one_page(""), "has no text.*pictures"),
    "a page of a million lines": (crowded_page(b"(Words.) Tj 0 -12 Td ", 1_000_000), "draws more on one page"),
    "a page of a million strokes": (crowded_page(b"0 0 m 9 9 l S\n", 1_000_000), "draws more on one page"),
    "half a book": (EPUB[: len(EPUB) // 2], "cannot be unpacked"),
    "a book without its list": (packed({"META-INF/container.xml": "<container/>"}), "no list of its texts"),
    "a book whose list is no XML": (paper_epub(PAPER, others={"OEBPS/book.opf": b"\x00"}), "is no XML"),
    "a book of entities": (paper_epub(PAPER, others={"OEBPS/book.opf": LAUGHS}), "damaged"),
    "a protected book": (
        paper_epub(PAPER, others={"META-INF/encryption.xml": _CIPHER.format(_AES)}),
        "protected against copying",
    ),
    "a lent book": (paper_epub(PAPER, others={"META-INF/license.lcpl": "{}"}), "protected against copying"),
    "a book of a million paragraphs": (
        paper_epub(PAPER, others={"OEBPS/c1.xhtml": "<p>a</p>" * 500_000}),
        "more than 200,000 elements",
    ),
    "a document that is no XML": (packed({"word/document.xml": "<x"}), "is damaged"),
    "an old document of Word's": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx|Word 97"),
    "an archive of texts": (packed({"a.txt": "text"}), "is an archive, and none of the documents"),
    "a workbook": (packed({"xl/workbook.xml": "<a/>"}), "is an Excel workbook, and none of the documents"),
    "a locked document": (
        packed({"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": "<encryption-data/>"}),
        "is encrypted",
    ),
    "groups without end": (b"{\\rtf1 " + b"{" * 5_000, "no end"),
    "RTF without text": (b"{\\rtf1 {\\pict 00}}", "holds no text"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_it_is_said_what_is_wrong(kind: str) -> None:
    """One line names the file and what is wrong with it, another what to do."""
    data, message = REFUSED[kind]

    with pytest.raises(SourceError, match=message) as caught:
        form = document_form(data, "paper.bin")
        assert form is not None
        read_document(data, form, "paper.bin")

    assert caught.value.hint
    assert "\n" not in caught.value.message


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that unpacks to more than any document has is left after so much of it."""
    monkeypatch.setattr(package_module, "MEMBER_MAX_BYTES", 1_000_000)
    bomb = paper_epub(PAPER, others={"OEBPS/c1.xhtml": b"a" * 5_000_000})

    with pytest.raises(SourceError, match="unpacks to more"):
        read_document(bomb, "epub", "bomb.epub")


def test_garbled_fonts_keep_nobody_from_reading() -> None:
    """A book whose fonts alone are garbled is no protected one."""
    book = paper_epub(PAPER, others={"META-INF/encryption.xml": _CIPHER.format("http://www.idpf.org/2008/embedding")})

    assert read_document(book, "epub", "book.epub").chapters


def test_a_table_of_objects_that_is_wrong_is_made_anew() -> None:
    """Programs that append to a PDF leave its table wrong, and readers look for the objects themselves."""
    broken = PDF[: PDF.rfind(b"xref")]

    assert read_document(broken, "pdf", "paper.pdf").chapters == read_document(PDF, "pdf", "paper.pdf").chapters


def test_other_archives_are_none() -> None:
    """What is no document at all is left to other readers."""
    assert document_form(b"plain text", "a") is None
    assert document_form(paper_docx(PAPER), "a") == "docx"


def test_a_page_of_many_lines_is_read() -> None:
    """What is drawn is counted, and text of a usual page is far below what is refused."""
    document = read_document(crowded_page(b"(Some words here.) Tj 0 -12 Td ", 50), "pdf", "paper.pdf")

    assert document.chapters
