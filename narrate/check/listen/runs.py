"""Which stretches of words are missing, and which are too many: the part of comparing that decides what is reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from narrate.check.listen.regions import Region

# So many words in a row are no slip of the recogniser.
RUN_MIN_WORDS = 3

# Words in place of others are what the recogniser made of them where so much of the letters is the same. Misheard
# names have 0.6 and more, unrelated sentences 0.35 to 0.5.
ALIKE = 0.55

# Where as many words were heard as were said, it takes more of them to tell other words from ill heard ones.
REPLACED_MIN_WORDS = 6

# Words like "the" are found by chance inside a stretch that is missing; so few do not divide it.
_ISLAND_MAX_WORDS = 2

# Of a stretch that is said to be heard twice, so much must be the same.
_SAME_MIN_SHARE = 0.7

# A gap is moved so far to a sentence's beginning; further only where one word is all that is said.
_MOVED_MAX_WORDS = 200

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentences:
    """The number of its sentence and of its block for each word of the script."""

    sentences: Sequence[int]
    blocks: Sequence[int]

    def begins(self, place: int) -> bool:
        """Tell whether a sentence begins with this word."""
        return place == 0 or self.sentences[place] != self.sentences[place - 1]

    def ends(self, place: int) -> bool:
        """Tell whether a sentence ends before this word."""
        return place == len(self.sentences) or self.begins(place)


def missing_runs(said: Sequence[str], found: Sequence[Region], where: Sentences) -> list[Span]:
    """Runs of words for which nothing was heard, each within one block, in order.

    Reported are runs of RUN_MIN_WORDS, whole sentences, and what is missing at the end of one with nothing in its
    place: a voice that stops too early leaves out the last word.
    """
    spans: list[Span] = []
    for region in found:
        spans += (_settled(said, span, where) for span in _unheard(region))
    joined = _joined(spans)
    return [part for span in joined for part in _by_block(span, where) if _counts(part, where)]


def _unheard(region: Region) -> Iterator[Span]:
    """The words of a region that have no counterpart."""
    length = region.said_end - region.said
    if region.likeness >= ALIKE or (len(region.pairs) == length and length < REPLACED_MIN_WORDS):
        return
    start = region.said
    for place in [*region.near, region.said_end]:
        if place > start:
            yield start, place
        start = place + 1


def doubtful(region: Region, where: Sentences) -> bool:
    """Tell whether it is worth to hear this place again: what was heard is no misspelling of one word."""
    said, heard = region.said_end - region.said, region.heard_end - region.heard
    return region.likeness < ALIKE and (max(said, heard) > 1 or (not heard and where.ends(region.said_end)))


def _settled(said: Sequence[str], span: Span, where: Sentences) -> Span:
    """Move a gap to where a sentence begins, if the words around it leave that open.

    Of "Musk spoke. Musk left." without its second sentence, both "spoke. Musk left" and "Musk left." may be missing.
    """
    start, end = span
    options = [span]
    while start > 0 and said[start - 1] == said[end - 1] and span[0] - start < _MOVED_MAX_WORDS:
        start, end = start - 1, end - 1
        options.append((start, end))
    start, end = span
    while end < len(said) and said[start] == said[end] and start - span[0] < _MOVED_MAX_WORDS:
        start, end = start + 1, end + 1
        options.append((start, end))
    return max(options, key=lambda option: 2 * where.begins(option[0]) + where.ends(option[1]))


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans as one where next to nothing was heard between them."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and _is_island(joined[-1], (start, end)):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _is_island(before: Span, after: Span) -> bool:
    between = after[0] - before[1]
    missing = before[1] - before[0] + after[1] - after[0]
    return between <= _ISLAND_MAX_WORDS and 3 * between <= missing


def _by_block(span: Span, where: Sentences) -> Iterator[Span]:
    start = span[0]
    for place in range(span[0] + 1, span[1] + 1):
        if place == span[1] or where.blocks[place] != where.blocks[start]:
            yield start, place
            start = place


def _counts(span: Span, where: Sentences) -> bool:
    return span[1] - span[0] >= RUN_MIN_WORDS or where.ends(span[1])


def extra_runs(said: Sequence[str], heard: Sequence[str], found: Sequence[Region]) -> Iterator[tuple[Span, int]]:
    """Runs of words that were heard without having been said, and the place in the script that they follow."""
    for region in found:
        if region.likeness >= ALIKE:
            continue
        start, place = region.heard, region.said
        for mine, other in [*region.pairs, (region.said_end, region.heard_end)]:
            doubled = region.said == region.said_end and _is_echo(said, heard, (start, other), place)
            if other - start >= RUN_MIN_WORDS or (doubled and other > start):
                yield (start, other), place
            start, place = other + 1, mine + 1


def _is_echo(said: Sequence[str], heard: Sequence[str], span: Span, place: int) -> bool:
    """Tell whether exactly these words stand before or after a place in the script."""
    words = list(heard[slice(*span)])
    return words in (list(said[max(0, place - len(words)) : place]), list(said[place : place + len(words)]))


def resembles(words: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether most of these words are among the others, in the same order."""
    matcher = SequenceMatcher(None, list(words), list(others), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) >= _SAME_MIN_SHARE * len(words)
