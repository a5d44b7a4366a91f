"""The rules for languages other than English: a few are known well, for the others num2words says the numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from narrate.text.spoken.claims import Claim, Rule, claims
from narrate.text.spoken.leaders import leaders, long_marks
from narrate.text.spoken.symbols import drawn_out, footnote_marks, invisible_characters, raised_marks, transcriptions

# One number with either sign between its parts; which of the two is the decimal sign depends on the language.
_NUMBER = re.compile(r"(?<![\w.,])\d{1,12}+(?:[.,]\d{1,12}+)*+(?![\w])")
_DIGITS = re.compile(r"\d{1,12}")
_INNER_MARK = re.compile(r"(?<=\w)[.:](?=\w)")
_EUROPEAN = frozenset(("de", "es", "fr", "it", "pt"))
_POINT_LANGUAGES = frozenset(("en", "ja", "ko", "zh", "th", "he", "hi"))


@cache
def rules_for(language: str) -> tuple[Rule, ...]:
    """The rules of a language by its primary subtag: "fr" for "fr-CA"."""
    if language in _EUROPEAN:
        # Here, because their patterns take longer to compile than all else to import.
        from narrate.text.spoken.european.rules import rules_of

        return rules_of(language)

    def numbers(text: str) -> Iterator[Claim]:
        """3,5 -> trois virgule cinq; digits stay where num2words does not know the language."""
        return claims(_NUMBER, text, lambda match: _said(match[0], language))

    def left_over_digits(text: str) -> Iterator[Claim]:
        """17.4.1 -> dix-sept quatre un: figure by figure what is no number of the language."""
        return claims(_DIGITS, text, lambda match: _said(match[0], language))

    last = (left_over_digits, inner_marks) if _is_known(language) else ()
    return (
        invisible_characters,
        leaders,
        long_marks,
        footnote_marks,
        raised_marks,
        transcriptions,
        drawn_out,
        numbers,
        *last,
    )


def inner_marks(text: str) -> Iterator[Claim]:
    """Node.js -> Node js: engines take a dot or colon inside a word for the end of a sentence."""
    return claims(_INNER_MARK, text, lambda match: " ")


def _is_known(language: str) -> bool:
    from num2words import CONVERTER_CLASSES

    return language in CONVERTER_CLASSES


def _said(figure: str, language: str) -> str | None:
    from num2words import num2words  # here, so that English never loads it

    value = _value(figure, language)
    if value is None:
        return None
    try:
        return str(num2words(value, lang=language))
    except (NotImplementedError, OverflowError, ValueError, KeyError, IndexError, TypeError):
        # Unknown language, or a number its words do not reach: the digits stay for the engine.
        return None


def _value(figure: str, language: str) -> int | float | None:
    """1.234,5 as a number; None where the signs do not add up to one: 17.4.1."""
    point, group = (".", ",") if language in _POINT_LANGUAGES else (",", ".")
    before, _, after = figure.partition(point)
    parts = before.split(group)
    if any(len(part) != 3 for part in parts[1:]) or (after and not after.isdecimal()):
        return None
    digits = "".join(parts)
    return float(f"{digits}.{after}") if after else int(digits)
