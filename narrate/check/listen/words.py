"""Words as they sound, however they are written: both what was to be said and what was heard are brought to one form.

"$43.6 million", "forty three point six million dollars" and "43.6 million dollars" are the same, "1999" and "nineteen
ninety nine", "OK" and "okay", "colour" and "color", "U.S." and "US".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from narrate.core.article import Utterance
from narrate.core.resources import packaged_table
from narrate.episode.word_timing import said_for
from narrate.text.lexicon import Lexicon
from narrate.text.spoken import spoken_form

_SPOKEN = re.compile(r"\S+")
_PIECE = re.compile(r"[^\W\d_]+|\d")
_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ](?=\w)")
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}")

# Shorter ones end so by chance: "hour", "tense", "wise".
_ENDING_MIN_CHARS = 5

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Token:
    """One word in the form that is compared; the figures of a number are a word each.

    Attributes:
        text: Lower case, letters without accents, or one figure.
        first: Index of the written word that it comes from.
        last: Index of the last such word; more than `first` where several words are one number.
    """

    text: str
    first: int
    last: int


def tokens(text: str, words: Sequence[Span], language: str = "en", lexicon: Lexicon | None = None) -> list[Token]:
    """Return all words of a text in the form that is compared.

    Args:
        text: As somebody wrote it, an author or a recogniser.
        words: Where its words stand, in order.
        language: BCP 47 tag of the text.
        lexicon: How names and terms are said; the shipped one where left out.

    Returns:
        The tokens in order, each with the index of its word in `words`.
    """
    return list(_numbers(_plain(_said(text, words, language, lexicon))))


def _said(text: str, words: Sequence[Span], language: str, lexicon: Lexicon | None) -> Iterator[tuple[str, int]]:
    """The spoken words of a text, each with the index of the written word that it says."""
    form = spoken_form(text, language, lexicon)
    utterance = Utterance("paragraph", form.text, text, 0, form.edits)
    owners: list[int] = [-1] * len(form.text)
    for number, spans in enumerate(said_for(utterance, words)):
        for start, end in spans:
            owners[start:end] = [number] * (end - start)
    last = 0
    for match in _SPOKEN.finditer(form.text):
        last = max([last, *owners[match.start() : match.end()]])
        yield match[0], last


def _plain(said: Iterator[tuple[str, int]]) -> Iterator[Token]:
    """Yield letters and figures only, apart where anything else stands between them."""
    for text, owner in said:
        for piece in _PIECE.findall(_letters(text)):
            for word in _same(piece).split():
                yield Token(word, owner, owner)


def _letters(text: str) -> str:
    """Return small letters without accents; apostrophes vanish, and so do the stops of "U.S."."""
    text = _INITIALS.sub(lambda match: match[0].replace(".", ""), _APOSTROPHES.sub("", text))
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))


@cache
def _same(word: str) -> str:
    """Return one way to write a word that has several."""
    if other := _tables()["same"].get(word):
        return other
    if len(word) >= _ENDING_MIN_CHARS:
        for ending, other in _tables()["endings"].items():
            if word.endswith(ending):
                return word.removesuffix(ending) + other
    return word


def _tables() -> Mapping[str, Mapping[str, str]]:
    return packaged_table("narrate.check.listen", "words.toml")


@cache
def _values() -> Mapping[str, int]:
    """Return what number words below a hundred are worth."""
    names = _tables()["numbers"]
    values = {name: value for value, name in enumerate(names["ones"].split())}
    values |= {name: value for value, name in zip(range(20, 100, 10), names["tens"].split(), strict=True)}
    return values | dict.fromkeys(names["zeros"].split(), 0) | {str(figure): figure for figure in range(10)}


def _numbers(words: Iterator[Token]) -> Iterator[Token]:
    """Write numbers in figures: "nineteen ninety nine" is 1 9 9 9, as "one thousand nine hundred ninety nine" is."""
    run: list[Token] = []
    for word in words:
        if _is_number(word.text) or (word.text in _INSIDE and run):
            run.append(word)
        else:
            yield from _figures(run)
            run = []
            yield word
    yield from _figures(run)


_INSIDE = frozenset({"and"})
_HUNDREDS = {"hundred": 100, "thousand": 1000}


def _is_number(word: str) -> bool:
    return word in _values() or word in _HUNDREDS


def _figures(run: Sequence[Token]) -> Iterator[Token]:
    """A run of number words in figures; "and" at its end, and between two numbers, stays."""
    reading = _Reading()
    for number, word in enumerate(run):
        following = run[number + 1].text if number + 1 < len(run) else ""
        if word.text in _INSIDE:
            if reading.takes_and and following in _values():
                continue
            yield from reading.flushed()
            yield word
        else:
            yield from reading.read(word)
    yield from reading.flushed()


class _Reading:
    """A number as far as it has been read; what cannot belong to it begins the next one."""

    def __init__(self) -> None:
        self._thousands = self._rest = 0
        self._words: list[Token] = []

    @property
    def takes_and(self) -> bool:
        """True after "hundred" and "thousand": "one hundred and five"."""
        return bool(self._words) and self._words[-1].text in _HUNDREDS

    def read(self, word: Token) -> Iterator[Token]:
        """Take the next word; gives the number before it where that is complete."""
        if not self._goes_on(word.text):
            yield from self.flushed()
        if word.text == "thousand":
            self._thousands, self._rest = 1000 * (self._rest or 1), 0
        elif word.text == "hundred":
            self._rest = 100 * (self._rest or 1)
        else:
            self._rest += _values()[word.text]
        self._words.append(word)

    def _goes_on(self, word: str) -> bool:
        if not self._words:
            return True
        if word == "thousand":
            return not self._thousands and self._rest > 0
        if word == "hundred":
            return 0 < self._rest < 100
        value, last = _values()[word], self._words[-1].text
        if last in _HUNDREDS:
            return value > 0
        return 0 < value < 10 and last in _tables()["numbers"]["tens"].split()

    def flushed(self) -> Iterator[Token]:
        """The number so far, a token for each figure."""
        if self._words:
            first, last = self._words[0].first, self._words[-1].last
            for figure in str(self._thousands + self._rest):
                yield Token(figure, first, last)
        self._thousands = self._rest = 0
        self._words = []
