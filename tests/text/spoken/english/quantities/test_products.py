"""Signs of multiplication are said by what they join."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("8 x 10 photos", "eight by ten photos"),
        ("1920x1080", "nineteen twenty by ten eighty"),
        ("12 ft. x 15 ft. wide", "twelve feet by fifteen feet wide"),
        ("3 x 4 x 5 cm", "three by four by five centimeters"),
        ("up 3x YoY, 2x year on year", "up three times YoY, two times year on year"),
        ("2x a day, 3x per week", "two times a day, three times a week"),
        ("5 × 3 = 15", "five times three equals fifteen"),
        ("15 = 5 × 3", "fifteen equals five times three"),
        ("10^9, or 1,000 × 1,000", "ten to the ninth, or one thousand times one thousand"),
        ("2 * 3", "two times three"),
        ("what 7 x 8 is", "what seven times eight is"),
        ("3x/week, 2x/day", "three times a week, two times a day"),
        ("4x faster, 3x the price, 10x more", "four times faster, three times the price, ten times more"),
        ("a 10x developer, a 4x increase", "a ten x developer, a four x increase"),
    ],
)
def test_products(written: str, said: str) -> None:
    """Beside an equation or a power it is arithmetic, else a size; so many times as much is "times"."""
    assert spoken_form(written).text == said
