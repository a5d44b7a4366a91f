"""Which kind of document bytes are, told by what they begin with and, of archives, by what is in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from narrate.core.errors import SourceError
from narrate.sources.read.documents.document import Document
from narrate.sources.read.documents.package import opened
from narrate.sources.read.file_kinds import kind_in_archive

DocumentForm = Literal["epub", "pdf", "docx", "odt", "rtf"]

# Some programs put a line before the mark (ISO 32000-1, implementation note 13).
PDF_MARK_WITHIN_BYTES = 1024
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF = re.compile(rb"\s*(?:\xef\xbb\xbf)?%PDF-\d")
_RTF = re.compile(rb"\s*\{\\rtf\d?")


def document_form(data: bytes, name: str) -> DocumentForm | None:
    """Return what kind of document bytes are, None where they are none.

    Raises:
        SourceError: They are a document of a kind that cannot be read, or an archive that is none.
    """
    if _is_pdf(data):
        return "pdf"
    if _RTF.match(data[:64]):
        return "rtf"
    if data.startswith(_OLD_OFFICE):
        raise SourceError(f"{name} is a document of Word 97 or the like", "save it as .docx and give that")
    return _packed_form(data, name) if data.startswith(_ZIP) else None


def _is_pdf(data: bytes) -> bool:
    """Tell a PDF by its mark at the beginning, or by that near it and the mark of the end; a text may speak of both."""
    if _PDF.match(data[:64]):
        return True
    return b"%PDF-" in data[:PDF_MARK_WITHIN_BYTES] and data.rstrip().endswith(b"%%EOF")


def _packed_form(data: bytes, name: str) -> DocumentForm:
    with opened(data, name) as package:
        stated = package.data("mimetype").strip() if "mimetype" in package else b""
        if stated == b"application/epub+zip" or "META-INF/container.xml" in package:
            return "epub"
        if "word/document.xml" in package:
            return "docx"
        if stated.startswith(b"application/vnd.oasis.opendocument.text"):
            return "odt"
    kind = kind_in_archive(data) or "an archive"
    message = f"{name} is {kind}, and none of the documents that can be read: EPUB, DOCX, ODT"
    raise SourceError(message, "unpack it and name the file that is the article")


def read_document(data: bytes, form: DocumentForm, name: str) -> Document:
    """Read a document.

    Args:
        data: The file.
        form: What it is.
        name: What to call it in an error.

    Raises:
        SourceError: It is damaged, protected, or holds no text.
    """
    return _reader(form)(data, name)


def _reader(form: DocumentForm) -> Callable[[bytes, str], Document]:
    match form:
        case "epub":
            from narrate.sources.read.documents.epub import read_epub as read
        case "docx":
            from narrate.sources.read.documents.office.docx import read_docx as read
        case "odt":
            from narrate.sources.read.documents.office.odt import read_odt as read
        case "rtf":
            from narrate.sources.read.documents.office.rtf import read_rtf as read
        case "pdf":
            from narrate.sources.read.documents.pdf import read_pdf as read
    return read
