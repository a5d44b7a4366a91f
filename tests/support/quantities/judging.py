"""What is wrong with a spoken sentence, seen from the sentence that was composed."""

from __future__ import annotations

import itertools
import re

from support.quantities.reading import Meaning, meanings
from support.quantities.sentences import Composed

_TOKENS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]|_")
# Digits, also raised and lowered ones and fractions, and what quantities are written with.
_LEFT = re.compile(r"[\d½¼¾⅓⅔⅛%°º$€£<>≤≥~≈±+=/×–−²³μµ]")
_AROUND = frozenset('-.!?;:()"“”')
_BRITISH = {"metre": "meter", "litre": "liter", "gramme": "gram"}
_BRITISH_WORDS = re.compile("|".join(_BRITISH))

# What may be wrong: words around the quantity are lost or added, signs or digits are left, a stop breaks the sentence,
# the pause after the quantity is lost, the value or the unit is another one, the words are none that a careful speaker
# says.
FAULTS = ("around", "left", "stop", "pause", "meaning", "words")


def faults(composed: Composed, said: str) -> frozenset[str]:
    """Return what is wrong with what is said for a sentence, of FAULTS; nothing if all is right."""
    tokens = _quantity(composed, said)
    if tokens is None:
        return frozenset({"around"})
    found = set()
    marks = set(itertools.takewhile(lambda letter: not letter.isalnum(), composed.after)) - {" "}
    if marks and tokens[-1][0].isalnum():
        found.add("pause")
    # The marks with which the sentence goes on are none of the quantity's: " – a record".
    while tokens[-1] in marks:
        tokens.pop()
    if any(_LEFT.search(token) for token in tokens):
        found.add("left")
    if _is_broken(composed, tokens):
        found.add("stop")
    return frozenset(found | _misread(composed, _words(tokens)))


def _misread(composed: Composed, words: tuple[str, ...]) -> set[str]:
    """What is wrong with the words of the quantity."""
    found = set()
    if not any(_is_meant(composed, meaning) for meaning in meanings(words)):
        found.add("meaning")
    if not re.fullmatch(composed.words, " ".join(word for word in words if word != ",")):
        found.add("words")
    return found


def _quantity(composed: Composed, said: str) -> list[str] | None:
    """The tokens of what is said for the quantity, with marks at its ends, or None if the words around are others."""
    tokens = _tokens(said)
    before, after = (
        [token for token in _tokens(part) if token[0].isalnum()] for part in (composed.before, composed.after)
    )
    places = [place for place, token in enumerate(tokens) if token[0].isalnum()]
    spoken = [tokens[place] for place in places]
    inside = len(spoken) - len(after)
    if inside <= len(before) or spoken[: len(before)] != before or spoken[inside:] != after:
        return None
    start = places[len(before) - 1] + 1 if before else 0
    return tokens[start : places[inside] if after else len(tokens)]


def _words(middle: list[str]) -> tuple[str, ...]:
    """The words of a quantity with the commas between them; marks that end a sentence or stand around it are none."""
    words = [token for token in middle if token not in _AROUND]
    while words and words[-1] == ",":
        words.pop()
    return tuple(words)


def _tokens(text: str) -> list[str]:
    """Words in small letters, American in spelling, and every mark by itself."""
    tokens = [token.lower().replace("’", "'") for token in _TOKENS.findall(text)]
    return [_BRITISH_WORDS.sub(lambda match: _BRITISH[match[0]], token) for token in tokens]


def _is_broken(composed: Composed, middle: list[str]) -> bool:
    """Whether a stop stands within the quantity, or after it where the sentence goes on."""
    last = max((place for place, token in enumerate(middle) if token[0].isalnum()), default=0)
    goes_on = any(letter.isalnum() for letter in composed.after)
    return "." in (middle if goes_on else middle[:last])


def _is_meant(composed: Composed, meaning: Meaning) -> bool:
    """Whether a meaning is the one that the sentence was composed with."""
    shape = composed.combination.shape
    first, *others = meaning.items
    return (
        meaning.joins == shape.joins
        and tuple(item.value for item in meaning.items) == composed.values
        and all(item.unit == composed.combination.form.unit.name for item in meaning.items)
        and first.bound in shape.bounds
        and not any(item.bound for item in others)
    )
