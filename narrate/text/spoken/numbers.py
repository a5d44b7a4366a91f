"""Figures to English number words, for every rule of the spoken form that meets one."""

from __future__ import annotations

import re

# One figure: 1,234.5 or 1234.5 or .5; possessive parts keep a wall of digits linear.
FIGURE = r"(?:(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?|\.\d++)"

# Raised figures and minus signs to plain ones.
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ("", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion")
# Above this nobody follows the words, and there is no everyday name for the scale.
_MOST_DIGITS = 3 * len(_SCALES)

_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def cardinal(number: int) -> str:
    """Say a whole number: 1250 -> one thousand two hundred fifty."""
    if number < 1000:
        return _below_thousand(number)
    groups: list[str] = []
    for scale in _SCALES:
        number, group = divmod(number, 1000)
        if group:
            groups.append(f"{_below_thousand(group)} {scale}".rstrip())
        if not number:
            break
    return " ".join(reversed(groups))


def ordinal(number: int) -> str:
    """Say a rank: 21 -> twenty first."""
    return as_ordinal(cardinal(number))


def as_ordinal(words: str) -> str:
    """Turn the last of some number words into its rank: twenty two -> twenty second."""
    head, _, last = words.rpartition(" ")
    if last in _ORDINALS:
        last = _ORDINALS[last]
    elif last.endswith("y"):
        last = f"{last[:-1]}ieth"
    else:
        last = f"{last}th"
    return f"{head} {last}".lstrip()


def as_plural(words: str) -> str:
    """Turn the last of some number words into a plural: nineteen ninety -> nineteen nineties."""
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return f"{words}es" if words.endswith("x") else f"{words}s"


def digit_by_digit(figures: str) -> str:
    """Say each digit: 911 -> nine one one; whatever is no ASCII digit is skipped."""
    return " ".join(_SMALL[ord(figure) - 48] for figure in figures if "0" <= figure <= "9")


def in_groups(figures: str) -> str:
    """Say each digit, with a pause between the groups that other signs part: 020 7946 -> zero two zero, seven ..."""
    return ", ".join(digit_by_digit(group) for group in re.findall(r"[0-9]+", figures))


def raised(figures: str, *, is_named: bool = True) -> str:
    """Say what a number is raised to: ² -> squared, ⁻⁶ -> to the minus sixth, 10 -> to the tenth.

    Args:
        figures: The power, in raised or plain figures.
        is_named: Whether squares and cubes are called so; in "times ten to the second" they are not.
    """
    plain = figures.translate(_RAISED)
    if is_named and plain in ("2", "3"):
        return "squared" if plain == "2" else "cubed"
    minus = "minus " if plain.startswith("-") else ""
    return f"to the {minus}{as_ordinal(whole(plain.removeprefix('-')))}"


def whole(figures: str) -> str:
    """Say a run of digits, with or without commas, as one number; 007 and endless runs digit by digit."""
    digits = figures.replace(",", "")
    if len(digits) > _MOST_DIGITS or (len(digits) > 1 and digits.startswith("0")):
        return digit_by_digit(digits)
    return cardinal(int(digits))


def number(figure: str) -> str:
    """Say what FIGURE matches: 43.6 -> forty three point six; .5 -> point five."""
    before, point, after = figure.partition(".")
    said = whole(before) if before else ""
    return f"{said} point {digit_by_digit(after)}".lstrip() if point and after else said


def dotted(figures: str) -> str:
    """Say a version, every part a number of its own: 17.4.1 -> seventeen point four point one."""
    return " point ".join(whole(part) for part in figures.split(".") if part)


def year(number: int) -> str:
    """Say a year: 1905 -> nineteen oh five, 2004 -> two thousand four, 2024 -> twenty twenty four."""
    century, rest = divmod(number, 100)
    if number < 1000 or number > 9999 or (century % 10 == 0 and rest < 10):
        return cardinal(number)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {two_digits(rest)}"


def two_digits(number: int) -> str:
    """Say the end of a year or the minutes of an hour: 5 -> oh five, 45 -> forty five."""
    return f"oh {_SMALL[number]}" if number < 10 else cardinal(number)


def paired(digits: str) -> str:
    """Say digits as in a name: 737 -> seven thirty seven, 1080 -> ten eighty, 04 -> zero four."""
    if digits.startswith("0") or len(digits) > 4:
        return digit_by_digit(digits)
    value = int(digits)
    if len(digits) == 4:
        return year(value)
    if len(digits) == 3 and value % 100:
        return f"{_SMALL[value // 100]} {two_digits(value % 100)}"
    return cardinal(value)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [_SMALL[hundreds], "hundred"] if hundreds else []
    if rest >= 20:
        words.append(_TENS[rest // 10])
        rest %= 10
        if not rest:
            return " ".join(words)
    if rest or not words:
        words.append(_SMALL[rest])
    return " ".join(words)
