"""Spans that are read in a way which their author names: spelt, figure by figure, as a rank or a date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from functools import partial

from narrate.core.language.tags import primary_language
from narrate.core.resources import packaged_table
from narrate.text.spoken import numbers

Say = Callable[[str], str]

_FIGURES = re.compile(r"\d+")
# 1,234 or 1.234 or 1 234 or 1'234: groups of three.
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[,.'\u2019\s]\d{3})+")
_WHOLE = re.compile(r"(?P<minus>[-−]\s?)?(?P<figures>\d[\d,.'\u2019\s]*)(?:[^\W\d_]{0,3}|[.ºª°])")
_EUROPEAN = ("de", "es", "fr", "it", "pt")
_MOST_DIGITS = 15
_DAYS_IN_MONTH = 31


def said_as(text: str, reading: str, language: str, say: Say) -> str:
    """Return what is said of a span; what does not fit the reading is said by the rules for any text.

    Args:
        text: The span as it is written: "42".
        reading: "characters", "digits", "cardinal", "ordinal", "telephone", "date" with the order of its parts behind
            a colon ("date:dmy"), or the name of something that the rules tell by themselves: "time", "currency".
        language: BCP 47 tag.
        say: Puts any text into spoken words.
    """
    name, _, order = reading.partition(":")
    read = _READINGS.get(name)
    found = read(text, language, say) if read else _date(text, order, language, say) if name == "date" else None
    return found or say(text)


def _characters(text: str, language: str, say: Say) -> str:
    """AB-2 -> A B dash two."""
    signs: Mapping[str, str] = packaged_table("narrate.text.spoken", "tables/spelt_signs.toml").get(
        primary_language(language), {}
    )
    return " ".join(filter(None, (_character(char, signs, language, say) for char in text)))


def _character(char: str, signs: Mapping[str, str], language: str, say: Say) -> str:
    if char.isdecimal():
        return _digit(char, language, say)
    return (
        char.upper() if char.isalpha() and len(char.upper()) == 1 else signs.get(char, char if char.isalpha() else "")
    )


def _digits(text: str, language: str, say: Say) -> str:
    """2024 -> two zero two four."""
    return " ".join(_digit(char, language, say) for char in text if char.isdecimal())


def _digit(char: str, language: str, say: Say) -> str:
    number = int(char)
    return numbers.cardinal(number) if primary_language(language) == "en" else say(str(number))


def _telephone(text: str, language: str, say: Say) -> str:
    """+44 20 -> plus four four, two zero."""
    signs = packaged_table("narrate.text.spoken", "tables/spelt_signs.toml").get(primary_language(language), {})
    plus = f"{signs.get('+', '')} " if text.strip().startswith("+") else ""
    return (plus + ", ".join(_digits(group, language, say) for group in _FIGURES.findall(text))).strip()


def _number(text: str, language: str, say: Say, *, is_rank: bool) -> str | None:
    """1999 -> one thousand nine hundred ninety nine; 3 as a rank -> third; None where it is no whole number."""
    found = _WHOLE.fullmatch(text.strip())
    if not found or (found["minus"] and primary_language(language) != "en"):  # whose rules know their own minus
        return None
    figures = found["figures"].strip(" .,")
    if not (figures.isdecimal() or _GROUPED.fullmatch(figures)):
        return None
    digits = "".join(char for char in figures if char.isdecimal())
    if len(digits) > _MOST_DIGITS:
        return None
    said = _said_number(int(digits), primary_language(language), is_rank=is_rank)
    return f"minus {said}" if said and found["minus"] else said


def _said_number(number: int, language: str, *, is_rank: bool) -> str | None:
    if language == "en":
        return numbers.ordinal(number) if is_rank else numbers.cardinal(number)
    if language in _EUROPEAN:
        # Here, because English needs none of it.
        from narrate.text.spoken.european.numbers import tongue

        spoken = tongue(language)
        return spoken.ordinal(number) if is_rank else spoken.cardinal(number)
    return None


def _date(text: str, order: str, language: str, say: Say) -> str | None:
    """3/4/2024 in the order dmy -> April third, twenty twenty four; None where the parts are no date in that order."""
    figures = _FIGURES.findall(text)
    if not order or len(figures) != len(order):
        return None
    parts = {part: int(figure) for part, figure in zip(order, figures, strict=True)}
    month, day, year = parts.get("m", 1), parts.get("d", 1), parts.get("y", 2000)
    if not (1 <= month <= len(calendar.month_name) - 1 and 1 <= day <= _DAYS_IN_MONTH):
        return None
    if len(order) == len("dmy"):
        return say(f"{year:04d}-{month:02d}-{day:02d}")
    if primary_language(language) != "en":
        return None
    name = calendar.month_name[month]
    return {"y": say(str(year)), "my": say(f"{name} {year}"), "md": say(f"{name} {day}")}.get(
        "".join(sorted(order, key="mdy".index))
    )


_READINGS: Mapping[str, Callable[[str, str, Say], str | None]] = {
    "characters": _characters,
    "digits": _digits,
    "telephone": _telephone,
    "cardinal": partial(_number, is_rank=False),
    "ordinal": partial(_number, is_rank=True),
}
