"""Words of capitals that are said letter by letter, in sounds: engines read NYC between two commas as "nick"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from narrate.core.article import Sound
from narrate.text.spoken.ipa import spelt
from narrate.text.spoken.vocabulary import word_map, word_set

RULE = "initialisms"

_CAPITALS = re.compile(r"(?<![\w'.&/])(?P<it>[A-Z]{2,7})(?P<plural>s)?(?!\w)(?!'[A-Z])")
# Before a name these are titles, and elsewhere letters: mixed reality (MR).
_TITLES = frozenset(("MR", "DR", "ST", "FT", "MT", "VS"))
# What an ampersand leaves of AT&T.
_OTHER_HALF = " and T"

_VOWELS = "AEIOUY"
_CONSONANT_Y = r"^Y|Y(?=[AEIOU])"
_LONGEST_SHORT = 3
_LONGEST_JUDGED = 4

# What four letters that are a word may be made of, with C for a consonant and V for a vowel; a consonant before three
# such letters is said alone: J-peg, H-vac.
_SHAPES = frozenset(("CVCV", "CVCC", "CVVC", "CVVV", "CCVC", "CCVV", "VCVC", "VCVV", "VCCV", "VVCV", "VVCC", "VCCC"))
_NO_BEGINNING = ("AA", "II", "UU", "IU", "UI", "YY")


def initialism_sounds(text: str, british: bool = False) -> Iterator[Sound]:
    """Yield the sounds of the initialisms of a spoken English text: FAQ, SEOs, the US, in order.

    What has no vowel is read letter by letter anyway, and left alone unless it is a plural. Known failure: five
    letters and more are taken for a word unless a list has them.

    Args:
        text: Spoken form.
        british: With the letters' British names.
    """
    for match in _CAPITALS.finditer(text):
        word, plural = match["it"], bool(match["plural"])
        if word in word_map("letters", "numerals"):
            yield Sound(match.start(), match.end("it"), word_map("letters", "numerals")[word], RULE)
        elif _is_letters(text, match):
            yield Sound(match.start(), match.end(), spelt(word, british=british, plural=plural), RULE)


def _is_letters(text: str, match: re.Match[str]) -> bool:
    """Tell whether capitals are said one by one, and would not be so without being told."""
    word = match["it"]
    if word == "AT" and text.startswith(_OTHER_HALF, match.end()):
        return True
    if word in _TITLES:
        return not text[match.end() : match.end() + 2].lstrip(" ").isupper()
    return is_spelt(word) and (bool(match["plural"]) or any(letter in _VOWELS for letter in word))


@lru_cache(maxsize=4096)
def is_spelt(word: str) -> bool:
    """Tell whether capitals are said one by one: by a list where they could be a word, else by whether they can be."""
    if word in word_set("letters", "unspelt"):
        return False
    if word in word_set("letters", "spelt"):
        return True
    if len(word) <= _LONGEST_SHORT:
        return word.lower() not in word_set("letters", "words" if len(word) > 2 else "short_words")
    return len(word) <= _LONGEST_JUDGED and not _is_pronounceable(word)


def _is_pronounceable(word: str) -> bool:
    shape = re.sub(_CONSONANT_Y, "C", word)
    shape = "".join(letter if letter == "C" else "V" if letter in _VOWELS else "C" for letter in shape)
    if shape not in _SHAPES or word.startswith(_NO_BEGINNING):
        return False
    if shape == "VCCV":
        return word[1:3].lower() in word_set("letters", "middles")
    if shape.endswith("CC"):
        return word.endswith("S") or word[2:].lower() in word_set("letters", "ends")
    return True
