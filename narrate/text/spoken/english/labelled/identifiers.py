"""Rules for what figures identify: models, cases, standards, addresses of memory; a hyphen in them is no range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from narrate.text.spoken.claims import Claim, among_digits, claims, late, where
from narrate.text.spoken.english.labelled.labels import HYPHEN, runs_together
from narrate.text.spoken.numbers import as_plural, cardinal, digit_by_digit, dotted, paired, whole
from narrate.text.spoken.vocabulary import word_map

# CVE-2023-4811, A320-200, i7-13700K, TX-40971-B; not the periods of a year, "Q1-3".
_HYPHENED = late(
    r"(?<![\w./@#$-])(?!(?:Q|H|FY|CY)\d)(?P<name>[A-Z][A-Za-z]{0,5}|[a-z])(?:-?(?P<first>\d{1,5})(?P<mark>[A-Z]{0,2}))"
    r"(?P<rest>(?:-\d{1,7}[A-Z]{0,2})+)(?P<plural>s?)(?![\w-]|\.\d|,\d)"
)
# Boeing's families: 737-800, 787-9s.
_FAMILY = late(r"(?<![\w.,$£€/-])(?P<family>7[0-8]7)-(?P<rest>\d{1,3}(?:[A-Z]{1,3})?)(?P<plural>s?)(?![\w%-]|[.,]\d)")
# 22-1451, 19-0830: what follows two digits is longer, and no round end of a range.
_DOCKET = late(r"(?<![\w.,:$£€/-])(?P<first>\d\d)-(?P<rest>0\d{2,5}|\d{3,6}[1-9])(?![\w%-]|[.,]\d)")
# As courts number their cases: 21-cv-1234, 1:20-cr-00188.
_CASE = late(
    r"(?<![\w.,:/-])(?:(?P<office>\d):)?(?P<year>\d\d)-(?P<kind>[A-Za-z]{2,4})-(?P<number>\d{2,6})(?![\w-]|[.,]\d)"
)
_HEX = late(r"(?<!\w)0[xX](?P<it>[0-9A-Fa-f]{1,16})(?!\w)")
_WIRELESS = late(r"(?<![\w.])802\.(?P<part>\d{1,2})(?P<letters>[a-z]{0,2})(?!\w|\.\d)")
_CODEC = late(r"(?<![\w.])(?P<letter>[A-Z])\.(?P<it>\d{3})(?!\w|[.,]\d)")
# Branches of a family, as of a virus: BA.2.86, XBB.1.5.
_BRANCH = late(r"(?<![\w.])(?P<name>[A-Z]{2,3})\.(?P<it>\d{1,2}(?:\.\d{1,2})*)(?!\w|\.\w)")
_UUID = late(r"(?<![\w-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w-])")
_PIECES = late(r"\d+|[A-Za-z]+")


@where(r"\d[A-Z]{0,2}-\d|\d-0|0[xX]|[0-9a-f]{8}-|\d-[A-Za-z]{2,4}-\d")
def identifiers(text: str) -> Iterator[Claim]:
    """CVE-2023-4811 -> CVE twenty twenty three forty eight eleven; a 787-9 -> a seven eighty seven nine."""
    yield from claims(_UUID(), text, lambda match: ", ".join(map(_spelled, match[0].split("-"))))
    yield from claims(_HYPHENED(), text, _hyphened)
    yield from claims(_CASE(), text, _case)
    yield from claims(_FAMILY(), text, lambda match: _joined((match["family"], match["rest"]), match["plural"]))
    yield from claims(_DOCKET(), text, lambda match: _joined((match["first"], match["rest"]), ""))
    yield from claims(_HEX(), text, lambda match: f"zero X {_spelled(match['it'])}")


@among_digits(r"[A-Z2]\.\d")
def standards(text: str) -> Iterator[Claim]:
    """802.11b -> eight oh two dot eleven B; H.264 -> H dot two sixty four; BA.2.86 -> BA dot two point eighty six."""

    def wireless(match: re.Match[str]) -> str:
        return f"eight oh two dot {whole(match['part'])} {match['letters']}".rstrip()

    yield from claims(_WIRELESS(), text, wireless)
    yield from claims(_BRANCH(), text, lambda match: f"{match['name']} dot {dotted(match['it'])}")
    yield from claims(_CODEC(), text, lambda match: f"{match['letter']} dot {paired(match['it'])}")


def _in_pairs(digits: str) -> str:
    """Say the digits of a name: 4811 -> forty eight eleven, 13700 -> thirteen seven hundred, 40971 one by one."""
    if not digits:
        return ""
    if len(digits) == 5 and digits.endswith("00") and not digits.startswith("0"):
        return f"{cardinal(int(digits[:2]))} {cardinal(int(digits[2:]))}" if int(digits[2:]) else whole(digits)
    return paired(digits)


def _hyphened(match: re.Match[str]) -> str | None:
    if match["name"] in word_map("calendar", "months"):
        return None
    first = f"{match['first']}{match['mark']}"
    return f"{match['name']} {_joined((first, *match['rest'].strip('-').split('-')), match['plural'])}"


def _case(match: re.Match[str]) -> str:
    parts = (
        _in_pairs(match["office"] or ""),
        _in_pairs(match["year"]),
        match["kind"].upper(),
        _in_pairs(match["number"]),
    )
    return " ".join(part for part in parts if part)


def _joined(parts: tuple[str, ...], plural: str) -> str:
    said = ""
    for before, part in pairwise(("", *parts)):
        said += f" {HYPHEN} " if runs_together(before, part) else " "
        said += " ".join(_in_pairs(it) if it.isdecimal() else it for it in _PIECES().findall(part))
    said = said.strip()
    return as_plural(said) if plural else said


def _spelled(figures: str) -> str:
    """Say letters and digits one by one: 1F -> one F."""
    return " ".join(digit_by_digit(char) if char.isdecimal() else char.upper() for char in figures)
