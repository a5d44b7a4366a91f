"""Surroundings of a span: the questions that rules of the spoken form ask of its neighbours."""

from __future__ import annotations

import re

from narrate.text.sentences import starts_sentence
from narrate.text.spoken.vocabulary import word_set

_NEXT = re.compile(r"[\"']{0,3}(?:\s*+$|\s*?\n|\s{1,3}[\"'(\[]{0,3}(?P<word>[A-Z][\w'-]*+)?)")
_WORD_AFTER = re.compile(r"[ -]([^\W\d_][\w'-]*+)")
_WORD_BEFORE = re.compile(r"([\w'.-]+),? ?$")
# Longer than any word that a rule looks for.
_REACH = 24


def sentence_ends(text: str, end: int) -> bool:
    """Tell whether an abbreviation whose dot stands before `end` also ends its sentence there."""
    after = _NEXT.match(text, end)
    if after is None:
        return False
    word = after["word"]
    if word is None:
        return after.end() == len(text) or text[after.end() - 1] == "\n"
    return starts_sentence(word)


def stop(text: str, end: int) -> str:
    """The full stop that stays when an abbreviation ends its sentence, else nothing."""
    return "." if sentence_ends(text, end) else ""


def kept_stop(text: str, end: int) -> str:
    """The full stop of an abbreviation that may have one before `end`: it stays where it also ends the sentence."""
    return stop(text, end) if text[end - 1 : end] == "." else ""


def word_after(text: str, end: int) -> str:
    """The word right behind a span, after one space or hyphen; empty where none stands."""
    match = _WORD_AFTER.match(text, end)
    return match[1] if match else ""


def words_before(text: str, start: int, most: int) -> list[str]:
    """Return up to so many words in front of a span, the nearest first, with the comma after them left out."""
    words: list[str] = []
    while len(words) < most and start > 0:
        match = _WORD_BEFORE.search(text[max(0, start - _REACH) : start])
        if match is None:
            break
        words.append(match[1])
        start -= len(match[0])
    return words


def word_before(text: str, start: int) -> str:
    """The word in front of a span, empty where none stands."""
    words = words_before(text, start, 1)
    return words[0] if words else ""


def is_counted(word: str) -> bool:
    """Tell whether the word behind a figure is a plural that it counts: 1939 soldiers, 250 people."""
    if word in word_set("words", "counted"):
        return True
    return len(word) > 3 and word.endswith("s") and word.islower() and word not in word_set("words", "not_counted")
