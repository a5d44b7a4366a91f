"""Reader for PDF: opens the file, gathers its lines page by page, and makes a document of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from narrate.core.article import Block, Drop, Metadata
from narrate.core.errors import SourceError
from narrate.core.language.tags import tag_in
from narrate.core.resources import packaged_table
from narrate.sources.read.characters import bare, tidy
from narrate.sources.read.documents.document import Document
from narrate.sources.read.documents.headings import document_of
from narrate.sources.read.documents.pdf.columns import Line, lines_in_order
from narrate.sources.read.documents.pdf.gutters import Gutter, gutters_of
from narrate.sources.read.documents.pdf.heads import running_lines
from narrate.sources.read.documents.pdf.lines import page_segments
from narrate.sources.read.documents.pdf.listings import END_CHARS, listing_lines
from narrate.sources.read.documents.pdf.measures import measured
from narrate.sources.read.documents.pdf.paragraphs import blocks_of_lines
from narrate.sources.read.documents.pdf.streams import draws_too_much

if TYPE_CHECKING:
    import pypdfium2

PAGES_MAX = 5_000
# Pages with fewer characters hold no text: a number, a stamp.
PAGE_MIN_CHARS = 20
# Of so many pages without text it is said how many there are.
EMPTY_MIN_SHARE = 0.1
# A paragraph of so many words without a year is no reference, and ends their list.
PROSE_MIN_WORDS = 30
# pypdfium2's numbers of what is wrong with a file (fpdfview.h).
_PASSWORD, _SECURITY = 4, 5

_WORDS = packaged_table("narrate.sources.read.documents.pdf", "words.toml")
_REFERENCES = re.compile(rf"(?:[\divx]{{1,3}}\.?\s*)?(?:{'|'.join(_WORDS['references'])})", re.IGNORECASE)
_CONTENTS = re.compile("|".join(_WORDS["contents"]), re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|\bin press\b|\bforthcoming\b")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[A-Z])\.?\s+\S")
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d*$|\s\d{1,4}$")
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")


def read_pdf(data: bytes, name: str) -> Document:
    """Read a PDF.

    Args:
        data: The file.
        name: What to call it in an error.

    Raises:
        SourceError: It is damaged, locked, too long, or its pages are pictures.
    """
    import pypdfium2

    if draws_too_much(data):
        raise SourceError(f"{name} draws more on one page than any page of text does", "give its text instead")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unopened(error, name) from error
    try:
        meta = _metadata(document)
        pages = list(_pages(document, name))
    finally:
        document.close()
    return _document(pages, meta, name)


def _unopened(error: pypdfium2.PdfiumError, name: str) -> SourceError:
    if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
        return SourceError(f"{name} is locked by a password", "save a copy without a password and give that")
    return SourceError(f"{name} is damaged: it is no PDF that can be read", "get the file once more")


def _pages(document: pypdfium2.PdfDocument, name: str) -> Iterator[list[Line]]:
    import pypdfium2

    if len(document) > PAGES_MAX:
        raise SourceError(f"{name} has more than {PAGES_MAX:,} pages", "split it into several files")
    gutters: list[Gutter] = []
    for index in range(len(document)):
        try:
            page = document[index]
            text_page = page.get_textpage()
        except (pypdfium2.PdfiumError, IndexError) as error:
            message = f"{name} is damaged: its page {index + 1} cannot be read"
            raise SourceError(message, "get the file once more") from error
        try:
            segments = page_segments(text_page)
            gutters = gutters_of(segments, gutters)
            yield lines_in_order(segments, index, gutters)
        finally:
            text_page.close()
            page.close()


def _document(pages: Sequence[list[Line]], meta: Metadata, name: str) -> Document:
    empty = sum(sum(len(line.text) for line in lines) < PAGE_MIN_CHARS for lines in pages)
    if empty == len(pages):
        raise SourceError(
            f"{name} has no text: its pages are pictures", "run OCR first, as with ocrmypdf, and give that"
        )
    kept, drops = _without(running_lines(pages), pages)
    kept, listed = _without(listing_lines(kept), kept)
    drops += listed
    blocks = blocks_of_lines(kept, measured([line for lines in kept for line in lines]))
    blocks, left_out = _without_lists(blocks)
    doubts = (f"{empty} of its {len(pages)} pages have no text that can be read",)
    is_doubtful = empty >= EMPTY_MIN_SHARE * len(pages)
    return document_of(meta, _titled(blocks, meta), [*drops, *left_out], doubts if is_doubtful else ())


def _without(gone: Mapping[int, str], pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[Drop]]:
    """Take lines out of their pages, each for the rule that its id has."""
    drops = [Drop(Block("paragraph", line.text), gone[id(line)]) for page in pages for line in page if id(line) in gone]
    return [[line for line in lines if id(line) not in gone] for lines in pages], drops


def _titled(blocks: Sequence[Block], meta: Metadata) -> list[Block]:
    """Make a title of the largest heading if it is at the beginning; lines of the title's size may be several."""
    highest = min((block.level for block in blocks if block.kind == "heading"), default=0)
    first = next((i for i, block in enumerate(blocks[:6]) if block.kind == "heading" and block.level == highest), None)
    is_lone = sum(block.kind == "heading" and block.level == highest for block in blocks) == 1
    if first is None or not is_lone:
        return list(blocks)
    title = Block("title", blocks[first].text)
    before = [block for block in blocks[:first] if bare(block.text) != bare(title.text)]
    return [title, *before, *blocks[first + 1 :]]


def _without_lists(blocks: Sequence[Block]) -> tuple[list[Block], list[Drop]]:
    """Take out lists of references and tables of contents, from their heading to the next one."""
    kept: list[Block] = []
    drops: list[Drop] = []
    rule, level = "", 0
    for block in blocks:
        if block.kind == "heading" and (not rule or block.level <= level or _NUMBERED.match(block.text)):
            rule = _list_rule(block.text)
            level = block.level
        if rule == "references" and _is_prose(block):
            rule = ""
        if rule == "contents" and not _LEADERS.search(block.text[-END_CHARS:]) and block.kind != "heading":
            rule = ""
        if rule:
            drops.append(Drop(block, rule))
        else:
            kept.append(block)
    return kept, drops


def _is_prose(block: Block) -> bool:
    """Tell whether a paragraph is none of a list of references: long, and without a year."""
    return len(block.text.split()) >= PROSE_MIN_WORDS and not _YEAR.search(block.text)


def _list_rule(heading: str) -> str:
    if _REFERENCES.fullmatch(heading.strip()):
        return "references"
    return "contents" if _CONTENTS.fullmatch(heading.strip()) else ""


def _metadata(document: pypdfium2.PdfDocument) -> Metadata:
    found = document.get_metadata_dict(skip_empty=True)
    return Metadata(
        title=tidy(found.get("Title", "")) or None,
        author=tidy(found.get("Author", "")) or None,
        published=_day(found.get("CreationDate", "")),
        language=tag_in(tidy(_language(document))),
    )


def _language(document: pypdfium2.PdfDocument) -> str:
    """Return the language that the file's catalog states, "" where none."""
    import ctypes

    import pypdfium2.raw as pdfium

    if not hasattr(pdfium, "FPDFCatalog_GetLanguage"):
        return ""
    size = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    if not 2 < size < 200:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFCatalog_GetLanguage(document, buffer, size)
    return bytes(buffer).decode("utf-16-le", errors="replace").rstrip("\x00")


def _day(text: str) -> date | None:
    found = _DATE.match(text)
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None
    except ValueError:
        return None
