"""Numbers of each piece of a page, from which a model tells the article's pieces from the others.

Nothing here knows a site. What counts: how long a piece is, how much of it is links, what it stands in and what that is
called, how much of the page's prose stands in the same place, what extractors made of it, what the page says of itself,
and all of this for its neighbours.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from lxml import etree

from narrate.core.language.tags import primary_language
from narrate.sources.read.characters import bare
from narrate.sources.read.html_blocks import Piece, ends_sentence
from narrate.text.clean.line_features import Line, lines_of
from narrate.text.clean.phrases import phrases_for

# Names of the sets of pieces that others chose, in the order of their features.
CANDIDATES = ("usual", "readability")
STRENGTHS = ("edge", "weak", "tail", "starts", "lines", "opens")
# Elements that say what stands in them.
PLACES = ("article", "main", "aside", "nav", "footer", "header", "form", "figure", "blockquote", "table", "ul", "ol")
PLACES_MORE = ("li", "section", "p", "dl", "details")
# So far up a piece's holders are looked at.
HOLDERS_MAX = 14
LOOKED_UP = 4
NEIGHBOURS = (-2, -1, 1, 2)
AROUND = 5
# A sentence of fewer words may be a label.
PROSE_MIN_WORDS = 8

_NAME = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{3,}")
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


@dataclass(slots=True)
class _Place:
    """An element that holds pieces.

    Attributes:
        share: How much of the page's prose it holds.
        said: What its names say in sum, at worst, at best; None until it is asked, as with the next.
        is_body: It says that the article is in it.
    """

    share: float = 0.0
    said: tuple[float, float, float] | None = None
    is_body: bool | None = None


@dataclass(slots=True)
class _Seen:
    """All that is worked out once for a page.

    Attributes:
        words: For each piece its length; pictures have none.
        prose: For each piece whether it is sentences.
        holders: For each piece the elements that it stands in, the nearest first.
        places: What is known of each holder.
    """

    pieces: Sequence[Piece]
    lines: Sequence[Line]
    words: list[int] = field(default_factory=list)
    prose: list[bool] = field(default_factory=list)
    holders: list[list[etree._Element]] = field(default_factory=list)
    places: dict[etree._Element, _Place] = field(default_factory=lambda: defaultdict(_Place))


def feature_rows(
    pieces: Sequence[Piece], page: Page, chosen: Mapping[str, set[int]], odds: Mapping[str, float]
) -> list[dict[str, float]]:
    """Return the features of every piece by name.

    Args:
        pieces: All pieces of the page, in reading order.
        page: What it says of itself.
        chosen: Indices of the pieces that each of CANDIDATES chose; one that was not asked is missing.
        odds: For words in classes and ids how much they speak for the article, in logits.
    """
    seen = _look(pieces, page)
    rows = [_own(seen, index) for index in range(len(pieces))]
    for index, row in enumerate(rows):
        row.update(_places(seen, index, odds))
    _add_likeness(rows, seen)
    _add_statements(rows, seen, page)
    _add_choices(rows, seen, chosen)
    _add_order(rows, seen)
    return _with_neighbours(rows, seen)


def _look(pieces: Sequence[Piece], page: Page) -> _Seen:
    lines = lines_of([piece.block for piece in pieces], phrases_for(primary_language(page.language or "en")))
    seen = _Seen(pieces, lines)
    for piece, line in zip(pieces, lines, strict=True):
        words = 0 if piece.block.kind == "image" else line.words
        seen.words.append(words)
        seen.prose.append(ends_sentence(piece.block.text) and words >= PROSE_MIN_WORDS)
        seen.holders.append(holders_of(piece.element))
    total = _prose_words(seen)
    for words, is_prose, holders in zip(seen.words, seen.prose, seen.holders, strict=True):
        for holder in holders if is_prose else ():
            seen.places[holder].share += words / total
    return seen


def _links(piece: Piece) -> float:
    return min(1.0, piece.link_chars / max(1, len(piece.block.text)))


def _prose_words(seen: _Seen) -> int:
    """Count the words of the page's prose; 1 where there is none, to divide by."""
    return sum(words for words, is_prose in zip(seen.words, seen.prose, strict=True) if is_prose) or 1


def holders_of(element: etree._Element) -> list[etree._Element]:
    """Return an element and those that it stands in, the nearest first."""
    found = [element]
    while len(found) < HOLDERS_MAX and (parent := found[-1].getparent()) is not None:
        found.append(parent)
    return found


def depths(elements: Iterable[etree._Element]) -> Mapping[etree._Element, int]:
    """Return for elements, and for all around them, how many others they stand in; each way up is gone once."""
    known: dict[etree._Element, int] = {}
    for element in elements:
        way: list[etree._Element] = []
        up: etree._Element | None = element
        while up is not None and up not in known:
            way.append(up)
            up = up.getparent()
        for number, passed in enumerate(reversed(way), 0 if up is None else known[up] + 1):
            known[passed] = number
    return known


def _own(seen: _Seen, index: int) -> dict[str, float]:
    """Return what the piece is by itself."""
    block, line, words = seen.pieces[index].block, seen.lines[index], seen.words[index]
    text = block.text if len(block.text) < 2000 else block.text[:2000]
    found = _WORD.findall(text)
    row = {
        "words": math.log1p(words),
        "links": _links(seen.pieces[index]),
        "ends": float(ends_sentence(block.text)),
        "prose": float(seen.prose[index]),
        "capitals": sum(word[0].isupper() for word in found) / max(1, len(found)),
        "digits": sum(word[0].isdigit() for word in found) / max(1, len(found)),
        "commas": text.count(",") / max(1, len(found)),
        "level": float(block.level),
        "strength": _strength(line),
        "mentions": float(line.mentions),
        "standfirst": float(seen.pieces[index].is_standfirst),
        "lower": float(text[:1].islower()),
        "question": float(text.endswith("?")),
        "bar": float("|" in text or "•" in text or "·" in text),
    }
    if block.kind != "paragraph":
        row[f"kind {block.kind}"] = 1.0
    if line.hit:
        row[f"rule {line.hit.rule}"] = 1.0
    return row


def _strength(line: Line) -> float:
    """Return how surely a phrase tells that a line stands around articles: 0 for none, up to 6."""
    known = line.hit is not None and line.hit.strength in STRENGTHS
    return float(STRENGTHS.index(line.hit.strength) + 1) if line.hit and known else 0.0


def _places(seen: _Seen, index: int, odds: Mapping[str, float]) -> dict[str, float]:
    """Return what the piece stands in: elements, what they are called, how much of the page's prose they hold."""
    holders = seen.holders[index]
    row: dict[str, float] = {}
    for holder in holders:
        if holder.tag in PLACES or holder.tag in PLACES_MORE:
            row[f"in {holder.tag}"] = 1.0
    row["depth"] = float(len(holders))
    for up in range(LOOKED_UP):
        row[f"share {up}"] = seen.places[holders[min(up, len(holders) - 1)]].share
    row["most"] = float(
        next((up for up, holder in enumerate(holders) if seen.places[holder].share >= 0.5), HOLDERS_MAX)
    )
    row["role"] = float(any(_is_body(seen, holder) for holder in holders))
    for name, low, high in (("called", 0, 1), ("near", 1, 3), ("around", 3, HOLDERS_MAX)):
        said = [_said(seen, holder, odds) for holder in holders[low:high]]
        row[f"{name} sum"] = sum(one[0] for one in said)
        row[f"{name} worst"] = min((one[1] for one in said), default=0.0)
        row[f"{name} best"] = max((one[2] for one in said), default=0.0)
    return row


def _is_body(seen: _Seen, holder: etree._Element) -> bool:
    """Tell whether an element says of itself that the article is in it."""
    place = seen.places[holder]
    if place.is_body is None:
        place.is_body = "articleBody" in (holder.get("itemprop") or "")
    return place.is_body


def _said(seen: _Seen, holder: etree._Element, odds: Mapping[str, float]) -> tuple[float, float, float]:
    """Return what an element's names say together, at worst and at best."""
    place = seen.places[holder]
    if place.said is None:
        found = [odds[word] for word in names_of(holder) if word in odds]
        place.said = (sum(found), min(found, default=0.0), max(found, default=0.0))
    return place.said


def names_of(element: etree._Element) -> set[str]:
    """Return the words in what an element is called: `class="postBody main-text"` has post, body, main and text."""
    said = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("role"))))
    return {word.lower() for word in _NAME.findall(said[:400]) if len(word) < 16}


def _add_likeness(rows: list[dict[str, float]], seen: _Seen) -> None:
    """Add how many pieces stand in elements of the same build: cards and menus come in dozens, articles do not."""
    numbers: dict[str, int] = {}
    known: dict[etree._Element, int] = {}
    builds = [tuple(_build(one, known, numbers) for one in holders[:3]) for holders in seen.holders]
    for up in range(3):
        times = Counter(build[up:] for build in builds)
        for row, build, is_prose in zip(rows, builds, seen.prose, strict=True):
            row[f"alike {up}"] = math.log1p(times[build[up:]]) * (1 if is_prose else -1)


def _build(element: etree._Element, known: dict[etree._Element, int], numbers: dict[str, int]) -> int:
    """Return the number of an element's tag and class, the same for those of the same build."""
    if element not in known:
        known[element] = numbers.setdefault(f"{element.tag}.{element.get('class') or ''}", len(numbers))
    return known[element]


def _add_statements(rows: list[dict[str, float]], seen: _Seen, page: Page) -> None:
    """Add what the page says of itself: title, descriptions, its copy of the text; and what it says twice."""
    title, described = bare(page.title or ""), {bare(text) for text in page.descriptions}
    title_words = set(_WORD.findall((page.title or "").casefold()))
    body, all_described = bare(page.body), " ".join(described)
    keys = [bare(piece.block.text) for piece in seen.pieces]
    author = _first_author(page.author)
    times = Counter(keys)
    for row, key, piece in zip(rows, keys, seen.pieces, strict=True):
        words = set(_WORD.findall(piece.block.text[:400].casefold()))
        row["title words"] = _likeness(words, title_words) if title_words else -1.0
        row["title"] = float(bool(key) and key == title)
        row["described"] = float(len(key) > 20 and (key in described or (key in all_described) * 0.5))
        row["stated"] = -1.0 if not body else float(bool(key) and key[:60] in body)
        row["times"] = float(min(times[key], 5))
        row["author"] = float(bool(author) and author in piece.block.text)


def _likeness(one: set[str], other: set[str]) -> float:
    """Return how many of the words of two texts are in both; the longer text is not gone through."""
    both = len(one & other)
    return both / max(1, len(one) + len(other) - both)


def _first_author(author: str | None) -> str:
    """Return the first of the authors' names, if it has two words or more: one alone may be any word."""
    name = re.split(r",| and ", author or "")[0].strip()
    return name if " " in name else ""


def _add_choices(rows: list[dict[str, float]], seen: _Seen, chosen: Mapping[str, set[int]]) -> None:
    """Add what others chose: this piece, pieces around it, how much of the page's prose, how far from it."""
    weights = [words if is_prose else 0 for words, is_prose in zip(seen.words, seen.prose, strict=True)]
    total = _prose_words(seen)
    for name in CANDIDATES:
        indices = chosen.get(name)
        got = -1.0 if indices is None else sum(weights[index] for index in indices) / total
        near = _density([float(index in indices) for index in range(len(rows))], seen.words) if indices else None
        first, last = (min(indices), max(indices)) if indices else (0, 0)
        for index, row in enumerate(rows):
            row[f"got {name}"] = got
            row[f"in {name}"] = -1.0 if indices is None else float(index in indices)
            row[f"near {name}"] = near[index] if near else 0.0
            row[f"off {name}"] = _off(index, first, last) if indices else 0.0
    for row in rows:
        row["votes"] = sum(max(0.0, row[f"in {name}"]) for name in CANDIDATES)
        row["page prose"] = math.log1p(total)


def _off(index: int, first: int, last: int) -> float:
    """Return how far before (below zero) or after a choice a piece stands; 0 inside it."""
    return float(max(-20, index - first) if index < first else min(20, index - last) if index > last else 0)


def _density(values: Sequence[float], words: Sequence[int]) -> list[float]:
    """Return the share of words around each place for which a value is 1."""
    weights = [min(count, 60) + 1 for count in words]
    sums = list(accumulate((value * weight for value, weight in zip(values, weights, strict=True)), initial=0.0))
    totals = list(accumulate(weights, initial=0))
    result = []
    for index in range(len(values)):
        low, high = max(0, index - AROUND), min(len(values), index + AROUND + 1)
        result.append((sums[high] - sums[low]) / (totals[high] - totals[low]))
    return result


def _add_order(rows: list[dict[str, float]], seen: _Seen) -> None:
    """Add where in the page a piece stands: after the title, under which heading, how much prose comes before it."""
    total = _prose_words(seen)
    start, before, heading, since, opened = _title_place(rows, seen), 0, 0.0, 0, 30
    for index, row in enumerate(rows):
        line = seen.lines[index]
        row["place"] = index / len(rows)
        row["prose before"] = before / total
        row["from title"] = float(max(-30, min(60, index - start))) if start is not None else -40.0
        is_opener = line.hit is not None and line.hit.strength == "opens"
        opened = 0 if is_opener else min(30, opened + 1)
        row["since opener"] = float(opened)
        if seen.pieces[index].block.kind == "heading":
            heading, since = row["strength"], 0
        row["heading strength"], row["since heading"] = heading, float(min(since, 20))
        since += 1
        before += seen.words[index] if seen.prose[index] else 0


def _title_place(rows: list[dict[str, float]], seen: _Seen) -> int | None:
    """Return where the title stands, or else the page's first heading of the first level."""
    by_title = (index for index, row in enumerate(rows) if row["title"])
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


def _with_neighbours(rows: list[dict[str, float]], seen: _Seen) -> list[dict[str, float]]:
    """Return the rows with what stands beside each piece added."""
    dense_links = _density([_links(piece) for piece in seen.pieces], seen.words)
    dense_prose = _density([float(is_prose) for is_prose in seen.prose], seen.words)
    result = []
    for index, row in enumerate(rows):
        more = dict(row)
        more["links around"], more["prose around"] = dense_links[index], dense_prose[index]
        for offset in NEIGHBOURS:
            there = index + offset
            if not 0 <= there < len(rows):
                more[f"{offset:+} none"] = 1.0
                continue
            names = _OF_NEIGHBOURS if abs(offset) == 1 else _OF_FAR_NEIGHBOURS
            more.update({f"{offset:+} {name}": rows[there][name] for name in names})
            more[f"{offset:+} sibling"] = float(seen.pieces[there].parent == seen.pieces[index].parent)
        result.append(more)
    return result
