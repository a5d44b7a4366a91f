"""The last rules of the spoken form: whatever the others left, no figure and no dot inside a word remains."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, claims, needs
from narrate.text.spoken.numbers import cardinal, number, whole

_DIGITS = re.compile(r"\d++")
# A raised figure counts as a letter here, but it is gone by the next pass: "revised.¹" has no inner dot.
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_INNER_DOT = re.compile(rf"(?<=\w)\.(?=[^\W{_RAISED}])")
_SCHEME = re.compile(r"(?<=\w):/{2,}")
# ".NET", "a .csv file": behind a space a dot ends nothing.
_FIRST_DOT = re.compile(
    r"\.(?<![^ (\"']\.)(?=NET\b|[a-z][a-z0-9]{1,9} (?:files?|folders?|domains?|extensions?|formats?|names?)\b)"
)
_INNER_COLON = re.compile(rf"(?<=\w):(?=[^\W{_RAISED}])")
# Number signs that are no decimal digits: ² ① Ⅳ ½; letters that mean numbers, as in Chinese, are words.
_NUMBER_SIGNS = ("No", "Nl")
_LARGEST = 10**15


def left_over_digits(text: str) -> Iterator[Claim]:
    """Any digits left -> their number; ① -> one; ⅒ -> zero point one."""
    yield from claims(_DIGITS, text, lambda match: whole(match[0]))
    if not text.isascii():
        yield from (
            Claim(i, i + 1, _number_sign(char))
            for i, char in enumerate(text)
            if char > "\x7f" and (char.isdigit() or unicodedata.category(char) in _NUMBER_SIGNS)
        )


@needs(".")
def inner_dots(text: str) -> Iterator[Claim]:
    """Node.js -> Node dot js; between figures -> point."""

    def say(match: re.Match[str]) -> str:
        return " point " if text[match.end()].isdecimal() and text[match.start() - 1].isdecimal() else " dot "

    return claims(_INNER_DOT, text, say)


@needs(".")
def first_dots(text: str) -> Iterator[Claim]:
    """.NET -> dot NET; a .csv file -> a dot csv file."""
    return claims(_FIRST_DOT, text, lambda _: "dot ")


@needs(":")
def inner_colons(text: str) -> Iterator[Claim]:
    """note:this -> note: this; between figures a space is enough; file:///c -> file c."""

    def say(match: re.Match[str]) -> str:
        return " " if text[match.end()].isdecimal() and text[match.start() - 1].isdecimal() else ": "

    yield from claims(_SCHEME, text, lambda _: " ")
    yield from claims(_INNER_COLON, text, say)


def _number_sign(char: str) -> str:
    value = unicodedata.numeric(char, 0)
    if not 0 <= value < _LARGEST:
        return ""
    return cardinal(int(value)) if value == int(value) else number(f"{value:.3f}".rstrip("0"))
