"""Moments and lengths, as each reader of them expects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.timecode import clock, clock_with_hours, exact_clock, length, rounded_clock, timecode, to_ms

HOUR_MS = 3_600_000
RATES_HZ = (8_000, 22_050, 24_000, 44_100, 48_000)

MOMENTS = [
    # ms, clock, clock_with_hours, exact_clock, timecode
    (0, "0:00", "0:00:00", "0:00:00.000", "00:00:00.000"),
    (999, "0:00", "0:00:00", "0:00:00.999", "00:00:00.999"),
    (42_000, "0:42", "0:00:42", "0:00:42.000", "00:00:42.000"),
    (59_999, "0:59", "0:00:59", "0:00:59.999", "00:00:59.999"),
    (60_000, "1:00", "0:01:00", "0:01:00.000", "00:01:00.000"),
    (725_007, "12:05", "0:12:05", "0:12:05.007", "00:12:05.007"),
    (HOUR_MS - 1, "59:59", "0:59:59", "0:59:59.999", "00:59:59.999"),
    (HOUR_MS, "1:00:00", "1:00:00", "1:00:00.000", "01:00:00.000"),
    (3_723_450, "1:02:03", "1:02:03", "1:02:03.450", "01:02:03.450"),
    (100 * HOUR_MS, "100:00:00", "100:00:00", "100:00:00.000", "100:00:00.000"),
    (-1, "0:00", "0:00:00", "0:00:00.000", "00:00:00.000"),
]


@pytest.mark.parametrize(("ms", "short", "with_hours", "exact", "in_files"), MOMENTS)
def test_moments(ms: int, short: str, with_hours: str, exact: str, in_files: str) -> None:
    """Parts of a second are left out, not rounded up; from an hour on there are hours; nothing is before 0."""
    assert (clock(ms), clock_with_hours(ms), exact_clock(ms), timecode(ms)) == (short, with_hours, exact, in_files)


def test_marks_and_digits() -> None:
    """SRT has a comma; show notes have two digits of hours, and more where there are more."""
    assert timecode(90_450, ",") == "00:01:30,450"
    assert [clock_with_hours(ms, 2) for ms in (90_000, 360_000_000)] == ["00:01:30", "100:00:00"]


@pytest.mark.parametrize(
    ("ms", "short", "with_hours"),
    [
        (0, "0:00", "0:00:00"),
        (499.9, "0:00", "0:00:00"),
        (500, "0:00", "0:00:00"),  # half a second
        (500.1, "0:01", "0:00:01"),
        (1_500, "0:02", "0:00:02"),
        (2_500, "0:02", "0:00:02"),
        (59_499, "0:59", "0:00:59"),
        (59_500, "1:00", "0:01:00"),
        (59_999, "1:00", "0:01:00"),
        (HOUR_MS - 501, "59:59", "0:59:59"),
        (HOUR_MS - 500, "1:00:00", "1:00:00"),
        (3_730_000, "1:02:10", "1:02:10"),
        (-400.0, "0:00", "0:00:00"),
    ],
)
def test_times_to_the_nearest_second(ms: float, short: str, with_hours: str) -> None:
    """A time that is left is rounded, over minutes and hours too; of two seconds that are as near, the even one."""
    assert (rounded_clock(ms), rounded_clock(ms, with_hours=True)) == (short, with_hours)


@given(st.integers(0, 10**9))
def test_a_timecode_says_the_moment(ms: int) -> None:
    """Read back it is the same, and a later one sorts after it while the hours have two digits."""
    hours, minutes, rest = timecode(ms).split(":")

    assert (int(hours) * 60 + int(minutes)) * 60_000 + int(rest.replace(".", "")) == ms
    assert ms >= 99 * HOUR_MS or timecode(ms) < timecode(ms + 1)


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        (0, "1 s"),
        (1_499, "1 s"),
        (45_000, "45 s"),
        (59_499, "59 s"),
        (59_500, "1 min"),
        (8 * 60_000, "8 min"),
        (HOUR_MS - 1, "1 h"),
        (HOUR_MS, "1 h"),
        (HOUR_MS + 5 * 60_000, "1 h 5 min"),
        (26 * HOUR_MS, "26 h"),
    ],
)
def test_lengths(ms: int, said: str) -> None:
    """As people say them, to the minute."""
    assert length(ms) == said


@pytest.mark.parametrize(
    ("samples", "rate_hz", "ms"),
    [
        (0, 24_000, 0),
        (11, 24_000, 0),
        (12, 24_000, 0),  # half a millisecond
        (13, 24_000, 1),
        (36, 24_000, 2),  # one and a half
        (60, 24_000, 2),  # two and a half
        (84, 24_000, 4),
        (44_100, 44_100, 1_000),
        (22, 44_100, 0),
        (23, 44_100, 1),
        (24_000 * 36_000 + 12, 24_000, 36_000_000),  # ten hours on, as exact as at the beginning
    ],
)
def test_rounding(samples: int, rate_hz: int, ms: int) -> None:
    """The nearest millisecond; of two that are as near, the even one."""
    assert to_ms(samples, rate_hz) == ms


@given(st.integers(0, 10**10), st.integers(0, 10**6), st.sampled_from(RATES_HZ))
def test_rounding_keeps_the_order(samples: int, more: int, rate_hz: int) -> None:
    """What is later is not earlier in milliseconds, and none is more than half of one away."""
    assert to_ms(samples, rate_hz) <= to_ms(samples + more, rate_hz)
    assert abs(to_ms(samples, rate_hz) * rate_hz - samples * 1000) * 2 <= rate_hz
