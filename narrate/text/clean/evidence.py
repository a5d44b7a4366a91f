"""Features of a line by itself, by name, for the learnt weights that tell the author's lines from a page's.

A name has a group and a value, "length:3 open": reasons.toml says each in words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator

from narrate.text.clean.line_features import Line

# Where a bin of lengths begins, in words.
LENGTH_BINS = (2, 3, 4, 6, 9, 13, 21, 36, 61)
# A paragraph of so many words is seldom a teaser.
LONG_MIN_WORDS = 20
# A line of so many words is no headline, even where its full stop was lost.
RUNNING_MIN_WORDS = 30
MENTIONS_MAX = 3
# What a long paragraph holds further on says little of it, and looking costs time.
HOLDS_MAX_CHARS = 200
COMMON_MIN_WORDS = 4
COMMON_BINS = (0.01, 0.15, 0.3, 0.45)

_SURE = ("opens", "lines", "starts", "weak")

# What may stand in a line; the first group of each name is all that there is of it in the weights.
_HOLDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("address", re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|org|net|de|fr|es|it|co|io)\b", re.IGNORECASE)),
    ("mail address", re.compile(r"\w@\w")),
    ("handle", re.compile(r"(?:^|\s)@\w")),
    ("hashtag", re.compile(r"(?:^|\s)#\w")),
    ("separators", re.compile(r"\s[|·•»›/]\s|[»›]")),
    ("dash", re.compile(r"\s[-–—]\s")),
    ("year", re.compile(r"\b(?:19|20)\d\d\b")),
    ("clock", re.compile(r"\b\d{1,2}[:.]\d\d\b")),
    ("price", re.compile(r"[$€£¥]\s?\d|\d\s?[€£¥]")),
    ("quotation", re.compile(r"[“”„«»「」]|\"\w")),
    ("comma", re.compile(r"[,،、，]")),
    ("sentence inside", re.compile(r"[.!?…][\"”’»)]?\s+[\"“‘«(]?[^\W\d_]|[。！？].")),
    ("brackets", re.compile(r"\([^)]*\)|\[[^\]]*\]")),
    ("copyright sign", re.compile(r"[©®™]")),
    ("pictograph", re.compile(r"[★☆←-↓→▲-◄●✓✔➜\U0001f300-\U0001faff]")),
    # "HomeResearchThe hottest markets": links that lost what parted them.
    ("glued words", re.compile(r"[a-zà-ÿ][A-ZÀ-Þ][a-zà-ÿ]{2}")),
)
_ENDS: tuple[tuple[str, str], ...] = (
    ("colon", ":："),
    ("question", "?？"),
    ("cut", "…"),
    ("call", "!！"),
    ("comma", ","),
)
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"\w+")


def length_bin(words: int) -> str:
    """Return the bin of a length in words: "1", "2", "3", "4", "6", … by the least of it."""
    place = bisect_right(LENGTH_BINS, words)
    return str(LENGTH_BINS[place - 1]) if place else "1"


def look_of(line: Line) -> str:
    """Return what a line looks like, in one word, as its neighbours see it."""
    if line.hit is not None:
        return "phrase" if line.hit.strength in _SURE else "hint"
    if line.words >= LONG_MIN_WORDS and (line.is_sentence or line.words >= RUNNING_MIN_WORDS):
        return "long prose"
    if line.is_prose:
        return "prose"
    if line.block.kind in {"title", "list_item"}:
        return line.block.kind
    return "sentence" if line.is_sentence else "short"


def own_evidence(line: Line, common: Collection[str]) -> Iterator[str]:
    """Yield the names of what a line says of itself.

    Args:
        line: The line.
        common: The commonest small words of the language; empty where they are not known.
    """
    text, end = line.block.text, "ended" if line.is_sentence else "open"
    yield f"length:{length_bin(line.words)} {end}"
    yield f"kind:{line.block.kind}"
    yield from _phrase(line, end)
    beginning = text[:HOLDS_MAX_CHARS]
    yield from (f"holds:{name}" for name, pattern in _HOLDS if pattern.search(beginning))
    yield from (f"ends:{name}" for name, marks in _ENDS if text.endswith(tuple(marks)))
    yield f"begins:{_beginning(text)} {look_of(line)}"
    if line.words <= LONG_MIN_WORDS:
        yield f"letters:{capitals_of(text)}"
    if common and line.words >= COMMON_MIN_WORDS:
        words = _LETTERS.findall(text.lower())
        share = sum(word in common for word in words) / max(1, len(words))
        yield f"small words:{bisect_right(COMMON_BINS, share)} {end}"


def _phrase(line: Line, end: str) -> Iterator[str]:
    if line.hit is not None:
        yield f"phrase:{line.hit.rule} {line.hit.strength}"
        yield f"strength:{line.hit.strength} {line.block.kind if line.block.kind == 'heading' else end}"
    if line.mentions:
        yield f"mentions:{min(line.mentions, MENTIONS_MAX)} {length_bin(line.words)} {end}"


def _beginning(text: str) -> str:
    first = text[0] if text else " "
    if first.isdigit():
        return "digit"
    if first.isalpha():
        return "small letter" if first.islower() else "letter"
    return "quotation" if first in "\"'“‘«„「" else "mark"


def capitals_of(text: str) -> str:
    """Return how a line is capitalised: all of it, each longer word, the first word, or a share of digits."""
    words = _WORD.findall(text)
    letters = [word for word in words if word[0].isalpha()]
    if not letters:
        return "none"
    if text.isupper():
        return "all capitals"
    if sum(char.isdigit() for char in text) * 3 > len(text):
        return "many digits"
    long = [word for word in letters[1:] if len(word) > 3]
    if not long:
        return "few words"
    raised = sum(word[0].isupper() for word in long)
    return "each word raised" if raised == len(long) else "some words raised" if raised else "first word raised"
