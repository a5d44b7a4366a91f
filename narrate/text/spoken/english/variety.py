"""Which English an article is written in, by the spelling, money and dates of the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from narrate.core.resources import packaged_table
from narrate.text.spoken.vocabulary import any_of, word_set

Side = Literal["british", "american"]

# So much has to speak for British English, and so many times as much as for American.
_LEAST_WEIGHT = 2.5
_LEAST_RATIO = 2.0
# More of an article says nothing new.
_REACH_CHARS = 100_000


def looks_british(texts: Iterable[str]) -> bool:
    """Tell whether an article in English is written as in Britain: "£3.50", "the centre's programme", "per cent".

    Args:
        texts: Its blocks, in order. Each word counts once, however often it stands, so that one habit decides nothing.

    Returns:
        True where clearly more speaks for British than for American English; in doubt False.
    """
    text = "\n".join(texts)[:_REACH_CHARS]
    british = _weight(text, "british")
    return british >= _LEAST_WEIGHT and british >= _LEAST_RATIO * _weight(text, "american")


def _weight(text: str, side: Side) -> float:
    words = {word for word in _beginnings(side).findall(text) if word not in word_set("variety", "both")}
    return len(words) + sum(weight for weight, form in _forms(side) if form.search(text))


@cache
def _beginnings(side: Side) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-]){any_of(word_set('variety', side))}[a-z]*+")


@cache
def _forms(side: Side) -> tuple[tuple[float, re.Pattern[str]], ...]:
    listed = packaged_table("narrate.text.spoken", "tables/variety.toml")["forms"][side]
    return tuple((float(weight), re.compile(form)) for weight, form in listed)
