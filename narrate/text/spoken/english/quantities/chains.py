"""Chains of ever smaller units: "1h 23m 45s", "7 lb 4 oz", 5'11", 51°30'26"N."""

from __future__ import annotations

from typing import NamedTuple

from narrate.text.spoken.claims import late
from narrate.text.spoken.english.quantities.numerals import FRACTION_SIGNS, Numeral, numeral_at
from narrate.text.spoken.english.quantities.unit_signs import bare_dot
from narrate.text.spoken.english.quantities.units import Link, compass, links
from narrate.text.spoken.numbers import number

# Quote marks, which are signs as well.
_MARKS = "'\""
_SIGN = late(r"(?P<gap> ?|-)(?P<sign>[a-z]+|['\"°º])")
_NEXT = late(rf",? ?(?=[\d{FRACTION_SIGNS}])")
_LAST_INCHES = late(rf"(?:1[01]|\d)[{FRACTION_SIGNS}]?(?![\w'\"]|[.,]\w| ?(?:in|ft)\b)")
_LAST_MINUTES = late(r"[0-5]\d(?!\w|[.,:]\d)")
_COMPASS = late(r" ?([NSEW]|[NS][EW])(?!\w|\.\w|['-])")


class Chain(NamedTuple):
    """A chain that was read: where it ends, its links, and what is said behind them."""

    end: int
    parts: tuple[tuple[Numeral, Link], ...]
    after: str = ""

    def said(self, *, is_single: bool) -> str:
        """Say every link with its unit, in the singular where the chain describes a noun."""
        words = []
        for numeral, link in self.parts:
            singular = numeral.is_one or (is_single and link.chain != "time") or (is_single and len(self.parts) == 1)
            words.append(f"{numeral.said} {link.unit.one if singular else link.unit.many}")
        return " ".join(words) + self.after


def chain_at(text: str, start: int, numeral: Numeral, marks: frozenset[int]) -> Chain | None:
    """Return the chain that begins at a place; None where fewer than two links stand there.

    Args:
        text: The text.
        start: Where its first numeral begins (characters).
        numeral: That numeral.
        marks: The places of quote marks that are feet, inches, minutes or seconds.
    """
    sign = _SIGN().match(text, numeral.end)
    if sign is None or not links(sign["sign"]):
        return None
    parts: list[tuple[Numeral, Link]] = []
    at, end = start, start
    while found := _link(text, at, parts[-1][1] if parts else None, marks):
        numeral, link, end = found
        parts.append((numeral, link))
        gap = _NEXT().match(text, end)
        if not gap:
            break
        at = gap.end()
    if parts and (last := _last(text, end, parts[-1][1])):
        parts.append(last)
        end = last[0].end
    # One link alone is an angle where a point of the compass follows.
    after = _COMPASS().match(text, end) if parts and parts[0][1].chain == "angle" else None
    if after:
        return Chain(after.end(), tuple(parts), f" {compass(after[1])}")
    return Chain(end, tuple(parts)) if len(parts) > 1 else None


def _link(text: str, at: int, above: Link | None, marks: frozenset[int]) -> tuple[Numeral, Link, int] | None:
    numeral = numeral_at(text, at)
    match = _SIGN().match(text, numeral.end) if numeral else None
    if not numeral or not match:
        return None
    sign, end = match["sign"], match.end()
    if sign in _MARKS and above is None and end - 1 not in marks:
        return None
    link = next((link for link in links(sign) if _is_below(link, above, sign)), None)
    if link is None or (match["gap"] == "-" and sign == "in"):
        return None
    if sign.isalpha():
        end = bare_dot(text, end, is_dotted=True)
        if text[end : end + 1].isalpha():
            return None
    return numeral, link, end


def _is_below(link: Link, above: Link | None, sign: str) -> bool:
    """Tell whether a link may follow another, or begin a chain: a quote mark begins none of an angle."""
    if above is None:
        return link.chain != "angle" or sign not in _MARKS
    return link.chain == above.chain and link.rank > above.rank


def _last(text: str, end: int, above: Link) -> tuple[Numeral, Link] | None:
    """A last link without a unit of its own: 5'11 and 1h30."""
    if text[end - 1] == "'" and above.unit.one == "foot":
        match, sign = _LAST_INCHES().match(text, end), "in"
    elif above.unit.one == "hour" and text[end - 1].isalpha():
        match, sign = _LAST_MINUTES().match(text, end), "min"
    else:
        return None
    numeral = numeral_at(text, end) if match else None
    if match is None or numeral is None or numeral.end != match.end():
        return None
    said = number(numeral.written.lstrip("0") or "0") if numeral.written else numeral.said
    return numeral._replace(said=said), next(link for link in links(sign) if link.chain == above.chain)
