"""Rules for streets and saints, doctors and drives: what their letters mean is told by the names around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from narrate.text.sentences import starts_sentence
from narrate.text.spoken.claims import Claim, claims, late, needs_words
from narrate.text.spoken.context import kept_stop, stop
from narrate.text.spoken.readings import Reading, choose
from narrate.text.spoken.vocabulary import any_of, word_map, word_set

_KINDS = word_map("places", "streets")
_DIRECTIONS = word_map("places", "directions")
# Every way the kind of a street is written; in small letters only behind a house number: addresses.py.
STREET_KIND = any_of(sorted({*word_set("words", "streets"), *_KINDS}))
# A point of the compass, with dots or without.
_POINT = r"(?P<it>N\.?[EW]|S\.?[EW]|[NSEW])"
# Saints and doctors are written like these two, and have rules of their own.
_SURE_KINDS = sorted(kind for kind in _KINDS if kind[0].isupper() and kind not in ("St", "Dr"))

_SAINT = late(r"(?<![\w.&'])(?:St(?:\.|(?=[ ,;:!?)\"]|$))|ST\.)(?P<next> ?[A-Z][\w']*)?")
_DOCTOR = late(r"(?<![\w.&'-])Dr(?:\.|(?=[ ,;:!?)\"]|$))(?P<next> ?['\"]?[A-Z][\w']*)?")
_STREET = late(rf"(?<![\w.'&-]){any_of(_SURE_KINDS)}(?![\w'&-])(?P<dot>\.?)")
_NAME_AFTER = late(r" [A-Z][a-z]")
_OF_THE = late(r" of (?:the )?[A-Z]")
_HOUSE = late(r"\d[\w-]* (?:[NSEW]\.? )?(?:[A-Z0-9][\w']* ){1,3}$")
_NAME_BEFORE = late(r"(?P<name>[A-Z][\w']*|\d+(?:st|nd|rd|th))\.? $")
_ALONG = late(r"\b(?:on|along|down|off|from|at|near|to|of|and|up|between) (?:[NSEW]\.? )?(?:[A-Z0-9][\w']* ){1,3}$")
_NAMES = r"(?:\d{1,3}(?:st|nd|rd|th)|[A-Z][\w']++)(?: [A-Z][\w']++){0,2}?"
_DIRECTION = late(rf"(?<![\w.'-]){_POINT}\.? (?={_NAMES} {STREET_KIND}\b)(?!{STREET_KIND}\b)")
# Two hours N. of St. Paul; the letters alone may be initials, "the S of SMART".
_SIDE_OF = late(rf"(?<=[a-z.] ){_POINT}\. (?=of )")
_HOUSE_SIDE = late(rf"(?<=\d ){_POINT}\.(?= [A-Z][a-z])")
_SIDE = late(rf"(?<=[\w'] )(?:{STREET_KIND}\b)\.? (?P<it>[NSEW])(?:\.(?! [A-Z][a-z])|(?![\w.'&-]))")
# The longest name of a street that is looked back for.
_REACH_CHARS = 60


@needs_words(("St", "ST"))
def saints_and_streets(text: str) -> Iterator[Claim]:
    """St. Louis -> Saint Louis; off Main St. in Boston -> off Main Street in Boston; Ohio St. beat Iowa -> Ohio State.

    Known failure: a street before a name that many saints have, "on Main St. James waited".
    """
    for match in _SAINT().finditer(text):
        end = match.start("next") if match["next"] else match.end()
        facts = _facts(text, match.start(), end, match["next"])
        if facts & {"name-before", "name-after", "house"}:
            chosen = choose("saint", text, match.start(), end, facts)
            yield _claim(text, match.start(), end, chosen)


@needs_words(("Dr",))
def doctors_and_drives(text: str) -> Iterator[Claim]:
    """Dr. Smith -> Doctor Smith; on Lakeview Dr. and -> on Lakeview Drive and."""
    for match in _DOCTOR().finditer(text):
        end = match.start("next") if match["next"] else match.end()
        facts = _facts(text, match.start(), end, match["next"])
        yield _claim(text, match.start(), end, choose("dr", text, match.start(), end, facts))


@needs_words(_SURE_KINDS)
def kinds_of_streets(text: str) -> Iterator[Claim]:
    """on Elm Pl. in -> on Elm Place in; Station Rd, off -> Station Road, off; a name has to stand before it."""

    def say(match: re.Match[str]) -> str | None:
        named = _name_before(text[max(0, match.start() - _REACH_CHARS) : match.start()])
        if not (named or _OF_THE().match(text, match.end())):
            return None
        if not match["dot"] and _NAME_AFTER().match(text, match.end()):
            return None
        return _KINDS[match[0].rstrip(".")] + (stop(text, match.end()) if match["dot"] else "")

    return claims(_STREET(), text, say)


@needs_words(_DIRECTIONS)
def directions(text: str) -> Iterator[Claim]:
    """on E. 7th St. -> on East 7th St.; 3rd Ave. N. -> 3rd Ave. North."""
    yield from claims(_DIRECTION(), text, lambda match: _DIRECTIONS[match["it"].replace(".", "")] + " ")
    yield from claims(_SIDE_OF(), text, lambda match: _DIRECTIONS[match["it"].replace(".", "")].lower() + " ")
    yield from claims(_HOUSE_SIDE(), text, lambda match: _DIRECTIONS[match["it"].replace(".", "")])
    for match in _SIDE().finditer(text):
        end = match.end()
        yield Claim(match.start("it"), end, _DIRECTIONS[match["it"]] + kept_stop(text, end))


def _claim(text: str, start: int, end: int, chosen: Reading) -> Claim:
    said = chosen.name.capitalize()
    is_last = chosen.name not in ("saint", "doctor") and text[end - 1] == "."
    return Claim(start, end, said + (stop(text, end) if is_last else ""), str(chosen))


def _facts(text: str, start: int, end: int, following: str | None) -> set[str]:
    """Return what stands around the letters, as lines of tables/readings.toml ask for it."""
    before = text[max(0, start - _REACH_CHARS) : start]
    facts = set()
    if following:
        starts = starts_sentence(following.strip(" '\""))
        facts.add("sentence-after" if starts and text[end - 1] == "." else "name-after")
    if _name_before(before):
        facts.add("name-before")
        if _ALONG().search(before):
            facts.add("along")
        if _HOUSE().search(before):
            facts.add("house")
    return facts


def _name_before(before: str) -> bool:
    """Tell whether a name leads up to a place; "When Dr. Lee" begins a sentence, "Professor Dr. Lee" is a rank."""
    found = _NAME_BEFORE().search(before)
    if found is None:
        return False
    word = found["name"]
    return not starts_sentence(word) and word not in _ranks()


@cache
def _ranks() -> frozenset[str]:
    return frozenset(word_map("names", "titles").values())
