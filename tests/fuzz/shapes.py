"""Text that grows: what rules wait for, over and over, so that a search that starts anew at each place is seen."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.fuzz.inputs import WORDS

# Of one kind of character, of figures and what joins them, of abbreviations, of what begins a longer thing.
CHARACTERS = (
    "0", "a", "A", "é", "ß", "½", "²", "₂", "Ⅳ", "①", ".", ",", ";", ":", "!", "?", "…", "-", "–", "—", "_", "*", "=",
    "~", "+", "<", ">", "|", "\\", "/", "#", "&", "@", "%", "^", "$", "€", "§", "°", "±", "→", "'", '"', "“", "”", "«",
    "»", "(", ")", "[", "]", "{", "}", " ", "\t", "\n", "\xa0", "\u200b", "\u00ad", "\u0301", "\ufe0f", "\u200d", "™",
    "\U0001f600", "中", "ひ", "ह", "א", "한", "。", "、", "·", "─", "․",
)  # fmt: skip
FIGURES = (
    "1,", "1.", "1,000,", "1.000.", "000 ", "1/", "1-", "3–5", "10:", "$1", "$1$1$", "€1 ", "1 €", "1%", "1st ", "1 1 ",
    "+1 ", "(1", "1)", "(555)", "555-", "x²", "a1", "1a", "A1-", "F-16", "v1.", "5x", "5×", "5 x ", "-5 ", "−5",
    "5 ft ", "km/", "5km", "km/h ", "5 °C ", "2024-", "2024-03-12", "1990-", "'90s ", "10:30-", "10 p.m. ", "May 1, ",
    "1 May ", "1er ", "1º ", "2e ", "14 h ", "am 1. ", "1. und ", "R$ ", "n°", "Nr. 1 ", "24/7 ", "9/11", "$1 million ",
    "1 million ", "Boeing 7", "Mio. ", "12 Main St. ",
)  # fmt: skip
LETTERS = (
    "a ", "A ", "a.", "A.", "A. ", "A.B. ", "a.b", "a-", "a'", "a_", "a/", "a:", "a@", "a@b.", "@a", "#a", "a&", "A&B ",
    "a=", "a\u0301", "ab.Cd", "Ab ", "hello", "HELLO", "HELLO ", "Hello World ", "I", "XIV ", "Louis X", "Chapter I ",
    "Mr. ", "St. ", "Inc. ", "No. ", "e.g. ", "U.S. ", "Ph.D. ", "vs. ", "w/", "C++", "the ", "the A", "straight A ",
    "hundred ", "one hundred ", "two thousand ", "Nguyen ", "SQL ", "to read ", "lead ", "d'", "l'", "'s ",
    "Springfield, ", "P.O. ",
)  # fmt: skip
MARKS = (
    ". ", ", ", "?!", ". . ", "- ", "— ", " – ", "--", "[1]", "[a]", "( ", ") ", "()", "\" ", "//", "http://", "www.",
    "http://a/", "www.a.b/", "a?b=c&", "a.com ", "😀 ", " ™", "!\n", "a\n", "\n\n", "\" a ", "™ ", "1\n", "\u200b ",
    "=>",
)  # fmt: skip
UNITS = (*CHARACTERS, *FIGURES, *LETTERS, *MARKS)

# What stands before and behind a run, so that a pattern comes to its end and fails there, or begins only once.
STARTS = ("", "a ", "1", "$", "(", "Hello ")
ENDS = ("", "x!", " ", "[", "1", ".", "'")


@dataclass(frozen=True, slots=True)
class Shape:
    """A text of any size: a start, one unit over and over, an end."""

    start: str
    unit: str
    end: str = ""

    def text(self, chars: int) -> str:
        """About so many characters."""
        return self.start + self.unit * max(1, chars // len(self.unit)) + self.end

    def __str__(self) -> str:
        return f"{self.start!r} {self.unit!r} {self.end!r}"


def shapes(mixed: int = 60) -> Iterator[Shape]:
    """Every unit by itself and between some edges, and some chosen at random in a row."""
    dice = random.Random(7)
    for unit in UNITS:
        yield Shape("", unit)
        yield Shape(dice.choice(STARTS[1:]), unit, dice.choice(ENDS[1:]))
        yield Shape("", unit, dice.choice(ENDS[1:]))
    for _ in range(mixed):
        pieces = (dice.choice((*UNITS, *WORDS)) for _ in range(dice.randint(2, 6)))
        yield Shape(dice.choice(STARTS), "".join(pieces), dice.choice(ENDS))


def quick_shapes() -> Iterator[Shape]:
    """Every unit once, between some edges."""
    dice = random.Random(3)
    return (Shape(dice.choice(STARTS), unit, dice.choice(ENDS)) for unit in UNITS)
