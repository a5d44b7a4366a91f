"""A rule for places by their degrees where the sign of these is left out: 17.9N, 76.8W."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, among_digits, claims, late
from narrate.text.spoken.english.quantities.units import compass
from narrate.text.spoken.numbers import number

_DEGREES = r"\d{1,3}(?:\.\d+)? ?"
_PAIR = late(
    rf"(?<![\w.,-])(?P<one>{_DEGREES})(?P<pole>[NS])(?P<joint>,? |/)(?P<other>{_DEGREES})(?P<side>[EW])(?![\w-]|\.\w)"
)


@among_digits(r"\d ?[NS][, /]")
def coordinates(text: str) -> Iterator[Claim]:
    """17.9N 76.8W -> seventeen point nine north, seventy six point eight west; one of them alone is left."""

    def say(match: re.Match[str]) -> str:
        one, other = (number(match[name].rstrip()) for name in ("one", "other"))
        return f"{one} {compass(match['pole'])}, {other} {compass(match['side'])}"

    return claims(_PAIR(), text, say)
