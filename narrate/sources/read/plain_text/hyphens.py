"""Words that were parted at the end of a line become whole again; compounds keep their hyphen."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache
from itertools import pairwise

from narrate.core.resources import packaged_table

# Longer than any word; of each line so much is looked at.
_WORD_MAX_CHARS = 80
# Shorter halves are words by chance: "con-fine", "leg-end".
HALF_MIN_CHARS = 4
# A text with so many small words of a language like German is written in it: there compounds are one word.
TOGETHER_MIN = 2
# The hyphen, the one that is nothing else, and what scanning programs make of one at the end of a line.
_PARTED = re.compile(r"([^\W\d_][\w'’]*(?:[-\u2010][\w'’]+)*)[-\u2010\u00ac]$|(\d)[-\u2010]$")
_FIRST = re.compile(r"[^\W_][\w'’]*")
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:[-\u2010][\w'’]+)*")


def words_of(lines: Sequence[str]) -> Set[str]:
    """Return the words of a text in small letters, without those that stand at the edge of a line and may be halves."""
    found: set[str] = set()
    for line in lines:
        words = [match[0].casefold().replace("\u2010", "-") for match in _WORD.finditer(line)]
        if words and line[-1:] in "-\u2010\u00ac":
            words = words[:-1]
        found.update(words[1:] if line[:1].islower() else words)
    return found


def is_parted(line: str, after: str) -> bool:
    """Tell whether a line ends in the first half of a word, and the next one begins with a letter or a figure."""
    return bool(_PARTED.search(line[-_WORD_MAX_CHARS:]) and _FIRST.match(after))


def joined(lines: Sequence[str], words: Set[str]) -> str:
    """Join the lines of a paragraph.

    Args:
        lines: None of them is empty.
        words: Those of the whole text, by which a parted word is known: "win-" and "ter" are "winter" where the text
            has it elsewhere, and "well-" and "known" stay "well-known".
    """
    parts = [lines[0]]
    for before, line in pairwise(lines):
        found, first = _PARTED.search(before[-_WORD_MAX_CHARS:]), _FIRST.match(line)
        if not found or not first:
            parts.append(f" {line}")
        elif found[2]:
            parts.append(line)  # "1939-" and "45"
        elif _is_rest(before[-1], found[1], first[0], words):
            parts.append(f" {line}")  # "two-" and "and three-year terms"
        else:
            if not _keeps_hyphen(before[-1], found[1], first[0], words):
                parts[-1] = parts[-1][:-1]
            parts.append(line)
    return "".join(parts)


def _is_rest(mark: str, left: str, right: str, words: Set[str]) -> bool:
    return mark != "\u00ac" and right.casefold() in _list("rest") and f"{left}{right}".casefold() not in words


def _keeps_hyphen(mark: str, left: str, right: str, words: Set[str]) -> bool:
    last = re.split(r"[-\u2010]", left)[-1].casefold()
    if mark == "\u00ac":
        return False
    if f"{left}{right}".casefold() in words or f"{last}{right}".casefold() in words:
        return False
    if f"{left}-{right}".casefold().replace("\u2010", "-") in words:
        return True
    if not right[0].islower() or len(last) == 1:  # "Anglo-Saxon", "T-shirt"
        return not (left.isupper() and right.isupper() and len(left) > 1)
    if (last != left.casefold() and last in _list("within")) or _are_two_words(last, right.casefold(), words):
        return True
    return _is_first_of_two(last, right.casefold(), words) or _is_second_of_two(last, right, words)


def _are_two_words(left: str, right: str, words: Set[str]) -> bool:
    """Tell whether the text has both halves as words, in a language that writes compounds apart: "comma-separated"."""
    if min(len(left), len(right)) < HALF_MIN_CHARS or not {left, right} <= words or left in _list("beginnings"):
        return False
    return right not in _list("endings") and _list("apart") <= words and len(_list("together") & words) < TOGETHER_MIN


def _is_first_of_two(left: str, right: str, words: Set[str]) -> bool:
    return left in _list("before") and (left not in _list("beginnings") or right in words)


def _is_second_of_two(left: str, right: str, words: Set[str]) -> bool:
    last = right.casefold()
    return last in _list("after") and (last not in _list("endings") or left in words or left in _list("before"))


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(packaged_table("narrate.sources.read.plain_text", "words.toml")["hyphens"][name])
