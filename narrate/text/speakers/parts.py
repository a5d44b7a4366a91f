"""An article in parts that one person can say: a block, or a stretch of one in which several speak."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from narrate.core.article import Block
from narrate.text.speakers.labels import Label, label_of

# Where somebody else may begin inside of a paragraph: after the end of a sentence, before a name in angle brackets.
_TURN = re.compile(r"(?<=[.!?…\"”»)\]])\s+(?=[^\W\d_\[(])|\s(?=(?:\[[\d:]+\]\s)?<[^<>\s]{1,30}>\s)")
SPOKEN_KINDS = frozenset({"paragraph", "list_item", "heading"})


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a block.

    Attributes:
        block: Its index in the article.
        start_char: Where it begins in the block's text.
        end_char: Where it ends (exclusive).
        text: Without the label.
        label: What it begins with, if that may name a speaker.
    """

    block: int
    start_char: int
    end_char: int
    text: str
    label: Label | None = None


def parts_of(blocks: Sequence[Block]) -> Iterator[Part]:
    """Yield the parts of all blocks in order; a block without a label is one part, and so is what nobody speaks."""
    for index, block in enumerate(blocks):
        label = label_of(block) if block.kind in SPOKEN_KINDS else None
        starts = [(0, label), *(_inner(block, label.end_char) if label else ())]
        ends = [*(start for start, _ in starts[1:]), len(block.text)]
        for (start, own), end in zip(starts, ends, strict=True):
            begins = start + (own.end_char if own else 0)
            yield Part(index, start, end, block.text[begins:end].strip(), own)


def _inner(block: Block, after_char: int) -> Iterator[tuple[int, Label]]:
    """Yield labels inside of a block that begins with one, as lines leave them that a reader has joined."""
    for turn in _TURN.finditer(block.text, after_char):
        label = label_of(block, block.text[turn.end() :])
        if label and label.form in ("colon", "chat"):
            yield turn.end(), label
