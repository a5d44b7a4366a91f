"""A quote mark behind a figure is a measure unless it closes a quotation."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form
from narrate.text.spoken.english.quantities.marks import measuring_marks


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ('a 9" pan', [3]),
        ('He said "it was 9" and left', []),
        ('"Use a 9" pan," she said', [8]),
        ('"a 9" by 12" pan," she said', [4, 11]),
        ('They called it "Apollo 13" for years', []),
        ('version="1.0" encoding="8"', []),
        ("a 9' ceiling", [3]),
        ("the '80s, he is 5'6", [17]),
        ("set to '1000' at night", []),
        ("the 10's best", []),
    ],
)
def test_measures_are_told_from_quotations(written: str, places: list[int]) -> None:
    """What is open decides, and what closes it."""
    assert list(measuring_marks(written)) == places


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a 27” monitor", "a twenty seven inch monitor"),
        ("6′2″ tall", "six feet two inches tall"),
        ("an 8\" x 10\" photo", "an eight inch by ten inch photo"),
        ("a 20'2\" x 13' room", "a twenty foot two inch by thirteen foot room"),
        ("51°30'26\"N, 0°7'39\"W", "fifty one degrees thirty minutes twenty six seconds north, zero degrees "
         "seven minutes thirty nine seconds west"),
        ("a 1½\" bolt", "a one and a half inch bolt"),
        ("a 1⅚\" bolt", "a one and five sixths inch bolt"),
    ],
)  # fmt: skip
def test_marks_are_said(written: str, said: str) -> None:
    """Every form of the marks is said alike."""
    assert spoken_form(written).text == said
