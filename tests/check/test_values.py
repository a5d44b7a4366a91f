"""What stands in a feed's tags."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.check import values


@pytest.mark.parametrize("tag", ["en", "en-us", "EN-GB", "zh-Hant-TW", "yue", "pt-BR", "es-419", "sr-Latn"])
def test_languages(tag: str) -> None:
    """As apps and BCP 47 write them."""
    assert values.is_language(tag)


@pytest.mark.parametrize("tag", ["", "english", "xx", "e", "en_us", "en-", "en us", "12"])
def test_no_languages(tag: str) -> None:
    """Apple refuses a feed for these."""
    assert not values.is_language(tag)


@pytest.mark.parametrize(
    ("duration", "expected"),
    [("1801", 1801), ("30:01", 1801), ("0:30:01", 1801), ("100:00:00", 360_000), ("90:00", 5400), ("0", 0)],
)
def test_durations(duration: str, expected: int) -> None:
    """Seconds, or a clock."""
    assert values.seconds(duration) == expected


@pytest.mark.parametrize("duration", ["", "1.5", "1:2:3:4", "00:61", "1:75:00", "٣", "-1", "1 min", "9" * 9])
def test_no_durations(duration: str) -> None:
    """All else is none."""
    assert values.seconds(duration) is None


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))
def test_dates(when: datetime) -> None:
    """What Python writes by RFC 2822 is read back."""
    whole = when.replace(microsecond=0, tzinfo=UTC)
    assert values.moment(format_datetime(whole)) == whole
    assert values.moment(format_datetime(whole, usegmt=True)) == whole


@pytest.mark.parametrize("date", ["2026-11-22", "Sun, 22 Nov 26 10:00:00 GMT", "Sun, 32 Nov 2026 10:00:00 GMT", "now"])
def test_no_dates(date: str) -> None:
    """Apps read these differently, or not at all."""
    assert values.moment(date) is None


@given(st.text())
def test_any_text(text: str) -> None:
    """Is an answer to every question."""
    values.moment(text)
    values.seconds(text)
    values.is_language(text)
    values.is_uuid_5(text)
    values.is_plain(text)
    assert not values.is_absolute(f"x{text}")
    if values.is_absolute(address := f"http://{text}"):
        values.host_of(address)


@pytest.mark.parametrize("address", ["http://podnews.net/rss", "https://podnews.net/rss/", "podnews.net/rss"])
def test_podcast_guid(address: str) -> None:
    """The example of the specification."""
    assert values.podcast_guid(address) == "9b024349-ccf0-5f69-a609-6b82873eab3c"
