"""The rules for quantities: sums of money before dates take their figures, all others behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from narrate.text.spoken.claims import Claim, among_digits, beforehand, claims, late, needs
from narrate.text.spoken.english.quantities.coins import COIN, coin_of
from narrate.text.spoken.english.quantities.expressions import (
    Expression,
    expression_at,
    is_unmistakable,
    lead,
    said,
    settled,
)
from narrate.text.spoken.english.quantities.marks import measuring_marks
from narrate.text.spoken.english.quantities.numerals import FRACTION_SIGNS
from narrate.text.spoken.english.quantities.terms import Term, is_behind_thing, starts
from narrate.text.spoken.numbers import as_plural, number

_FIGURES = f"0-9{FRACTION_SIGNS}"
# "$100s of millions", "1000s of people".
_ROUND = late(
    rf"(?<![\w.,])(?P<coin>{COIN})?1(?P<zeros>0{{1,3}}|,000)s"
    r"(?: of (?P<of>(?:thousand|million|billion|trillion)s)(?!\w)| (?=of ))?"
)
# Banknotes: "in $20s".
_NOTES = late(rf"(?<![\w$]){COIN}(?P<it>\d{{1,4}})s(?!\w)")
_NEGATIVE = late(rf"(?<![\w$])(?P<coin>{COIN})\((?P<it>\d[\d,.]*)\)")
# Digits in groups are one number wherever they stand: "1-in-10,000", "1:50,000".
_GROUPED = late(r"(?<=\d-in-)(?P<it>\d{1,3}(?:,\d{3})++)(?![\d.])")
_SCALE = late(r"(?<![\w:.,])(?P<one>\d{1,3}):(?P<many>\d{1,3}(?:,\d{3})++)(?![\d.:])")
_ROUND_WORDS = {1: "tens", 2: "hundreds", 3: "thousands"}
# A dot that is left out before a dash takes the pause with it.
_DASH = late(r"\. ?[–—] ?(?=\w)")


@beforehand
@among_digits(r"\(\d")
def negative_sums(text: str) -> Iterator[Claim]:
    """a result of $(3.2) million -> a result of -$3.2 million, as accounts write what is lost."""
    return claims(_NEGATIVE(), text, lambda match: f"-{match['coin']}{match['it']}")


@needs(_FIGURES)
def unmistakable_quantities(text: str) -> Iterator[Claim]:
    """$43.6 million -> forty three point six million dollars; a $500 fine -> a five hundred dollar fine; 5-7 km.

    Sums, chains, and whatever has a unit that can be nothing else, before labels, dates and clocks take the figures.

    Known failure: whether a noun follows is guessed from the words around, so "The $5 million helped" is
    said with "dollar".
    """
    return (claim for claim, is_early in _claimed(text) if is_early)


@among_digits(r"\ds(?!\w)|\d-in-\d|\d:\d")
def round_numbers(text: str) -> Iterator[Claim]:
    """$100s of millions -> hundreds of millions of dollars; 1-in-10,000; a map of 1:50,000."""

    def say(match: re.Match[str]) -> str | None:
        if not match["coin"] and match[0][-1] == "s" and not match["of"]:
            return None
        said = _ROUND_WORDS[match["zeros"].count("0")] + (f" of {match['of']}" if match["of"] else "")
        said += f" of {coin_of(match['coin']).many}" if match["coin"] else ""
        return f"{said} " if match[0].endswith(" ") else said

    yield from claims(_ROUND(), text, say)
    yield from claims(_NOTES(), text, lambda match: as_plural(number(match["it"])))
    yield from claims(_GROUPED(), text, lambda match: number(match["it"]), "it")
    yield from claims(_SCALE(), text, lambda match: f"{number(match['one'])} to {number(match['many'])}")


@needs(_FIGURES)
def amounts(text: str) -> Iterator[Claim]:
    """12m in aid -> twelve million in aid; 3/4 -> three quarters; 1½ -> one and a half: where nothing else took them.

    Known failure: a noun behind "5 km" without an article before it is not seen: "ran 5 km races".
    """
    return (claim for claim, is_early in _claimed(text) if not is_early)


@lru_cache(maxsize=1)
def _claimed(text: str) -> tuple[tuple[Claim, bool], ...]:
    """All quantities of a text; kept, as two rules ask for those of the same text one after the other."""
    marks = frozenset(measuring_marks(text)) if '"' in text or "'" in text else frozenset()
    found: list[tuple[Claim, bool]] = []
    end = 0
    for start in starts(text):
        expression = expression_at(text, start, marks) if start >= end else None
        if expression is None or expression.start < end:
            continue
        if claim := _claim(text, expression):
            found.append((claim, is_unmistakable(text, expression)))
            end = claim.end
    return tuple(found)


def _claim(text: str, expression: Expression) -> Claim | None:
    decided = settled(text, expression)
    if decided:
        dash = _DASH().match(text, decided.end - 1)
        end, pause = (dash.end(), ", ") if dash else (decided.end, "")
        start, words = decided.start, f"{said(text, decided)}{pause}"
        if is_behind_thing(text, start):
            start, words = start - 1, f" or {words}"
        return Claim(start, end, words, decided.terms[-1].reading)
    return _lead_alone(expression.terms[0])


def _lead_alone(term: Term) -> Claim | None:
    """The claim of what leads a bare number, which another rule says: it may be a year."""
    start = term.numeral.end - len(term.numeral.written)
    if not (term.compared or term.is_minus) or start <= term.start:
        return None
    return Claim(term.start, start, lead(term))
