"""Bringing two sequences of words side by side."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.check.listen.align import Timed, align

NAMES = ("the", "a", "of", "man", "house", "went", "blue", "sea", "light", "keeper", "night", "door")
WORDS = st.lists(st.sampled_from(NAMES), max_size=40)


def timed(words: list[str]) -> Timed:
    """Two words and a half a second."""
    return Timed(words, [400 * number for number in range(len(words))])


def paired(said: str, heard: str) -> list[tuple[str, str]]:
    """What goes with what."""
    mine, others = said.split(), heard.split()
    return [(mine[place], others[other]) for place, other in align(timed(mine), timed(others))]


@given(WORDS)
def test_the_same_words_all_go_together(words: list[str]) -> None:
    """Nothing is missing and nothing too many where all was heard."""
    assert align(timed(words), timed(words)) == [(number, number) for number in range(len(words))]


@given(WORDS, WORDS)
def test_pairs_rise_on_both_sides(said: list[str], heard: list[str]) -> None:
    """No word is in two pairs, and none overtakes another."""
    pairs = align(timed(said), timed(heard))
    for side, length in ((0, len(said)), (1, len(heard))):
        places = [pair[side] for pair in pairs]
        assert places == sorted(set(places))
        assert all(0 <= place < length for place in places)


@given(WORDS, st.data())
def test_a_gap_costs_no_other_word(words: list[str], data: st.DataObject) -> None:
    """Where some words were not heard, as many pairs of equal words remain as words were."""
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    heard = words[:start] + words[end:]
    pairs = align(timed(words), timed(heard))
    assert len(pairs) == len(heard)
    assert all(words[place] == heard[other] for place, other in pairs)


def test_a_word_taken_for_another_is_its_pair() -> None:
    """A misheard word stands beside the one it was taken for, not beside its neighbour."""
    assert ("heir", "air") in paired("the heir to the throne", "the air to the throne")
    assert ("keeper", "keepers") in paired("she is the keeper", "she is keepers")


def test_a_gap_stays_in_one_piece() -> None:
    """Words that occur on both sides of a gap do not tear it."""
    said = "he saw the sea and the light and the door and he went in"
    pairs = align(timed(said.split()), timed(["he", "saw", "the", "sea", "and", "he", "went", "in"]))
    missing = sorted(set(range(14)) - {place for place, _ in pairs})
    assert missing == list(range(missing[0], missing[0] + 6))


HOUR = 9000


def hour(vocabulary: int) -> list[str]:
    """An hour of words, some of them common and most rare, as in prose."""
    draw = random.Random(7)
    names = [f"w{number}" for number in range(vocabulary)]
    weights = [1 / (number + 1) for number in range(vocabulary)]
    return draw.choices(names, weights, k=HOUR)


def test_an_hour_of_words_is_aligned_around_what_is_missing() -> None:
    """A start that is missing, words doubled in the middle and an end cut off are all seen for what they are."""
    said = hour(3000)
    heard = said[300:5000] + said[4900:8900]
    pairs = align(timed(said), timed(heard))
    assert {place for place, _ in pairs} == set(range(300, 8900))
    assert all(said[place] == heard[other] for place, other in pairs)


@pytest.mark.parametrize("vocabulary", [1, 3])
def test_an_hour_of_the_same_few_words_ends(vocabulary: int) -> None:
    """Where no run of words occurs once, time tells where to look; next to all words still find their pair."""
    said = hour(vocabulary)
    pairs = align(timed(said), timed(said))
    same = sum(said[place] == said[other] for place, other in pairs)
    assert same == HOUR


def test_words_that_share_nothing_make_no_endless_table() -> None:
    """A sound that is another text altogether is aligned somehow, and soon."""
    words = HOUR // 5
    said, heard = [f"a{n}" for n in range(words)], [f"b{n}" for n in range(words)]
    assert align(timed(said), timed(heard))


@pytest.mark.parametrize(("said", "heard"), [("", ""), ("one two", ""), ("", "one two")])
def test_nothing_on_one_side_is_no_pair(said: str, heard: str) -> None:
    """Silence, and a sound without a script."""
    assert paired(said, heard) == []
