"""The order in which a page is read: what spans it, and between that column after column; lines within columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from narrate.sources.read.documents.pdf.lines import Segment, Word

# A gutter is at least so wide, and so much of the height beside it has text that reaches across.
GUTTER_MIN_PT = 6.0
CROSSED_MAX_SHARE = 0.1
# What is a column is made of lines that fill it, not of numbers in a table.
COLUMN_MIN_LINES = 4
FULL_SHARE = 0.6
COLUMN_MIN_SHARE = 0.18
# Two segments are on one line where so much of the lower one stands beside the other.
BESIDE_SHARE = 0.5
_STEP_PT = 2.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column.

    Attributes:
        cells: Its segments, left to right; more than one where wide gaps part them.
        page: Index of the page.
        column: Number of the column it stands in, by page; what spans the page has one of its own.
        edge_left: Where the lines of its column begin.
        edge_right: Where they end.
    """

    cells: tuple[Segment, ...]
    page: int
    column: int
    edge_left: float = 0.0
    edge_right: float = 0.0

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)

    @property
    def left(self) -> float:
        return self.cells[0].left

    @property
    def right(self) -> float:
        return max(cell.right for cell in self.cells)

    @property
    def top(self) -> float:
        return max(cell.top for cell in self.cells)

    @property
    def bottom(self) -> float:
        return min(cell.bottom for cell in self.cells)

    @property
    def size_pt(self) -> float:
        """The size of most of its letters."""
        return max(self.cells, key=lambda cell: len(cell.text)).size_pt

    @property
    def is_bold(self) -> bool:
        return all(cell.is_bold for cell in self.cells)

    @property
    def is_fixed(self) -> bool:
        return all(cell.is_fixed for cell in self.cells)

    @property
    def mark(self) -> str:
        """A raised mark before its first word."""
        return self.cells[0].mark


def gutters_of(segments: Sequence[Segment], before: Sequence[float] = ()) -> list[float]:
    """Return the middles of the gaps between a page's columns.

    Args:
        segments: Of the page, in any order.
        before: Those of the page before: the last page may have a few lines in its second column, which prove nothing.
    """
    own = _gutters(segments)
    words = [word for one in segments for word in one.words]
    is_free = all(sum(word.left < at < word.right for word in words) <= CROSSED_MAX_SHARE * len(words) for at in before)
    return own or (list(before) if before and is_free else [])


def lines_in_order(segments: Sequence[Segment], page: int, gutters: Sequence[float]) -> list[Line]:
    """Return the lines of a page as they are read.

    Args:
        segments: Of the page, in any order.
        page: Its index.
        gutters: Where its columns part.
    """
    lines: list[Line] = []
    parted = [part for one in segments for part in _parted(one, gutters)]
    for number, group in enumerate(_regions(parted, gutters) if parted else ()):
        edges = _edges(group)
        lines += [Line(tuple(map(_joined, cells)), page, number, *edges) for cells in _rows(group)]
    return lines


def _joined(segment: Segment) -> Segment:
    """Put the words of a segment together: apart, those of a thousand pages take a hundred megabytes."""
    return replace(segment, words=(Word(segment.text, segment.left, segment.right),))


def _gutters(segments: Sequence[Segment]) -> list[float]:
    """Find gaps that text hardly crosses, with prose on both sides."""
    if len(segments) < 2 * COLUMN_MIN_LINES:
        return []
    left, right = min(one.left for one in segments), max(one.right for one in segments)
    if right - left < 10 * GUTTER_MIN_PT:
        return []
    coverage = _coverage(segments, left, right)
    found = []
    for start, end in _gaps(coverage):
        at = left + (start + end) / 2 * _STEP_PT
        if (end - start) * _STEP_PT >= GUTTER_MIN_PT and _parts_columns(segments, at, left, right):
            found.append(at)
    return found


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


def _parts_columns(segments: Sequence[Segment], at: float, left: float, right: float) -> bool:
    """Tell whether prose stands on both sides: lines that fill what there is, and enough of them."""
    halves = [part for one in segments for part in _parted(one, [at])]
    sides = [one for one in halves if one.right <= at], [one for one in halves if one.left >= at]
    for side in sides:
        if not side:
            return False
        width = max(one.right for one in side) - min(one.left for one in side)
        full = sum(one.width >= min(FULL_SHARE * width, FULL_SHARE * (right - left) / 3) for one in side)
        if width < COLUMN_MIN_SHARE * (right - left) or full < COLUMN_MIN_LINES or 2 * full < len(side):
            return False
    return True


def _parted(segment: Segment, gutters: Sequence[float]) -> Iterator[Segment]:
    """Part a segment where it reaches across a gutter with nothing in it but a space."""
    words: list[Word] = []
    mark = segment.mark
    for word in segment.words:
        if words and any(words[-1].right <= at and word.left >= at for at in gutters):
            yield replace(segment, words=tuple(words), mark=mark)
            words, mark = [], ""
        words.append(word)
    yield replace(segment, words=tuple(words), mark=mark)


def _regions(segments: Sequence[Segment], gutters: Sequence[float]) -> Iterator[list[Segment]]:
    """Yield groups of segments as they are read: above what spans columns, those above it, column by column."""
    if not gutters:
        yield list(segments)
        return
    waiting: list[list[Segment]] = [[] for _ in range(len(gutters) + 1)]
    spanning: list[Segment] = []
    for one in sorted(segments, key=lambda one: -one.middle):
        crossed = [at for at in gutters if one.left < at - 1 and one.right > at + 1]
        if crossed and spanning and not any(waiting):
            spanning.append(one)
        elif crossed:
            yield from filter(None, [spanning, *waiting])
            waiting, spanning = [[] for _ in waiting], [one]
        else:
            waiting[sum(one.left >= at - 1 for at in gutters)].append(one)
    yield from filter(None, [spanning, *waiting])


def _rows(group: Sequence[Segment]) -> Iterator[tuple[Segment, ...]]:
    """Put segments that stand beside each other on one line; lines from top to bottom."""
    row: list[Segment] = []
    for one in sorted(group, key=lambda one: -one.middle):
        if row and not _is_beside(row, one):
            yield tuple(sorted(row, key=lambda cell: cell.left))
            row = []
        row.append(one)
    if row:
        yield tuple(sorted(row, key=lambda cell: cell.left))


def _is_beside(row: Sequence[Segment], one: Segment) -> bool:
    first = row[0]
    shared = min(first.top, one.top) - max(first.bottom, one.bottom)
    if shared < BESIDE_SHARE * min(first.top - first.bottom, one.top - one.bottom):
        return False
    return not any(min(cell.right, one.right) - max(cell.left, one.left) > 1 for cell in row)


def _edges(group: Sequence[Segment]) -> tuple[float, float]:
    """Return where most lines begin and end."""
    lefts, rights = sorted(one.left for one in group), sorted(one.right for one in group)
    return lefts[len(lefts) // 8], rights[-1 - len(rights) // 8]
