"""Ends of sentences, clauses and words, for chunking to cut at: safe around abbreviations and initials.

Measured against what can be installed instead in docs/decisions/0004-sentences.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from narrate.core.resources import packaged_table

# No paragraph that a person wrote is so long. Some rules look around each place they find, and take the square of a
# text's length where a machine wrote it; in parts of this size a megabyte of anything takes as long as one of prose.
PART_MAX_CHARS = 10_000

_CLOSERS = "\"'”’»)\\]}"
_END = re.compile(rf"(?:(?<![.!?…])[.!?…]++[{_CLOSERS}]*+(?=\s)|[。！？]+[{_CLOSERS}」』）]*)")
_CLAUSE = re.compile(rf"[,;:—–][{_CLOSERS}]*(?=\s)|—|[{_CLOSERS[5:]}](?=\s)|[、，；：]")
_SPACE = re.compile(r"(?=\s)")
_LAST_TOKEN = re.compile(r"[\w.’'-]*$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?$")
_NEXT_WORD = re.compile(r"\s*[\"'“‘«(\[¿¡]*([\w’'-]*)")


def sentence_ends(text: str) -> Iterator[int]:
    """Yield the positions just after each sentence but the last, closing quotes included."""
    length = len(text.rstrip())
    for match in _END.finditer(text):
        if match.end() < length and _is_sentence_end(text, match):
            yield match.end()


def clause_ends(text: str) -> Iterator[int]:
    """Yield the positions after commas, semicolons, colons, dashes and closing brackets."""
    return (match.end() for match in _CLAUSE.finditer(text))


def word_ends(text: str) -> Iterator[int]:
    """Yield the positions before white space."""
    return (match.start() for match in _SPACE.finditer(text))


def parts(text: str) -> Iterator[tuple[int, str]]:
    """A text in parts of PART_MAX_CHARS at most, each with its place: cut after a sentence, at a space, anywhere."""
    start = 0
    while len(text) - start > PART_MAX_CHARS:
        end = start + PART_MAX_CHARS
        cut = text.rfind(". ", start, end) + 1 or text.rfind(" ", start + 1, end)
        cut = cut if cut > start else end
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


def starts_sentence(word: str) -> bool:
    """Tell whether a capitalised word after an abbreviation more likely begins a sentence than goes on.

    "the U.S. Later he" -> "Later" does; "the U.S. Senate" -> "Senate" does not.
    """
    return word[:1].isupper() and word.replace("’", "'").lower() in _tables()["starters"]


def _is_sentence_end(text: str, end: re.Match[str]) -> bool:
    following = _NEXT_WORD.match(text, end.end())
    word = following[1] if following else ""
    if word[:1].islower():
        return False
    if not end[0].startswith(".") or end[0].startswith(".."):
        return True
    token = _LAST_TOKEN.search(text, max(0, end.start() - 40), end.start())
    before = token[0] if token else ""
    bare = before.lower().replace(".", "")
    if bare in _tables()["never"]:
        return False
    if bare in _tables()["before_number"]:
        return not word[:1].isdigit()
    if bare in _tables()["sometimes"] or (_INITIALS.fullmatch(before + ".") and len(bare) <= 5):
        return starts_sentence(word)
    return True


@cache
def _tables() -> dict[str, frozenset[str]]:
    data = packaged_table("narrate.text", "sentences.toml")
    return {name: frozenset(words) for name, words in data.items()}
