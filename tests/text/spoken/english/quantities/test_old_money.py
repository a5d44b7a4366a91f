"""Pounds, shillings and pence."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("It sold for £3 10s.", "It sold for three pounds ten shillings."),
        ("from £1 5s. a week to £2", "from one pound five shillings a week to two pounds"),
        ("cost £1,200 1s 1d then", "cost one thousand two hundred pounds one shilling one penny then"),
        ("a coat at 12s 6d", "a coat at twelve shillings six pence"),
        ("paid £2, 4s. and 7½d. for it", "paid two pounds four shillings seven and a half pence for it"),
    ],
)
def test_said(written: str, said: str) -> None:
    """Every coin is named; a dot is its own unless the sentence ends there."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize("language", ["en-US", "en-GB"])
def test_everywhere(language: str) -> None:
    """In both kinds of English."""
    assert spoken_form("It was £3 4s 6d.", language).text == "It was three pounds four shillings six pence."


@pytest.mark.parametrize("written", ["sprints of 10s", "the 3s 3d electrons", "£3 20s", "in the 1920s", "5s and 10s"])
def test_others(written: str) -> None:
    """Seconds, decades, notes and orbitals are none."""
    said = spoken_form(written).text
    assert "shilling" not in said
    assert "pence" not in said
