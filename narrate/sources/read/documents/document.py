"""A document as its chapters, and the article that they make together or each by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from narrate.core.article import Article, Block, Drop, Metadata
from narrate.core.errors import SourceError
from narrate.sources.read.characters import bare

# A year, a month or a day, and then a time (https://www.w3.org/TR/NOTE-datetime).
_DAY = re.compile(r"(?P<year>[12]\d{3})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")


@dataclass(frozen=True, slots=True)
class DocumentChapter:
    """A chapter of a document.

    Attributes:
        title: What the document calls it; None for what stands before the first one and for documents without any.
        blocks: Its text, without the title.
        drops: What of it is not read.
    """

    title: str | None
    blocks: tuple[Block, ...]
    drops: tuple[Drop, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document in the order in which it is read.

    Attributes:
        meta: What it says of itself.
        chapters: Its text.
        drops: What stands in no chapter and is not read: covers, tables of contents, an index.
        doubts: Why it may not be all of the document, each a sentence without its full stop.
    """

    meta: Metadata
    chapters: tuple[DocumentChapter, ...]
    drops: tuple[Drop, ...] = ()
    doubts: tuple[str, ...] = ()


def whole_article(document: Document) -> Article:
    """Return a document as one article: its chapters' titles are the headings of the first level."""
    blocks = list(_titled(document.meta.title))
    for chapter in document.chapters:
        if chapter.title and not _is_again(chapter.title, blocks):
            blocks.append(Block("heading", chapter.title, 1))
        blocks += _lowered(chapter)
    drops = tuple(drop for chapter in document.chapters for drop in chapter.drops)
    return Article(document.meta, tuple(blocks), document.drops + drops, document.doubts)


def chapter_articles(document: Document) -> tuple[Article, ...]:
    """Return an article for each chapter that has words, called after the chapter."""
    found = [chapter for chapter in document.chapters if any(block.kind != "image" for block in chapter.blocks)]
    return tuple(
        Article(
            replace(document.meta, title=chapter.title or document.meta.title),
            (*_titled(chapter.title or document.meta.title), *chapter.blocks),
            chapter.drops,
            document.doubts,
        )
        for chapter in found
    )


def stated_day(text: str) -> date | None:
    """Return the day that a document's metadata state; of a year or a month its first."""
    found = _DAY.match(text)
    try:
        return date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1)) if found else None
    except ValueError:
        return None


def require_text(blocks: Sequence[Block], name: str) -> None:
    """Make sure that there is something to read in a document.

    Raises:
        SourceError: There are pictures at most.
    """
    if not any(block.text for block in blocks if block.kind != "image"):
        raise SourceError(f"{name} holds no text", "pictures of pages cannot be read aloud; run OCR first")


def _titled(title: str | None) -> tuple[Block, ...]:
    return (Block("title", title),) if title else ()


def _is_again(title: str, blocks: Sequence[Block]) -> bool:
    """Tell whether a chapter is called what was said right before, as a book's first one often is."""
    return len(blocks) == 1 and bare(blocks[0].text) == bare(title)


def _lowered(chapter: DocumentChapter) -> list[Block]:
    """Put the headings inside a chapter that has a title below it."""
    if not chapter.title:
        return list(chapter.blocks)
    return [replace(block, level=max(2, block.level)) if block.kind == "heading" else block for block in chapter.blocks]
