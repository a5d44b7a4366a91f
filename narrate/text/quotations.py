"""Quotations inside paragraphs: what stands in quotation marks and is long enough to be somebody's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from narrate.core.article import Cleaned, Mark

# Fewer are a title, a term, or a word that the author keeps at a distance.
QUOTED_MIN_WORDS = 4

# What opens, and what closes it: „…“ and “…”, «…» and »…«, 「…」. Single ones are apostrophes as well, and mark what is
# quoted inside of a quotation, so they open nothing here.
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‟": "”", "「": "」", "『": "』", '"': '"'}
_BEFORE = re.compile(r"[\s(\[—–\-/]")
_KINDS = frozenset({"paragraph", "list_item"})


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield spans of quotations with their marks, the outer ones where they are nested, in order.

    A mark that opens stands at the beginning of a word; one that is never closed quotes nothing.
    """
    at = 0
    while at < len(text):
        closers = _CLOSERS.get(text[at])
        end = _end(text, at, closers) if closers and (at == 0 or _BEFORE.match(text[at - 1])) else 0
        if end and len(text[at:end].split()) >= QUOTED_MIN_WORDS:
            yield at, end
        at = end or at + 1


def _end(text: str, start: int, closers: str) -> int:
    """Return where a quotation ends, behind its mark; 0 where it does not."""
    depth = 0
    for at in range(start + 1, len(text)):
        if text[at] in closers:
            if depth == 0:
                return at + 1
            depth -= 1
        elif text[at] == text[start]:
            depth += 1
    return 0


def with_quote_voice(cleaned: Cleaned, voice: str) -> Cleaned:
    """Return an article whose quotations inside paragraphs are marked to be spoken by a voice.

    What the author marked himself, and what a speaker of a dialogue says, stays as it is.

    Args:
        cleaned: What is to be spoken.
        voice: Its name.
    """
    article = cleaned.article
    blocks = tuple(
        replace(block, marks=(*block.marks, *(Mark("voice", *span, voice) for span in quotations(block.text))))
        if block.kind in _KINDS and not block.speaker and not any(mark.kind == "voice" for mark in block.marks)
        else block
        for block in article.blocks
    )
    marked = (replace(block, marks=tuple(sorted(block.marks, key=_place))) for block in blocks)
    return replace(cleaned, article=replace(article, blocks=tuple(marked)))


def _place(mark: Mark) -> tuple[int, int]:
    return mark.start_char, -mark.end_char
