"""Degrees without their sign."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("at 17.9N 76.8W, moving", "at seventeen point nine north, seventy six point eight west, moving"),
        ("51.5 N, 0.12 W.", "fifty one point five north, zero point one two west."),
        ("34S/151E", "thirty four south, one hundred fifty one east"),
    ],
)
def test_pairs(written: str, said: str) -> None:
    """A pole and a side of the world are needed."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize("written", ["a 60W bulb", "size 8N, 9W-A", "5N by 3W"])
def test_others(written: str) -> None:
    """Watts, widths and newtons are no places."""
    assert "west" not in spoken_form(written).text
