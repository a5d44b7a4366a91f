"""Outside the United States numbers have an "and", and days come before months."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.text.spoken import spoken_form
from narrate.text.spoken.english.british import with_and


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("120 people", "one hundred and twenty people"),
        ("in 2004", "in two thousand and four"),
        ("in 2015", "in twenty fifteen"),
        ("in 1905", "in nineteen oh five"),
        ("2,105 votes", "two thousand one hundred and five votes"),
        ("1,050,003 of them", "one million fifty thousand and three of them"),
        ("3,400 tonnes", "three thousand four hundred tonnes"),
        ("the 101st goal", "the one hundred and first goal"),
        ("£3.50", "three pounds fifty pence"),
        ("£1.2bn", "one point two billion pounds"),
        ("on 5/1/2024", "on January fifth, twenty twenty four"),
        ("on 25/12/2024", "on December twenty fifth, twenty twenty four"),
        ("It is due on 3 June. He left", "It is due on the third of June. He left"),
        ("It is due on 3 June.", "It is due on the third of June."),
        ("12 March 2021", "the twelfth of March twenty twenty one"),
        ("Root is on 58* overnight", "Root is on fifty eight not out overnight"),
        ("A 4* hotel, and Root 112* at tea", "A four star hotel, and Root one hundred and twelve not out at tea"),
        ("Book 58* of them", "Book fifty eight of them"),
        ("a 4* hotel at No 10", "a four star hotel at number ten"),
        ("Dr Ahmed of Station Rd, off High St.", "Doctor Ahmed of Station Road, off High Street."),
        ("the M25 and the A4", "the M twenty five and the A four"),
        ("nineteen hundred one hundred twenty", "nineteen hundred one hundred twenty"),
    ],
)
def test_british(written: str, said: str) -> None:
    """What the author wrote in words stays as it is."""
    assert spoken_form(written, "en-GB").text == said


def test_american() -> None:
    """Without an "and", and with the month first."""
    assert spoken_form("120 votes on 5/1/2024", "en-US").text == (
        "one hundred twenty votes on May first, twenty twenty four"
    )


@given(st.integers(0, 10**12))
def test_and_is_said_once_a_group(number: int) -> None:
    """Never at the end, never twice in a row, and not again the second time."""
    said = spoken_form(f"{number:,}", "en-GB").text
    words = said.split()

    assert words[-1] != "and"
    assert ("and", "and") not in itertools.pairwise(words)
    assert with_and(said) == said
