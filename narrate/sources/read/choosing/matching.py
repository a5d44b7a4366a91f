"""Finds the pieces of a page whose text an extractor chose, however it joined and spaced them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from narrate.core.article import Block
from narrate.sources.read.characters import nfc
from narrate.sources.read.html_blocks import Piece

# Texts this long (letters and digits alone) are found in the choice wherever they stand; shorter
# ones only between their neighbours, or "News" would be found inside "newspaper".
ANCHOR_MIN_CHARS = 31
# An item's text may begin with so much of a number that its letters and digits are looked up without.
NUMBER_MAX_CHARS = 8
# Parts of a piece that the choice must have for the piece to be in it.
PART_SHARE = 0.5

# The choice is looked up by runs of so many letters; a run that is everywhere leads nowhere.
_GRAM = 16
PLACES_MAX = 8
_NO_LETTERS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"-?\d+\. ")
_SENTENCES = re.compile(r"(?<=[.!?…。！？])\s*")


def _key(text: str) -> str:
    """Return letters and digits alone: what stays the same however two programs join the pieces of a text."""
    return _NO_LETTERS.sub("", nfc(text))


class _Choice:
    """The text an extractor chose, in which each part can be found once."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.text = "".join(map(_key, lines))
        self.taken = bytearray(len(self.text))
        self.grams: dict[str, list[int]] = {}
        for start in range(0, len(self.text) - _GRAM + 1, _GRAM):
            places = self.grams.setdefault(self.text[start : start + _GRAM], [])
            if len(places) < PLACES_MAX:
                places.append(start)

    def take(self, key: str) -> int | None:
        """Find a long text that is not taken yet, take it and tell where it begins."""
        for offset in range(_GRAM):
            for place in self.grams.get(key[offset : offset + _GRAM], ()):
                start = place - offset
                if start >= 0 and self.text.startswith(key, start) and self.is_free(start, len(key)):
                    self.mark(start, len(key))
                    return start
        return None

    def take_between(self, key: str, start: int, end: int) -> int | None:
        """Find a text inside a range; the first place that is free."""
        place = self.text.find(key, start, end)
        while place >= 0 and not self.is_free(place, len(key)):
            place = self.text.find(key, place + 1, end)
        if place < 0:
            return None
        self.mark(place, len(key))
        return place

    def is_free(self, start: int, length: int) -> bool:
        return self.taken.find(1, start, start + length) < 0

    def mark(self, start: int, length: int) -> None:
        self.taken[start : start + length] = b"\1" * length


class PieceTexts:
    """The texts of a page's pieces as choices are looked up by them, put together once for all choices.

    Attributes:
        keys: For each piece its letters and digits; none of a picture.
    """

    def __init__(self, found: Sequence[Piece]) -> None:
        self._blocks = [piece.block for piece in found]
        self.keys = list(map(_piece_key, self._blocks))
        self._parts: dict[int, list[str]] = {}

    def letters(self, indices: Iterable[int]) -> int:
        """Count the letters and digits of pieces."""
        return sum(len(self.keys[index]) for index in indices)

    def parts(self, index: int) -> list[str]:
        """Return the letters and digits of each sentence of a piece; none of a picture."""
        if index not in self._parts:
            block = self._blocks[index]
            sentences = _SENTENCES.split(block.text) if block.kind != "image" else ()
            self._parts[index] = [key for part in sentences if (key := _key(part))]
        return self._parts[index]

    def chosen(self, lines: Sequence[str]) -> set[int]:
        """Return the indices of the pieces whose text is in an extractor's choice."""
        choice = _Choice(lines)
        spans = _anchors(self.keys, choice)
        _fill(self.keys, spans, choice)
        _fill_parts(self, spans, choice)
        return set(spans)


def select(found: Sequence[Piece], chosen: Sequence[str]) -> set[int]:
    """Indices of the pieces whose text is in an extractor's choice."""
    return PieceTexts(found).chosen(chosen)


def _piece_key(block: Block) -> str:
    if block.kind == "image":
        return ""
    return _key(_NUMBER.sub("", block.text) if block.kind in {"list_item", "footnote"} else block.text)


def _anchors(keys: Sequence[str], choice: _Choice) -> dict[int, tuple[int, int]]:
    """Place the long texts that stand on the page once; the longest first, so that a pull quote finds no place."""
    seen: dict[str, int] = {}
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
    spans = {}
    longest = sorted(
        (index for index, key in enumerate(keys) if len(key) >= ANCHOR_MIN_CHARS), key=lambda index: -len(keys[index])
    )
    for index in longest:
        key = keys[index]
        if seen[key] == 1 and (start := choice.take(key)) is not None:
            spans[index] = (start, start + len(key))
    return spans


def _fill(keys: Sequence[str], spans: dict[int, tuple[int, int]], choice: _Choice) -> None:
    """Place what is short or repeated, between its neighbours."""
    for index, after, before in _gaps(len(keys), spans, len(choice.text)):
        key = keys[index]
        if key and (start := choice.take_between(key, after, before)) is not None:
            spans[index] = (start, start + len(key))


def _gaps(count: int, spans: dict[int, tuple[int, int]], end: int) -> Iterator[tuple[int, int, int]]:
    """Yield every piece without a place, and the range between the places of its neighbours."""
    before = [end] * (count + 1)
    for index in range(count - 1, -1, -1):
        before[index] = spans[index][0] if index in spans else before[index + 1]
    after = 0
    for index in range(count):
        if index not in spans:
            yield index, after, before[index]
        if index in spans:
            after = spans[index][1]


def _fill_parts(texts: PieceTexts, spans: dict[int, tuple[int, int]], choice: _Choice) -> None:
    """Keep a piece of which the choice has the greater part, such as a paragraph that lost a link."""
    for index in range(len(texts.keys)):
        if index in spans or len(texts.keys[index]) + NUMBER_MAX_CHARS < ANCHOR_MIN_CHARS:
            continue  # no sentence of it can be so long
        parts = texts.parts(index)
        total = sum(map(len, parts))
        found = sum(len(key) for key in parts if len(key) >= ANCHOR_MIN_CHARS and choice.take(key) is not None)
        if total and found >= PART_SHARE * total:
            spans[index] = (0, 0)
