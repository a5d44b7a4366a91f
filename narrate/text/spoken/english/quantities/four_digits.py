"""Four digits without a comma that are an amount and no year: "a 1706 watt plant", "from 5342 to 5908 mm"."""

from __future__ import annotations

from functools import cache

from narrate.text.spoken.claims import late
from narrate.text.spoken.context import word_before
from narrate.text.spoken.english.quantities.unit_signs import is_free, unit_at
from narrate.text.spoken.english.quantities.units import doubt, nouns, unit_words

_FIGURE = late(r"\d{4}")
# What ties it to further ones, of which the last has the unit.
_FURTHER = late(r"(?:(?:, (?:and |or )?| (?:to|or|and) |[-–])\d{4}(?![\d,]\d|\d)){0,4}\+?(?P<gap>[ -]?)")
_WORD = late(r"[a-z]+(?!\w)")
# Doubtful signs that are mostly the unit behind so large a figure.
_LIKELY = frozenset(("", "m", "g", "h", "letter"))


def is_amount(text: str, start: int, end: int) -> bool:
    """Tell whether four digits are counted in a unit that stands behind them, or behind others of a list or range.

    Args:
        text: The text.
        start: Where they begin (characters).
        end: Where they end (exclusive).
    """
    if not _FIGURE().fullmatch(text, start, end) or word_before(text, start).lower() in nouns("before_years"):
        return False
    match = _FURTHER().match(text, end)
    assert match is not None, "nothing may follow"
    word = _WORD().match(text, match.end()) if match["gap"] else None
    if word and word[0] in (unit_words() if match["gap"] == "-" else _counted_words()):
        return True
    found = unit_at(text, match.end()) if match.end() > end + 1 else None
    return found is not None and is_free(text, found.end) and doubt(found.sign) in _LIKELY


@cache
def _counted_words() -> frozenset[str]:
    """The names of units that are nothing else behind four digits: "watt", but not "second" or "cup"."""
    return unit_words() - nouns("after_years")
