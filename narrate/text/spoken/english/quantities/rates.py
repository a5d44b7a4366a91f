"""Lines between words and units: "95 words/min", "measured in mg/dL", "€/MWh"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, claims, late, needs
from narrate.text.spoken.context import word_before
from narrate.text.spoken.english.quantities.coins import COIN, coin_of
from narrate.text.spoken.english.quantities.numerals import FRACTION_SIGNS
from narrate.text.spoken.english.quantities.unit_signs import Rate, is_free, rate_at, unit_at
from narrate.text.spoken.english.quantities.units import doubt, unit_named, unit_words
from narrate.text.spoken.vocabulary import any_of, word_map

_LINE = late(r"(?:(?<=[a-z]{2}) ?/ ?|(?<=\d)/)(?=[A-Za-zµμ]|1)")
# A number and at most two words before the line: "900 US households/day".
_COUNTED = late(r"(?:\d|hundred|thousand|[mb]illion|%)(?: [A-Za-z'-]{2,15}){1,3}$|\d(?:-?[a-z]{2,15})?$")
_REACH_CHARS = 48
_SIGN = late(r"(?<![\w/.,$-])[A-Za-zµμ°]{1,5}[²³]?(?=/)")
# Of two currencies by their codes the letters are said: EUR/USD.
_COIN = late(rf"(?<![\w$]){COIN}(?=/[A-Za-z])(?!/{any_of(word_map('currencies', 'codes'))}(?!\w))")


# A line between two names of units: "2 pints/1.1 litres".
_BETWEEN_NAMES = late(rf"(?<=[a-z]) ?/ ?(?=[\d{FRACTION_SIGNS}][\d.,{FRACTION_SIGNS}]* (?P<unit>[a-z]{{3,}})(?!\w))")


@needs("/")
def lines_below(text: str) -> Iterator[Claim]:
    """95 words/min -> 95 words per minute; priced in €/MWh -> priced in euros per megawatt hour."""
    yield from claims(_BETWEEN_NAMES(), text, lambda match: _joint(text, match))
    yield from _counted(text)
    yield from claims(_COIN(), text, lambda match: coin_of(match[0]).many)
    for match in _COIN().finditer(text):
        if rate := rate_at(text, match.end()):
            yield Claim(match.end(), rate.end, rate.said)
    for match in _SIGN().finditer(text):
        found = unit_at(text, match.start())
        if found and found.tail and is_free(text, found.end) and _is_sure(match[0], text[match.end() + 1 : found.end]):
            yield Claim(match.start(), found.end, f"{found.unit.many}{found.tail}")


def _joint(text: str, match: re.Match[str]) -> str | None:
    """Return how a line is said that has one amount in two systems on its sides; None for another line."""
    one, other = word_before(text, match.start()), match["unit"]
    return " or " if one in unit_words() and other in unit_words() and one != other else None


def _counted(text: str) -> Iterator[Claim]:
    """Claim the line below what a number counts, in a time or on a unit: "two tablets/day"."""
    for match in _LINE().finditer(text):
        before = text[max(0, match.start() - _REACH_CHARS) : match.start()]
        rate = rate_at(text, match.start()) if _COUNTED().search(before) else None
        if rate and is_free(text, rate.end) and _is_measure(text, match.end(), rate):
            yield Claim(match.start(), rate.end, rate.said)


def _is_measure(text: str, start: int, rate: Rate) -> bool:
    """Tell whether a unit stands under the line, as a sign or as a word: "/km²", "/day"."""
    if text[start] == "1":
        return True
    found = unit_at(text, start)
    if text[start - 2].isdigit():
        return found is not None and len(found.sign) > 1
    return found is not None or unit_named(rate.below) is not None or rate.below in ("person", "night")


def _is_sure(sign: str, below: str) -> bool:
    """Tell whether signs on both sides of a line can be nothing else: km/h is one, A/C and w/h are none."""
    return len(sign) > 1 and not doubt(sign) and not (sign.islower() and below.isupper())
