"""Sentences end where a reader would pause, and not after abbreviations."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.text.sentences import clause_ends, parts, sentence_ends, starts_sentence, word_ends

ONE_SENTENCE = [
    "Mr. Smith went home.",
    "Dr. Jane Roe and Prof. Lee met Gen. Grant.",
    "James T. Kirk met J. K. Rowling.",
    "The U.S. Senate and the U.K. Parliament voted.",
    "See No. 5 and Fig. 2 for details.",
    "It was Ali vs. Frazier.",
    "Bring pens, paper, etc. to class.",
    "Apple Inc. sued Samsung Electronics Co. Ltd. last year.",
    "Wait… what happened?",
    "Version 2.1 is out.",
    "“Stop!” he cried.",
    "It rose to 3.5 percent.",
    "She lives at St. Mary's.",
]

SEVERAL = [
    ("He moved to the U.S. Later he returned.", ["He moved to the U.S.", "Later he returned."]),
    ("He said no. Then he left.", ["He said no.", "Then he left."]),
    ("He works for Smith & Co. The firm is old.", ["He works for Smith & Co.", "The firm is old."]),
    ("Really? Yes! “Good.” He sat.", ["Really?", "Yes!", "“Good.”", "He sat."]),
    ("He left (at last). She stayed.", ["He left (at last).", "She stayed."]),
    ("¿Qué? ¡No! Vale.", ["¿Qué?", "¡No!", "Vale."]),
    ("雨が降る。風が吹く。", ["雨が降る。", "風が吹く。"]),
    ("It closed at 5 p.m. The street was empty.", ["It closed at 5 p.m.", "The street was empty."]),
]


def sentences(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in itertools.pairwise([0, *sentence_ends(text), len(text)])]


@pytest.mark.parametrize("text", ONE_SENTENCE)
def test_abbreviations_do_not_end_a_sentence(text: str) -> None:
    """Titles, initials, dotted names, numbers."""
    assert sentences(text) == [text]


@pytest.mark.parametrize(("text", "parts"), SEVERAL)
def test_sentences_end_with_their_marks_and_quotes(text: str, parts: list[str]) -> None:
    """Closing quotes and brackets belong to the sentence before them."""
    assert sentences(text) == parts


def test_clauses_and_words() -> None:
    """The finer cuts, for sentences that do not fit."""
    text = "First, second; third—and (so it goes) the rest"

    assert [text[:end] for end in clause_ends(text)] == [
        "First,",
        "First, second;",
        "First, second; third—",
        "First, second; third—and (so it goes)",
    ]
    assert [text[:end].rsplit(maxsplit=1)[-1] for end in word_ends("First, second; third")] == ["First,", "second;"]


@pytest.mark.parametrize(
    ("word", "starts"), [("Later", True), ("The", True), ("Senate", False), ("First", False), ("later", False)]
)
def test_words_that_begin_sentences(word: str, starts: bool) -> None:
    """A capital alone says nothing after an abbreviation; the word does."""
    assert starts_sentence(word) is starts


@given(st.text(alphabet="aB .!?,…—“”()1", max_size=80))
def test_ends_are_in_order_and_inside(text: str) -> None:
    """Positions rise, and something follows the last one."""
    for ends in (list(sentence_ends(text)), list(clause_ends(text)), list(word_ends(text))):
        assert ends == sorted(set(ends))
        assert all(0 <= end <= len(text) for end in ends)


@pytest.mark.parametrize("text", ["a" + "." * 200_000 + "b", "?!" * 100_000 + "b", "a." + ")" * 200_000 + "b"])
def test_rows_of_dots(text: str) -> None:
    """Found by fuzzing: from each dot the whole row was gone over again, hours for a few hundred thousand."""
    assert list(sentence_ends(text)) == []


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("", [0]),
        ("a" * 10_000, [10_000]),
        ("a" * 25_000, [10_000, 10_000, 5000]),
        ("a" * 9_000 + " " + "b" * 9_000, [9000, 9001]),
        ("a. " * 2000 + "b " * 4000, [6_000 - 1, 8_001]),
    ],
    ids=["nothing", "just short enough", "one word", "two words", "a sentence's end goes before a space"],
)
def test_parts(text: str, lengths: list[int]) -> None:
    """Long texts are parted after a sentence, else at a space, else anywhere, and nothing is lost."""
    found = list(parts(text))

    assert [len(part) for _, part in found] == lengths
    assert "".join(part for _, part in found) == text
    assert [start for start, _ in found] == [0, *itertools.accumulate(lengths)][:-1]
