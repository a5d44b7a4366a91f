"""Finds the words of an article that a voice is likely to say wrong, and writes lexicon lines to correct them."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from narrate.core.article import Edit, Script, Utterance
from narrate.core.language.tags import DEFAULT_LANGUAGE, primary_language
from narrate.core.resources import packaged_table
from narrate.text.lexicon import Lexicon, is_ipa, is_sayable
from narrate.text.spoken.lexicon_entries import Words, entry_spans, prepared

Phonemise = Callable[[str], str]

CONTEXT_MAX_CHARS = 60

# No word of an address is listed.
_BETWEEN_SPACES = re.compile(r"\S+")
_ADDRESS = re.compile(r"://|@|\w\.\w")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’][sS]?$")
_CAPITALS = re.compile(r"[A-Z]{2,5}s?")
_ROMAN = re.compile(r"[IVXLC]+")
_INNER_CAPITAL = re.compile(r"[a-zà-ÿ][A-Z]|[A-Z]{2}[a-zà-ÿ]{2}")
_COUNTED = re.compile(r"\d+(?:[A-Za-z]{1,3}|x\d+)")
_FRAME = "the"

# Japanese mixes three scripts in one word.
_ONE_SCRIPT = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "IDEOGRAPHIC": "CJK"}


@dataclass(frozen=True, slots=True)
class DoubtfulWord:
    """A word that may be said wrong.

    Attributes:
        word: As it is written, without a possessive ending.
        why: What makes it doubtful.
        count: How often it occurs in the article.
        context: Where it occurs first, with a few words around it.
        said: How it is said now: in sounds where they are known, else in letters.
        line: A line for lexicon.toml that says it as it is said now, to be corrected.
    """

    word: str
    why: str
    count: int
    context: str
    said: str
    line: str


@dataclass(frozen=True, slots=True)
class _Place:
    utterance: Utterance
    start: int
    end: int


def doubtful_words(script: Script, lexicon: Lexicon, phonemise: Phonemise | None = None) -> tuple[DoubtfulWord, ...]:
    """List the words of a script that are likely to be said wrong, the most frequent first, each once.

    Judged is how words look: letters or accents that are not of the language, capitals, digits. Words that
    the lexicon has are not listed.

    Args:
        script: What is going to be said, in the language of its metadata; English where that is unknown.
        lexicon: All lexicons in use.
        phonemise: Gives the sounds of a text as the voice would say it; None where no one knows them.
    """
    language = script.meta.language or DEFAULT_LANGUAGE
    places = _places(script, prepared(lexicon.entries_for(language)))
    doubt = _Doubts(primary_language(language) == "en", _main_script(script), places)
    doubts = {word: why for word in places if (why := doubt.why(word))}
    found = (_doubtful(word, why, places[word], phonemise, doubt.is_english) for word, why in doubts.items())
    return tuple(sorted(found, key=lambda word: -word.count))


def as_toml(words: Iterable[DoubtfulWord], language: str = DEFAULT_LANGUAGE) -> str:
    """Return lines to paste into lexicon.toml; every line says a word as it is said now, until someone corrects it."""
    lines = [f"[{language}]"]
    for word in words:
        times = "once" if word.count == 1 else f"{word.count} times"
        lines += [f"# {word.why}, {times}: {word.context}", word.line]
    return "\n".join(lines) + "\n"


def _places(script: Script, entries: Words) -> dict[str, list[_Place]]:
    """Find the places of each word that no entry covers."""
    places: dict[str, list[_Place]] = {}
    for utterance in script.utterances:
        text = _BETWEEN_SPACES.sub(_without_addresses, utterance.written)
        if not any(char.islower() for char in text) and any(char.isupper() for char in text):
            continue  # a heading in capitals tells nothing about its words
        covered = bytearray(len(text))
        for start, end in entry_spans(text, entries):
            covered[start:end] = b"\x01" * (end - start)
        for match in _WORD.finditer(text):
            word = _POSSESSIVE.sub("", match[0])
            end = match.start() + len(word)
            if not any(covered[match.start() : end]):
                places.setdefault(word, []).append(_Place(utterance, match.start(), end))
    return places


def _without_addresses(match: re.Match[str]) -> str:
    return " " * len(match[0]) if _ADDRESS.search(match[0]) else match[0]


class _Doubts:
    """The reasons to doubt a word."""

    def __init__(self, is_english: bool, script: str, words: Iterable[str]) -> None:
        self.is_english = is_english
        self._script = script
        self._lower = {word for word in words if word.islower()}
        self._table = _table()

    def why(self, word: str) -> str:
        """Return what makes a word doubtful; empty where nothing does."""
        if word in self._table.fine or word.lower() in self._table.fine or _ROMAN.fullmatch(word):
            return ""
        scripts = {_script(char) for char in word if char.isalpha()}
        if len(scripts) > 1:
            return "letters of two scripts"
        if scripts and self._script not in scripts:
            return "another script"
        return self._by_capitals(word) or (self._by_letters(word) if self.is_english else "")

    def _by_capitals(self, word: str) -> str:
        has_digit = any(char.isdigit() for char in word)
        if has_digit and any(char.isalpha() for char in word):
            return "" if _COUNTED.fullmatch(word) else "letters and digits"
        if _CAPITALS.fullmatch(word):
            return "letters or a word"
        if _INNER_CAPITAL.search(word) and not self._table.usual_capitals.search(word):
            return "a capital inside"
        return ""

    def _by_letters(self, word: str) -> str:
        if any(char.isalpha() and char > "\x7f" for char in unicodedata.normalize("NFC", word)):
            return "letters with accents"
        is_name = word[:1].isupper() and word.lower() not in self._lower
        return "unusual letters" if is_name and self._table.unusual.search(word.lower()) else ""


def _doubtful(
    word: str, why: str, places: Sequence[_Place], phonemise: Phonemise | None, is_english: bool
) -> DoubtfulWord:
    first = places[0]
    letters = _said(first)
    sounds = _sounds(letters, phonemise, is_english) if phonemise else ""
    return DoubtfulWord(word, why, len(places), _context(first), sounds or letters, _line(word, letters, sounds))


def _said(place: _Place) -> str:
    """The letters of a word after all edits."""
    parts: list[str] = []
    at = place.start
    for edit in _edits_of(place):
        parts += (place.utterance.written[at : max(at, edit.start_char)], edit.after)
        at = edit.end_char
    return " ".join("".join((*parts, place.utterance.written[at : place.end])).split())


def _edits_of(place: _Place) -> Sequence[Edit]:
    """The edits that touch a word; they are in order, so that a long block is not looked through for each word."""
    edits = place.utterance.edits
    first = bisect_right(edits, place.start, key=lambda edit: edit.end_char)
    return edits[first : bisect_left(edits, place.end, lo=first, key=lambda edit: edit.start_char)]


def _sounds(letters: str, phonemise: Phonemise, is_english: bool) -> str:
    """The sounds inside a phrase: alone, short words in capitals are said in another way."""
    if not is_english:
        return phonemise(letters).strip()
    return phonemise(f"{_FRAME} {letters}").strip().partition(" ")[2]


def _line(word: str, letters: str, sounds: str) -> str:
    """An entry that changes nothing yet, in sounds where these can be written down."""
    key, say = json.dumps(word.replace("’", "'"), ensure_ascii=False), json.dumps(letters, ensure_ascii=False)
    if is_ipa(sounds) and letters == word:
        return f'{key} = {{ ipa = "{sounds}" }}'
    return f"{key} = {say}" if is_sayable(letters) else f"{key} = {{ spell = true }}"


def _context(place: _Place) -> str:
    """The word with whole words around it, on one line."""
    text, room = place.utterance.written, (CONTEXT_MAX_CHARS - (place.end - place.start)) // 2
    start, end = max(0, place.start - room), min(len(text), place.end + room)
    before, after = text[start : place.start], text[place.end : end]
    if start > 0:
        before = "…" + before.partition(" ")[2]
    if end < len(text):
        after = after.rpartition(" ")[0] + "…"
    return " ".join(f"{before}{text[place.start : place.end]}{after}".split())


def _main_script(script: Script) -> str:
    letters = Counter(_script(char) for utterance in script.utterances for char in utterance.written if char.isalpha())
    return letters.most_common(1)[0][0] if letters else "LATIN"


@cache
def _script(char: str) -> str:
    if char.isascii():
        return "LATIN"
    name = unicodedata.name(char, "").partition(" ")[0].partition("-")[0]
    return "LATIN" if name in ("FEMININE", "MASCULINE", "MICRO") else _ONE_SCRIPT.get(name, name)


@dataclass(frozen=True, slots=True)
class _Table:
    unusual: re.Pattern[str]
    usual_capitals: re.Pattern[str]
    fine: frozenset[str]


@cache
def _table() -> _Table:
    table = packaged_table("narrate.text", "doubtful_words.toml")
    unusual = re.compile("|".join(table["unusual"]))
    return _Table(unusual, re.compile(table["usual_capitals"]), frozenset(table["fine"].split()))
