"""Numerals in every form that may stand before a unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.text.spoken.english.quantities.numerals import fraction, numeral_at
from narrate.text.spoken.numbers import cardinal


@pytest.mark.parametrize(
    ("written", "read", "said"),
    [
        ("1,234.5 km", "1,234.5", "one thousand two hundred thirty four point five"),
        ("1,00,000 rupees", "1,00,000", "one hundred thousand"),
        (".5 miles", ".5", "point five"),
        ("3/4 cup", "3/4", "three quarters"),
        ("3/4cup", "3/4", "three quarters"),
        ("2 1/2 cups", "2 1/2", "two and a half"),
        ("1-1/2 in.", "1-1/2", "one and a half"),
        ("1½-inch", "1½", "one and a half"),
        ("13⅛ oz", "13⅛", "thirteen and an eighth"),
        ("10^6 cells", "10^6", "ten to the sixth"),
        ("3 × 10⁸ m/s", "3 × 10⁸", "three times ten to the eighth"),
        ("6.02x10^-23", "6.02x10^-23", "six point zero two times ten to the minus twenty third"),
        ("7/3 of", "7", "seven"),
        ("1/250 of", "1", "one"),
        ("1/250s", "1/250", "one two hundred fiftieth"),
        ("1/4000 sec.", "1/4000", "one four thousandth"),
        ("3/250s", "3", "three"),
        ("10,5", "10", "ten"),
    ],
)
def test_the_longest_numeral_is_read(written: str, read: str, said: str) -> None:
    """It ends where the last of its figures does."""
    numeral = numeral_at(written, 0)

    assert numeral is not None
    assert (written[: numeral.end], numeral.said) == (read, said)


def test_a_comma_is_a_point_in_money_alone() -> None:
    """€2,75 is written as on the continent; elsewhere a comma parts a list."""
    money, list_of_two = numeral_at("2,75", 0, is_money=True), numeral_at("2,75", 0)

    assert money is not None
    assert list_of_two is not None
    assert (money.said, list_of_two.said) == ("two point seven five", "two")


@given(st.integers(0, 10**12))
def test_grouping_changes_nothing(number: int) -> None:
    """With commas or without, the same number is said."""
    numeral = numeral_at(f"{number:,} km", 0)

    assert numeral is not None
    assert numeral.said == cardinal(number)


@given(st.integers(1, 99), st.integers(2, 12))
def test_fractions_have_their_article(whole: int, bottom: int) -> None:
    """One of eight parts is "an eighth"."""
    said = fraction(str(whole), 1, bottom)

    assert said.endswith(("and an eighth", "and an eleventh") if bottom in (8, 11) else f"and a {said.split()[-1]}")
