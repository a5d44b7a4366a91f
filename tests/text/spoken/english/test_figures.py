"""Figures that are no sum, date or measure are told apart by their neighbours."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("in 1939", "in nineteen thirty nine"),
        ("since 2022", "since twenty twenty two"),
        ("By 2000, the", "By two thousand, the"),
        ("the conquest of 1066 changed", "the conquest of ten sixty six changed"),
        ("the 2012 floods", "the twenty twelve floods"),
        ("2025 draws to a close", "twenty twenty five draws to a close"),
        ("1776 soldiers", "one thousand seven hundred seventy six soldiers"),
        ("more than 1998 voters", "more than one thousand nine hundred ninety eight voters"),
        ("roughly 2,010 homes", "roughly two thousand ten homes"),
        ("500 BC", "five hundred BC"),
        ("A.D. 1066 and 2560 BCE", "AD ten sixty six and twenty five sixty BCE"),
        ("a crowd of 1939", "a crowd of one thousand nine hundred thirty nine"),
        ("2024 people", "two thousand twenty four people"),
        ("the 19th–20th centuries", "the nineteenth to twentieth centuries"),
        ("1980-1970 kg", "one thousand nine hundred eighty to one thousand nine hundred seventy kilograms"),
        ("dropped to -5", "dropped to minus five"),
        ("magnitude of 7.2.", "magnitude of seven point two."),
        ("the 19th century, 1,000th", "the nineteenth century, one thousandth"),
    ],
)
def test_years_and_numbers(written: str, said: str) -> None:
    """Four digits are a year unless something behind them is counted."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Ages 10–15", "Ages ten to fifteen"),
        ("won 112-98", "won one hundred twelve to ninety eight"),
        ("a 2:1 ratio", "a two to one ratio"),
        ("a 16:9 screen", "a sixteen to nine screen"),
        ("1920x1080 pixels", "nineteen twenty by ten eighty pixels"),
        ("3 × 4 meters", "three by four meters"),
        ("10^6 cells", "ten to the sixth cells"),
        ("E = mc²", "E equals mc squared"),
    ],
)
def test_between_figures(written: str, said: str) -> None:
    """What stands between two figures is said by what they are."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("v2.1 of iOS 17.4.1", "version two point one of iOS seventeen point four point one"),
        ("Python 3.12", "Python three point twelve"),
        ("a V8 engine, V2.0", "a V eight engine, version two point zero"),
        ("an F-16 and COVID-19", "an F sixteen and COVID nineteen"),
        ("H1N1, R2-D2, GPT-3.5", "H one N one, R two-D two, GPT three point five"),
        (
            "the Boeing 747s and 737-800",
            "the Boeing seven forty sevens and seven thirty seven eight hundred",
        ),
        ("a Boeing 737-800", "a Boeing seven thirty seven eight hundred"),
        ("CO₂ and H2O", "CO two and H two O"),
        ("5G or Exit 12A", "five G or Exit twelve A"),
        ("the 49ers", "the forty niners"),
    ],
)
def test_names_with_digits(written: str, said: str) -> None:
    """Letters keep their spelling and are parted from the words for the digits."""
    assert spoken_form(written).text == said
