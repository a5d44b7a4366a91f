"""The word lists of the spoken form, read once from the TOML files beside the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from narrate.core.resources import packaged_table


@cache
def word_map(table: str, section: str) -> Mapping[str, str]:
    """The entries of one section: what is written to what is said."""
    entries = _table(table)[section]
    assert isinstance(entries, dict), f"{section} in {table}.toml is no table"
    return entries


@cache
def word_set(table: str, section: str) -> frozenset[str]:
    """The words of one section, written in the file as one string with spaces between them."""
    words = _table(table)[section]
    assert isinstance(words, str), f"{section} in {table}.toml is no string"
    return frozenset(words.split())


def with_capitals(words: Mapping[str, str]) -> Mapping[str, str]:
    """Add the forms of entries for the beginning of a sentence and for headings: E.g. and MR."""
    capital = {written[0].upper() + written[1:]: said[0].upper() + said[1:] for written, said in words.items()}
    return {**{written.upper(): said for written, said in words.items()}, **capital, **words}


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first so that none hides behind its own beginning."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def _table(name: str) -> Mapping[str, dict[str, str] | str]:
    return packaged_table("narrate.text.spoken", f"tables/{name}.toml")
