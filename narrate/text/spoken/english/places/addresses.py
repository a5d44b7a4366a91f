"""Rules for postal addresses: house numbers, directions, kinds of street, states and postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, claims, late, needs
from narrate.text.spoken.context import kept_stop, stop
from narrate.text.spoken.english.places.streets import STREET_KIND
from narrate.text.spoken.numbers import digit_by_digit, paired
from narrate.text.spoken.vocabulary import any_of, word_map

_STATES = word_map("states", "codes")
_STREETS = word_map("places", "streets")
_DIRECTIONS = word_map("places", "directions")

_ADDRESS = late(
    rf"(?<![\w.,$-])(?P<number>\d{{1,5}})(?P<letter>[A-Z]?) (?:(?P<direction>{any_of(_DIRECTIONS)})\.? )?"
    rf"(?:(?:[A-Z][\w']*+|\d{{1,3}}(?:st|nd|rd|th)) ){{1,3}}?(?P<kind>{STREET_KIND})(?!\w)(?P<dot>\.?)"
)
_BLOCK = late(r"(?<![\w.,$-])(?P<number>\d{2,5})(?= block\b)")
_STATE = any_of({*_STATES, *_STATES.values()})
_STATE_ZIP = late(rf"(?<=, )(?P<state>{_STATE}),? (?P<zip>\d{{5}})(?:-(?P<more>\d{{4}}))?(?![\w-])")

# A side of a road, before its letter is taken for watts: "Rte. 66 W."
_ROUTE = late(
    r"\b(?:R(?:ou)?te|H(?:igh)?wy|Highway|Interstate|US|I)\.?[ -]\d{1,3} "
    r"(?P<it>[NSEW])(?:\.(?! [A-Z])|(?![\w.'&-]))"
)


@needs("0-9")
def postal_addresses(text: str) -> Iterator[Claim]:
    """1600 Pennsylvania Ave. -> sixteen hundred Pennsylvania Avenue; 12 N 1st St -> twelve North first Street.

    Springfield, IL 62704 -> Illinois six two ...; states without a postcode are read by a rule of their own.
    Known failure: a number before a name that ends in such a word, "In 2010 Abbey Road sold".
    """

    def state(match: re.Match[str]) -> str:
        return f"{_STATES.get(match['state'], match['state'])} {digit_by_digit(match['zip'] + (match['more'] or ''))}"

    for match in _ADDRESS().finditer(text):
        yield from _parts(text, match)
    yield from claims(_BLOCK(), text, lambda match: paired(match["number"]))
    yield from claims(_STATE_ZIP(), text, state)
    for match in _ROUTE().finditer(text):
        yield Claim(match.start("it"), match.end(), _DIRECTIONS[match["it"]] + kept_stop(text, match.end()))


def _parts(text: str, match: re.Match[str]) -> Iterator[Claim]:
    """Claim number, direction and kind of one address; the names between them stand."""
    yield Claim(match.start("number"), match.end("letter"), f"{paired(match['number'])} {match['letter']}".rstrip())
    if match["direction"]:
        dotted = text[match.end("direction")] == "."
        yield Claim(match.start("direction"), match.end("direction") + dotted, _DIRECTIONS[match["direction"]])
    if match["kind"] in _STREETS:
        kept = stop(text, match.end()) if match["dot"] else ""
        yield Claim(match.start("kind"), match.end("dot"), _STREETS[match["kind"]] + kept)
