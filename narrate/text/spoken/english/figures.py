"""Rules for the figures that are left: versions, names with digits, scores, ranks, years and plain numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, among_digits, claims, late, needs, where
from narrate.text.spoken.context import is_counted, word_after, word_before
from narrate.text.spoken.numbers import (
    FIGURE,
    as_ordinal,
    as_plural,
    dotted,
    number,
    ordinal,
    paired,
    raised,
    whole,
    year,
)
from narrate.text.spoken.vocabulary import any_of, word_set

_VERSION = late(r"(?<![\w.])(?P<v>[vV](?:er)?\.? ?(?=\d))?(?P<it>\d++(?:\.\d++)*+)(?!\w)")
_NAMED = late(rf"(?<!\w)(?P<name>{any_of(word_set('words', 'versioned'))}) (?P<it>\d++\.\d++)(?![\w.]\w|\w)")
# "iPhone 5s": the letter of a model, not several fives.
_MODEL = late(r"(?<=[A-Za-z] )(?P<it>\d)s(?!\w)")
_TEAM = late(r"(?<![\w.,])(?P<it>\d\d)ers(?!\w)")
_AFTER_LETTER = late(r"(?<=[^\W\d_])-?(?P<it>\d++(?:\.\d++)?(?:s(?!\w))?)")
_BEFORE_LETTER = late(r"(?<![\w.])(?<!\d,)(?P<it>\d++(?:s(?!\w)|(?=[^\W\d_])))")
_SUBSCRIPT = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_CHEMICAL = late(r"(?<=[^\W\d_])[₀-₉]+")
_POWER = late(r"(?<![^\W\d_]{3})(?<=[^\W_])(?:\^(?P<plain>\d{1,3}(?!\d))|(?P<sign>[⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))")
_BETWEEN = late(
    r"(?:(?<=[\d%°])|(?<=\d[APap][Mm])|(?<=\d [APap][Mm])|(?<=[ap]\.m\.)|(?<=\d[kKmMCF])|(?<=\d0s))"
    r"(?: ?[-–] ?|—)(?='?[$£€]?\.?\d)"
)
# A name of letters and digits, whose hyphen is no range; the parts of a year are counted, "Q1-3", and sums have coins.
_ENDS_NAME = late(r"(?<![^\W_])(?!(?:Q|H|FY|CY|S|E|US|C|A|NZ|HK|mid|pre|post)\d)[A-Za-z]{1,6}-?\d[\dA-Z]{0,8}$")
# 19th–20th centuries, 3rd-4th grade.
_BETWEEN_RANKS = late(r"(?:(?<=\dst)|(?<=\dnd)|(?<=\drd)|(?<=\dth)) ?[-–] ?(?=\d{1,3}(?:st|nd|rd|th)\b)")
_EQUALS = late(r"[\d.,]+ ?= ?\d")
_ORDINAL = late(r"(?<![\w.])(?<!\d,)(?P<it>\d{1,3}(?:,\d{3})++|\d++)(?:st|nd|rd|th|ST|ND|RD|TH)(?!\w)")
_MINUS = late(r"(?<![\w)\]%°.'\"-])(?<![\d)] )[-−](?=\.?\d)|(?<=\d) ?− ?(?=\d)")
_NUMBER = re.compile(rf"(?<!\w)(?<!\d[.,])(?P<it>{FIGURE})")
# With an era every figure of four digits is a year: AD 1066, 2560 BCE; so is the first of two: 1066-1485.
_ERA = late(r" (?:BCE?|B\.C\.(?:E\.)?|CE|C\.E\.|AD|A\.D\.)(?!\w)|[-–]1[1-9]\d\d(?!\w|[.,]\d)")
# "a crowd of 1939": so many.
_COUNTED_BEFORE = late(
    r"\b(?:crowd|total|sum|population|capacity|audience|sample|attendance|fleet|army|staff|workforce|maximum) of $"
)
_ERA_BEFORE = late(r"(?<!\w)(?:AD|A\.D\.) $")
_MODELS = word_set("words", "models")
_MOST_YEAR = 2099
_OUR_TIME = range(1950, 2036)


@among_digits(r"\d\.\d|[vV](?:er)?\.? ?\d")
def versions(text: str) -> Iterator[Claim]:
    """v2.1 -> version two point one; 17.4.1 -> seventeen point four point one; Python 3.12 -> three point twelve."""

    def say(match: re.Match[str]) -> str | None:
        # A capital V before a bare figure is an engine's, V8, or a rocket's.
        if match["v"] and (match["v"][0] == "v" or len(match["v"]) > 1 or "." in match["it"]):
            return f"version {dotted(match['it'])}"
        return dotted(match["it"]) if match["it"].count(".") > 1 else None

    yield from claims(_VERSION(), text, say)
    yield from claims(_NAMED(), text, lambda match: dotted(match["it"]), "it")


@where(r"[^\W\d_]-?\d|\d[^\W\d_]|[₀-₉]")
def names_with_digits(text: str) -> Iterator[Claim]:
    """Boeing 737 -> Boeing seven thirty seven; F-16 -> F sixteen; H1N1 -> H one N one; CO₂ -> CO two."""
    yield from claims(
        _MODEL(), text, lambda m: f"{whole(m['it'])} S" if word_before(text, m.start()) in _MODELS else None
    )
    yield from claims(_TEAM(), text, lambda match: f"{whole(match['it']).removesuffix('e')}ers")
    yield from claims(_CHEMICAL(), text, lambda match: whole(match[0].translate(_SUBSCRIPT)))
    yield from claims(_AFTER_LETTER(), text, lambda match: _in_pairs(match["it"]))
    yield from claims(_BEFORE_LETTER(), text, lambda match: _in_pairs(match["it"]))


@needs("\\^⁰¹²³⁴⁵⁶⁷⁸⁹")
def powers(text: str) -> Iterator[Claim]:
    """mc² -> mc squared; 10^6 -> ten to the sixth. Behind a longer word a raised figure is a footnote mark."""
    return claims(_POWER(), text, lambda match: raised(match["plain"] or match["sign"]))


@among_digits(r"[-–—] ?'?[$£€]?\.?\d")
def between_figures(text: str) -> Iterator[Claim]:
    """10–15 -> ten to fifteen; won 6-3 -> won six to three; 9am-5pm -> nine AM to five PM."""

    def say(match: re.Match[str]) -> str:
        # "225.86 -12.99": a sign that leans on the second figure is that figure's own.
        if match[0] == "-" and _ENDS_NAME().search(text, max(0, match.start() - 12), match.start()):
            return " "
        is_minus = match[0] == " -" or _EQUALS().match(text, match.end())
        return " minus " if is_minus else " to "

    yield from claims(_BETWEEN(), text, say)
    yield from claims(_BETWEEN_RANKS(), text, lambda _: " to ")


@among_digits(r"\d(?:[snr][tdSTND]|th|[SNRT][TDH])")
def ordinals(text: str) -> Iterator[Claim]:
    """21st -> twenty first; 1,000th -> one thousandth."""
    return claims(_ORDINAL(), text, lambda match: _rank(match["it"]))


@needs("0-9")
def minus_signs(text: str) -> Iterator[Claim]:
    """dropped to -5 -> dropped to minus five."""
    return claims(_MINUS(), text, lambda match: " minus " if match[0] != "-" else "minus ")


@needs("0-9")
def years_and_numbers(text: str) -> Iterator[Claim]:
    """in 1939 -> in nineteen thirty nine; 1939 soldiers -> one thousand nine hundred thirty nine soldiers.

    Known failure: four digits before a word that is no plural are a year: "a 1939 strong crowd".
    """

    def say(match: re.Match[str]) -> str:
        figure = match["it"]
        if len(figure) == 4 and figure.isdecimal() and _is_year(text, match):
            return year(int(figure))
        return number(figure)

    return claims(_NUMBER, text, say)


def _is_year(text: str, match: re.Match[str]) -> bool:
    value = int(match["it"])
    if value >= 1000 and _has_era(text, match):
        return bool(value % 1000)
    if _COUNTED_BEFORE().search(text, max(0, match.start() - 16), match.start()):
        return False
    opened = word_before(text, match.start()).lower() in word_set("words", "year_openers")
    if text[match.end() : match.end() + 1] == "%" or value < 1000:
        return False
    if value < 1100 or value > _MOST_YEAR:
        sized = value < 1100 and text[match.end() : match.end() + 1] in ("x", "×")
        return sized or (opened and not is_counted(word_after(text, match.end())))
    before = word_before(text, match.start())
    if not is_counted(word_after(text, match.end())) or _names_a_time(before):
        return True
    if word_after(text, match.end()) in word_set("words", "counted"):
        return False
    # Of our own time few are counted without a comma: "2025 draws", "2016 emails".
    return value in _OUR_TIME and before.lower() not in word_set("words", "quantifiers")


def _has_era(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 5) : match.start()]
    return bool(_ERA().match(text, match.end()) or _ERA_BEFORE().search(before))


def _names_a_time(word: str) -> bool:
    """Tell whether the word before four digits says that even a plural behind them is not counted: the 2012 floods."""
    return word.lower() in (
        "in",
        "since",
        "by",
        "until",
        "the",
        "this",
        "its",
        "late",
        "early",
    ) or word.endswith("'s")


def _in_pairs(figure: str) -> str:
    digits = figure.rstrip("s")
    if not digits:
        return ""
    said = number(digits) if "." in digits else paired(digits)
    return as_plural(said) if figure.endswith("s") else said


def _rank(figures: str) -> str:
    plain = figures.replace(",", "")
    return ordinal(int(plain)) if len(plain) < 19 else as_ordinal(whole(plain))
