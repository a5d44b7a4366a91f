"""One spelling for what pages of a language write in several ways: accents on capitals, wide and traditional signs.

A phrase is written once in its file; both it and the text that it is compared with are respelt. What counts as the
same stands in spelling.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from narrate.core.resources import packaged_table

_PACKAGE = "narrate.text.clean.phrases"


def respelt_phrase(source: str) -> str:
    """Return a regular expression with one spelling for its letters; what may be its own marks stays.

    >>> respelt_phrase("διαβάστε|ещё")
    'διαβαστε|еще'
    """
    return source if source.isascii() else source.translate(_letters())


def respelt_text(text: str) -> str:
    """Return a text with one spelling for its letters and marks; it may become shorter, never longer.

    >>> respelt_text("閱讀（ＡＰＰ）")
    '阅读(APP)'
    """
    return text if text.isascii() else text.translate(_letters_and_marks())


@cache
def _letters() -> Mapping[int, str | None]:
    table = packaged_table(_PACKAGE, "spelling.toml")
    letters: dict[int, str | None] = {}
    for pair in table["letters"]:
        letters |= _pairs(pair)
    for first, last in table["unread"]["ranges"]:
        letters |= dict.fromkeys(range(first, last + 1))
    return letters


@cache
def _letters_and_marks() -> Mapping[int, str | None]:
    marks = packaged_table(_PACKAGE, "spelling.toml")["marks"]
    first, last = marks["wide"]
    wide = {code: chr(code - marks["wide_offset"]) for code in range(first, last + 1)}
    return {**_letters(), **wide, **_pairs(marks)}


def _pairs(table: Mapping[str, str]) -> dict[int, str]:
    return {ord(sign): read_as for sign, read_as in zip(table["signs"], table["read_as"], strict=True)}
