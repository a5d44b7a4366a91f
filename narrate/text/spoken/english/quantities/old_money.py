"""Sums in pounds, shillings and pence, as Britain counted until 1971: £3 10s. 6d., 12s 6d."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, among_digits, claims, late
from narrate.text.spoken.context import kept_stop
from narrate.text.spoken.english.quantities.numerals import FRACTION_SIGNS, numeral_at
from narrate.text.spoken.numbers import whole
from narrate.text.spoken.readings import choose

# Twelve pence are a shilling, twenty shillings a pound.
_PENCE = rf"(?P<pence>(?:1[01]|\d)[{FRACTION_SIGNS}]?|[{FRACTION_SIGNS}])d\.?(?!\w)"
_POUNDS = late(
    r"£(?P<pounds>\d{1,3}(?:,\d{3})++|\d++),? (?P<shillings>1\d|\d)s\.?(?!\w)"
    rf"(?:,? (?:and )?{_PENCE})?"
)
_SHILLINGS = late(rf"(?<![\w.,£])(?P<shillings>\d{{1,3}})s\.?,? (?:and )?{_PENCE}")


@among_digits(r"£[\d,]+ \d\d?s|\ds\.?,? (?:and )?[\d\W]{1,3}d")
def old_money(text: str) -> Iterator[Claim]:
    """£3 10s. -> three pounds ten shillings; 12s 6d -> twelve shillings six pence.

    Shillings alone are seconds or decades as well, and not looked at.
    """

    def say(match: re.Match[str]) -> str:
        parts = [_coins(match["pounds"], "pound")] if "pounds" in match.groupdict() else []
        parts.append(_coins(match["shillings"], "shilling"))
        if match["pence"]:
            pence = numeral_at(match["pence"], 0)
            assert pence is not None, "pence are a numeral"
            parts.append(f"{pence.said} {'penny' if pence.is_one else 'pence'}")
        return " ".join(parts) + kept_stop(text, match.end())

    yield from claims(_POUNDS(), text, say)
    yield from claims(_SHILLINGS(), text, lambda match: say(match) if _are_coins(text, match) else None)


def _are_coins(text: str, match: re.Match[str]) -> bool:
    """Tell shillings and pence from the orbitals of an atom, "the 3s 3d states"."""
    return choose("shillings", text, match.start(), match.end()).name == "coins"


def _coins(figures: str, coin: str) -> str:
    return f"{whole(figures)} {coin}{'' if figures == '1' else 's'}"
