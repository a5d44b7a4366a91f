"""A page's own copy of its article's text, as `articleBody` of JSON-LD holds it, becomes blocks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from narrate.core.article import Block
from narrate.sources.read.characters import tidy
from narrate.sources.read.choosing.matching import select
from narrate.sources.read.html_blocks import Piece
from narrate.sources.read.html_fragments import blocks_from_fragment

# The text is shown on the page where it has so much of it, in blocks that say what they are.
SHOWN_SHARE = 0.8
# A line of more words has lost the ends of its paragraphs; sentences are put together to so many words at least.
LINE_MAX_WORDS = 150
PARAGRAPH_WORDS = 60

_MARKUP = re.compile(r"</(?:p|div|li|h[1-6])>|<(?:br|p)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,300}>")
# "… the old pier.The second …": where one paragraph ended.
_GLUED = re.compile(
    r"(?<=[^\W\d_][^\W\d_][.!?…])(?=[\"“‘'«]?[A-ZÀ-ÖØ-Þ][\w’']*\s)|(?<=[.!?…][\"”’»])(?=[A-ZÀ-ÖØ-Þ])|\s{3,}"
)
_SENTENCE_END = re.compile(r"""(?<=[.!?…。！？])\s+|(?<=[.!?…]["”’»)])\s+|(?<=[。！？])""")


def body_blocks(body: object) -> list[Block]:
    """Return the blocks of a text that is plain, or holds markup, or markup written as text; none of anything else."""
    if not isinstance(body, str):
        return []
    text = html.unescape(body) if "&lt;" in body and not _MARKUP.search(body) else body
    if _MARKUP.search(text):
        return blocks_from_fragment(text)
    plain = html.unescape(_TAG.sub("", text))
    return [Block("paragraph", line) for part in plain.splitlines() for line in _paragraphs(part) if line]


def _paragraphs(line: str) -> Iterator[str]:
    """Yield a line as it is; one that is too long for a paragraph as several."""
    if len(line.split()) <= LINE_MAX_WORDS:
        yield tidy(line)
        return
    for part in _GLUED.split(line):
        group: list[str] = []
        words, is_long = 0, len(part.split()) > LINE_MAX_WORDS
        for sentence in _SENTENCE_END.split(part):
            group.append(sentence)
            words += len(sentence.split())
            if is_long and words >= PARAGRAPH_WORDS:
                yield tidy(" ".join(group))
                group, words = [], 0
        yield tidy(" ".join(group))


def shown_blocks(found: Sequence[Piece], body: Sequence[Block]) -> list[Block]:
    """Return the page's own blocks that a text consists of; none where the page does not show most of it.

    Args:
        found: All pieces of the page.
        body: The text.
    """
    chosen = select(found, [block.text for block in body])
    blocks = [found[index].block for index in sorted(chosen)]
    shown, stated = (sum(len(block.text.split()) for block in part) for part in (blocks, body))
    return blocks if shown >= SHOWN_SHARE * stated else []
