"""Which of several legal readings of a sign the words around it ask for."""

from __future__ import annotations

import pytest

from narrate.text.spoken.readings import choose

SENTENCES = [
    ("The council gave 12m in aid to the town.", "million"),
    ("The app has 67m users in Asia.", "million"),
    ("They crawled through a 12m shaft.", "meter"),
    ("The wall is 12m high.", "meter"),
    ("She won the 200m freestyle.", "meter"),
    ("Stand 3m from the edge.", "meter"),
]


@pytest.mark.parametrize(("sentence", "name"), SENTENCES)
def test_the_words_around_decide(sentence: str, name: str) -> None:
    """A bare m is millions of money and people, and meters of what is high or far."""
    start = sentence.index("m ", next(i for i, char in enumerate(sentence) if char.isdigit()))

    assert choose("m", sentence, start, start + 1).name == name


def test_the_evidence_is_named() -> None:
    """Whoever asks sees which lines of the table spoke for the reading."""
    reading = choose("m", "The app has 67m users.", 14, 15)

    assert str(reading) == "million (after @people, near @people)"


def test_facts_of_the_rule_count() -> None:
    """What the rule has seen itself is evidence as well: a decimal figure is more often one of millions."""
    sentence = "It went from 2.1m upwards."

    assert choose("m", sentence, 16, 17, {"decimal"}).name == "million"


def test_another_sentence_does_not_count() -> None:
    """The words of the sentence before and after say nothing of this one."""
    sentence = "The users left. It is 12m. The followers came."

    assert choose("m", sentence, 24, 25).name == "meter"
