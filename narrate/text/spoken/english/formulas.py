"""Rules for the signs of the sciences: chemical formulas letter by letter, Greek letters by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from narrate.text.spoken.claims import Claim, beforehand, claims, late, needs
from narrate.text.spoken.numbers import paired, whole
from narrate.text.spoken.vocabulary import any_of, word_map, word_set

_SUBSCRIPT = str.maketrans("₀₁₂₃₄₅₆₇₈₉²³", "012345678923")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# Behind other characters the figures are a footnote mark or a power.
_ISOTOPE = late(r"(?<![^\s(\[/,–-])(?P<mass>[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]{0,2})(?P<element>[A-Z][a-z]?)(?!\w)")
_COUNT = r"(?:\d{1,2}(?!\d)|[₀-₉]{1,2})"
_CHARGE = r"(?:[⁺⁻]|[²³][⁺⁻]|[+−](?=$|[\s,.;:)]))"
# No formula is without one of these; most sentences are, so that the patterns below are compiled where they are needed.
_HINT = late(r"[A-Z][a-z]?[0-9₀-₉²³⁺⁻+−(]|[A-Z][a-z][A-Z]|[A-Z]{2}[a-z]|A1[Cc]")
_PIECE = late(r"[A-Z][a-z]?|\d+")
_MIXED = late(r"[A-Z][a-z]")
# "CPAs" ends in no arsenic.
_PLURAL = late(r"[A-Z]+s")
# Oxides whose letters are a word: NO two, SO two.
_WORDLIKE = late(r"(?<![A-Z])(?:[BINPS]O|OH)(?![A-Z])")
_HALF_CHARGED = ("H", "K")
_A1C = late(r"(?<!\w)(?:Hb)?A1[Cc](?!\w)")
_INFUSION = late(r"(?P<an>[Aa]n )?(?<![\w-])(?P<it>IV)(?![\w&])(?= (?P<next>\w+))?")

_MICRO = late(r"(?<=\d)[ -]?(?P<it>μ(?:g|m|l|L|s|A|V|W|F|H|M|mol|Sv|Gy))(?!\w)")
_OHMS = late(r"(?<=\d) ?(?P<scale>[kMmG])?[ΩΩ](?!\w)")
_OHM_SCALES = {"": "", "k": "kil", "M": "meg", "m": "milli", "G": "gig"}

_GREEK = word_map("letters", "greek")
_GREEK_LETTERS = "α-ωϕΑ-Ω"
_LONE_GREEK = late(rf"(?<![\u0370-\u03ff\u1f00-\u1fff])[{_GREEK_LETTERS}](?![\u0370-\u03ff\u1f00-\u1fff])")


def chemical_formulas(text: str) -> Iterator[Claim]:
    """NaCl -> N A C L; SO₂ -> S O two; Ca(OH)₂ -> C A O H two; Ca2+ -> C A two plus.

    CO2 and H2O are said rightly by the rule for names with digits. Known failure: a name of symbols that ends as salts
    do, "PaCl".
    """

    def say(match: re.Match[str]) -> str | None:
        formula, charge = match["it"].translate(_SUBSCRIPT), match["charge"] or ""
        return _said(formula, charge) if _is_formula(formula, charge) else None

    if not _HINT().search(text):
        return
    yield from claims(_A1C(), text, lambda match: "H B A one C" if match[0].startswith("Hb") else "A one C")
    yield from claims(_formula(), text, say)


@needs("V")
def infusions(text: str) -> Iterator[Claim]:
    """An IV drip -> An I V drip: no numeral."""
    for match in _INFUSION().finditer(text):
        if match["an"] or match["next"] in word_set("letters", "infusions"):
            yield Claim(match.start("it"), match.end("it"), "I V")


@beforehand
@needs("μ")
def micro_signs(text: str) -> Iterator[Claim]:
    """10 μg with the Greek letter -> 10 µg with the sign that units have."""
    return claims(_MICRO(), text, lambda match: f"µ{match['it'][1:]}", "it")


@needs("Ω")
def ohms(text: str) -> Iterator[Claim]:
    """10 Ω -> 10 ohms; 5 kΩ -> 5 kilohms; the figure is said by a later rule."""
    return claims(_OHMS(), text, lambda match: f" {_OHM_SCALES[match['scale'] or '']}ohms")


@needs(_GREEK_LETTERS)
def greek_letters(text: str) -> Iterator[Claim]:
    """β-carotene -> beta-carotene; πr² -> pi r squared; words of Greek stay."""
    return claims(_LONE_GREEK(), text, lambda match: _GREEK.get(match[0].lower()))


@needs("⁰¹²³⁴⁵⁶⁷⁸⁹")
def isotopes(text: str) -> Iterator[Claim]:
    """¹⁴C -> C fourteen; ²³⁵U -> U two thirty five."""
    for match in _ISOTOPE().finditer(text):
        if _element().fullmatch(match["element"]):
            said = f"{' '.join(match['element'].upper())} {paired(match['mass'].translate(_SUPERSCRIPT))}"
            yield Claim(match.start(), match.end(), said)


@cache
def _element() -> re.Pattern[str]:
    return re.compile(any_of(word_set("letters", "elements")))


@cache
def _formula() -> re.Pattern[str]:
    """Compile the pattern of all formulas where it is needed: with a hundred symbols it takes as long as ten others."""
    element = _element().pattern
    group = rf"\((?:{element}{_COUNT}?)+\){_COUNT}"
    return re.compile(
        rf"(?<![\w.@#/&'-])(?P<it>(?:{element}{_COUNT}?|{group})+)(?P<charge>{_CHARGE})?(?![\w(₀-₉/@-]|\.\w)"
    )


def _is_formula(formula: str, charge: str) -> bool:
    """Tell a formula from an initialism, a name and a word, which may have letters of elements alone."""
    symbols = _element().findall(formula)
    has_count = any(char.isdigit() for char in formula)
    if formula in word_set("letters", "no_formulas") or _PLURAL().fullmatch(formula):
        return False
    if not _MIXED().search(formula):
        return bool(has_count and (_WORDLIKE().search(formula) or "(" in formula)) or _is_charged(formula, charge)
    if len(symbols) == 1:
        return bool(charge)
    return has_count or bool(charge) or symbols[-1] in word_set("letters", "last_elements")


def _is_charged(formula: str, charge: str) -> bool:
    return bool(charge) and (charge[-1] in "⁺⁻" or formula in _HALF_CHARGED or "OH" in formula)


def _said(formula: str, charge: str) -> str:
    pieces = _PIECE().findall(formula + charge.rstrip("+−⁺⁻").translate(_SUBSCRIPT))
    said = [whole(piece) if piece.isdigit() else " ".join(piece.upper()) for piece in pieces]
    if charge:
        said.append("plus" if charge[-1] in "+⁺" else "minus")
    return " ".join(said)
