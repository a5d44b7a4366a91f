"""The order in which a page is read: what spans it, and between that column after column; lines within columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from narrate.sources.read.documents.pdf.gutters import Gutter, parted
from narrate.sources.read.documents.pdf.lines import Segment, Word

# Two segments are on one line where so much of the lower one stands beside the other.
BESIDE_SHARE = 0.5


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


def lines_in_order(segments: Sequence[Segment], page: int, gutters: Sequence[Gutter]) -> list[Line]:
    """Return the lines of a page as they are read.

    Args:
        segments: Of the page, in any order.
        page: Its index.
        gutters: Where its columns part.
    """
    lines: list[Line] = []
    parts = [part for one in segments for part in parted(one, gutters)]
    for number, group in enumerate(_regions(parts, gutters) if parts else ()):
        edges = _edges(group)
        lines += [Line(tuple(map(_joined, cells)), page, number, *edges) for cells in _rows(group)]
    return lines


def _joined(segment: Segment) -> Segment:
    """Put the words of a segment together: apart, those of a thousand pages take a hundred megabytes."""
    return replace(segment, words=(Word(segment.text, segment.left, segment.right),))


def _regions(segments: Sequence[Segment], gutters: Sequence[Gutter]) -> Iterator[list[Segment]]:
    """Yield groups of segments as they are read: above what spans columns, those above it, column by column."""
    if not gutters:
        yield list(segments)
        return
    waiting: dict[float, list[Segment]] = {}
    spanning: list[Segment] = []
    beside: list[Gutter] = []
    for one in sorted(segments, key=lambda one: -one.middle):
        own = [gutter for gutter in gutters if gutter.is_beside(one)]
        crossed = not own or any(gutter.is_crossed_by(one) for gutter in own)
        if (crossed and waiting) or (own and own != beside):
            yield from filter(None, [spanning, *(waiting[key] for key in sorted(waiting))])
            waiting, spanning = {}, []
        beside = own or beside
        if crossed:
            spanning.append(one)
        else:
            waiting.setdefault(sum(one.left >= gutter.at - 1 for gutter in own), []).append(one)
    yield from filter(None, [spanning, *(waiting[key] for key in sorted(waiting))])


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
