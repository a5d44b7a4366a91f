"""Decides which of a page's pieces are the article: trafilatura's choice, guarded by readability's."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterator, Sequence

from lxml import html

from narrate.core.article import Block
from narrate.sources.read.bounds import for_extractors
from narrate.sources.read.characters import nfc
from narrate.sources.read.html_blocks import Piece, pieces

# With fewer of readability's words than this, trafilatura has lost a part of the article.
GUARD_SHARE = 0.6
# Shorter pieces are buttons, headlines and the like.
PROSE_MIN_WORDS = 15
# Texts this long (letters and digits alone) are found in the choice wherever they stand; shorter
# ones only between their neighbours, or "News" would be found inside "newspaper".
ANCHOR_MIN_CHARS = 31
# Parts of a piece that the choice must have for the piece to be in it.
PART_SHARE = 0.5
# Bylines, dates and buttons stand between a standfirst and the text.
STANDFIRST_REACH_PIECES = 25
# Elements that a very long article has; many more would take the extractors minutes.
FULL_MAX_SIZE = 12_000
FAST_MAX_SIZE = 30_000
# Text counts as well: so many characters weigh as much as an element.
ELEMENT_CHARS = 40

# The choice is looked up by runs of so many letters; a run that is everywhere leads nowhere.
_GRAM = 16
PLACES_MAX = 8
_NO_LETTERS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"-?\d+\. ")
_SENTENCES = re.compile(r"(?<=[.!?…。！？])\s*")

for _name in ("trafilatura", "readability", "htmldate", "justext", "charset_normalizer"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def article_blocks(page: html.HtmlElement) -> list[Block]:
    """The article's blocks in reading order.

    Args:
        page: The parsed page, with nothing in it that is not shown.
    """
    found = list(pieces(page))
    indices = _chosen(page, found)
    if not indices:
        return _fallback(page)
    before = next((index for index, piece in enumerate(found) if piece.is_standfirst), min(indices))
    if before < min(indices) <= before + STANDFIRST_REACH_PIECES:
        indices.add(before)
    return [piece.block for index, piece in enumerate(found) if index in indices or _belongs(found, index, indices)]


def _chosen(page: html.HtmlElement, found: Sequence[Piece]) -> set[int]:
    """Indices of the article's pieces.

    Trafilatura's strict setting says where the article begins and ends, its usual one what is in between;
    where one of them finds far less than readability, it has lost a part. Large pages get less thought.
    """
    size, page = _size(page), for_extractors(page)
    if size > FULL_MAX_SIZE:
        return select(found, _trafilatura(page, is_fast=True)) if size <= FAST_MAX_SIZE else set()
    strict = select(found, _trafilatura(page, is_strict=True))
    # Readability takes little but prose; where this is most of all prose there is, it cannot have found far more.
    has_most = bool(strict) and _words(found, strict) >= GUARD_SHARE * _prose_words(found)
    other = set() if has_most else select(found, _readability(page))
    if strict and _words(found, strict) >= GUARD_SHARE * _words(found, other):
        if not _has_gaps(found, strict):
            return strict
        usual = select(found, _trafilatura(page, is_fast=True))
        if _words(found, strict) >= GUARD_SHARE * _words(found, usual):
            return strict | {index for index in usual if min(strict) < index < max(strict)}
    usual = select(found, _trafilatura(page))
    return usual if _words(found, usual) >= GUARD_SHARE * _words(found, other) else other


def _size(page: html.HtmlElement) -> int:
    """Return how much of a page there is to read through."""
    return max(sum(1 for _ in page.iter()), sum(map(len, page.itertext())) // ELEMENT_CHARS)


def _words(found: Sequence[Piece], indices: set[int]) -> int:
    return sum(len(found[index].block.text.split()) for index in indices)


def _has_gaps(found: Sequence[Piece], indices: set[int]) -> bool:
    """Tell whether something was left out between the first and the last piece."""
    between = set(range(min(indices), max(indices))) - indices
    return any(_piece_key(found[index].block) for index in between)


def _prose_words(found: Sequence[Piece]) -> int:
    """Count the words of everything on the page that is longer than a button or a headline."""
    lengths = (len(piece.block.text.split()) for piece in found)
    return sum(length for length in lengths if length >= PROSE_MIN_WORDS)


def _trafilatura(page: html.HtmlElement, is_strict: bool = False, is_fast: bool = False) -> list[str]:
    """Trafilatura's choice as lines of text; an empty list where it finds nothing or fails."""
    import trafilatura

    try:
        # It works on a copy of its own.
        found = trafilatura.bare_extraction(
            page, fast=is_fast, favor_precision=is_strict, include_comments=False, include_formatting=True
        )
    except Exception:  # whatever goes wrong inside, readability is asked next
        return []
    if found is None or isinstance(found, dict) or found.body is None:
        return []
    return ["".join(element.itertext()) for element in found.body]


def _readability(page: html.HtmlElement) -> list[str]:
    import readability

    try:
        summary = readability.Document(copy.deepcopy(page)).summary(html_partial=True)
        root = html.fromstring(summary)
    except Exception:  # it raises what its parts raise; trafilatura's choice stands
        return []
    return [piece.block.text for piece in pieces(root)]


def _fallback(page: html.HtmlElement) -> list[Block]:
    """Return all there is in the element that should hold the article, without what is for finding one's way."""
    for part in list(page.iter("nav", "aside", "footer")):
        part.drop_tree()
    for path in (".//article", ".//main", ".//*[@role='main']", ".//body"):
        for element in page.iterfind(path):
            blocks = [piece.block for piece in pieces(element) if piece.block.kind != "image"]
            if any(_key(block.text) for block in blocks):
                return blocks
    return []


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


def select(found: Sequence[Piece], chosen: Sequence[str]) -> set[int]:
    """Indices of the pieces whose text is in an extractor's choice."""
    choice = _Choice(chosen)
    keys = [_piece_key(piece.block) for piece in found]
    spans = _anchors(keys, choice)
    _fill(keys, spans, choice)
    _fill_parts(found, spans, choice)
    return set(spans)


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


def _fill_parts(all_pieces: Sequence[Piece], spans: dict[int, tuple[int, int]], choice: _Choice) -> None:
    """Keep a piece of which the choice has the greater part, such as a paragraph that lost a link."""
    for index, piece in enumerate(all_pieces):
        if index in spans or piece.block.kind == "image":
            continue
        parts = [key for part in _SENTENCES.split(piece.block.text) if (key := _key(part))]
        total = sum(map(len, parts))
        found = sum(len(key) for key in parts if len(key) >= ANCHOR_MIN_CHARS and choice.take(key) is not None)
        if total and found >= PART_SHARE * total:
            spans[index] = (0, 0)


def _belongs(found: Sequence[Piece], index: int, indices: set[int]) -> bool:
    """An image right beside a piece of the article, or a line of signs such as "***" between two."""
    piece = found[index]
    if piece.block.kind == "image":
        return index - 1 in indices or index + 1 in indices
    return not _piece_key(piece.block) and index - 1 in indices and index + 1 in indices
