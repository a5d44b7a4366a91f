"""Lines below what is counted."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("95 words/min", "ninety five words per minute"),
        ("EUR/USD and GBP/JPY fell", "EUR USD and GBP JPY fell"),
        ("$59/pp and 8 hours' sleep/night", "fifty nine dollars per person and eight hours' sleep per night"),
        ("2 pints/1.1 litres", "two pints or one point one litres"),
        ("5 miles / 8 kilometres", "five miles or eight kilometres"),
        ("900 litres/day", "nine hundred litres per day"),
        ("38 minutes/week of exercise", "thirty eight minutes per week of exercise"),
        ("15,000 new emails/month", "fifteen thousand new emails per month"),
        ("measured in mg/dL", "measured in milligrams per deciliter"),
        ("priced in €/MWh or $/kWh", "priced in euros per megawatt hour or dollars per kilowatt hour"),
        ("€62/MWh, €1.85/L", "sixty two euros per megawatt hour, one euro eighty five cents per liter"),
        ("$2,000 per sq. ft. of space", "two thousand dollars per square foot of space"),
        ("$4.19/gal. is dear", "four dollars nineteen cents per gallon is dear"),
        ("$3 a gal. or more", "three dollars a gallon or more"),
        ("£3.50pp", "three pounds fifty pence per person"),
        ("10K/mo", "ten thousand per month"),
        ("50¢/lb, ~1%/year", "fifty cents per pound, about one percent per year"),
        ("and/or, his/her, A/C", "and or, his or her, A C"),
        ("a 50 words/paragraph text", "a fifty words paragraph text"),
    ],
)
def test_lines(written: str, said: str) -> None:
    """A unit or a time under a line is said with "per"; between other words the line says nothing."""
    assert spoken_form(written).text == said
