"""Features of a line's surroundings: neighbours, its place in the text, headers above it, words it shares."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from narrate.text.clean.evidence import length_bin, look_of, own_evidence
from narrate.text.clean.line_features import Line
from narrate.text.linear_chain import Item

NEIGHBOURS = (-2, -1, 1, 2)
WINDOW_LINES = 5
NEAR_LINES = 3
NEAR_WORDS_BINS = (1, 30, 100)
COUNT_BINS = (1, 2, 3, 5)
RUN_BINS = (2, 3, 5, 9, 17)
DISTANCE_BINS = (1, 2, 3, 5, 9, 17, 33)
SHARE_BINS = (0.001, 0.1, 0.3, 0.6, 0.9, 0.999)
SHARED_BINS = (0.01, 0.26, 0.51, 0.76)
RAW_BINS = (0.15, 0.35, 0.6)
MARKED_BINS = (0.001, 0.08, 0.2, 0.4)
# Before a header counts, so much of the article must have been seen.
SEEN_MIN_WORDS = 40
# "124 comments" under a byline leads to them; so much of the prose must stand above a header of them.
SEEN_MIN_SHARE = 0.05
TIMES_MAX = 3
CONTENT_MIN_CHARS = 4
VOCABULARY_MIN_WORDS = 20
_FAR = 99

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Text:
    """A text as its lines are looked at together: lists have an entry for each line.

    Attributes:
        lines: The lines.
        looks: What each looks like (`evidence.look_of`).
        words: The content words of each.
        plain: Each without case and marks.
        title: Index of the title; 0 where none is marked.
        prose_seen: Words of the author's prose before each line, and all of them at the end.
        first: Index of the first paragraph of prose.
        last: Index of the last one that is long.
        vocabulary: In how many long paragraphs a content word stands.
        times: How often a plain line stands in the text.
        beginnings: How many lines that are no prose begin with the same word.
    """

    lines: Sequence[Line]
    looks: Sequence[str]
    words: Sequence[frozenset[str]]
    plain: Sequence[str]
    title: int
    prose_seen: Sequence[int]
    first: int
    last: int
    vocabulary: Counter[str]
    times: Counter[str]
    beginnings: Counter[str]


def items(lines: Sequence[Line], common: Collection[str], text: Text | None = None) -> list[Item]:
    """Return the features of each line of a text, its own and those of it and the line before.

    Args:
        lines: All lines of the text.
        common: The commonest small words of its language; empty where they are not known.
        text: The same lines as they are looked at together, where that is known.
    """
    text = text or text_of(lines)
    places = list(_places(text))
    around = [[*_neighbours(text, i), *_near(text, i), *_shared(text, i)] for i in range(len(lines))]
    groups = zip(lines, places, around, _headers(text), _runs(text), _whole(text), strict=True)
    own = [[*own_evidence(line, common), *itertools.chain(*found)] for line, *found in groups]
    links = [_link(text, index) for index in range(len(lines))]
    return [Item(dict.fromkeys(mine, 1.0), dict.fromkeys(link, 1.0)) for mine, link in zip(own, links, strict=True)]


def text_of(lines: Sequence[Line]) -> Text:
    """Look at all lines of a text together."""
    tokens = [_WORD.findall(line.block.text.lower()) for line in lines]
    words = [frozenset(token for token in found if len(token) >= CONTENT_MIN_CHARS) for found in tokens]
    plain = [" ".join(found) for found in tokens]
    looks = [look_of(line) for line in lines]
    prose = [i for i, look in enumerate(looks) if look in {"prose", "long prose"}]
    long = [i for i in prose if looks[i] == "long prose"] or prose
    own = [line.words if look in {"prose", "long prose"} else 0 for line, look in zip(lines, looks, strict=True)]
    seen = list(itertools.accumulate(own, initial=0))
    title = next((i for i, line in enumerate(lines) if line.block.kind == "title"), 0)
    vocabulary = Counter(word for i in long if lines[i].words >= VOCABULARY_MIN_WORDS for word in words[i])
    first, last = (prose[0], long[-1]) if prose else (len(lines), -1)
    beginnings = Counter(_first(line) for line, look in zip(plain, looks, strict=True) if "prose" not in look)
    return Text(lines, looks, words, plain, title, seen, first, last, vocabulary, Counter(plain), beginnings)


def _first(plain: str) -> str:
    return plain.partition(" ")[0]


def _places(text: Text) -> Iterator[list[str]]:
    """Yield where each line stands: before the title or under it, before the prose, in it or after it."""
    total = max(1, text.prose_seen[-1])
    for index, look in enumerate(text.looks):
        place = _place(text, index)
        share = bisect_right(SHARE_BINS, text.prose_seen[index] / total)
        yield [f"place:{place} {look}", f"seen:{share} {look}"]


def _place(text: Text, index: int) -> str:
    if index < text.title:
        return "before title"
    if index - text.title <= NEAR_LINES and index < text.first:
        return "under title" if index > text.title else "title"
    if index < text.first:
        return "before prose"
    if index <= text.last:
        return "in prose"
    return f"after prose {_bin(DISTANCE_BINS, index - text.last)}"


def _bin(bins: Sequence[int], value: int) -> int:
    place = bisect_right(bins, value)
    return bins[place - 1] if place else 0


def _neighbours(text: Text, index: int) -> Iterator[str]:
    """Yield what the lines around it look like."""
    look = text.looks[index]
    around = {step: _look_at(text, index + step) for step in NEIGHBOURS}
    yield from (f"neighbour:{step:+d} {found}" for step, found in around.items())
    yield f"between:{around[-1]} {look} {around[1]}"
    lengths = [length_bin(line.words) for line in text.lines[index + 1 : index + 2]]
    yield f"next length:{lengths[0] if lengths else 'none'} {look}"


def _look_at(text: Text, index: int) -> str:
    return text.looks[index] if 0 <= index < len(text.looks) else "none"


def _near(text: Text, index: int) -> Iterator[str]:
    """Yield how many phrases and how much prose stands close by."""
    look = text.looks[index]
    for name, start, end in (("before", index - WINDOW_LINES, index), ("after", index + 1, index + 1 + WINDOW_LINES)):
        phrases = sum(found in {"phrase", "hint"} for found in text.looks[max(0, start) : end])
        yield f"phrases {name}:{_bin(COUNT_BINS, phrases)} {look}"
    before = text.prose_seen[index] - text.prose_seen[max(0, index - NEAR_LINES)]
    after = text.prose_seen[min(index + 1 + NEAR_LINES, len(text.looks))] - text.prose_seen[index + 1]
    yield f"prose before:{_bin(NEAR_WORDS_BINS, before)} {look}"
    yield f"prose after:{_bin(NEAR_WORDS_BINS, after)} {look}"


def _shared(text: Text, index: int) -> Iterator[str]:
    """Yield what a line has in common with the title, with the rest of the prose, with itself elsewhere."""
    look, words = text.looks[index], text.words[index]
    if text.times[text.plain[index]] > 1:
        yield f"repeats:{min(TIMES_MAX, text.times[text.plain[index]])} {look}"
    if "prose" not in look:
        yield f"begins alike:{_bin(COUNT_BINS, text.beginnings[_first(text.plain[index])])} {look}"
    if not words or index == text.title:
        return
    own = 1 if look == "long prose" else 0
    share = sum(text.vocabulary[word] > own for word in words) / len(words)
    yield f"words of text:{bisect_right(SHARED_BINS, share)} {look}"
    of_title = len(words & text.words[text.title]) / max(1, len(text.words[text.title]))
    yield f"words of title:{bisect_right(SHARED_BINS, of_title)} {look}"


def _headers(text: Text) -> Iterator[list[str]]:
    """Yield how far above a line the last header of other articles or of comments stands, and what is between."""
    last: dict[str, int] = {}
    least = max(SEEN_MIN_WORDS, SEEN_MIN_SHARE * text.prose_seen[-1])
    for index, (line, look) in enumerate(zip(text.lines, text.looks, strict=True)):
        found = []
        for rule, header in last.items():
            prose = _bin(NEAR_WORDS_BINS, text.prose_seen[index] - text.prose_seen[header])
            found.append(f"under {rule}:{_bin(DISTANCE_BINS, index - header)} {look}")
            found.append(f"since {rule}:{prose} {look}")
        yield found
        if line.hit and line.hit.strength == "opens" and text.prose_seen[index] >= least:
            last[line.hit.rule] = index


def _runs(text: Text) -> Iterator[list[str]]:
    """Yield how long the run is of lines that are no prose, and how many phrases stand in it above and below a line."""
    for is_prose, group in itertools.groupby(range(len(text.looks)), key=lambda i: "prose" in text.looks[i]):
        run = list(group)
        size = _bin(RUN_BINS, len(run))
        if is_prose:
            yield from ([f"run of prose:{size}"] for _ in run)
        else:
            where = "end" if run[0] > text.last else "start" if run[0] < text.first else "middle"
            yield from (
                [f"run:{size} {where} {text.looks[i]}", *found] for i, found in _phrases_of_run(text, run, where)
            )


def _phrases_of_run(text: Text, run: Sequence[int], where: str) -> Iterator[tuple[int, list[str]]]:
    marks = list(itertools.accumulate((text.looks[index] in {"phrase", "hint"} for index in run), initial=0))
    for place, index in enumerate(run):
        look, above, below = text.looks[index], marks[place], marks[-1] - marks[place + 1]
        yield (
            index,
            [
                f"phrases in run:{_bin(COUNT_BINS, marks[-1])} {where} {look}",
                f"phrases above:{_bin(COUNT_BINS, above)} {where} {look}",
                f"phrases below:{_bin(COUNT_BINS, below)} {where} {look}",
            ],
        )


def _whole(text: Text) -> Iterator[list[str]]:
    """Yield what the whole text looks like: a page copied from top to bottom, or what somebody has chosen of it."""
    count = max(1, len(text.looks))
    short = sum(look in {"short", "phrase", "hint"} for look in text.looks) / count
    marked = sum(look in {"phrase", "hint"} for look in text.looks) / count
    raw, phrases = bisect_right(RAW_BINS, short), bisect_right(MARKED_BINS, marked)
    menu = min(DISTANCE_BINS[3], text.title)
    for look in text.looks:
        yield [f"short lines:{raw} {look}", f"phrases:{phrases} {look}", f"lines before title:{menu} {look}"]


def _link(text: Text, index: int) -> list[str]:
    """Return what speaks for or against two neighbours being of one kind."""
    if not index:
        return []
    before, look = text.looks[index - 1], text.looks[index]
    found = ["neighbours", f"{before} > {look}"]
    line, above = text.lines[index], text.lines[index - 1]
    if line.block.kind == above.block.kind and length_bin(line.words) == length_bin(above.words):
        found.append(f"alike {look}")
    if line.hit and line.hit.strength == "opens":
        found.append(f"{line.hit.rule} begins")
    if line.block.kind in {"title", "heading"}:
        found.append(f"{line.block.kind} begins")
    return found
