"""Features of each block for the cleaning rules: its words, and the phrase that it is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass, replace

from narrate.core.article import Block
from narrate.text.clean.phrases import Hit, Phrases

# A paragraph of eight words that ends as a sentence does is somebody's prose.
PROSE_MIN_WORDS = 8

# "Sometimes people ask me why […]" is how a teaser ends; a letter by itself is part of an index.
CUT_OFF = Hit("related", "edge")

VERSE_MIN_LINES = 5

# Under "Most read" stand headlines and teasers; so long a paragraph is the author's, and so is the heading.
OWN_SECTION_MIN_WORDS = 15

ABOUT = Hit("about-publisher", "tail")
ABOUT_MAX_PARAGRAPHS = 3
ABOUT_AFTER_MAX_SHARE = 0.25

_FULL_STOP = re.compile(r"[.!?…。！？][\"'”’»“)\]]*$")
_SENTENCE_END = re.compile(r"[.!?…:;。！？」][\"'”’»“)\]]*$")
_CJK_CHARS_PER_WORD = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One block with what the rules ask of it.

    Attributes:
        block: The block itself.
        words: Its length; two characters of Chinese or Japanese count as a word.
        is_sentence: It ends with a mark, as sentences do.
        hit: The phrase that it is, None for the author's words.
        mentions: How many words of pleas and notices it holds.
    """

    block: Block
    words: int
    is_sentence: bool
    hit: Hit | None
    mentions: int

    @property
    def is_prose(self) -> bool:
        """A paragraph of sentences."""
        return self.is_sentence and self.words >= PROSE_MIN_WORDS

    @property
    def is_own_prose(self) -> bool:
        """A paragraph of sentences that no phrase recognises."""
        return self.is_prose and self.hit is None

    @property
    def is_heading_like_header(self) -> bool:
        """A heading such as "Comments", which may be the author's."""
        return self.block.kind == "heading" and self.hit is not None and self.hit.strength == "opens"

    @property
    def is_short(self) -> bool:
        """A line that is neither a sentence nor part of a list: a heading, a headline, a button."""
        return not self.is_sentence and self.block.kind != "list_item"


def lines_of(
    blocks: Sequence[Block], phrases: Phrases, seen: MutableMapping[Block, Line] | None = None
) -> tuple[Line, ...]:
    """Look at every block once, and again at those that only their neighbours explain.

    Args:
        blocks: The blocks of an article.
        phrases: Those of its language.
        seen: Blocks that were looked at before, each by itself; new ones are added.
    """
    seen = {} if seen is None else seen
    seen.update((block, _line(block, phrases)) for block in blocks if block not in seen)
    lines = [seen[block] for block in blocks]
    for index in range(1, len(lines)):
        before, line = lines[index - 1], lines[index]
        if _continues(before, line, phrases):
            lines[index] = replace(line, hit=before.hit)
        if _is_own_section(before, line):
            lines[index - 1] = replace(before, hit=_hint(before))
    for start, end in _about_sections(lines, phrases):
        lines[start:end] = [replace(line, hit=ABOUT) for line in lines[start:end]]
    return tuple(lines)


def is_verse(lines: Sequence[Line]) -> bool:
    """Short lines and no prose: a poem, whose lines may be what buttons say."""
    short = sum(line.is_short and line.hit is None for line in lines)
    return short >= VERSE_MIN_LINES and not any(line.is_prose for line in lines)


def is_enough(line: Line, *, in_verse: bool = False) -> bool:
    """Tell whether the phrase that a line is says by itself that no author wrote it; in verse few do."""
    if line.hit is None or line.block.kind == "title" or line.is_heading_like_header:
        return False
    return line.hit.strength not in (("edge", "tail", "weak", "opens") if in_verse else ("edge", "tail"))


def _line(block: Block, phrases: Phrases) -> Line:
    ends = bool(_SENTENCE_END.search(block.text))
    words = _words(block.text)
    hit = phrases.hit(block)
    if hit and _FULL_STOP.search(block.text) and _is_doubtful(hit, block):  # "It was not hard," she says.
        hit = None
    if hit is None and (block.text.endswith(("[…]", "[...]", "[…", "[...")) or len(block.text) == 1):
        hit = CUT_OFF
    return Line(block, words, ends, hit, phrases.count_mentions(block.text))


def _is_doubtful(hit: Hit, block: Block) -> bool:
    """A button has no full stop; a step of a list does: "4. Share it with a friend." """
    return hit.strength in ("weak", "edge") or (hit.strength == "lines" and block.kind == "list_item")


def _words(text: str) -> int:
    if text.isascii():
        return len(text.split())
    wide = sum(1 for char in text if "\u3040" <= char <= "\u9fff")
    return len(text.split()) + wide // _CJK_CHARS_PER_WORD


def _continues(before: Line, line: Line, phrases: Phrases) -> bool:
    """ "She is the author of six books." after a line that says who she is."""
    is_bio = before.hit is not None and before.hit.rule == "author-bio" and before.hit.strength == "tail"
    return is_bio and line.hit is None and bool(phrases.hit(line.block, ("continues",)))


def _is_own_section(header: Line, first: Line) -> bool:
    """ "UP NEXT" over "Thunder: Host the Lakers on Friday.": headlines of other articles have no full stop.

    Neither does a long paragraph stand there, if the header is marked as a heading.
    """
    if header.hit is None or header.hit.strength != "opens" or first.hit is not None or not first.is_sentence:
        return False
    return not first.is_prose or (header.block.kind == "heading" and first.words >= OWN_SECTION_MIN_WORDS)


def _hint(header: Line) -> Hit | None:
    """Return what is left of a header that stands over the article's text: widgets are often empty."""
    return Hit(header.hit.rule, "edge") if header.hit and header.block.kind != "title" else None


def _about_sections(lines: Sequence[Line], phrases: Phrases) -> Iterator[tuple[int, int]]:
    """ "About Acme" over a paragraph that begins with "Acme": how press releases and publishers end.

    Yields the span from the header through at most three paragraphs, if little of the text comes after it.
    """
    total = sum(line.words for line in lines if line.is_prose)
    # How much of the author's prose comes after each line, so that it is not counted anew for each header.
    own = [line.words if line.is_prose and not line.hit else 0 for line in lines]
    seen = list(itertools.accumulate(own, initial=0))
    for index, (header, first) in enumerate(itertools.pairwise(lines)):
        name = phrases.about(header.block.text) if not header.is_prose else None
        if not name or not first.is_prose or not first.block.text.startswith(name):
            continue
        end = index + 1
        while end < min(len(lines), index + 1 + ABOUT_MAX_PARAGRAPHS) and lines[end].is_prose:
            end += 1
        if seen[-1] - seen[end] <= ABOUT_AFTER_MAX_SHARE * total:
            yield index, end
