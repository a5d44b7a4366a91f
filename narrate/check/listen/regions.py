"""Regions in which what was heard is not what was said: the stretches between words that are the same in both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from narrate.check.listen.align import Pair, alike

# Longer than what a recogniser mishears at a time.
_PIECE_CHARS = 400


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of words that were said (end exclusive), and what was heard in their place; one may be empty.

    Attributes:
        said: Where it begins among the words that were said.
        said_end: Where it ends.
        heard: Where it begins among the words that were heard.
        heard_end: Where it ends.
        pairs: Words in it that were taken for others.
        near: Which of the said words were taken for others that look like them.
        likeness: From 0 to 1, how much of the letters of both is the same; 0 where one side is empty.
    """

    said: int
    said_end: int
    heard: int
    heard_end: int
    pairs: tuple[Pair, ...]
    near: tuple[int, ...]
    likeness: float

    @property
    def extra(self) -> int:
        """The number of words that were heard and not said."""
        return self.heard_end - self.heard - len(self.pairs)


def regions(said: Sequence[str], heard: Sequence[str], pairs: Sequence[Pair]) -> Iterator[Region]:
    """Yield all that differs, in order; words that are only divided otherwise ("web site", "website") do not.

    Args:
        said: The words of the script.
        heard: The words that were heard.
        pairs: Which go together (narrate.check.listen.align).
    """
    start, there = 0, 0
    inside: list[Pair] = []
    for pair in [*pairs, (len(said), len(heard))]:
        if pair[0] < len(said) and said[pair[0]] != heard[pair[1]]:
            inside.append(pair)
            continue
        mine, others = "".join(said[start : pair[0]]), "".join(heard[there : pair[1]])
        if mine != others:
            near = tuple(place for place, other in inside if alike(said[place], heard[other]))
            yield Region(start, pair[0], there, pair[1], tuple(inside), near, _likeness(mine, others))
        start, there = pair[0] + 1, pair[1] + 1
        inside = []


def _likeness(mine: str, others: str) -> float:
    """Return the share of letters that agree; long stretches in pieces, as time grows with their square."""
    pieces = -(-max(len(mine), len(others)) // _PIECE_CHARS) or 1
    total = same = 0.0
    for number in range(pieces):
        one, other = (
            text[len(text) * number // pieces : len(text) * (number + 1) // pieces] for text in (mine, others)
        )
        chars = len(one) + len(other)
        total += chars
        same += SequenceMatcher(None, one, other, autojunk=False).ratio() * chars
    return same / total if total else 1.0
