"""Rules for states and provinces behind a place or a party: Portland, ME; Scranton, Pa.; (D-Calif.)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from narrate.text.spoken.claims import Claim, claims, late, needs, needs_words
from narrate.text.spoken.context import stop, word_before
from narrate.text.spoken.readings import choose
from narrate.text.spoken.vocabulary import any_of, word_map

_CODES = word_map("states", "codes")
_WIRE = word_map("states", "wire")

# Two letters behind a place; that they are a state's is looked up.
_CODE = re.compile(r", (?P<code>[A-Z]{2,3})(?=[,.;:!?)\]\"']|$|\n| (?P<on>[a-z(–—-]))")
_PARTY = re.compile(r"[-–](?P<code>[A-Z]{2})(?=[,)\]])")
_PARTY_BEFORE = late(r"(?<![\w-])[DRI]$")
# Dots, of which one follows each of the wires' abbreviations, are rarer than what may stand in front of a state.
_WIRED = late(rf"(?<![\w.]){any_of(_WIRE)}(?!\w)")
_ALONE = late(r"\b(?:[Oo]f|[Ii]n|[Ff]rom|[Aa]cross|[Tt]hroughout|(?:north|south|east|west)ern|central|rural) $")
_BEHIND_PLACE = late(r"(?:[a-z.)], |(?<![\w-])[DRI][-–])$")
_PLACE = late(r"(?:[A-Z][\w'.]*+[ -]){0,3}[A-Z][\w'.-]*$")
_STATES_OWN = late(
    r"-(?:based|area|born)\b|"
    r" (?:Ave(?:nue)?|St(?:reet)?|Turnpike|Tpke|Highway|Hwy|Route|State|Gov|Sen|Rep|Democrat|Republican)\b"
)
_PERSON = late(r"\b(?:Drs?|Mr|Mrs|Ms|Prof|Sir|Dame|Rev|Sen|Rep|Gov|Judge|Doctor|Nurse)\b")
# The longest name of a place that is looked back for.
_REACH_CHARS = 60


@needs(",–-")
def states_behind_places(text: str) -> Iterator[Claim]:
    """Portland, ME, -> Portland, Maine,; Rep. Cole (R-TX) -> Rep. Cole (R-Texas); Katie Allen, MD, stays.

    Known failure: a small place before letters that are a word, "in Ada, OK", is told by its preposition alone.
    """
    for match in _CODE.finditer(text):
        state = _CODES.get(match["code"])
        before = text[match.start() - 1 : match.start()]
        if state is None or not (before.islower() or before == "."):
            continue
        chosen = choose("state_code", text, match.start("code"), match.end(), _facts(text, match))
        if chosen.name == "state":
            yield Claim(match.start("code"), match.end("code"), state, str(chosen))
    for match in _PARTY.finditer(text):
        if _PARTY_BEFORE().search(text[max(0, match.start() - 2) : match.start()]) and match["code"] in _CODES:
            yield Claim(match.start("code"), match.end("code"), _CODES[match["code"]])


@needs_words(written.split(".")[0] for written in _WIRE)
def wire_states(text: str) -> Iterator[Claim]:
    """Springfield, Ill., police -> Springfield, Illinois, police; in southern Calif. -> in southern California."""

    def say(match: re.Match[str]) -> str | None:
        before = text[max(0, match.start() - _REACH_CHARS) : match.start()]
        goes_on = text[match.end() : match.end() + 2][-1:].islower()
        is_placed = (goes_on and _ALONE().search(before)) or _STATES_OWN().match(text, match.end())
        if match[0] not in _kind("plain") and not is_placed and not _BEHIND_PLACE().search(before):
            return None
        return _WIRE[match[0]] + stop(text, match.end())

    return claims(_WIRED(), text, say)


@cache
def _kind(kind: str) -> frozenset[str]:
    return frozenset(word_map("states", "kinds")[kind].split())


def _facts(text: str, match: re.Match[str]) -> set[str]:
    """Return what is known of a place and the letters behind it, as lines of tables/readings.toml ask for it."""
    code, comma = match["code"], match.start()
    found = _PLACE().search(text[max(0, comma - _REACH_CHARS) : comma])
    place = found[0] if found else ""
    facts = {"known-place"} if _is_known(place, code) else set()
    if word_before(text, comma - len(place)).lower() in _kind("placing"):
        facts.add("placed")
    if match["on"] and match["on"].islower():
        facts.add("runs-on")
    if code in _kind("words"):
        facts.add("word")
    if code in _kind("degrees"):
        facts.add("degree")
    if _PERSON().search(place):
        facts.add("person")
    return facts if place else facts | {"no-place"}


def _is_known(place: str, code: str) -> bool:
    """Tell whether a name ends in a place of the state: "downtown Fort Wayne" before IN."""
    return any(place == city or place.endswith(f" {city}") for city in _cities().get(code, ()))


@cache
def _cities() -> dict[str, tuple[str, ...]]:
    listed = word_map("states", "cities")
    return {code: tuple(name.replace("_", " ") for name in names.split()) for code, names in listed.items()}
