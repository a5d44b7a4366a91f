"""Four digits before a unit are an amount, elsewhere a year."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a 1706 watt plant", "a one thousand seven hundred six watt plant"),
        (
            "from 1342 to 1908 mm",
            "from one thousand three hundred forty two to one thousand nine hundred eight millimeters",
        ),
        ("1980-1970 grams", "one thousand nine hundred eighty to one thousand nine hundred seventy grams"),
        ("1500 or 2010 meters", "one thousand five hundred or two thousand ten meters"),
        ("in 2010 miles of road", "in twenty ten miles of road"),
        ("the 1998 cup, the 2012 second half", "the nineteen ninety eight cup, the twenty twelve second half"),
    ],
)
def test_amount_or_year(written: str, said: str) -> None:
    """Words that lead years, and units that are other words as well, say that it is a year."""
    assert spoken_form(written).text == said
