"""Features of a page's pieces as columns: for each name a number for every piece, in reading order.

A hundred names and hundreds of pieces are filled, shifted and asked far faster by column than piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

# Names of features; a piece that a column says nothing of has 0 there, as has every piece of a column that is missing.
Columns = Mapping[str, Sequence[float]]


def by_name(names: Sequence[str], rows: Iterable[Iterable[float]]) -> dict[str, Sequence[float]]:
    """Return columns of rows that have their values in the order of the names; none where there are no rows."""
    return dict(zip(names, zip(*rows, strict=True), strict=False))


def marked(count: int, indices: Iterable[int]) -> list[float]:
    """Return a column that is 1 at the indices and 0 elsewhere."""
    column = [0.0] * count
    for index in indices:
        column[index] = 1.0
    return column


def shifted(column: Sequence[float], offset: int) -> list[float]:
    """Return for each piece the value of the one so many places behind it; 0 where there is none."""
    nothing = [0.0] * min(abs(offset), len(column))
    return [*column[offset:], *nothing] if offset > 0 else [*nothing, *column[:offset]]


def row_of(columns: Columns, index: int) -> dict[str, float]:
    """Return all that is known of one piece, by name."""
    return {name: column[index] for name, column in columns.items()}
