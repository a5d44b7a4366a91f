"""Retry-After: the time for which a server asks to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Some thirty years: more than anybody waits, and a number that can be reckoned with.
LONGEST_S = 999_999_999.0


def retry_after_s(value: str, now: datetime) -> float | None:
    """Return the seconds until the time of a Retry-After header (RFC 9110, 10.2.3); None where it names none.

    Args:
        value: Of the header: whole seconds, or a date in any of the spellings of HTTP; "" where there was none.
        now: The time, with its zone; what lies before it is now.
    """
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return min(float(value), LONGEST_S)
    try:
        when = parsedate_to_datetime(value)
        return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
