"""Blends: a voice made of several, written "af_heart:0.6+af_bella:0.4"; equal parts are "af_heart+af_bella".

A blend has one canonical name, so that a clip spoken before is found again however the blend was typed. It gives
shares of the whole, heaviest first and then by name, with at most four decimals: "af_bella:2 + af_heart:3" is
"af_heart:0.6+af_bella:0.4". The first part is the voice whose language the blend speaks; the others
may be of any: English of 60 or 20 % af_heart and the rest French, Italian, Spanish, Hindi and Portuguese voices was
heard by Whisper with no more errors than that of af_heart alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from narrate.core.errors import UnknownVoice

MAX_PARTS = 8

# Shares are counted in ten-thousandths: four decimals, which add up to exactly 1.
WHOLE = 10_000

# Percentages may be typed; more than that is a slip.
MAX_WEIGHT = 100

HINT = "write a blend as --voice af_heart:0.6+af_bella:0.4, or af_heart+af_bella for equal parts"

_WEIGHT = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Part:
    """A voice in a blend.

    Attributes:
        name: Name of the voice.
        units: Its share in ten-thousandths; those of a blend add up to WHOLE.
    """

    name: str
    units: int

    @property
    def share(self) -> float:
        """Its share of the whole, above 0 and up to 1."""
        return self.units / WHOLE


def is_blend(text: str) -> bool:
    """Tell whether a text is meant as a blend, well written or not."""
    return "+" in text


def parse_blend(text: str) -> tuple[Part, ...]:
    """The voices of a blend and their shares, heaviest first; a voice named twice gets both weights.

    Args:
        text: Two to eight names with a "+" between them, each with ":weight" or none with it. Weights are numbers
            above 0 and up to 100; only their proportions count.

    Returns:
        The parts; a single one where all names are the same.

    Raises:
        UnknownVoice: It is not written like that; says which part is wrong.
    """
    typed = [_name_and_weight(part, text) for part in text.split("+")]
    if not 2 <= len(typed) <= MAX_PARTS:
        raise UnknownVoice(f"the blend {shown(text)!r} has {len(typed)} parts instead of 2 to {MAX_PARTS}", HINT)
    if len({weight is None for _, weight in typed}) == 2:
        reason = f"only some voices of the blend {shown(text)!r} have a weight"
        raise UnknownVoice(reason, "give all of them one, or none")
    weights: dict[str, Fraction] = {}
    for name, weight in typed:
        weights[name] = weights.get(name, Fraction(0)) + (1 if weight is None else weight)
    parts = [Part(name, units) for name, units in _shares(weights).items()]
    for part in parts:
        if part.units < 1:
            raise UnknownVoice(f"{shown(part.name)} has a share too small to be heard in {shown(text)!r}", HINT)
    return tuple(sorted(parts, key=lambda part: (-part.units, part.name)))


def canonical_name(parts: tuple[Part, ...]) -> str:
    """The one name of a blend; of a single part, the voice's own."""
    if len(parts) == 1:
        return parts[0].name
    return "+".join(f"{part.name}:{f'{part.share:.4f}'.rstrip('0')}" for part in parts)


def _name_and_weight(part: str, text: str) -> tuple[str, Fraction | None]:
    name, colon, typed = (piece.strip() for piece in part.partition(":"))
    if not name:
        raise UnknownVoice(f"a part of the blend {shown(text)!r} has no name", HINT)
    if not colon:
        return name, None
    weight = Fraction(typed) if _WEIGHT.fullmatch(typed) else Fraction(0)
    if not 0 < weight <= MAX_WEIGHT:
        reason = f"the weight of {shown(name)} in a blend is {shown(typed)!r}"
        raise UnknownVoice(reason, f"give a number above 0 and up to {MAX_WEIGHT}, such as {shown(name)}:0.6")
    return name, weight


def _shares(weights: dict[str, Fraction]) -> dict[str, int]:
    """Ten-thousandths by largest remainder, so that a canonical name, read again, gives itself."""
    total = sum(weights.values())
    exact = {name: weight * WHOLE / total for name, weight in weights.items()}
    shares = {name: int(share) for name, share in exact.items()}
    by_remainder = sorted(exact, key=lambda name: (shares[name] - exact[name], name))
    for name in by_remainder[: WHOLE - sum(shares.values())]:
        shares[name] += 1
    return shares


def shown(text: str) -> str:
    """A text as it fits into a message: what was typed may be a whole file."""
    return text if len(text) <= 60 else text[:57] + "..."
