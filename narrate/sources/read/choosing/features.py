"""Numbers of each piece of a page, from which a model tells the article's pieces from the others.

Nothing here knows a site. What counts: how long a piece is, how much of it is links, what it stands in and what that is
called, how much of the page's prose stands in the same place, what extractors made of it, what the page says of itself,
and all of this for its neighbours.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from lxml import etree

from narrate.core.language.tags import primary_language
from narrate.sources.read.characters import bare
from narrate.sources.read.choosing.columns import by_name, marked, shifted
from narrate.sources.read.choosing.holders import holders_of_all
from narrate.sources.read.choosing.places import Places, likeness
from narrate.sources.read.html_blocks import Piece, ends_sentence
from narrate.text.clean.line_features import Line, lines_of
from narrate.text.clean.phrases import phrases_for

# Names of the sets of pieces that others chose, in the order of their features.
CANDIDATES = ("usual", "readability")
STRENGTHS = ("edge", "weak", "tail", "starts", "lines", "opens")
NEIGHBOURS = (-2, -1, 1, 2)
AROUND = 5
# A sentence of fewer words may be a label.
PROSE_MIN_WORDS = 8
# Of a longer piece the beginning is looked at.
TEXT_MAX_CHARS = 2_000
TITLE_MAX_CHARS = 400

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """The statements of a page about itself, as the choice asks for them.

    Attributes:
        title: The article's, as the page states it.
        descriptions: What the page says in its meta elements that it is about.
        body: The article's text as the page carries it for machines; "" where it does not.
        language: BCP 47 tag; None where nothing is stated.
        author: Who wrote it, as the page states it.
    """

    title: str | None = None
    descriptions: Sequence[str] = ()
    body: str = ""
    language: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """All that is worked out once for a page.

    Attributes:
        words: For each piece its length; pictures have none.
        ends: For each piece whether it ends as a sentence does.
        prose: For each piece whether it is sentences.
        total: Words of the page's prose; 1 where there is none, to divide by.
        holders: For each piece the elements that it stands in, the nearest first.
    """

    pieces: Sequence[Piece]
    lines: Sequence[Line]
    words: Sequence[int]
    ends: Sequence[bool]
    prose: Sequence[bool]
    total: int
    holders: Sequence[Sequence[etree._Element]]


def feature_columns(
    pieces: Sequence[Piece], page: Page, chosen: Mapping[str, set[int]], odds: Mapping[str, float]
) -> dict[str, Sequence[float]]:
    """Return the features of all pieces by name, each a number for every piece.

    Args:
        pieces: All pieces of the page, in reading order.
        page: What it says of itself.
        chosen: Indices of the pieces that each of CANDIDATES chose; one that was not asked is missing.
        odds: For words in classes and ids how much they speak for the article, in logits.
    """
    if not pieces:
        return {}
    seen = _look(pieces, page)
    columns = _own(seen)
    columns |= Places(seen.holders, _shares(seen), odds).columns()
    columns |= likeness(seen.holders, seen.prose)
    columns |= _statements(seen, page)
    columns |= _choices(seen, chosen)
    columns |= _order(seen, columns)
    return columns | _neighbours(seen, columns)


def _look(pieces: Sequence[Piece], page: Page) -> _Seen:
    lines = lines_of([piece.block for piece in pieces], phrases_for(primary_language(page.language or "en")))
    words = [0 if piece.block.kind == "image" else line.words for piece, line in zip(pieces, lines, strict=True)]
    ends = [ends_sentence(piece.block.text) for piece in pieces]
    prose = [is_end and count >= PROSE_MIN_WORDS for is_end, count in zip(ends, words, strict=True)]
    total = sum(count for count, is_prose in zip(words, prose, strict=True) if is_prose) or 1
    return _Seen(pieces, lines, words, ends, prose, total, holders_of_all(piece.element for piece in pieces))


def _shares(seen: _Seen) -> Mapping[etree._Element, float]:
    """Return for elements how much of the page's prose they hold."""
    shares: dict[etree._Element, float] = defaultdict(float)
    for words, is_prose, holders in zip(seen.words, seen.prose, seen.holders, strict=True):
        for holder in holders if is_prose else ():
            shares[holder] += words / seen.total
    return shares


def _own(seen: _Seen) -> dict[str, Sequence[float]]:
    """Return what the pieces are by themselves."""
    columns = by_name(_OWN_NAMES, map(_of_text, seen.pieces))
    columns |= {
        "words": list(map(math.log1p, seen.words)),
        "ends": list(map(float, seen.ends)),
        "prose": list(map(float, seen.prose)),
        "strength": list(map(_strength, seen.lines)),
        "mentions": [float(line.mentions) for line in seen.lines],
    }
    kinds: dict[str, list[int]] = {}
    for index, (piece, line) in enumerate(zip(seen.pieces, seen.lines, strict=True)):
        if piece.block.kind != "paragraph":
            kinds.setdefault(f"kind {piece.block.kind}", []).append(index)
        if line.hit:
            kinds.setdefault(f"rule {line.hit.rule}", []).append(index)
    return columns | {name: marked(len(seen.pieces), indices) for name, indices in kinds.items()}


_OWN_NAMES = ("links", "capitals", "digits", "commas", "level", "standfirst", "lower", "question", "bar")


def _of_text(piece: Piece) -> tuple[float, ...]:
    """Return the features of _OWN_NAMES."""
    text = piece.block.text[:TEXT_MAX_CHARS]
    initials = [word[0] for word in _WORD.findall(text)]
    count = len(initials) or 1
    return (
        _links(piece),
        sum(map(str.isupper, initials)) / count,
        sum(map(str.isdigit, initials)) / count,
        text.count(",") / count,
        float(piece.block.level),
        float(piece.is_standfirst),
        float(text[:1].islower()),
        float(text.endswith("?")),
        float("|" in text or "•" in text or "·" in text),
    )


def _links(piece: Piece) -> float:
    return min(1.0, piece.link_chars / max(1, len(piece.block.text)))


def _strength(line: Line) -> float:
    """Return how surely a phrase tells that a line stands around articles: 0 for none, up to 6."""
    known = line.hit is not None and line.hit.strength in STRENGTHS
    return float(STRENGTHS.index(line.hit.strength) + 1) if line.hit and known else 0.0


def _statements(seen: _Seen, page: Page) -> dict[str, Sequence[float]]:
    """Return what the page says of itself: title, descriptions, its copy of the text; and what it says twice."""
    title, described = bare(page.title or ""), dict.fromkeys(map(bare, page.descriptions))
    body, all_described = bare(page.body), " ".join(described)
    texts = [piece.block.text for piece in seen.pieces]
    keys = list(map(bare, texts))
    author, times = _first_author(page.author), Counter(keys)
    is_in_body = {key[:60] for key in times if key and key[:60] in body} if body else set()
    return {
        "title words": _title_words(texts, page.title or ""),
        "title": [float(bool(key) and key == title) for key in keys],
        "described": [float(len(key) > 20 and (key in described or (key in all_described) * 0.5)) for key in keys],
        "stated": [float(key[:60] in is_in_body) for key in keys] if body else [-1.0] * len(keys),
        "times": [float(min(times[key], 5)) for key in keys],
        "author": [float(bool(author) and author in text) for text in texts],
    }


def _title_words(texts: Sequence[str], title: str) -> list[float]:
    """Return how many words each text shares with the title; -1 where there is none."""
    of_title = set(_WORD.findall(title.casefold()))
    if not of_title:
        return [-1.0] * len(texts)
    return [_likeness(set(_WORD.findall(text[:TITLE_MAX_CHARS].casefold())), of_title) for text in texts]


def _likeness(one: set[str], other: set[str]) -> float:
    """Return how many of the words of two texts are in both; the longer text is not gone through."""
    both = len(one & other)
    return both / max(1, len(one) + len(other) - both)


def _first_author(author: str | None) -> str:
    """Return the first of the authors' names, if it has two words or more: one alone may be any word."""
    name = re.split(r",| and ", author or "")[0].strip()
    return name if " " in name else ""


def _choices(seen: _Seen, chosen: Mapping[str, set[int]]) -> dict[str, Sequence[float]]:
    """Return what others chose: this piece, pieces around it, how much of the page's prose, how far from it."""
    count, columns = len(seen.pieces), dict[str, Sequence[float]]()
    for name in CANDIDATES:
        indices = chosen.get(name)
        columns |= {f"{what} {name}": column for what, column in _choice(seen, indices).items()}
    columns["votes"] = [
        sum(max(0.0, one) for one in ins) for ins in zip(*(columns[f"in {name}"] for name in CANDIDATES), strict=True)
    ]
    columns["page prose"] = [math.log1p(seen.total)] * count
    return columns


def _choice(seen: _Seen, indices: set[int] | None) -> dict[str, Sequence[float]]:
    """Return what one other chose, by what is said of it; None for one that was not asked."""
    count = len(seen.pieces)
    if not indices:
        asked = 0.0 if indices is not None else -1.0
        return {"got": [asked] * count, "in": [asked] * count, "near": [0.0] * count, "off": [0.0] * count}
    got = sum(seen.words[index] for index in indices if seen.prose[index]) / seen.total
    inside, first, last = marked(count, indices), min(indices), max(indices)
    offs = [_off(index, first, last) for index in range(count)]
    return {"got": [got] * count, "in": inside, "near": _density(inside, seen.words), "off": offs}


def _off(index: int, first: int, last: int) -> float:
    """Return how far before (below zero) or after a choice a piece stands; 0 inside it."""
    return float(max(-20, index - first) if index < first else min(20, index - last) if index > last else 0)


def _density(values: Sequence[float], words: Sequence[int]) -> list[float]:
    """Return the share of words around each place for which a value is 1."""
    weights = [min(count, 60) + 1 for count in words]
    sums = list(accumulate((value * weight for value, weight in zip(values, weights, strict=True)), initial=0.0))
    totals = list(accumulate(weights, initial=0))
    count = len(values)
    spans = [(max(0, index - AROUND), min(count, index + AROUND + 1)) for index in range(count)]
    return [(sums[high] - sums[low]) / (totals[high] - totals[low]) for low, high in spans]


_ORDER_NAMES = ("place", "prose before", "from title", "since opener", "heading strength", "since heading")


def _order(seen: _Seen, columns: Mapping[str, Sequence[float]]) -> dict[str, Sequence[float]]:
    """Return where pieces stand in the page: after the title, under which heading, how much prose comes before."""
    rows, start = [], _title_place(seen, columns["title"])
    before, heading, since, opened, count = 0, 0.0, 0, 30, len(seen.pieces)
    for index, (piece, line, strength) in enumerate(zip(seen.pieces, seen.lines, columns["strength"], strict=True)):
        is_opener = line.hit is not None and line.hit.strength == "opens"
        opened = 0 if is_opener else min(30, opened + 1)
        if piece.block.kind == "heading":
            heading, since = strength, 0
        from_title = float(max(-30, min(60, index - start))) if start is not None else -40.0
        row = (index / count, before / seen.total, from_title, float(opened), heading, float(min(since, 20)))
        rows.append(row)
        since += 1
        before += seen.words[index] if seen.prose[index] else 0
    return by_name(_ORDER_NAMES, rows)


def _title_place(seen: _Seen, titles: Sequence[float]) -> int | None:
    """Return where the title stands, or else the page's first heading of the first level."""
    by_title = (index for index, is_title in enumerate(titles) if is_title)
    by_level = (index for index, piece in enumerate(seen.pieces) if piece.block.level == 1)
    return next(by_title, next(by_level, None))


_OF_NEIGHBOURS = (
    "words",
    "links",
    "ends",
    "prose",
    "strength",
    "level",
    "votes",
    "called worst",
    "near worst",
    "described",
)
_OF_FAR_NEIGHBOURS = ("words", "links", "prose", "votes", "strength")


def _neighbours(seen: _Seen, columns: Mapping[str, Sequence[float]]) -> dict[str, Sequence[float]]:
    """Return what stands beside each piece."""
    count = len(seen.pieces)
    found: dict[str, Sequence[float]] = {
        "links around": _density(columns["links"], seen.words),
        "prose around": _density(columns["prose"], seen.words),
    }
    parents = [piece.parent for piece in seen.pieces]
    for offset in NEIGHBOURS:
        names = _OF_NEIGHBOURS if abs(offset) == 1 else _OF_FAR_NEIGHBOURS
        found |= {f"{offset:+} {name}": shifted(columns[name], offset) for name in names}
        there = shifted([1.0] * count, offset)
        found[f"{offset:+} none"] = [1.0 - is_there for is_there in there]
        beside = zip(parents, shifted(parents, offset), there, strict=True)
        found[f"{offset:+} sibling"] = [float(own == other and bool(is_there)) for own, other, is_there in beside]
    return found
