"""Numerals in every form that stands before a unit: grouped, decimal, fractions, mixed numbers, powers of ten."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from narrate.text.spoken.claims import late
from narrate.text.spoken.numbers import cardinal, number, ordinal, raised, whole
from narrate.text.spoken.vocabulary import word_map

_FRACTIONS = word_map("units", "fractions")
# Fractions of one character: ½, ⅔.
FRACTION_SIGNS = "".join(_FRACTIONS)
# 1,234.5 or 1234.5 or .5, and 1,00,000 as it is grouped in India; possessive parts keep a wall of digits linear.
_PLAIN = re.compile(r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d{1,2}(?:,\d\d(?!\d))++,\d{3}(?!\d)|\d++)(?:\.\d++)?|\.\d++")
_EUROPEAN = late(r"(\d{1,3}),(\d\d)(?![\d,])")
_MIXED = late(rf"(?:(?P<whole>\d{{1,6}})[ -]?)?(?P<sign>[{FRACTION_SIGNS}])")
_SLASHED = late(
    r"(?:(?P<whole>\d{1,3})[ -])?(?P<top>\d{1,3})[/⁄](?P<bottom>\d{1,4})(?:ths?|rds?|THS?|RDS?)?(?![\d/]|[.,]\d)"
)
_POWER = r"(?:\^(?P<plain>[-−]?\d{1,3}(?!\d))|(?P<small>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))"
_RAISED = late(_POWER)
_SCIENTIFIC = late(rf" ?[x×*·⋅] ?10{_POWER}")
_RAISED_BY = frozenset("^⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_TIMES = frozenset("x×*·⋅")
# Above these nobody says halves and tenths but one number over another.
_BOTTOMS = frozenset((*range(2, 13), 16, 20, 32, 50, 64, 100, 1000))

# How long a shutter is open may be any part of a second: 1/250s, 1/4000 sec.
_EXPOSURE = late(r" ?(?:s|secs?|seconds?)(?!\w)")


class Numeral(NamedTuple):
    """A numeral that was read.

    Attributes:
        end: Where it ends in the text (exclusive, characters).
        said: Its words.
        written: Its figures where it is a plain number, else empty.
        is_one: Whether one of a thing is counted, or a part of one.
        is_settled: Whether it can be nothing but a number: fractions, powers of ten.
    """

    end: int
    said: str
    written: str
    is_one: bool
    is_settled: bool = False


def numeral_at(text: str, start: int, *, is_money: bool = False) -> Numeral | None:
    """Return the longest numeral that begins at a place, None where none does; money may have €2,75 for €2.75."""
    if found := _mixed(text, start) or _slashed(text, start):
        return found
    if is_money and (european := _EUROPEAN().match(text, start)):
        written = f"{european[1]}.{european[2]}"
        return Numeral(european.end(), number(written), written, is_one=False)
    plain = _PLAIN.match(text, start)
    if not plain:
        return None
    said = number(plain[0])
    behind = text[plain.end() : plain.end() + 2]
    if behind.lstrip()[:1] in _TIMES and (power := _SCIENTIFIC().match(text, plain.end())):
        said = f"{said} times ten {_power(power, is_named=False)}"
        return Numeral(power.end(), said, "", is_one=False, is_settled=True)
    if behind[:1] in _RAISED_BY and (power := _RAISED().match(text, plain.end())):
        return Numeral(power.end(), f"{said} {_power(power)}", "", is_one=False)
    return Numeral(plain.end(), said, plain[0], is_one=plain[0] == "1")


def _mixed(text: str, start: int) -> Numeral | None:
    match = _MIXED().match(text, start)
    if not match:
        return None
    top, bottom = _FRACTIONS[match["sign"]].split("/")
    said = fraction(match["whole"] or "", int(top), int(bottom))
    return Numeral(match.end(), said, "", is_one=not match["whole"], is_settled=True)


def _slashed(text: str, start: int) -> Numeral | None:
    match = _SLASHED().match(text, start)
    if not match:
        return None
    top, bottom = int(match["top"]), int(match["bottom"])
    is_exposure = top == 1 and _EXPOSURE().match(text, match.end()) is not None
    if not (bottom in _BOTTOMS or is_exposure) or not 0 < top < bottom:
        return None
    said = fraction(match["whole"] or "", top, bottom)
    is_free = not (text[match.end() : match.end() + 1].isalpha() or text[match.end() : match.end() + 1] == "_")
    return Numeral(match.end(), said, "", is_one=not match["whole"], is_settled=is_free)


@cache
def fraction(before: str, top: int, bottom: int) -> str:
    """Say a fraction, after "and" where a whole number stands before: 2 and 1/4 -> two and a quarter."""
    name = {2: "half", 4: "quarter"}.get(bottom) or ordinal(bottom)
    if top > 1:
        name = "halves" if bottom == 2 else f"{name}s"
    if not before:
        return f"{cardinal(top)} {name}"
    article = "an" if name[0] in "aeiou" else "a"
    return f"{whole(before)} and {article if top == 1 else cardinal(top)} {name}"


def _power(match: re.Match[str], *, is_named: bool = True) -> str:
    return raised(match["plain"] or match["small"], is_named=is_named)
