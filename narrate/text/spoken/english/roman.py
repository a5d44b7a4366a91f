"""Rules for Roman numerals, said only where the word before leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, claims, needs
from narrate.text.spoken.context import words_before
from narrate.text.spoken.numbers import cardinal, ordinal
from narrate.text.spoken.vocabulary import any_of, word_set

_REGNAL = word_set("roman", "regnal")
_RULERS = word_set("roman", "rulers")
_NUMBERED = word_set("roman", "numbered")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_VALID = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_AFTER_NAME = re.compile(r"(?<=[A-Za-z] )(?P<it>[IVXLC]{1,8})(?!\w)(?!\.\w|&)")
_AFTER_NUMBERED = re.compile(
    rf"(?<!\w)(?:{any_of(_NUMBERED | {word.upper() for word in _NUMBERED})})s? (?P<it>[IVXLC]{{1,8}})(?!\w)(?!\.\w|&)"
)
_SPEAKS = re.compile(r" ([a-z']+)")


@needs("IVXLC")
def numbered_things(text: str) -> Iterator[Claim]:
    """Chapter IV -> Chapter four; World War II -> World War two; CHAPTER IV -> CHAPTER four."""

    def say(match: re.Match[str]) -> str | None:
        value = _value(match["it"])
        if value is None or (value == 1 and _speaks(text, match.end())):
            return None
        return cardinal(value)

    return claims(_AFTER_NUMBERED, text, say, "it")


@needs("IVXLC")
def rulers_and_names(text: str) -> Iterator[Claim]:
    """Louis XIV -> Louis the fourteenth; Rocky III -> Rocky three; Malcolm X stays.

    Known failure: a son named after his father, "Harold Ford III", is said with "three".
    """

    def say(match: re.Match[str]) -> str | None:
        value = _value(match["it"])
        if value is None:
            return None
        before = words_before(text, match.start(), 4)
        if before[0] in _REGNAL and (value != 1 or _rules(before) or text.startswith(" of ", match.end())):
            return f"the {ordinal(value)}"
        short = len(match["it"]) == 1 or set(match["it"]) & {"L", "C"}
        return None if short or not before[0][0].isupper() or before[0].isupper() else cardinal(value)

    return claims(_AFTER_NAME, text, say)


def _rules(before: list[str]) -> bool:
    return any(word in _RULERS for word in before)


def _speaks(text: str, end: int) -> bool:
    """Tell whether a lone I is the speaker: Part I think."""
    match = _SPEAKS.match(text, end)
    return match is not None and match[1] in word_set("roman", "speaker")


def _value(numeral: str) -> int | None:
    if not _VALID.fullmatch(numeral):
        return None
    values = [_VALUES[letter] for letter in numeral]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
