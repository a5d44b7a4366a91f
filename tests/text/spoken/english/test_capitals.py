"""Words in capitals are words, and initialisms beside them stay."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("IT WAS LATE WHEN THE train left", "It was late when the train left"),
        ("He said IT WAS OVER and left", "He said it was over and left"),
        ("READ THE FAQ NOW please", "Read the FAQ now please"),
        ("THIS IS A TEST of it. NO SMOKING here", "This is a test of it. No smoking here"),
        ("The FBI AND the CIA", "The FBI and the CIA"),
        ("I AM sure", "I am sure"),
        ("WE DON'T KNOW, he said", "We don't know, he said"),
    ],
)
def test_shouted(written: str, said: str) -> None:
    """Where small words are in capitals, capitals are a style."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a 737 MAX", "a seven hundred thirty seven max"),
        ("I was NOT there", "I was not there"),
        ("NOT now. NOT here", "Not now. Not here"),
        ("the CAP's rules", "the cap's rules"),
        ("a BAD-tempered man", "a bad-tempered man"),
    ],
)
def test_three_letters(written: str, said: str) -> None:
    """Which espeak would say one by one."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    "text", ["The CEO of IBM", "an SAT, an LED and a DOT", "R&D at A&E", "the UK, the US and the EU"]
)
def test_initialisms_stay(text: str) -> None:
    """Rows of them are no style; a lone word in capitals is a heading's or a name's."""
    assert spoken_form(text).text in (text, text.replace("R&D", "R and D"))
