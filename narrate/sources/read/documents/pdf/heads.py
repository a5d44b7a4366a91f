"""Running heads, feet and page numbers: lines at the edge of pages that come again, and numbers that count up."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from narrate.sources.read.documents.pdf.columns import Line

# So many lines at the top and at the bottom of a page may be heads.
EDGE_LINES = 3
# Of a short document two pages are enough, of a longer one it takes three; a chapter's name is on some pages only.
SHORT_PAGES = 8
# They stand in one place; so many points of difference are one place.
PLACE_PT = 4.0
# Text begins below a head; where it does not, a line that comes again is one of a list.
NUMBER_MAX_CHARS = 18
# On a short document a head is known by the space below it.
APART_SIZES = 1.2
APART_MIN_LINES = 8
HEAD_MAX_WORDS = 10
HEAD_LARGER_PT = 1.5

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"(?:page|seite|p\.|página|pagina)?\s*[-–—|\[(]?\s*(?P<at>\d{1,4}|[ivxlc]{1,7})\s*[-–—|\])]?"
    r"(?:\s*(?:/|of|von|de|di)\s*\d{1,4})?",
    re.IGNORECASE,
)


def running_lines(pages: Sequence[Sequence[Line]]) -> Mapping[int, str]:
    """Return the lines that belong to the pages and not to the text.

    Args:
        pages: The lines of each page.

    Returns:
        For the id of each such line the rule: "running-head" or "page-number".
    """
    found: dict[int, str] = {}
    places: dict[tuple[str, bool, int], list[Line]] = defaultdict(list)
    for lines in pages:
        for line, is_top in _edge_lines(lines):
            for place in (round(line.bottom / PLACE_PT), round(line.bottom / PLACE_PT) + 1):
                places[_shape(line.text), is_top, place].append(line)
    enough = 2 if len(pages) <= SHORT_PAGES else 3
    for (shape, _, _), lines in places.items():
        if len({line.page for line in lines}) >= enough:
            rule = "page-number" if _NUMBER.fullmatch(lines[0].text) or shape == "#" else "running-head"
            found |= {id(line): rule for line in lines}
    found |= _in_their_places(pages, found) if len(pages) > SHORT_PAGES else _set_apart(pages, found)
    return found | _lone_numbers(pages, found)


def _in_their_places(pages: Sequence[Sequence[Line]], found: Mapping[int, str]) -> dict[int, str]:
    """Find heads that come once: the name of a short chapter, where other pages have theirs."""
    heads = [line for lines in pages for line in lines if found.get(id(line)) == "running-head"]
    places = {round(line.bottom / PLACE_PT): line.size_pt for line in heads}
    return {
        id(line): "running-head"
        for lines in pages
        for line, _ in _edge_lines(lines)
        if abs(places.get(round(line.bottom / PLACE_PT), 0) - line.size_pt) < 1 and _is_outermost(line, lines)
    }


def _is_outermost(line: Line, lines: Sequence[Line]) -> bool:
    return (
        line.bottom >= max(one.bottom for one in lines) - PLACE_PT
        or line.bottom <= min(one.bottom for one in lines) + PLACE_PT
    )


def _set_apart(pages: Sequence[Sequence[Line]], found: Mapping[int, str]) -> dict[int, str]:
    """Find heads of a short document, which may come once: few words, no sentence, far above all the rest."""
    heads: dict[int, str] = {}
    for lines in pages:
        rows = sorted((line for line in lines if id(line) not in found), key=lambda line: -line.bottom)
        first = [line for line in rows if line.bottom >= rows[0].bottom - PLACE_PT]
        below = next((line for line in rows if line not in first), None)
        if below is None or len(rows) < APART_MIN_LINES or first[0].bottom - below.top < APART_SIZES * first[0].size_pt:
            continue
        usual = sorted(line.size_pt for line in rows)[len(rows) // 2]
        if all(len(line.text.split()) <= HEAD_MAX_WORDS and line.size_pt <= usual + HEAD_LARGER_PT for line in first):
            heads |= {id(line): "running-head" for line in first}
    return heads


def _edge_lines(lines: Sequence[Line]) -> Iterator[tuple[Line, bool]]:
    """Yield the highest and the lowest lines of a page."""
    if not lines:
        return
    rows = sorted(lines, key=lambda line: -line.bottom)
    for is_top, edge in ((True, _outermost(rows)), (False, _outermost(rows[::-1]))):
        yield from ((line, is_top) for line in edge)


def _outermost(rows: Sequence[Line]) -> list[Line]:
    """Return the lines on the first heights of a page; several may stand on one."""
    found: list[Line] = []
    heights: list[float] = []
    for line in rows:
        if not heights or abs(line.bottom - heights[-1]) > PLACE_PT:
            heights.append(line.bottom)
        if len(heights) > EDGE_LINES:
            break
        found.append(line)
    return found


def _shape(text: str) -> str:
    return "#" if _NUMBER.fullmatch(text.strip()) else _DIGITS.sub("#", text.casefold().strip())


def _lone_numbers(pages: Sequence[Sequence[Line]], found: Mapping[int, str]) -> dict[int, str]:
    """Find page numbers that stand elsewhere on each page: all differ by the same from the number of the page."""
    numbers: dict[int, tuple[Line, int]] = {}
    for index, lines in enumerate(pages):
        for line, _ in _edge_lines([line for line in lines if id(line) not in found]):
            match = _NUMBER.fullmatch(line.text.strip())
            if match and match["at"].isdecimal() and len(line.text) <= NUMBER_MAX_CHARS and line.page not in numbers:
                numbers[line.page] = line, int(match["at"]) - index
    offsets = Counter(offset for _, offset in numbers.values())
    usual, count = offsets.most_common(1)[0] if offsets else (0, 0)
    is_sure = count >= 2 or len(pages) == 1
    return {id(line): "page-number" for line, offset in numbers.values() if is_sure and offset == usual}
