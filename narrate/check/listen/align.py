"""Two sequences of words, one said and one heard, brought side by side in time that grows with their length.

Runs of words that occur once in both are pinned first, by the longest chain that keeps their order (as patience diff
does); what lies between two pins is short, and aligned at the least cost. Where nothing can be pinned in a long
stretch, it is halved by time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

# Words in a row that make a pin; shorter runs serve only inside a stretch that is still long.
_RUNS = (4, 2, 1)

# A stretch of so many pairs of words is aligned in a tenth of a second, and is longer than most paragraphs.
_MOST_PAIRS = 20_000

# What it costs to leave out a word on one side, more for the first of a run, so that gaps stay in one piece; to take a
# word for another that looks like it, and for any other.
_GAP, _OPEN = 2, 1
_LIKE, _UNLIKE = 2, 3
_FAR = 1 << 60

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Timed:
    """Words and when each begins, in milliseconds; equally many of both."""

    words: Sequence[str]
    starts_ms: Sequence[int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the words that were said (end exclusive), and of those that were heard."""

    said: int
    said_end: int
    heard: int
    heard_end: int

    @property
    def pairs(self) -> int:
        """The number of pairs of words that there would be to compare."""
        return (self.said_end - self.said) * (self.heard_end - self.heard)


def align(said: Timed, heard: Timed) -> list[Pair]:
    """Pair words that were said with words that were heard.

    Returns:
        Indices of a said and a heard word, in order, both rising; the words of a pair are the same, or one was taken
        for the other. A word in no pair was said and not heard, or heard and not said.
    """
    pairs: list[Pair] = []
    waiting = [Stretch(0, len(said.words), 0, len(heard.words))]
    first = True
    while waiting:
        stretch = waiting.pop()
        if not stretch.pairs:
            continue
        if not first and stretch.pairs <= _MOST_PAIRS:
            pairs += _cheapest(said.words, heard.words, stretch)
            continue
        pins = _pins(said.words, heard.words, stretch, first=first)
        first = False
        waiting += _between(stretch, pins) if pins else _halves(said, heard, stretch)
        pairs += pins
    return sorted(pairs)


def _pins(said: Sequence[str], heard: Sequence[str], stretch: Stretch, *, first: bool) -> list[Pair]:
    """Pairs of equal words that are certain in this stretch."""
    for length in _RUNS[:1] if first else _RUNS:
        places = _unique(heard, stretch.heard, stretch.heard_end, length)
        mine = _unique(said, stretch.said, stretch.said_end, length)
        found = [(place, places[run]) for run, place in mine.items() if run in places]
        if found:
            return _longest_chain(found)
    return []


def _unique(words: Sequence[str], start: int, end: int, length: int) -> dict[tuple[str, ...], int]:
    """Return where each run of words begins that occurs once."""
    runs = [tuple(words[place : place + length]) for place in range(start, end - length + 1)]
    counts = Counter(runs)
    return {run: start + number for number, run in enumerate(runs) if counts[run] == 1}


def _longest_chain(pairs: Sequence[Pair]) -> list[Pair]:
    """The most pairs whose second places rise as the first ones do, which are in order already."""
    ends: list[int] = []
    best: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        before.append(best[at - 1] if at else -1)
        ends[at : at + 1] = [place]
        best[at : at + 1] = [number]
    chain: list[Pair] = []
    number = best[-1]
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _between(stretch: Stretch, pins: Sequence[Pair]) -> Iterator[Stretch]:
    said, heard = stretch.said, stretch.heard
    for pin in pins:
        yield Stretch(said, pin[0], heard, pin[1])
        said, heard = pin[0] + 1, pin[1] + 1
    yield Stretch(said, stretch.said_end, heard, stretch.heard_end)


def _halves(said: Timed, heard: Timed, stretch: Stretch) -> list[Stretch]:
    """Return two halves of a stretch, each from the same time on, as far as the two timelines keep step."""
    if stretch.pairs <= _MOST_PAIRS:
        return [stretch]
    middle = (stretch.said + stretch.said_end) // 2
    begin_ms, end_ms = said.starts_ms[stretch.said], said.starts_ms[stretch.said_end - 1]
    first_ms, last_ms = heard.starts_ms[stretch.heard], heard.starts_ms[stretch.heard_end - 1]
    passed_ms = (said.starts_ms[middle] - begin_ms) * (last_ms - first_ms) // max(1, end_ms - begin_ms)
    there = bisect_left(heard.starts_ms, first_ms + passed_ms, stretch.heard, stretch.heard_end)
    if not stretch.heard < there < stretch.heard_end:  # all words at one time: nothing but their number is left
        there = (stretch.heard + stretch.heard_end) // 2
    return [
        Stretch(stretch.said, middle, stretch.heard, there),
        Stretch(middle, stretch.said_end, there, stretch.heard_end),
    ]


def _cheapest(said: Sequence[str], heard: Sequence[str], stretch: Stretch) -> Iterator[Pair]:
    """The pairs of a short stretch: equal beginnings and ends, and what costs least between them."""
    start, end, there, there_end = stretch.said, stretch.said_end, stretch.heard, stretch.heard_end
    while end > start and there_end > there and said[end - 1] == heard[there_end - 1]:
        end, there_end = end - 1, there_end - 1
        yield end, there_end
    while end > start and there_end > there and said[start] == heard[there]:
        yield start, there
        start, there = start + 1, there + 1
    if end > start and there_end > there:
        for pair in _table(said[start:end], heard[there:there_end]):
            yield start + pair[0], there + pair[1]


def _table(said: Sequence[str], heard: Sequence[str]) -> list[Pair]:
    """Gotoh's alignment: least cost with gaps that cost more to begin than to go on.

    A cell is the least cost with the words so far: ending in a pair, in a word left out of `said`, of `heard`.
    """
    rows: list[list[tuple[int, int, int]]] = [[(0, _FAR, _FAR)]]
    rows[0] += [(_FAR, _FAR, _OPEN + _GAP * count) for count in range(1, len(heard) + 1)]
    for number, word in enumerate(said, 1):
        above = rows[-1]
        row = [(_FAR, _OPEN + _GAP * number, _FAR)]
        for place, other in enumerate(heard, 1):
            up, left = above[place], row[-1]
            pair = min(above[place - 1]) + (0 if word == other else _LIKE if alike(word, other) else _UNLIKE)
            out = _GAP + min(up[0] + _OPEN, up[1], up[2] + _OPEN)
            extra = _GAP + min(left[0] + _OPEN, left[1] + _OPEN, left[2])
            row.append((pair, out, extra))
        rows.append(row)
    return _path(rows)


def _path(rows: Sequence[Sequence[tuple[int, int, int]]]) -> list[Pair]:
    """The pairs on the cheapest way through the table, from its end to its beginning."""
    number, place = len(rows) - 1, len(rows[0]) - 1
    state = rows[number][place].index(min(rows[number][place]))
    pairs: list[Pair] = []
    while number or place:
        cost = rows[number][place][state]
        if state == 0:
            number, place = number - 1, place - 1
            pairs.append((number, place))
            state = rows[number][place].index(min(rows[number][place]))
            continue
        number, place = (number - 1, place) if state == 1 else (number, place - 1)
        before = rows[number][place]
        state = next(
            (other for other in range(3) if cost == before[other] + _GAP + (_OPEN if other != state else 0)), state
        )
    return pairs


@lru_cache(maxsize=65536)
def alike(word: str, other: str) -> bool:
    """Tell whether one word may be taken for the other: they begin alike, or share most of their letters."""
    if word[0] == other[0] and word[:2] == other[:2]:
        return True
    mine, others = set(word), set(other)
    return 3 * len(mine & others) >= 2 * max(len(mine), len(others))
