"""Postal addresses are read as people read them out."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("at 1600 Pennsylvania Ave. in", "at sixteen hundred Pennsylvania Avenue in"),
        ("1211 E Arques Ave", "twelve eleven East Arques Avenue"),
        ("708 N 1st St, Springfield", "seven oh eight North first Street, Springfield"),
        ("12 S. Main St.", "twelve South Main Street."),
        ("123 Laguna Ct, Austin, TX", "one twenty three Laguna Court, Austin, Texas"),
        ("Springfield, IL 62704", "Springfield, Illinois six two seven zero four"),
        ("Santa Clara, CA, 95051", "Santa Clara, California nine five zero five one"),
        ("the 1200 block of Elm Street", "the twelve hundred block of Elm Street"),
        ("on Rte. 66 W. past it", "on Route sixty six West past it"),
        ("221B Baker Street", "two twenty one B Baker Street"),
    ],
)
def test_addresses(written: str, said: str) -> None:
    """House numbers in pairs, kinds of street and states in full, postcodes by digits."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Katie Allen, MD, said", "Katie Allen, MD, said"),
        ("He drove down the street.", "He drove down the street."),
        ("Plan E works in Oregon, OR so they say", "Plan E works in Oregon, OR so they say"),
        ("Fine, OK, so he went", "Fine, OK, so he went"),
    ],
)
def test_what_is_no_address_stays(written: str, said: str) -> None:
    """Two letters that are a degree or a word are no state, as long as no place is known before them."""
    assert spoken_form(written).text == said
