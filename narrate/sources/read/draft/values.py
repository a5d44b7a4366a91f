"""Values of a draft: its blocks, each kept or dropped, with what will be said of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from narrate.core.article import Block, Metadata

# The number that stands in the front matter; a later narrate may write another one.
VERSION = 1


# Of a block that an editor put a percent sign before.
BY_HAND = "draft"


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A block of a draft.

    Attributes:
        block: The author's words, and the marks in them.
        is_dropped: It is not spoken.
        rule: The cleaning rule that dropped it, also where an editor keeps it all the same; "" for none.
        why: What decided, as in Drop.
        say: What is said in its place, while transcripts have the author's words; "" for the block itself.
        said: What will be said where that is not what is written; a note.
        doubtful: Lexicon lines of words that are likely to be said wrong; notes.
        notes: Lines of the editor's own that nobody speaks.
        id: Tells the block from the draft's others; made of its words, so that it does not hang on its place.
        line: Where it begins in the file, from 1; 0 where it was not read from one.
    """

    block: Block
    is_dropped: bool = False
    rule: str = ""
    why: str = ""
    say: str = ""
    said: str = ""
    doubtful: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    id: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it will be spoken.

    Attributes:
        meta: What its front matter says of the article; `origin` is that of the article, "" for none.
        blocks: What is spoken and what was dropped, in reading order.
        source: The article, an address or a path as seen from the draft's folder; "" for none.
        notes: Notes above the first block.
        unknown: Lines of the front matter that narrate has no use for.
    """

    meta: Metadata
    blocks: tuple[DraftBlock, ...]
    source: str = ""
    notes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def with_ids(blocks: Iterable[DraftBlock]) -> tuple[DraftBlock, ...]:
    """Return blocks with an identity each: a checksum of kind and words, numbered where it comes again."""
    counts: dict[str, int] = {}
    named = []
    for one in blocks:
        key = hashlib.sha256(f"{one.block.kind}\0{one.block.text}".encode("utf-8", "replace")).hexdigest()[:10]
        counts[key] = counts.get(key, 0) + 1
        named.append(replace(one, id=key if counts[key] == 1 else f"{key}-{counts[key]}"))
    return tuple(named)
