"""What people see of names that hold more than letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.system.terminal_text import printable, size_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("article.txt", "article.txt"),
        ("", ""),
        ("Ünïcödé 海 🙂.txt", "Ünïcödé 海 🙂.txt"),
        ("two\nlines.txt", "two\\nlines.txt"),
        ("two\r\nlines.txt", "two\\r\\nlines.txt"),
        ("\x1b[31mred\x1b[0m.txt", "\\x1b[31mred\\x1b[0m.txt"),
        ("\x1b]0;title\x07.txt", "\\x1b]0;title\\x07.txt"),
        ("\x9b31m.txt", "\\x9b31m.txt"),
        ("invoice\u202etxt.exe", "invoice\\u202etxt.exe"),
        ("a\u2028b\x85c\x7f", "a\\u2028b\\x85c\\x7f"),
        ("caf\udce9.txt", "caf\\udce9.txt"),
        ("Screenshot 3.15\u202fPM.png", "Screenshot 3.15\u202fPM.png"),
        ("می\u200cخواهم.txt", "می\u200cخواهم.txt"),
    ],
    ids=ascii,
)
def test_what_cannot_be_printed_stands_as_its_code(text: str, shown: str) -> None:
    """Everything else stays as it is."""
    assert printable(text) == shown


@given(st.text(st.characters(), max_size=40))
def test_any_text_is_one_line_that_can_be_written(text: str) -> None:
    """Whatever it holds; what is shown is shown as it is."""
    shown = printable(text)

    assert len(shown.splitlines()) <= 1
    assert "\x1b" not in shown
    assert shown.encode().decode() == shown
    assert printable(shown) == shown


@pytest.mark.parametrize(
    ("size_bytes", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (999_940, "999.9 kB"),
        (999_960, "1.0 MB"),
        (5_000_000_000, "5.0 GB"),
        (2 * 10**15, "2000.0 TB"),
    ],
)
def test_sizes(size_bytes: int, shown: str) -> None:
    """By thousands, with one figure after the point."""
    assert size_of(size_bytes) == shown
