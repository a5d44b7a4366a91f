"""The rules of Spanish, French, German, Italian and Portuguese in the order in which they claim the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from narrate.text.spoken.claims import Claim, Rule, claims, needs
from narrate.text.spoken.european.dates import Dates
from narrate.text.spoken.european.german import Ranks
from narrate.text.spoken.european.measures import Measures
from narrate.text.spoken.european.money import Money
from narrate.text.spoken.european.names import Names
from narrate.text.spoken.european.numbers import Tongue, tongue
from narrate.text.spoken.leaders import leaders, long_marks
from narrate.text.spoken.pictures import emoji
from narrate.text.spoken.symbols import (
    drawn_out,
    footnote_marks,
    invisible_characters,
    raised_marks,
    trade_marks,
    transcriptions,
)

_FIGURED = "0-9½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞"
_DIGITS = re.compile(r"\d++")
_INNER_MARK = re.compile(r"(?<=\w)[.:](?=[^\W⁰¹²³⁴⁵⁶⁷⁸⁹])")
_LARGEST = 10**15


# What is never said goes first, so that no rule takes a footnote's figure or an emoji for something.
_UNSAID: tuple[Rule, ...] = (
    invisible_characters,
    leaders,
    long_marks,
    trade_marks,
    footnote_marks,
    raised_marks,
    emoji,
)


@cache
def rules_of(code: str) -> tuple[Rule, ...]:
    """The rules of Spanish, French, German, Italian or Portuguese by its primary tag."""
    language = tongue(code)
    names = Names(language)
    return (
        *_UNSAID,
        # Addresses and fixed expressions hold signs and figures that mean nothing outside them.
        needs(".@")(names.addresses),
        transcriptions,
        drawn_out,
        names.idioms,
        *map(needs(_FIGURED), _counted(language, names)),
        # Abbreviations after sums and dates, which know their own: Mio., Jan.
        names.abbreviations,
        *((Ranks(language).streets,) if code == "de" else ()),
        needs("IVXLC")(names.roman_numerals),
        *map(needs(_FIGURED), _uncounted(language)),
        needs("&+=×x<>±~≈/")(names.signs),
        # The guarantee: no digit, no dot and no colon inside a word is left.
        _left_over_digits(language),
        needs(".:")(inner_marks),
    )


def _counted(language: Tongue, names: Names) -> tuple[Rule, ...]:
    """Figures that belong to something else than themselves."""
    money, dates, measures = Money(language), Dates(language), Measures(language)
    ranks = Ranks(language)
    return (
        names.phone_numbers,
        # A sum takes its scale, its range and its cents with it, so before every other figure.
        money.sums_of_money,
        # Dates and clocks before ranges, ranks and units: 2024-05-03, 1er mai, 14 h 30.
        dates.numeric_dates,
        dates.days_and_months,
        dates.times_of_day,
        measures.spans_of_years,
        # Figures with what they count; millions before the units' single letters.
        money.large_amounts,
        measures.percent_signs,
        names.ranks,
        measures.units,
        *((ranks.ranks,) if language.code == "de" else ()),
        measures.fractions,
    )


def _uncounted(language: Tongue) -> tuple[Rule, ...]:
    """List the rules that come last: signs between figures, then the figures themselves."""
    measures = Measures(language)
    return (
        measures.digit_chains,
        measures.joined_figures,
        measures.scores_and_ranges,
        measures.plain_numbers,
    )


def inner_marks(text: str) -> Iterator[Claim]:
    """Node.js -> Node js: engines take a dot or colon inside a word for the end of a sentence."""
    return claims(_INNER_MARK, text, lambda _: " ")


def _left_over_digits(language: Tongue) -> Rule:
    def left_over_digits(text: str) -> Iterator[Claim]:
        """MP3 -> MP tres; x² -> x dos: whatever digits the other rules left."""
        yield from claims(_DIGITS, text, lambda match: language.whole(match[0]))
        if not text.isascii():
            yield from (Claim(i, i + 1, _sign(language, char)) for i, char in enumerate(text) if _is_number(char))

    return left_over_digits


def _is_number(char: str) -> bool:
    return char > "\x7f" and (char.isdigit() or unicodedata.category(char) in ("No", "Nl"))


def _sign(language: Tongue, char: str) -> str:
    value = unicodedata.numeric(char, 0)
    if not 0 <= value < _LARGEST:
        return ""
    return language.cardinal(int(value)) if value == int(value) else language.number(f"{value:.3f}".rstrip("0"))
