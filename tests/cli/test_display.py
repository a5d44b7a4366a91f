"""Rows that fit a terminal."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from narrate.cli.display import Row, drawn, fitted, is_screen

TITLES = st.text(st.sampled_from("abc 燈塔🗼é\n\x1b"), max_size=200)


def shown(rows: list[Row], width: int) -> list[str]:
    stream = io.StringIO()
    Console(file=stream, width=200, force_terminal=False, markup=False).print(drawn(rows, width))
    return [line.rstrip() for line in stream.getvalue().splitlines()]


@given(
    title=TITLES,
    width=st.integers(36, 120),
    share=st.none() | st.floats(0, 1),
    left=st.sampled_from(["", "about 1:02:10 left"]),
)
def test_no_row_is_too_wide(title: str, width: int, share: float | None, left: str) -> None:
    """Whatever letters are in a title, and it stays one line."""
    lines = shown([Row(title, share, left), Row("short", 0.5)], width)

    assert len(lines) <= 2
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize(
    ("text", "cells", "cut"),
    [("short", 5, "short"), ("longer", 5, "long…"), ("燈塔燈塔", 5, "燈塔…"), ("燈塔燈塔", 4, "燈…"), ("x", 0, "")],
)
def test_wide_letters_take_two_cells(text: str, cells: int, cut: str) -> None:
    """Wide letters take two cells each; the ellipsis one."""
    assert fitted(text, cells) == cut


def test_what_is_not_finished_is_not_said_to_be() -> None:
    """99.9 % are 99 %."""
    assert "99%" in shown([Row("x", 0.999)], 79)[0]
    assert "100%" in shown([Row("x", 1.0)], 79)[0]


def test_a_file_is_no_screen() -> None:
    """A file is no screen, and a stream that is closed from the beginning is none."""
    assert not is_screen(io.StringIO())
    assert not is_screen(None)
