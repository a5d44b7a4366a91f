"""Letters that stand as words: engines read a lone "A" as the article and "Ms" as two letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.core.article import Sound
from narrate.text.spoken.vocabulary import any_of, word_set

RULE = "letters"

_NUMBER = (
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
)
_LETTERED = any_of(word_set("words", "lettered") - {"Mr", "Mrs", "Ms"})

# "Series A", "an A in math", "straight A"; "the A team", "A seventeen", "A plus", "A or B".
_AFTER = re.compile(rf"\b(?:{_LETTERED}|[Aa]n|[Ss]traight|Company) (?P<it>A)\b(?!')")
_BEFORE = re.compile(rf"\b(?P<it>A)(?= (?:plus|minus|team|list|side|levels?|or B|and B|to Z|{_NUMBER})\b)")
_MISS = re.compile(r"\b(?P<it>Ms)\b(?= [A-Z])")
_MASS = re.compile(r"\b(?P<it>mc)(?= squared\b)")

# The letter of a formula in words: "a squared plus b squared", "from a to b", "equals a."; prose has a word after "a".
_SUM = r"(?:plus|minus|times|over|equals|sub|to)"
_IN_FORMULA = re.compile(
    rf"\b(?P<it>a)(?= (?:(?:squared|cubed) {_SUM}\b|(?:equals|{_SUM} (?:[b-hj-z]|{_NUMBER}))\b(?!')))"
    rf"|\b{_SUM} (?P<last>a)(?=$|[.,;:)])"
)

# American and British alike, in espeak's spelling.
_SOUNDS = ((_AFTER, "ˈeɪ"), (_BEFORE, "ˈeɪ"), (_IN_FORMULA, "ˈeɪ"), (_MISS, "mˈɪz"), (_MASS, "ˌɛmsˈiː"))


def letter_sounds(text: str) -> Iterator[Sound]:
    """Yield the sounds of lone letters in a spoken English text; an "A" that may be the article is left alone.

    "A five percent rise" begins with the article, though a number follows: at the beginning of a sentence
    nothing is claimed before a number.
    """
    found = {}
    for pattern, ipa in _SOUNDS:
        for match in pattern.finditer(text):
            name = "it" if match["it"] else "last"
            start = match.start(name)
            if pattern is not _BEFORE or _is_inside(text, start):
                found[start] = Sound(start, match.end(name), ipa, RULE)
    yield from (found[start] for start in sorted(found))


def _is_inside(text: str, start: int) -> bool:
    """Tell whether a capital stands where a sentence does not begin."""
    while start and text[start - 1].isspace():
        start -= 1
    return start > 0 and text[start - 1] not in ".!?:\"'("
