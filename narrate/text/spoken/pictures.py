"""Rules for pictures in a text: they adorn it and are dropped, unless one stands where a noun is missing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, claims, late, needs
from narrate.text.spoken.context import word_before
from narrate.text.spoken.vocabulary import word_map, word_set

_PICTURES = (
    "\u231a\u231b\u23e9-\u23f3\u2600-\u27bf\u2b05-\u2b55\u20e3\ufe0e\ufe0f\U0001f000-\U0001fbff\U000e0020-\U000e007f"
)
_EMOJI = late(rf"(?P<before> ?)[{_PICTURES}](?:[ \u200d]?[{_PICTURES}])*+(?P<after> ?)")
# What stands behind a noun, not before one: "the 🎉 party" has its noun already.
_NOUN_ENDS = late(r" ?(?:[.,;:!?)\"']|$)|(?:emojis?|and|or|in|to|from|on|at|is|was|means|reaction|symbol|button)\b")
# Stars in a row, the last ones of which may be empty or a half.
_RATING = late(r"(?<![★☆⭐])(?P<full>[★⭐]{1,5})(?P<half>½)?(?P<empty>☆{0,4})(?![★☆⭐\ufe0f])")
_FRACTIONS = "".join(word_map("units", "fractions"))
_COUNTED = late(rf".?(?:[\d{_FRACTIONS}]|\d\+)(?= ?[★⭐])")
_RATED = late(r"(\w+):? ?$")
_REACH_CHARS = 16
_STARS = ("no", "one", "two", "three", "four", "five")
# A picture's tone of skin, its sex and how it is drawn are no part of its name.
_MODIFIERS = late("[\ufe0e\ufe0f\u200d\u2640\u2642\U0001f3fb-\U0001f3ff ]")


@needs("★⭐")
def star_ratings(text: str) -> Iterator[Claim]:
    """★★★★☆ from critics -> four out of five stars from critics; ★★★ SALE ★★★ is adorned."""

    def say(match: re.Match[str]) -> str | None:
        full, empty = len(match["full"]), len(match["empty"])
        if not (empty or match["half"]):
            return f"{_STARS[full]} stars" if full > 1 and _is_rating(text, match.start()) else None
        known = f"{_STARS[full]} and a half" if match["half"] else _STARS[full]
        total = full + bool(match["half"]) + empty
        return f"{known} out of {_STARS[total]} stars" if empty and total < len(_STARS) else f"{known} stars"

    return claims(_RATING(), text, say)


@needs(_PICTURES)
def named_pictures(text: str) -> Iterator[Claim]:
    """Her only reply was a 👍. -> Her only reply was a thumbs up. The names are English."""
    for match in _EMOJI().finditer(text):
        if _is_noun(text, match):
            yield Claim(match.start(), match.end(), f"{match['before']}{_names(match[0])}{match['after']}")


@needs(_PICTURES)
def emoji(text: str) -> Iterator[Claim]:
    """Great job! 🎉 -> Great job! Stars behind a figure are counted: 4.6★."""

    def say(match: re.Match[str]) -> str | None:
        if match[0].strip(" \ufe0f") in ("★", "⭐") and _COUNTED().match(text, max(0, match.start() - 2)):
            return None
        inside = match.start() > 0 and match.end() < len(text)
        return " " if inside and (match["before"] or match["after"]) else ""

    return claims(_EMOJI(), text, say)


def _is_rating(text: str, start: int) -> bool:
    """Tell whether stars in a row say how good a thing is, and do not adorn a text: "Rating: ★★★"."""
    before = _RATED().search(text, max(0, start - _REACH_CHARS), start)
    return before is not None and before[1].lower() in word_set("symbols", "before_rating")


def _is_noun(text: str, match: re.Match[str]) -> bool:
    before = word_before(text, match.start("before") + len(match["before"])) if match["before"] else ""
    return before.lower() in word_set("symbols", "before_picture") and bool(_NOUN_ENDS().match(text, match.end()))


def _names(pictures: str) -> str:
    """Return what pictures are called, each once: 🎉🎉🎉 is one party popper."""
    known = word_map("symbols", "pictures")
    signs = dict.fromkeys(_MODIFIERS().sub("", pictures))
    named = (known.get(sign) or unicodedata.name(sign, "").lower().removesuffix(" sign") for sign in signs)
    return ", ".join(name for name in named if name)
