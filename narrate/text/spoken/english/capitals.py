"""Rules for words in capitals inside a sentence, which voices would spell: I was NOT BAD, IT WAS LATE when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from narrate.text.spoken.claims import Claim, claims, late
from narrate.text.spoken.initialisms import is_spelt
from narrate.text.spoken.vocabulary import word_set

_RUN = late(r"(?<![\w'.&/-])(?:[A-Z]{2,}|[IA])(?:(?:,? )(?:[A-Z]{2,}(?:'[A-Z]+)?|[IA])(?![\w'.&/]))+")
_WORD = late(r"[A-Z]+(?:'[A-Z]+)?")
_THREE = late(r"(?<![\w'.&/])[A-Z]{3}(?![\w&/]|\.\w|'(?!s\b))")
_I_AM = late(r"(?<![\w'])I (?P<it>AM)\b")
_TWO = late(r"[A-Z]{2}")
_LOWER = late(r"[a-z]{2}")


def shouted_words(text: str) -> Iterator[Claim]:
    """IT WAS LATE WHEN THE train left -> It was late when the train left; known initialisms in it stay.

    Known failure: an initialism that no list knows is read as a word beside words that are shouted.
    """
    if not _TWO().search(text) or not _LOWER().search(text):
        return
    yield from claims(_I_AM(), text, lambda _: "am", "it")
    for run in _RUN().finditer(text):
        words = list(_WORD().finditer(text, run.start(), run.end()))
        if _is_style(words):
            yield from (_lowered(match, _begins(text, match.start())) for match in words if _is_lowered(match[0]))


def words_of_three(text: str) -> Iterator[Claim]:
    """A 737 MAX with a SIM -> a 737 max with a sim: three capitals are spelt unless a list has them."""
    if not _TWO().search(text) or not _LOWER().search(text):
        return
    for match in _THREE().finditer(text):
        if match[0].lower() in word_set("letters", "words") and match[0] not in word_set("capitals", "acronyms"):
            yield _lowered(match, _begins(text, match.start()))


def _is_style(words: Sequence[re.Match[str]]) -> bool:
    """Tell whether a small word among them shows that their capitals mean nothing.

    IT, US and WHO are letters as well; they count where nothing around them is an initialism: GET IT, not MSP IT.
    """
    small = {match[0] for match in words if len(match[0]) > 1 and match[0] in word_set("capitals", "small")}
    if not small <= word_set("capitals", "letters_too"):
        return True
    return bool(small) and all(_is_lowered(match[0]) or match[0] == "I" for match in words)


def _is_lowered(word: str) -> bool:
    if len(word) == 1 or word in word_set("capitals", "small"):
        return word != "I"
    return word not in word_set("capitals", "acronyms") and not is_spelt(word)


def _lowered(match: re.Match[str], begins: bool) -> Claim:
    return Claim(match.start(), match.end(), match[0].capitalize() if begins else match[0].lower())


def _begins(text: str, start: int) -> bool:
    """Tell whether a sentence begins here."""
    before = text[:start].rstrip(" \"'(")
    return not before or before[-1] in ".!?:\n"
