"""Words as they sound, however they are written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.check.listen.words import Token, tokens


def plain(text: str) -> str:
    """The words that are compared."""
    return " ".join(token.text for token in found(text))


def found(text: str) -> list[Token]:
    """The tokens of a text whose words stand between spaces."""
    return tokens(text, [match.span() for match in re.finditer(r"\S+", text)])


SAME = [
    ("$43.6 million", "forty three point six million dollars", "43.6 million dollars"),
    ("okay", "OK", "Okay,"),
    ("the US", "the U.S.", "the U.S"),
    ("in 1999", "in nineteen ninety nine", "in one thousand nine hundred ninety-nine"),
    ("in 2010", "in twenty ten", "in two thousand and ten", "in two thousand ten"),
    ("1,100 men", "eleven hundred men", "one thousand one hundred men"),
    ("in 1905", "in nineteen oh five"),
    ("105", "one hundred and five", "one hundred five"),
    ("$200,000", "two hundred thousand dollars"),
    ("78%", "78 percent", "seventy eight per cent"),
    ("2/3 of them", "two thirds of them"),
    ("second-largest", "second largest"),
    ("Musk’s", "Musk's", "Musks"),
    ("the colour of the centre", "the color of the center"),
    ("they organised a programme", "they organized a program"),
    ("travelling with a grey jeweller", "traveling with a gray jeweler"),
    ("Dr. Berg vs. Mr. Smith", "Doctor Berg versus mister Smith"),
    ("at 3 p.m.", "at three PM", "at 3 pm."),
    ("the café", "the cafe"),
    ("the A10X", "the A ten X"),
    ("“we’ll get along”", "we'll get along"),
]


@pytest.mark.parametrize("ways", SAME, ids=lambda ways: ways[0])
def test_ways_to_write_the_same_sound_are_the_same(ways: tuple[str, ...]) -> None:
    """An author and a recogniser write numbers, names and endings each in their own way."""
    assert {plain(way) for way in ways} == {plain(ways[0])}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("in 1999", "in 1998"),
        ("$43.6 million", "$43.6 billion"),
        ("fifteen men", "fifty men"),
        ("we can", "we cannot"),
        ("her house", "his house"),
        ("one hundred and five", "one hundred five hundred"),
    ],
)
def test_other_words_stay_others(one: str, other: str) -> None:
    """What sounds otherwise and means something else is not made the same."""
    assert plain(one) != plain(other)


def test_figures_come_one_by_one() -> None:
    """A number that was half heard is half right."""
    assert plain("about 1,234 men") == "about 1 2 3 4 men"


def test_and_outside_of_numbers_stays() -> None:
    """Only the "and" inside one number is no word of its own."""
    assert plain("five and six") == "5 and 6"
    assert plain("a hundred and Anna") == "a 1 0 0 and anna"


def test_every_word_knows_where_it_comes_from() -> None:
    """The words said for "$43.6 million" belong to its two written words."""
    assert [(token.text, token.first) for token in found("nearly $43.6 million each")] == [
        ("nearly", 0), ("4", 1), ("3", 1), ("point", 1), ("6", 1), ("million", 2), ("dollars", 2), ("each", 3),
    ]  # fmt: skip


def test_a_number_of_several_words_comes_from_all_of_them() -> None:
    """Each figure of "twenty twenty two" belongs to the words that it was read from."""
    assert [(token.text, token.first, token.last) for token in found("twenty two men")][:2] == [
        ("2", 0, 1),
        ("2", 0, 1),
    ]


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_any_text_has_words_in_order(text: str) -> None:
    """Whatever stands there: words without marks, from written words that exist, in order."""
    count = len(text.split())
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    result = tokens(text, spans)
    assert all(token.text.isalnum() or not token.text.isascii() for token in result)
    assert [token.first for token in result] == sorted(token.first for token in result)
    assert all(0 <= token.first <= token.last < max(1, count) for token in result)
