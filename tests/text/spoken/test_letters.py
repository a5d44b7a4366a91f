"""A lone letter is a letter where it can be nothing else."""

from __future__ import annotations

import pytest

from narrate.text.spoken.letters import letter_sounds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It raised a Series A round.", ["A"]),
        ("Vitamin A and Hepatitis A", ["A", "A"]),
        ("She got an A in math.", ["A"]),
        ("the A team won", ["A"]),
        ("Apple's A seventeen chip", ["A"]),
        ("graded A plus", ["A"]),
        ("Ms Smith met Ms Jones", ["Ms", "Ms"]),
        ("E equals mc squared", ["mc"]),
        ("a squared plus b squared equals c", ["a"]),
        ("the integral from a to b of f of x", ["a"]),
        ("the fraction a over b, x equals a, b plus a.", ["a", "a", "a"]),
        ("a sub one is two, and a equals three", ["a", "a"]),
        ("It is a plus for a squared-off man.", []),
        ("He moved to a house over a hill, equals a win", []),
        ("A five percent rise", []),
        ("He left. A team of ten came.", []),
        ("A man and a woman", []),
        ("Plan A's failure", []),
        ("In a, b and c", []),
        ("many Ms and Ns", []),
    ],
)
def test_letters(text: str, words: list[str]) -> None:
    """The places are those of the words in the text."""
    assert [text[sound.start_char : sound.end_char] for sound in letter_sounds(text)] == words
