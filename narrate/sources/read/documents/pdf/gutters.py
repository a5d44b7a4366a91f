"""Gutters: the gaps between a page's columns, over all of its height or beside a part of its text only."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from narrate.sources.read.documents.pdf.lines import Segment, Word

# A gutter is at least so wide, and so much of the height beside it has text that reaches across.
GUTTER_MIN_PT = 6.0
CROSSED_MAX_SHARE = 0.1
# What is a column is made of lines that fill it, not of numbers in a table: so much of its letters stand in such lines.
COLUMN_MIN_LINES = 4
FULL_SHARE = 0.6
FULL_MIN_SHARE = 0.5
COLUMN_MIN_SHARE = 0.18
# Columns beside a part of a page are so many lines high: spaces of fewer lines stand under each other by chance.
BAND_MIN_LINES = 6
# A table may be as high, but its cells do not all fill their column.
BAND_FULL_SHARE = 0.75
BAND_FULL_MIN_SHARE = 0.7
# So many lines of prose go on with a sentence; cells of a table begin with a capital or a figure.
GOING_ON_MIN_SHARE = 0.35
# So many places where lines begin may be the left edge of a column.
EDGES_MAX = 8
# A page with more segments is no page of text, and one with more gaps is a pattern.
SEGMENTS_MAX = 4_000
GAPS_MAX = 32
# A space in a line that spans the page may lie across a gutter; the gap between columns is about as wide as that.
GAP_MIN_SHARE = 0.5
_STEP_PT = 2.0


@dataclass(frozen=True, slots=True)
class Gutter:
    """A gap between columns, in points from the page's lower left corner.

    Attributes:
        at: Its middle.
        width: From the end of most lines on its left to the column on its right.
        bottom: Where it ends; below that nothing is parted.
        top: Where it begins.
    """

    at: float
    width: float
    bottom: float = -math.inf
    top: float = math.inf

    def is_beside(self, one: Segment) -> bool:
        return self.bottom <= one.middle <= self.top

    def is_crossed_by(self, one: Segment) -> bool:
        return one.left < self.at - 1 and one.right > self.at + 1


def gutters_of(segments: Sequence[Segment], before: Sequence[Gutter] = ()) -> list[Gutter]:
    """Return the gaps between a page's columns, from left to right.

    Args:
        segments: Of the page, in any order.
        before: Those of the page before: the last page may have a few lines in its second column, which prove nothing.
    """
    if len(segments) >= 2 * COLUMN_MIN_LINES and (own := _through_the_page(segments) or _in_bands(segments)):
        return own
    words = [word for one in segments for word in one.words]
    whole = [replace(gutter, bottom=-math.inf, top=math.inf) for gutter in before]
    crossed = (sum(word.left < gutter.at < word.right for word in words) for gutter in whole)
    return whole if whole and all(count <= CROSSED_MAX_SHARE * len(words) for count in crossed) else []


def parted(segment: Segment, gutters: Sequence[Gutter]) -> Iterator[Segment]:
    """Part a segment where it reaches across a gutter with nothing in it but a gap that is as wide."""
    own = [gutter for gutter in gutters if gutter.is_beside(segment) and gutter.is_crossed_by(segment)]
    words: list[Word] = []
    mark = segment.mark
    for word in segment.words if own else ():
        if words and any(_is_gap(words[-1], word, gutter) for gutter in own):
            yield replace(segment, words=tuple(words), mark=mark)
            words, mark = [], ""
        words.append(word)
    yield replace(segment, words=tuple(words), mark=mark) if own else segment


def _is_gap(before: Word, word: Word, gutter: Gutter) -> bool:
    is_there = before.right <= gutter.at and word.left >= gutter.at
    return is_there and word.left - before.right >= GAP_MIN_SHARE * gutter.width


def _through_the_page(segments: Sequence[Segment]) -> list[Gutter]:
    """Find gaps that text hardly crosses from top to bottom, with prose on both sides."""
    left, right = min(one.left for one in segments), max(one.right for one in segments)
    if right - left < 10 * GUTTER_MIN_PT:
        return []
    found = []
    for start, end in _gaps(_coverage(segments, left, right)):
        gutter = Gutter(left + (start + end) / 2 * _STEP_PT, (end - start) * _STEP_PT)
        if gutter.width >= GUTTER_MIN_PT and _parts_columns(segments, gutter, left, right):
            found.append(gutter)
    return _without_slivers(found, COLUMN_MIN_SHARE * (right - left) / 2)


def _without_slivers(gutters: Sequence[Gutter], least_pt: float) -> list[Gutter]:
    """Leave out the narrower of two gutters with next to nothing between them, such as numbers of pages."""
    kept: list[Gutter] = []
    for gutter in gutters:
        if kept and gutter.at - kept[-1].at < least_pt:
            kept[-1] = max(kept[-1], gutter, key=lambda one: one.width)
        else:
            kept.append(gutter)
    return kept


def _coverage(segments: Sequence[Segment], left: float, right: float) -> list[float]:
    """Return for each step across the page the height of all the text that covers it."""
    steps = int((right - left) / _STEP_PT) + 1
    heights = [0.0] * (steps + 1)
    for one in segments:
        for word in one.words:
            heights[int((word.left - left) / _STEP_PT)] += one.top - one.bottom
            heights[min(steps, int((word.right - left) / _STEP_PT) + 1)] -= one.top - one.bottom
    total, coverage = 0.0, []
    for change in heights[:steps]:
        total += change
        coverage.append(total)
    return coverage


def _gaps(coverage: Sequence[float]) -> Iterator[tuple[int, int]]:
    most = CROSSED_MAX_SHARE * max(coverage)
    start = None
    for index, height in enumerate((*coverage, max(coverage))):
        if height <= most:
            start = index if start is None else start
        elif start is not None:
            yield start, index
            start = None


def _parts_columns(segments: Sequence[Segment], gutter: Gutter, left: float, right: float) -> bool:
    """Tell whether prose stands on both sides: lines that fill what there is, and enough of them."""
    return all(_is_column(side, right - left) for side in _sides(segments, gutter))


def _sides(segments: Sequence[Segment], gutter: Gutter) -> tuple[list[Segment], list[Segment]]:
    halves = [part for one in segments for part in parted(one, [gutter])]
    return [one for one in halves if one.right <= gutter.at], [one for one in halves if one.left >= gutter.at]


def _is_column(side: Sequence[Segment], page_width: float) -> bool:
    width = _width(side)
    full = [one for one in side if one.width >= min(FULL_SHARE * width, FULL_SHARE * page_width / 3)]
    if width < COLUMN_MIN_SHARE * page_width or len(full) < COLUMN_MIN_LINES:
        return False
    return _length(full) >= FULL_MIN_SHARE * _length(side)


def _is_band(side: Sequence[Segment], page_width: float) -> bool:
    lefts, rights = sorted(one.left for one in side), sorted(one.right for one in side)
    # A number or a note in the margin is no part of the column.
    width = rights[-1 - len(rights) // 8] - lefts[len(lefts) // 8] if side else 0.0
    full = [one for one in side if one.width >= BAND_FULL_SHARE * width]
    is_wide = width >= COLUMN_MIN_SHARE * page_width
    goes_on = sum(_goes_on(one) for one in side) >= GOING_ON_MIN_SHARE * len(side)
    is_full = len(full) >= BAND_MIN_LINES and _length(full) >= BAND_FULL_MIN_SHARE * _length(side)
    return is_wide and is_full and goes_on


def _goes_on(line: Segment) -> bool:
    """Tell whether a line begins in the middle of a sentence, as far as letters show it."""
    first = line.words[0].text[0]
    return first.isalpha() and not first.isupper()


def _width(side: Sequence[Segment]) -> float:
    return max((one.right for one in side), default=0.0) - min((one.left for one in side), default=0.0)


def _length(side: Sequence[Segment]) -> float:
    return sum(one.width for one in side)


def _in_bands(segments: Sequence[Segment]) -> list[Gutter]:
    """Find gaps beside a part of the page: below a wide summary, between wide figures, above a wide table."""
    if len(segments) > SEGMENTS_MAX:
        return []
    left, right = min(one.left for one in segments), max(one.right for one in segments)
    runs = sorted((run for one in segments for run in _runs(one)), key=lambda run: -run.middle)
    free: list[Gutter] = []
    for edge in _column_edges(runs, left):
        for one in _free_beside(runs, edge):
            if len(free) < GAPS_MAX and not any(_is_same(one, other) for other in free):
                free.append(one)
    free.sort(key=lambda gutter: gutter.at)
    return [gutter for gutter in free if _parts_band(segments, gutter, free, right - left)]


def _parts_band(segments: Sequence[Segment], gutter: Gutter, free: Sequence[Gutter], page_width: float) -> bool:
    """Tell whether prose stands on both sides of a gap, all there is or as far as to the next gap."""
    beside = [one for one in segments if gutter.is_beside(one)]
    if all(_is_band(side, page_width) for side in _sides(beside, gutter)):
        return True
    others = [one for one in free if one is not gutter and min(one.top, gutter.top) > max(one.bottom, gutter.bottom)]
    start = max((one.at for one in others if one.at < gutter.at), default=-math.inf)
    end = min((one.at for one in others if one.at > gutter.at), default=math.inf)
    own = [part for one in beside for part in parted(one, [*others, gutter])]
    sides = _sides([one for one in own if one.left >= start and one.right <= end], gutter)
    return all(_is_band(side, page_width) for side in sides)


def _runs(segment: Segment) -> Iterator[Segment]:
    """Part a segment at gaps that are as wide as a gutter."""
    start = 0
    for index, (before, word) in enumerate(pairwise(segment.words), 1):
        if word.left - before.right >= GUTTER_MIN_PT:
            yield replace(segment, words=segment.words[start:index])
            start = index
    yield replace(segment, words=segment.words[start:]) if start else segment


def _column_edges(runs: Sequence[Segment], left: float) -> list[float]:
    """Return where many lines begin, those of the first column aside."""
    counts = Counter(round(run.left) for run in runs if run.left > left + 10 * GUTTER_MIN_PT)
    return [float(edge) for edge, count in counts.most_common(EDGES_MAX) if count >= COLUMN_MIN_LINES]


def _free_beside(runs: Sequence[Segment], edge: float) -> Iterator[Gutter]:
    """Yield the gaps on the left of an edge, each from one text that reaches into it to the next one below."""
    free: list[Segment] = []
    for run in (*runs, None):
        if run is not None and not (run.left < edge - 1.5 and run.right > edge - GUTTER_MIN_PT):
            free.append(run)
            continue
        if sum(one.left >= edge - 1.5 for one in free) >= BAND_MIN_LINES:
            yield _gutter_within(free, edge)
        free = []


def _gutter_within(free: Sequence[Segment], edge: float) -> Gutter:
    """Return the gap between what ends before an edge and what begins there, as high as both are."""
    on_the_left = [one for one in free if one.left < edge - 1.5]
    end = max((one.right for one in on_the_left), default=edge - GUTTER_MIN_PT)
    bottom, top = min(one.bottom for one in free), max(one.top for one in free)
    return Gutter((end + edge) / 2, edge - end, bottom, top)


def _is_same(one: Gutter, other: Gutter) -> bool:
    is_near = abs(one.at - other.at) < 3 * GUTTER_MIN_PT
    return is_near and min(one.top, other.top) > max(one.bottom, other.bottom)
