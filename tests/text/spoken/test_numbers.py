"""Figures become American number words, without hyphens and without "and"."""

from __future__ import annotations

import pytest

from narrate.text.spoken import numbers


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (40, "forty"),
        (99, "ninety nine"),
        (100, "one hundred"),
        (345, "three hundred forty five"),
        (1000, "one thousand"),
        (12_345, "twelve thousand three hundred forty five"),
        (2_000_001, "two million one"),
        (7_000_000_000_000, "seven trillion"),
    ],
)
def test_cardinal(number: int, said: str) -> None:
    """Whole numbers are said in groups of three."""
    assert numbers.cardinal(number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "first"), (5, "fifth"), (12, "twelfth"), (20, "twentieth"), (43, "forty third"), (1000, "one thousandth")],
)
def test_ordinal(number: int, said: str) -> None:
    """Only the last word of a rank changes."""
    assert numbers.ordinal(number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (476, "four hundred seventy six"),
        (1066, "ten sixty six"),
        (1800, "eighteen hundred"),
        (1905, "nineteen oh five"),
        (1939, "nineteen thirty nine"),
        (2000, "two thousand"),
        (2004, "two thousand four"),
        (2024, "twenty twenty four"),
        (2100, "twenty one hundred"),
    ],
)
def test_year(number: int, said: str) -> None:
    """Years are said in pairs, but for the first of a millennium."""
    assert numbers.year(number) == said


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("1,250", "one thousand two hundred fifty"),
        ("43.6", "forty three point six"),
        ("0.05", "zero point zero five"),
        (".325", "point three two five"),
        ("007", "zero zero seven"),
        ("9" * 25, " ".join(["nine"] * 25)),
    ],
)
def test_number(figure: str, said: str) -> None:
    """Decimals are said digit by digit, and so is what is too long to follow."""
    assert numbers.number(figure) == said


@pytest.mark.parametrize(
    ("digits", "said"),
    [
        ("7", "seven"),
        ("16", "sixteen"),
        ("04", "zero four"),
        ("101", "one oh one"),
        ("400", "four hundred"),
        ("737", "seven thirty seven"),
        ("1080", "ten eighty"),
        ("62704", "six two seven zero four"),
    ],
)
def test_paired(digits: str, said: str) -> None:
    """Digits of a name are said in pairs."""
    assert numbers.paired(digits) == said


def test_plural() -> None:
    """The last word carries the plural."""
    assert [numbers.as_plural(word) for word in ("ninety", "two thousand", "six")] == [
        "nineties",
        "two thousands",
        "sixes",
    ]


@pytest.mark.parametrize(
    ("figures", "said"),
    [("020 7946", "zero two zero, seven nine four six"), ("(555) 01-9", "five five five, zero one, nine"), ("", "")],
)
def test_groups(figures: str, said: str) -> None:
    """Whatever parts groups of digits is a pause."""
    assert numbers.in_groups(figures) == said


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ("²", "squared"),
        ("3", "cubed"),
        ("10", "to the tenth"),
        ("⁻⁶", "to the minus sixth"),
        ("−2", "to the minus second"),
        ("⁰", "to the zeroth"),
    ],
)
def test_powers(figures: str, said: str) -> None:
    """Raised figures and plain ones are said alike."""
    assert numbers.raised(figures) == said


def test_powers_of_ten() -> None:
    """Of ten there is no square."""
    assert numbers.raised("2", is_named=False) == "to the second"
