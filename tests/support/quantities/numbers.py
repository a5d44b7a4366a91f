"""Numbers as they are written, each with its value and with the words that it may be said in.

It knows nothing of the package that is tested: numbers are spelled here by rules of their own.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = {"trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3}
LETTERS = {
    "tn": "trillion",
    "bn": "billion",
    "B": "billion",
    "m": "million",
    "M": "million",
    "k": "thousand",
    "K": "thousand",
}
# What stands before "half" and "quarter", which may go without it alone ("half a mile") but not after "and".
OPTIONAL_ONE, ONE = "(?:one |a )?", "(?:one |a )"
# The numerator and denominator of a fraction, the sign for it, and how it is said.
FRACTIONS = {
    (1, 2): ("½", f"{OPTIONAL_ONE}half"),
    (1, 4): ("¼", f"{OPTIONAL_ONE}(?:quarter|fourth)"),
    (3, 4): ("¾", "three (?:quarters?|fourths?)"),
    (1, 3): ("⅓", "(?:one|a) third"),
    (2, 3): ("⅔", "two thirds?"),
    (1, 8): ("⅛", "(?:one|an) eighth"),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it is written, what it amounts to, and the words for it as a regular expression.

    A scale ("bn", " million") is kept apart: a range has it at its end alone ("$3-5bn").
    """

    form: str
    digits: str
    number: Fraction
    words: str
    scale_written: str = ""
    scale: str = ""

    @property
    def written(self) -> str:
        """The number with its scale, as it is written."""
        return self.digits + self.scale_written

    @property
    def value(self) -> Fraction:
        """What the number amounts to with its scale."""
        return self.number * SCALES.get(self.scale, 1)

    @property
    def said(self) -> str:
        """The words for the number with its scale, as a regular expression."""
        scale = f"(?:{self.scale}|k)" if self.scale == "thousand" else self.scale
        return f"{self.words} {scale}" if scale else self.words


def cardinal(number: int) -> str:
    """Return the words for a whole number below a thousand billion, as a regular expression.

    "And" may stand before what follows a hundred, "a" for a leading "one", and "twelve hundred" for 1,200.
    """
    groups, rest = [], number
    for scale, size in SCALES.items():
        if rest >= size:
            groups.append(f"{_below_thousand(rest // size)} {scale}")
            rest %= size
    if rest or not groups:
        groups.append(("(?:and )?" if groups and rest < 100 else "") + _below_thousand(rest))
    full = re.sub(r"^one (?=hundred|thousand|million)", "(?:one|a) ", " ".join(groups))
    hundreds, rest = divmod(number, 100)
    if 11 <= hundreds <= 99 and hundreds % 10:
        return f"(?:{full}|{_below_hundred(hundreds)} hundred{_and(rest)})"
    return full


def decimal(digits: str) -> str:
    """Return the words for a decimal ("3.5", "0.75", ".5"), its places one by one, as a regular expression."""
    whole, places = digits.split(".")
    read = " ".join("(?:zero|oh)" if place == "0" else ONES[int(place)] for place in places)
    if not int(whole or 0):
        return f"(?:(?:zero|oh|nought) )?point {read}"
    half = f"|{cardinal(int(whole))} and a half" if places == "5" else ""
    return f"(?:{cardinal(int(whole))} point {read}{half})"


def first_sound(amount: Amount) -> str:
    """Return the article before an amount: "an" before eight, eleven, eighteen and the eighties, "a" otherwise."""
    leading = amount.digits.split(",")[0].split(".")[0]
    return "an" if leading in {"8", "11", "18"} or re.fullmatch(r"8\d|8\d\d", leading) else "a"


def _below_hundred(number: int) -> str:
    if number < 20:
        return ONES[number]
    return TENS[number // 10] + (f" {ONES[number % 10]}" if number % 10 else "")


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    return f"{ONES[hundreds]} hundred{_and(rest)}" if hundreds else _below_hundred(rest)


def _and(rest: int) -> str:
    return f" (?:and )?{_below_hundred(rest)}" if rest else ""


def _whole(form: str, low: int, high: int, *, grouped: bool = False) -> Callable[[random.Random], Amount]:
    def make(chance: random.Random) -> Amount:
        number = chance.randint(low, high)
        return Amount(form, f"{number:,}" if grouped else str(number), Fraction(number), cardinal(number))

    return make


def _round_grouped(chance: random.Random) -> Amount:
    number = chance.randint(11, 999) * chance.choice([100, 1000, 10_000])
    return Amount("round", f"{number:,}", Fraction(number), cardinal(number))


def _decimal(chance: random.Random) -> Amount:
    digits = f"{chance.randint(1, 99)}.{chance.choice(['5', '2', '04', '25', '75', '9'])}"
    return Amount("decimal", digits, Fraction(digits), decimal(digits))


def _below_one(chance: random.Random) -> Amount:
    digits = f"{chance.choice(['0', '0', ''])}.{chance.choice(['5', '2', '04', '25', '75', '9'])}"
    return Amount("below one", digits, Fraction("0" + digits), decimal(digits))


def _negative(chance: random.Random) -> Amount:
    number = chance.randint(2, 99)
    sign = chance.choice("-−")
    return Amount("negative", f"{sign}{number}", Fraction(-number), f"(?:minus|negative) {cardinal(number)}")


def _fraction(chance: random.Random) -> Amount:
    (over, under), (sign, words) = chance.choice(list(FRACTIONS.items()))
    form, written = chance.choice([("fraction sign", sign), ("slashed fraction", f"{over}/{under}")])
    return Amount(form, written, Fraction(over, under), f"(?:{words})")


def _mixed(chance: random.Random) -> Amount:
    (over, under), (sign, words) = chance.choice(list(FRACTIONS.items()))
    whole = chance.randint(1, 19)
    form, written = chance.choice(
        [("mixed sign", f"{whole}{sign}"), ("mixed slash", f"{whole} {over}/{under}")],
    )
    return Amount(
        form, written, whole + Fraction(over, under), f"{cardinal(whole)} and {words.replace(OPTIONAL_ONE, ONE)}"
    )


def _scaled(chance: random.Random, form: str, scale_written: str, scale: str) -> Amount:
    digits = str(chance.randint(2, 99)) if chance.random() < 0.5 else f"{chance.randint(1, 99)}.{chance.randint(1, 9)}"
    words = decimal(digits) if "." in digits else cardinal(int(digits))
    return Amount(form, digits, Fraction(digits), words, scale_written, scale)


def _scale_word(chance: random.Random) -> Amount:
    scale = chance.choice(["million", "billion", "trillion"])
    return _scaled(chance, "scale word", f" {scale}", scale)


def _scale_letter(chance: random.Random) -> Amount:
    letter = chance.choice(list(LETTERS))
    return _scaled(chance, f"scale letter {letter}", letter, LETTERS[letter])


def _cents(chance: random.Random) -> Amount:
    digits = f"{chance.randint(1, 99)}.{chance.randint(1, 99):02d}"
    return Amount("cents", digits, Fraction(digits), decimal(digits))


# Makers of amounts by their form. Each draws one.
MAKERS: dict[str, Callable[[random.Random], Amount]] = {
    "one": _whole("one", 1, 1),
    "plain": _whole("plain", 2, 99),
    "hundreds": _whole("hundreds", 100, 999),
    "ungrouped": _whole("ungrouped", 1_000, 9_999),
    "grouped": _whole("grouped", 1_000, 999_999, grouped=True),
    "round": _round_grouped,
    "decimal": _decimal,
    "below one": _below_one,
    "negative": _negative,
    "fraction": _fraction,
    "mixed": _mixed,
    "scale word": _scale_word,
    "scale letter": _scale_letter,
    "cents": _cents,
}
