"""Sums of money are said with their scale first and their currency last."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("It raised $43.6 million.", "It raised forty three point six million dollars."),
        ("$20.5 and $2.000", "twenty dollars fifty cents and two dollars"),
        ("$0.5/hr", "fifty cents per hour"),
        ("$1/d", "one dollar per day"),
        ("¥30 b", "thirty billion yen"),
        ("nearly $120 million to the cause", "nearly one hundred twenty million dollars to the cause"),
        ("worth $1.2bn", "worth one point two billion dollars"),
        ("worth $3B or $15M", "worth three billion dollars or fifteen million dollars"),
        ("a salary of $85K", "a salary of eighty five thousand dollars"),
        ("for $1", "for one dollar"),
        ("for $1.00", "for one dollar"),
        ("for $9.99", "for nine dollars ninety nine cents"),
        ("for $0.01", "for one cent"),
        ("for $1,250,000", "for one million two hundred fifty thousand dollars"),
        ("for £3.50 or €20m", "for three pounds fifty pence or twenty million euros"),
        ("¥155 and ₹500 crore", "one hundred fifty five yen and five hundred crore rupees"),
        ("C$300 and US$4 million", "three hundred Canadian dollars and four million US dollars"),
        ("2 million USD and EUR 50", "two million US dollars and fifty euros"),
        ("50¢ or 99p", "fifty cents or ninety nine pence"),
        ("a loss of -$5", "a loss of minus five dollars"),
    ],
)
def test_sums(written: str, said: str) -> None:
    """Sign, figure and scale change places, and small coins are counted apart."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a $5 billion plan", "a five billion dollar plan"),
        ("a 10-year, $5 billion plan", "a ten-year, five billion dollar plan"),
        ("Yahoo’s $4.8 billion sale", "Yahoo's four point eight billion dollar sale"),
        ("a $100-million contract", "a one hundred million dollar contract"),
        ("a $500 fine", "a five hundred dollar fine"),
        ("the $5 billion in aid", "the five billion dollars in aid"),
        ("the $5 billion raised", "the five billion dollars raised"),
        ("it paid $10 without a word", "it paid ten dollars without a word"),
        ("gave him $5 yesterday", "gave him five dollars yesterday"),
    ],
)
def test_dollar_or_dollars(written: str, said: str) -> None:
    """A sum that describes a noun is said in the singular."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("$10–$20 a head", "ten to twenty dollars a head"),
        ("$25-30 each", "twenty five to thirty dollars each"),
        ("$500m–$1bn", "five hundred million to one billion dollars"),
        ("$1.50-$2.50", "one dollar fifty cents to two dollars fifty cents"),
        ("$20/mo", "twenty dollars per month"),
    ],
)
def test_ranges_and_rates(written: str, said: str) -> None:
    """A range names its currency once, and a rate is said with "per"."""
    assert spoken_form(written).text == said
