"""Signs of multiplication between figures, and what is so many times: "8 x 10", "5 × 3 = 15", "4x faster"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, late, needs
from narrate.text.spoken.english.quantities.units import nouns
from narrate.text.spoken.readings import choose

_BETWEEN = late(r"(?<=[\d)⁰¹²³⁴-⁹]) ?(?:(?P<it>[×*·⋅]) ?(?=[\d(])|x ?(?=\d))")
# How far an equation may reach from its signs.
_REACH_CHARS = 40
_EQUALS_BEHIND = late(r"[\d.,^⁰¹²³⁴-⁹ ×x*+()−-]{1,40}[=≈]")
_EQUALS_BEFORE = late(r"[=≈][\d.,^⁰¹²³⁴-⁹ ×x*+()−-]{1,40}$")
_POWER = late(r"\^|[⁰¹²³⁴-⁹]")
_HEXADECIMAL = late(r"(?:^|\b)0$")
_TIMES_PER = late(r"(?<=\d)[x×](?:/| (?:a|per) )(?P<per>day|week|month|year|d|wk|mo|yr)(?!\w)")
_PERIODS = {"d": "day", "wk": "week", "mo": "month", "yr": "year"}
_TIMES_AS = late(r"(?<=\d)[x×](?= (?P<word>[a-z]+|[YQM]o[YQM]))")


@needs("x×*·⋅")
def multiplications(text: str) -> Iterator[Claim]:
    """8 x 10 -> eight by ten; 5 × 3 = 15 -> five times three; 4x faster -> four times faster; 3x/week -> ... a week."""
    for match in _BETWEEN().finditer(text):
        if match[0] == "x" and _HEXADECIMAL().search(text, match.start() - 2, match.start()):
            continue
        chosen = choose("×", text, match.start(), match.end(), _facts(text, match))
        yield Claim(match.start(), match.end(), f" {chosen.name} ", str(chosen))
    for match in _TIMES_PER().finditer(text):
        yield Claim(match.start(), match.end(), f" times a {_PERIODS.get(match['per'], match['per'])}")
    for match in _TIMES_AS().finditer(text):
        if match["word"].lower() in nouns("times_as"):
            yield Claim(match.start(), match.end(), " times")


def _facts(text: str, match: re.Match[str]) -> set[str]:
    start, end = max(0, match.start() - _REACH_CHARS), match.end() + _REACH_CHARS
    known = {
        "sign": match["it"] in ("*", "·", "⋅"),
        "equation": bool(
            _EQUALS_BEHIND().match(text, match.end()) or _EQUALS_BEFORE().search(text[start : match.start()])
        ),
        "power": bool(_POWER().search(text, start, end)),
    }
    return {name for name, holds in known.items() if holds}
