"""Tests of features that are kept by column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.sources.read.choosing.columns import by_name, marked, row_of, shifted


def test_rows_become_columns_and_columns_rows() -> None:
    """What is said of a piece is the same by row and by column; of no pieces nothing is said."""
    columns = by_name(("words", "links"), [(1.0, 0.5), (2.0, 0.0)])
    assert columns == {"words": (1.0, 2.0), "links": (0.5, 0.0)}
    assert row_of(columns, 1) == {"words": 2.0, "links": 0.0}
    assert by_name(("words", "links"), []) == {}


@pytest.mark.parametrize(("indices", "column"), [((), [0, 0, 0]), ((0, 2), [1, 0, 1]), ((1, 1), [0, 1, 0])])
def test_marked_pieces(indices: tuple[int, ...], column: list[float]) -> None:
    """A piece that is named is 1, all others 0."""
    assert marked(3, indices) == column


@given(st.lists(st.floats(allow_nan=False), max_size=6), st.integers(-8, 8).filter(bool))
def test_a_shifted_column_has_the_neighbours(column: list[float], offset: int) -> None:
    """Each place has the value so many places behind it, and 0 where the page ends."""
    moved = shifted(column, offset)
    expected = [column[i + offset] if 0 <= i + offset < len(column) else 0.0 for i in range(len(column))]
    assert moved == expected
