"""Chapters of a document whose headings are all that parts it, and its title where it states none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from narrate.core.article import Block, Drop, Metadata
from narrate.sources.read.characters import bare
from narrate.sources.read.documents.document import Document, DocumentChapter

# What programs fill in when nobody gave a title.
_NO_TITLES = frozenset({"untitled", "document", "document1", "worddocument", "microsoftword", "unbenannt", "sanstitre"})
_FILE_ENDINGS = (".doc", ".docx", ".odt", ".rtf", ".pdf", ".tex", ".dvi", ".indd", ".qxd", ".pub", ".tmp")


def document_of(
    meta: Metadata, blocks: Sequence[Block], drops: Sequence[Drop] = (), doubts: Sequence[str] = ()
) -> Document:
    """Return a document in chapters; its title is what its first line is if that was made one, else what it states.

    Args:
        meta: What the file says of itself; titles that programs make up are passed over.
        blocks: The text, the title among it as a block of that kind where the file has one.
        drops: What is not read.
        doubts: Why it may not be all.
    """
    shown = next((block.text for block in blocks if block.kind == "title"), None)
    stated = meta.title if _is_title(meta.title) else None
    meta = replace(meta, title=shown or stated or _lone_heading(blocks))
    body = [_as_heading(block) for block in blocks if not _is_the_title(block, meta.title)]
    return Document(meta, tuple(_chapters(body)), tuple(drops), tuple(doubts))


def _is_title(stated: str | None) -> bool:
    return bool(stated) and bare(stated or "") not in _NO_TITLES and not (stated or "").lower().endswith(_FILE_ENDINGS)


def _lone_heading(blocks: Sequence[Block]) -> str | None:
    """Return the first line's words where it is a heading, and the only one so high."""
    first = next((block for block in blocks if block.kind != "image"), None)
    if first is None or first.kind != "heading":
        return None
    levels = Counter(block.level for block in blocks if block.kind == "heading")
    return first.text if levels[first.level] == 1 and first.level == min(levels) else None


def _is_the_title(block: Block, title: str | None) -> bool:
    return bool(title) and block.kind in ("title", "heading") and bare(block.text) == bare(title or "")


def _as_heading(block: Block) -> Block:
    """Make a heading of a second title: of a part, or of a document that was appended."""
    return Block("heading", block.text, 1) if block.kind == "title" else block


def _chapters(blocks: Sequence[Block]) -> Iterator[DocumentChapter]:
    """Part a text at its highest headings, if there are two of them at least."""
    levels = Counter(block.level for block in blocks if block.kind == "heading")
    highest = next((level for level in sorted(levels) if levels[level] > 1), 0)
    title: str | None = None
    own: list[Block] = []
    for block in blocks:
        if block.kind == "heading" and block.level <= highest:
            if title or own:
                yield DocumentChapter(title, tuple(own))
            title, own = block.text, []
        else:
            own.append(block)
    yield DocumentChapter(title, tuple(own))
