"""Rules for abbreviations that stand with names: initials, titles, companies, places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, claims, needs
from narrate.text.spoken.context import sentence_ends, stop, word_before
from narrate.text.spoken.vocabulary import any_of, with_capitals, word_map, word_set

_TITLES = with_capitals(word_map("names", "titles"))
_AFTER = with_capitals(word_map("names", "after"))
_DEGREES = word_map("names", "degrees")
_LATIN = with_capitals(word_map("names", "latin"))
_OLD_STATES = word_map("names", "old_states")

_TITLE = re.compile(rf"(?<![\w.]){any_of(_TITLES)}(?= ?['\"]?[A-Z]| (?:and|&) [A-Z])")
_SAINT = re.compile(r"(?<![\w.])(?:St|ST)\.(?P<next> ?[A-Z])?")
_HOUSE = re.compile(r"\d[\w-]* (?:[NSEW]\.? )?(?:[A-Z0-9][\w']* ){1,3}$")
_NAME_BEFORE = re.compile(r"(?:[A-Z][\w']*|\d+(?:st|nd|rd|th)) $")
_COMPANY = re.compile(rf"(?<=[\w&,.] ){any_of(_AFTER)}(?!\w)")
_DEGREE = re.compile(rf"(?<![\w.]){any_of(_DEGREES)}(?!\w)")
_PHRASE = re.compile(rf"(?<![\w./]){any_of(_LATIN)}(?![\w/])")
_VERSUS = re.compile(r"(?<![\w.])vs(?![\w.])|(?<=[a-z\d] )v\.(?= [A-Z])")
_OLD_STATE = re.compile(rf"(?:(?<=[a-z], )|(?<=\b[DRI]-)){any_of(_OLD_STATES)}(?!\w)")
_INITIALS = re.compile(r"(?<![\w.@/])(?P<it>[^\W\d_](?:\.[^\W\d_])++\.?)(?P<plural>s(?!\w))?(?!\w)")
_INITIAL = re.compile(r"(?<![\w.'-])(?P<it>[A-Z])\.(?= ?-?[A-Z])")


@needs(".")
def titles(text: str) -> Iterator[Claim]:
    """Sen. Warren -> Senator Warren; Lt. Col. Vindman -> Lieutenant Colonel Vindman."""
    return claims(_TITLE, text, lambda match: _TITLES[match[0]])


@needs(".")
def saints_and_streets(text: str) -> Iterator[Claim]:
    """St. Louis -> Saint Louis; 12 Main St. in Boston -> twelve Main Street in Boston.

    Known failure: a street without a number before a name: "from Main St. Bob called".
    """
    for match in _SAINT.finditer(text):
        end = match.start() + 3
        before = text[max(0, match.start() - 60) : match.start()]
        if _is_street(before, text, end, bool(match["next"])):
            yield Claim(match.start(), end, "Street" + stop(text, end))
        elif match["next"]:
            yield Claim(match.start(), end, "Saint")


@needs(".")
def companies_and_streets(text: str) -> Iterator[Claim]:
    """Apple Inc. sued -> Apple Inc sued; King Jr. -> King Junior; a stop that also ends the sentence stays."""
    return claims(_COMPANY, text, lambda match: _AFTER[match[0]] + stop(text, match.end()))


@needs(".")
def degrees_of_learning(text: str) -> Iterator[Claim]:
    """a Ph.D. in physics -> a PhD in physics."""
    return claims(_DEGREE, text, lambda match: _DEGREES[match[0]] + _kept_stop(text, match))


@needs("./")
def latin_phrases(text: str) -> Iterator[Claim]:
    """e.g. apples -> for example apples; paper, etc. -> paper, et cetera; Ali vs. Frazier -> Ali versus Frazier."""

    def say(match: re.Match[str]) -> str:
        return _LATIN[match[0]] + _kept_stop(text, match)

    return claims(_PHRASE, text, say)


@needs("v")
def versus(text: str) -> Iterator[Claim]:
    """Ali vs Frazier -> Ali versus Frazier; Roe v. Wade -> Roe versus Wade."""
    return claims(_VERSUS, text, lambda _: "versus")


@needs(".")
def wire_states(text: str) -> Iterator[Claim]:
    """Springfield, Ill., police -> Springfield, Illinois, police."""
    return claims(_OLD_STATE, text, lambda match: _OLD_STATES[match[0]] + stop(text, match.end()))


@needs(".")
def dotted_initials(text: str) -> Iterator[Claim]:
    """the U.S. presidential -> the US presidential; J.K. Rowling -> JK Rowling; to the U.S. Later -> to the US. Later.

    Known failure: a sentence that ends in "U.S." and goes on with a name loses its full stop.
    """

    def say(match: re.Match[str]) -> str | None:
        letters = match["it"].replace(".", "")
        if not letters.isupper() and not letters.islower():
            return None
        return letters.upper() + (match["plural"] or _kept_stop(text, match))

    return claims(_INITIALS, text, say)


@needs(".")
def initials_in_names(text: str) -> Iterator[Claim]:
    """James T. Kirk -> James T Kirk. Known failure: "his grade was F. Bob" loses its full stop."""

    def say(match: re.Match[str]) -> str | None:
        before = word_before(text, match.start())
        if before in word_set("words", "lettered") or (match["it"] == "I" and not before[:1].isupper()):
            return None
        return None if sentence_ends(text, match.end()) else match["it"]

    return claims(_INITIAL, text, say)


def _kept_stop(text: str, match: re.Match[str]) -> str:
    return stop(text, match.end()) if match[0].endswith(".") else ""


def _is_street(before: str, text: str, end: int, name_follows: bool) -> bool:
    if _HOUSE.search(before):
        return True
    return bool(_NAME_BEFORE.search(before)) and (not name_follows or sentence_ends(text, end))
