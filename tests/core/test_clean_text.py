"""Text that every file can hold."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.clean_text import many_lines, one_line


@pytest.mark.parametrize(
    ("given_text", "line"),
    [
        ("plain", "plain"),
        ("  two\r\nlines\u2028and a\ttab ", "two lines and a tab"),
        ("nul\x00 bell\x07 delete\x7f", "nul bell delete"),
        ("\ufefforder", "order"),
        ("half \ud83d letter", "half \N{REPLACEMENT CHARACTER} letter"),
        ("pair \ud83d\ude00", "pair 😀"),
        ("👩‍🚀 שלום עולם", "👩‍🚀 שלום עולם"),
        ("\x00", ""),
    ],
)
def test_a_line_every_format_can_hold(given_text: str, line: str) -> None:
    """Nothing is lost but what no file may hold."""
    assert one_line(given_text) == line


@given(st.text(st.characters(), max_size=400), st.integers(3, 300))
def test_any_text_becomes_one_line(text: str, max_bytes: int) -> None:
    """Of whole letters, without control characters, within its limit; a second time changes nothing."""
    line = one_line(text, max_bytes)

    assert len(line.encode("utf-8")) <= max_bytes
    assert line == " ".join(line.split())
    assert not [char for char in line if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
    assert one_line(line, max_bytes) == line


def test_lyrics_keep_their_lines() -> None:
    """Whatever system they were written on."""
    assert many_lines("\nOne\x00.\r\n\r\nTwo.\rThree.\x0b \n") == "One .\n\nTwo.\nThree."
