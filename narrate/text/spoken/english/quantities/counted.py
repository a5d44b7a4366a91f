"""Figures that are an amount and no year or time: "a 1706 watt plant", "from 5342 to 5908 mm", "18.04 meters"."""

from __future__ import annotations

from functools import cache

from narrate.text.spoken.claims import late
from narrate.text.spoken.context import word_before
from narrate.text.spoken.english.quantities.unit_signs import is_free, unit_at
from narrate.text.spoken.english.quantities.units import doubt, nouns, unit_words

_YEAR = late(r"\d{4}")
_TIME = late(r"\d{1,2}\.\d\d")
_JOINT = r"(?:, (?:and |or )?| (?:to|or|and) |[-–])"
# What ties them to further ones, of which the last has the unit.
_YEARS = late(rf"(?:{_JOINT}\d{{4}}(?![\d,]\d|\d)){{0,4}}\+?(?P<gap>[ -]?)")
_TIMES = late(rf"(?:{_JOINT}\d++(?:\.\d++)?){{0,4}}\+?(?P<gap>[ -]?)")
_WORD = late(r"[a-z]+(?!\w)")
# Doubtful signs that are mostly the unit behind so large a figure.
_LIKELY = frozenset(("", "m", "g", "h", "letter"))


def is_amount(text: str, start: int, end: int) -> bool:
    """Tell whether figures are counted in a unit that stands behind them, or behind others of a list or range.

    Args:
        text: The text.
        start: Where they begin (characters).
        end: Where they end (exclusive).
    """
    if _YEAR().fullmatch(text, start, end):
        further = _YEARS().match(text, end)
        if word_before(text, start).lower() in nouns("before_years"):
            return False
    elif _TIME().fullmatch(text, start, end):
        further = _TIMES().match(text, end)
    else:
        return False
    assert further is not None, "nothing may follow"
    word = _WORD().match(text, further.end()) if further["gap"] else None
    if word and word[0] in (unit_words() if further["gap"] == "-" else _counted_words()):
        return True
    found = unit_at(text, further.end()) if further.end() > end + 1 else None
    return found is not None and is_free(text, found.end) and doubt(found.sign) in _LIKELY


def stands_before_unit(text: str, end: int) -> bool:
    """Tell whether the name of a unit follows, behind a space: "727-829 micrograms"."""
    word = _WORD().match(text, end + 1) if text[end : end + 1] == " " else None
    return word is not None and word[0] in _counted_words()


@cache
def _counted_words() -> frozenset[str]:
    """The names of units that are nothing else behind figures: "watt", but not "second" or "cup"."""
    return unit_words() - nouns("after_years")
