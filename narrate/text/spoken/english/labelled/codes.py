"""Rules for figures that are typed or compared one by one: codes, accounts, extensions, short numbers, postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from narrate.text.spoken.claims import Claim, among_digits, claims, late
from narrate.text.spoken.numbers import in_groups
from narrate.text.spoken.vocabulary import any_of, word_map, word_set

# Digits, perhaps in groups; a longer wall of them is no code.
_FIGURES = late(
    r"(?<![\w.,$£€¥+/-])(?P<it>\d{1,10}(?:-\d{1,10}){1,5}|\d{3,20}(?: \d{3,12}){0,5})(?![\w%°$€£]|[.,:/]\d|-\w| ?[%°])"
)
_LINK = r"(?: is| was| are|:| reads| ending in| ends in| starting with| starts with| beginning with)?:?"
_BEFORE = late(
    rf"\b(?i:(?P<sure>{any_of(word_set('labels', 'codes'))})|(?P<noun>{any_of(word_set('labels', 'accounts'))}))"
    rf"s?(?P<number>,? (?i:numbers?|no\.|codes?|#|ID))?(?P<link>{_LINK}),? ?[\"'#(]?$"
    r"|\b(?P<any>[Nn]umber)(?: is| was|:)? ?$"
)
_AFTER = late(
    r" (?i:area code|zip|country code|city code|dialling code|dialing code|postal code|hotline|helpline|shortcode)s?\b"
)
_TEXTED = late(r"\b(?i:text|texts|texting|texted|sms|message|messaging|send|sending|sent)\b[^.!?\n]{0,40} to $")
_STATE = any_of(dict.fromkeys(word_map("states", "codes").values()))
_STATE_POSTCODE = late(rf"(?<!\w)(?:{_STATE}|DC|D\.C\.),? (?P<it>\d{{5}}(?:-\d{{4}})?)(?![\w-]|[.,]\d)")
_CALLED = late(rf"\b(?i:{any_of(word_set('words', 'dialling'))}|telephone|tel\.?|fax)(?: us)?(?: at| on)?:? $")
_LOCAL_NUMBER = late(r"\d{3}-\d{4}")
# No word that asks for digits stands further off.
_REACH_CHARS = 60
# What counts as much as it names has so many digits where no "number" stands before them.
_FEWEST_OF_NOUN, _FEWEST_OF_NUMBER = 6, 5


@among_digits(r"\d{3}|\d-\d")
def codes(text: str) -> Iterator[Claim]:
    """Your code is 276983 -> two seven six nine eight three; text STOP to 40404; extension 412; 617 area code.

    Known failure: a year behind "code is".
    """
    for match in _FIGURES().finditer(text):
        if _is_code(text, match):
            yield Claim(match.start(), match.end(), in_groups(match[0]))


@among_digits(r"\d{5}")
def postcodes(text: str) -> Iterator[Claim]:
    """Akron, Ohio 44309 -> Akron, Ohio four four three zero nine."""
    return claims(_STATE_POSTCODE(), text, lambda match: in_groups(match["it"]), "it")


def _last_word(ahead: str) -> str:
    return ahead[ahead.rstrip(" ").rfind(" ") + 1 :].strip(" :,#\"'(").lower()


@cache
def _asking() -> frozenset[str]:
    """Return every word that can stand right before a code: the nouns, "number", and what links them."""
    nouns = word_set("labels", "codes") | word_set("labels", "accounts")
    return nouns | {f"{noun}s" for noun in nouns} | word_set("labels", "before_codes") | {""}


def _is_code(text: str, match: re.Match[str]) -> bool:
    digits = len(match[0].replace("-", "").replace(" ", ""))
    if digits < 3:
        return False
    ahead = text[max(0, match.start() - _REACH_CHARS) : match.start()]
    found = _BEFORE().search(ahead) if _last_word(ahead) in _asking() else None
    if _LOCAL_NUMBER().fullmatch(match[0]) and _CALLED().search(ahead):
        return True
    if found is None:
        return bool(_AFTER().match(text, match.end())) or (4 < digits < 7 and bool(_TEXTED().search(ahead)))
    if found["any"]:
        return digits >= _FEWEST_OF_NUMBER
    if found["noun"]:
        return bool(found["number"]) or digits >= _FEWEST_OF_NOUN
    # "the building code 2018": a year of the code, where nothing says that the code is meant.
    return digits != 4 or bool(found["link"] or found["number"]) or found["sure"].lower() != "code"
