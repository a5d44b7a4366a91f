"""A lexicon's entries inside the spoken stage: what they say goes before every rule, and no rule changes it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from narrate.core.article import Sound
from narrate.core.language.tags import primary_language
from narrate.text.lexicon import ANY_LANGUAGE, Entry
from narrate.text.spoken.claims import Claim, Rule, fold

RULE = "lexicon"

# A lone A is read as the article.
_LETTER_A = re.compile(r"\bA\b")
_A_SOUND = "ˈeɪ"

# No part of a longer word, of R&D or of O'Neil; a possessive may follow: 's, or ' behind an s.
_BEFORE = r"(?<![\w&])(?<!\w')"
_AFTER = r"(?![\w&])(?!'(?!s(?!\w))\w)"

# An address is said as a whole by its own rules; nothing in it is a word of its own.
_ADDRESS_BEFORE = re.compile(r"://|\w\.\w|@|[#.]$")
_ADDRESS_AFTER = re.compile(r"[\w'-]{0,100}+(?:@|://|\.\w)")
_LONGEST_ADDRESS = 100


class _Found(NamedTuple):
    start: int
    end: int
    said: str
    entry: Entry | None


def entry_rule(entries: Sequence[Entry] | Words) -> Rule:
    """A rule that says the entries of a lexicon; it belongs before every other rule.

    What an entry says is claimed as well wherever it stands, so that a second round over spoken words leaves
    it alone: "Nguyen" -> "win", and "win" stays. An entry in sounds keeps its letters. Known failure: where
    an entry says a word that has an entry of its own, the word keeps its letters.
    """
    words = prepared(entries)

    def lexicon(text: str) -> Iterator[Claim]:
        return (Claim(found.start, found.end, found.said) for found in words.find(text))

    return lexicon


def entry_sounds(text: str, entries: Sequence[Entry] | Words) -> Iterator[Sound]:
    """The sounds of entries that give any, with their places in a text that `entry_rule` has been over.

    A possessive ending is not part of its sound: the engine adds it to the word.
    """
    for start, end, said, entry in prepared(entries).find(fold(text)):
        if entry is None:
            continue
        if entry.ipa is not None:
            yield Sound(start, end, entry.ipa, RULE)
        elif entry.is_spelt and said == text[start:end] and primary_language(entry.language) in ("en", ANY_LANGUAGE):
            letters = _LETTER_A.finditer(said)
            yield from (Sound(start + it.start(), start + it.end(), _A_SOUND, RULE) for it in letters)


def said_as(entry: Entry) -> str:
    """The letters that an entry puts into the text: SQL -> S Q L; NATO -> Nato; entries in sounds keep theirs."""
    if entry.say is not None:
        return entry.say
    if entry.is_spelt:
        return " ".join(char for char in entry.written if char.isalnum())
    if entry.is_word:
        letters = re.sub(r"(?<=\w)\.", "", entry.written)
        return re.sub(r"[^\W\d_]+", lambda match: match[0][0].upper() + match[0][1:].lower(), letters)
    return fold(entry.written)


def entry_spans(text: str, entries: Sequence[Entry] | Words) -> Iterator[tuple[int, int]]:
    """Yield the spans of a text with words that entries say, or that they would put there."""
    return ((found.start, found.end) for found in prepared(entries).find(fold(text)))


class Words:
    """The pattern of all entries, and what is said for each of its matches."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._exact: dict[str, tuple[Entry, str]] = {}
        self._any_case: dict[str, tuple[Entry, str]] = {}
        for entry in entries:
            group = self._exact if entry.is_case_sensitive else self._any_case
            written = fold(entry.written)
            group[written if entry.is_case_sensitive else written.lower()] = (entry, said_as(entry))
        # Digits are said by later rules, so words that still hold some are not kept from them.
        changed = [pair for pair in (*self._exact.values(), *self._any_case.values()) if pair[0].ipa is None]
        self._kept = {said: entry for entry, said in changed if not any(char.isdigit() for char in said)}
        self._pattern = _pattern({*self._exact, *self._kept}, set(self._any_case))

    def find(self, text: str) -> Iterator[_Found]:
        """Yield every entry in a folded text and every word that an entry says, the longest first."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            start, end = match.span()
            if not _is_in_address(text, start, end) and not _goes_on(text, end):
                yield self._found(start, end, match[0])

    def _found(self, start: int, end: int, written: str) -> _Found:
        if written in self._kept:
            return _Found(start, end, written, self._kept[written])
        entry, said = self._exact.get(written) or self._any_case.get(written.lower()) or (None, written)
        is_kept = entry is None or entry.ipa is not None
        return _Found(start, end, written if is_kept else said, entry)


def prepared(entries: Sequence[Entry] | Words) -> Words:
    """Entries made ready for any number of sentences; for a thousand of them that takes some 40 ms the first time."""
    return entries if isinstance(entries, Words) else _words(tuple(entries))


@lru_cache(maxsize=16)
def _words(entries: tuple[Entry, ...]) -> Words:
    return Words(entries)


def _pattern(exact: set[str], any_case: set[str]) -> re.Pattern[str] | None:
    """Make one pattern for a thousand words: those of one first letter together, so that most are never tried."""
    by_letter: dict[str, list[tuple[int, bool, str]]] = {}
    for words, ignores_case in ((exact, False), (any_case, True)):
        for word in words:
            written = f"(?i:{re.escape(word)})" if ignores_case else re.escape(word)
            by_letter.setdefault(word[0].lower(), []).append((-len(word), ignores_case, written))
    groups = [
        f"(?=[{re.escape(letter + letter.upper()[:1])}])(?:{'|'.join(word for *_, word in sorted(words))})"
        for letter, words in sorted(by_letter.items())
    ]
    return re.compile(f"{_BEFORE}(?:{'|'.join(groups)}){_AFTER}") if groups else None


def _is_in_address(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _LONGEST_ADDRESS) : start]
    before = before[before.rfind(" ") + 1 :]
    return bool(before and _ADDRESS_BEFORE.search(before)) or bool(_ADDRESS_AFTER.match(text, end))


def _goes_on(text: str, end: int) -> bool:
    """Tell whether a vowel sign or accent belongs to the last letter, which then is another letter."""
    return end < len(text) and unicodedata.category(text[end]).startswith("M")
