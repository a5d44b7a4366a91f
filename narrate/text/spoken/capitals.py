"""Rules for words in capitals: headings, lead-ins and shouting are lowered, initialisms stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from narrate.text.spoken.claims import Claim
from narrate.text.spoken.vocabulary import word_set

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_LOWER = re.compile(r"[^\W\d_A-Z](?<![^\W\d_]s)(?<!\ds)")
_IN_A_ROW = re.compile(r"[A-Z] [A-Z]{2}")
_ROW = re.compile(r"(?<![\w.'&-])[A-Z][A-Z']*+(?:(?:, | - | – | — | )[A-Z][A-Z']*+(?![\w.&])){2,}")


def headings_in_capitals(text: str) -> Iterator[Claim]:
    """BREAKING NEWS: US STOCKS FALL -> Breaking News: US Stocks Fall.

    Known failure: a name that is an acronym no list knows is read as a word.
    """
    if not _LOWER.search(text):
        yield from _lowered(list(_WORD.finditer(text)))


def capitals_in_a_row(text: str) -> Iterator[Claim]:
    """IT WAS LATE WHEN THE last train left -> It was Late when the last train left; NASA AND ESA -> NASA and ESA.

    Three words at least, of which one shows that capitals are a style: a row of initialisms stays.
    """
    if _IN_A_ROW.search(text) and _LOWER.search(text):
        for row in _ROW.finditer(text):
            yield from _lowered(list(_WORD.finditer(text, row.start(), row.end())))


def _lowered(words: Sequence[re.Match[str]]) -> Iterator[Claim]:
    if len(words) < 2 or not any(_is_style(word[0]) for word in words):
        return
    for position, match in enumerate(words):
        word = match[0]
        if word == "A" and position and words[position - 1][0].capitalize() not in word_set("words", "lettered"):
            yield Claim(match.start(), match.end(), "a")
        elif len(word) > 1 and word not in word_set("capitals", "acronyms"):
            small = position and word in word_set("capitals", "small")
            yield Claim(match.start(), match.end(), word.lower() if small else word[0] + word[1:].lower())


def _is_style(word: str) -> bool:
    return word in word_set("capitals", "small") or (len(word) > 4 and word not in word_set("capitals", "acronyms"))
