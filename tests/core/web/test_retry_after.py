"""How long a server asks to be left alone, however it writes that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.web.retry_after import LONGEST_S, retry_after_s

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "wait_s"),
    [
        ("0", 0.0),
        ("120", 120.0),
        (" 120 ", 120.0),
        ("000000000120", 120.0),
        ("9" * 9, LONGEST_S),
        ("9" * 400, LONGEST_S),
        ("Sun, 22 Nov 2026 12:01:00 GMT", 60.0),
        ("Sun, 22 Nov 2026 14:01:00 +0200", 60.0),
        ("Sunday, 22-Nov-26 12:01:00 GMT", 60.0),
        ("Sun Nov 22 12:01:00 2026", 60.0),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0.0),
        ("Sun, 22 Nov 99999 11:00:00 GMT", None),
        ("-5", None),
        ("+5", None),
        ("1.5", None),
        ("1e3", None),
        ("²", None),
        ("١٢", None),
        ("120, 60", None),
        ("", None),
        ("later", None),
        ("\0", None),
    ],
)
def test_retry_after(value: str, wait_s: float | None) -> None:
    """Seconds or a time, in any of the spellings of HTTP; what lies behind is now; anything else says nothing."""
    assert retry_after_s(value, NOW) == wait_s


@given(st.text(max_size=40))
def test_any_value_is_a_wait_or_none(value: str) -> None:
    """Whatever a server sends, nothing is raised, and nobody waits a negative time or for ever."""
    found = retry_after_s(value, NOW)

    assert found is None or 0 <= found <= 8000 * 366 * 86_400


@given(st.integers(0, 10**7))
def test_a_date_says_the_same_as_seconds(seconds: int) -> None:
    """Whichever a server prefers."""
    date = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)

    assert retry_after_s(date, NOW) == retry_after_s(str(seconds), NOW) == seconds
