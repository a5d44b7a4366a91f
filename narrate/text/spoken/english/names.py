"""Rules for abbreviations that stand with names: initials, titles, companies, places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, claims, late, needs, needs_words
from narrate.text.spoken.context import kept_stop, sentence_ends, word_before
from narrate.text.spoken.vocabulary import any_of, with_capitals, word_map, word_set

_DEGREES = word_map("names", "degrees")
_LATIN = with_capitals(word_map("names", "latin"))

_DEGREE = late(rf"(?<![\w.]){any_of(_DEGREES)}(?!\w)")
_PHRASE = late(rf"(?<![\w./]){any_of(_LATIN)}(?![\w/])")
_VERSUS = late(
    r"(?<![\w.])vs(?![\w.])|(?<=[\w.)] )v\.(?= [A-Z])|(?<=[A-Z][a-z]{2} )v(?= [A-Z])|"
    r"(?<=[a-z]{3} )v(?= [A-Z]\w)"
)
_INITIALS = late(r"(?<![\w.@/])(?P<it>[^\W\d_](?:\.[^\W\d_])++\.?)(?P<plural>s(?!\w))?(?!\w)")
_NUMBER_WORD = late(
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,5}teen|[a-z]{3,5}ty|hundred|thousand"
)
_INITIAL = late(r"(?<![\w.'-])(?P<it>[A-Z])\.(?= ?-?[A-Z]| [a-z]{2})")


@needs_words(written.split(".")[0] for written in _DEGREES)
def degrees_of_learning(text: str) -> Iterator[Claim]:
    """a Ph.D. in physics -> a PhD in physics."""
    return claims(_DEGREE(), text, lambda match: _DEGREES[match[0]] + kept_stop(text, match.end()))


@needs("./")
def latin_phrases(text: str) -> Iterator[Claim]:
    """e.g. apples -> for example apples; paper, etc. -> paper, et cetera; Ali vs. Frazier -> Ali versus Frazier."""

    def say(match: re.Match[str]) -> str:
        return _LATIN[match[0]] + kept_stop(text, match.end())

    return claims(_PHRASE(), text, say)


@needs("v")
def versus(text: str) -> Iterator[Claim]:
    """Ali vs Frazier -> Ali versus Frazier; Roe v. Wade -> Roe versus Wade."""
    return claims(_VERSUS(), text, lambda _: "versus")


@needs(".")
def dotted_initials(text: str) -> Iterator[Claim]:
    """the U.S. presidential -> the US presidential; J.K. Rowling -> JK Rowling; to the U.S. Later -> to the US. Later.

    Known failure: a sentence that ends in "U.S." and goes on with a name loses its full stop.
    """

    def say(match: re.Match[str]) -> str | None:
        letters = match["it"].replace(".", "")
        if letters[:-1].isupper() and letters[-1] == "s":
            return letters
        if not letters.isupper() and not letters.islower():
            return letters if match["it"].endswith(".") else None
        return letters.upper() + (match["plural"] or kept_stop(text, match.end()))

    return claims(_INITIALS(), text, say)


@needs_words("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
def initials_in_names(text: str) -> Iterator[Claim]:
    """James T. Kirk -> James T Kirk; E. coli -> E coli. Known failure: "his grade was F. Bob" loses its full stop."""

    def say(match: re.Match[str]) -> str | None:
        before = word_before(text, match.start())
        # "bus four A. Type it": a letter behind a number belongs to it.
        if before.isdigit() or _NUMBER_WORD().fullmatch(before.lower().rpartition("-")[2]):
            return None
        if before in word_set("words", "lettered") or (match["it"] == "I" and not before[:1].isupper()):
            return None
        return None if sentence_ends(text, match.end()) else match["it"]

    return claims(_INITIAL(), text, say)
