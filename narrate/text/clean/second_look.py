"""Numbers of a line for a second look: what the chain made of it, of its neighbours and of the text so far.

The chain (linear_chain.py) knows bins and neighbours; what it found of all lines says more of each than what they look
like: how sure the lines of the same run are, how far it is to the next paragraph that is surely the author's, how much
of the article is still to come (auto-context: Tu and Bai, 2010). Small trees (forest.py) weigh the numbers.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from narrate.text.clean.evidence import LONG_MIN_WORDS
from narrate.text.clean.line_features import Line
from narrate.text.clean.surroundings import Text
from narrate.text.linear_chain import probability

# Names of the numbers, in their order; reasons.toml says each in words.
OF_CHAIN = ("sure", "sure above", "sure below", "mean", "mean before", "mean after", "kept share", "kept before",
            "kept after", "from first sure", "above sure", "below sure")  # fmt: skip
OF_RUN = ("lines of run", "run mean", "run least", "run most", "words of run", "marks of run")
OF_TEXT = ("lines", "prose", "short share", "marked share")
OF_PLACE = ("index", "to end", "seen words", "seen share", "from title")
OF_HEADERS = ("lines under related", "lines under comments", "prose since related", "prose since comments")
OF_WORDS = ("shared", "shared words", "title words", "content words", "times", "alike")
OF_LINE = ("words", "chars", "digits", "notices", "looks", "same shape")
NAMES = (*OF_CHAIN, *OF_RUN, *OF_TEXT, *OF_PLACE, *OF_HEADERS, *OF_WORDS, *OF_LINE)

LOOKS = ("phrase", "hint", "short", "list_item", "title", "sentence", "prose", "long prose")
# Logits beyond it are alike; what is not there has less than any.
SURE_MAX_LOGIT = 12.0
NO_LOGIT = -15.0
# A paragraph that is the author's with this probability is a landmark, and its words are the article's.
LANDMARK_MIN = 0.9
VOCABULARY_MIN = 0.8
MEAN_LINES = 8
SHAPE_LINES = 6
SHAPE_WORDS = 2
DIGITS_CHARS = 100
_FAR = 99
_NONE = -1.0


@dataclass(frozen=True, slots=True)
class _Known:
    """A text as a whole after the first look: sums have an entry more than there are lines.

    Attributes:
        text: The text.
        logits: What the chain made of each line.
        probabilities: The same as probabilities.
        passed: Sums of them up to each line.
        kept: Sums of words times probabilities up to each line.
        looks: Place in LOOKS of what each line looks like.
        runs: For each line the numbers of its run.
        headers: For each line the last header of other articles above it, and of comments; None where there is none.
        landmarks: Indices of the paragraphs that are surely the author's.
        vocabulary: In how many sure paragraphs a word stands.
        whole: The numbers that all lines share.
    """

    text: Text
    logits: Sequence[float]
    probabilities: Sequence[float]
    passed: Sequence[float]
    kept: Sequence[float]
    looks: Sequence[int]
    runs: Sequence[tuple[float, ...]]
    headers: Sequence[tuple[int | None, int | None]]
    landmarks: Sequence[int]
    vocabulary: Counter[str]
    whole: tuple[float, ...]


def rows(text: Text, logits: Sequence[float], asked: Iterable[int]) -> dict[int, tuple[float, ...]]:
    """Return the numbers of the lines that are asked for, each in the order of NAMES.

    Args:
        text: The text as its lines are looked at together.
        logits: What the chain made of each line, all others considered.
        asked: Indices of lines.
    """
    asked = list(asked)
    if not asked:
        return {}
    known = _known(text, logits)
    return {index: _row(known, index) for index in asked}


def _row(known: _Known, index: int) -> tuple[float, ...]:
    return (
        *_of_chain(known, index),
        *known.runs[index],
        *known.whole,
        *_of_place(known, index),
        *_of_headers(known, index),
        *_of_words(known, index),
        *_of_line(known, index),
    )


def _known(text: Text, logits: Sequence[float]) -> _Known:
    found, words = [probability(logit) for logit in logits], [line.words for line in text.lines]
    looks = [LOOKS.index(look) for look in text.looks]
    count = max(1, len(looks))
    short, marked = sum(look <= LOOKS.index("short") for look in looks), sum(map(_is_mark, looks))
    return _Known(
        text=text,
        logits=[max(-SURE_MAX_LOGIT, min(SURE_MAX_LOGIT, logit)) for logit in logits],
        probabilities=found,
        passed=list(itertools.accumulate(found, initial=0.0)),
        kept=list(itertools.accumulate((p * n for p, n in zip(found, words, strict=True)), initial=0.0)),
        looks=looks,
        runs=list(_runs(text, looks, found)),
        headers=list(_headers(text.lines)),
        landmarks=[i for i, p in enumerate(found) if p > LANDMARK_MIN and words[i] >= LONG_MIN_WORDS],
        vocabulary=Counter(
            word
            for i, p in enumerate(found)
            if p > VOCABULARY_MIN and looks[i] >= LOOKS.index("prose")
            for word in text.words[i]
        ),
        whole=(len(looks), max(1, text.prose_seen[-1]), short / count, marked / count),
    )


def _is_mark(look: int) -> bool:
    return look <= LOOKS.index("hint")


def _runs(text: Text, looks: Sequence[int], found: Sequence[float]) -> Iterator[tuple[float, ...]]:
    """Yield for each line the numbers of its run: lines of prose, or lines that are none."""
    prose = LOOKS.index("prose")
    for _, group in itertools.groupby(range(len(looks)), key=lambda index: looks[index] >= prose):
        run = list(group)
        own, count = [found[index] for index in run], len(run)
        words = sum(text.lines[index].words for index in run)
        marks = sum(_is_mark(looks[index]) for index in run)
        yield from [(count, sum(own) / count, min(own), max(own), words / count, marks)] * count


def _headers(lines: Sequence[Line]) -> Iterator[tuple[int | None, int | None]]:
    related = comments = None
    for index, line in enumerate(lines):
        yield related, comments
        if line.hit and line.hit.strength == "opens":
            related = index if line.hit.rule == "related" else related
            comments = index if line.hit.rule == "comments" else comments


def _of_chain(known: _Known, index: int) -> Iterator[float]:
    logits, count, kept, passed = known.logits, len(known.logits), known.kept, known.passed
    yield logits[index]
    yield logits[index - 1] if index else NO_LOGIT
    yield logits[index + 1] if index + 1 < count else NO_LOGIT
    yield passed[-1] / count
    start, end = max(0, index - MEAN_LINES), min(count, index + 1 + MEAN_LINES)
    yield (passed[index] - passed[start]) / (index - start) if index else _NONE
    yield (passed[end] - passed[index + 1]) / (end - index - 1) if index + 1 < count else _NONE
    yield kept[index] / max(1.0, kept[-1])
    yield kept[index]
    yield kept[-1] - kept[index + 1]
    landmarks = known.landmarks
    before, behind = bisect_left(landmarks, index), bisect_right(landmarks, index)
    yield index - (landmarks[0] if landmarks else count)
    yield index - landmarks[before - 1] if before else _FAR
    yield landmarks[behind] - index if behind < len(landmarks) else _FAR


def _of_place(known: _Known, index: int) -> tuple[float, ...]:
    seen = known.text.prose_seen
    return (
        index,
        len(known.logits) - 1 - index,
        seen[index],
        seen[index] / max(1, seen[-1]),
        index - known.text.title,
    )


def _of_headers(known: _Known, index: int) -> Iterator[float]:
    seen = known.text.prose_seen
    yield from (_FAR if header is None else index - header for header in known.headers[index])
    yield from (_NONE if header is None else seen[index] - seen[header] for header in known.headers[index])


def _of_words(known: _Known, index: int) -> tuple[float, ...]:
    text, words = known.text, known.text.words[index]
    is_sure = known.probabilities[index] > VOCABULARY_MIN and known.looks[index] >= LOOKS.index("prose")
    shared = sum(known.vocabulary[word] > is_sure for word in words)
    of_title = _NONE if index == text.title else len(words & text.words[text.title])
    plain = text.plain[index]
    alike = text.beginnings[plain.partition(" ")[0]]
    return (shared / len(words) if words else _NONE, shared, of_title, len(words), text.times[plain], alike)


def _of_line(known: _Known, index: int) -> tuple[float, ...]:
    line, look = known.text.lines[index], known.looks[index]
    text = line.block.text
    beginning = text[:DIGITS_CHARS]
    digits = sum(map(str.isdigit, beginning)) / max(1, len(beginning))
    around = range(max(0, index - SHAPE_LINES), min(len(known.looks), index + 1 + SHAPE_LINES))
    alike = (i for i in around if i != index and known.looks[i] == look)
    same = sum(abs(known.text.lines[i].words - line.words) <= SHAPE_WORDS for i in alike)
    return (line.words, len(text) / max(1, line.words), digits, line.mentions, look, same)
