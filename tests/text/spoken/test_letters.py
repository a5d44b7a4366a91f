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
        ("bus four A to town, seat fourteen A was empty", ["A", "A"]),
        ("ran an A B test, from A to Z", ["A", "A"]),
        ("he got grade A marks, influenza A and B, answer A is right", ["A", "A", "A"]),
        ("He pressed A twice and saw A, B and C.", ["A", "A"]),
        ("two As and a B, straight As.", ["As", "As"]),
        ("C A C O three and S I O two, an I V drip", ["A", "I", "I"]),
        ("the letter a is first, the vowel a in it", ["a", "a"]),
        ("Doctor A Smith met James A Garfield there, and A J Green", ["A", "A", "A"]),
        ("A is for apple", ["A"]),
        ("the letter a friend wrote, As I said, As and", []),
        ("Once Upon A Time in prose, in A Few Good Men", []),
        ("How To Write A College Essay, as they say", []),
        ("This is it: A good one. He said, A man left (A clean one).", []),
        ("THIS IS A TEST of it", []),
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
