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
# The same head comes again within so many pages: left and right ones differ, and pictures and beginnings have none.
NEAR_PAGES = 6
CLOSE_MIN_SHARE = 0.2
# A height is that of the heads where so much of the outermost lines there are heads: else text begins or ends there.
HEADED_MIN_SHARE = 0.5
# And a head that comes once is parted from the text by so much.
HEAD_APART_SIZES = 0.7
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
            found |= {id(line): rule for line in _close_together(lines, enough)}
    found = _at_the_edge(pages, found)
    found |= _in_their_places(pages, found) if len(pages) > SHORT_PAGES else _set_apart(pages, found)
    return found | _lone_numbers(pages, found)


def _close_together(lines: Sequence[Line], enough: int) -> Iterator[Line]:
    """Yield the lines of one shape that come again within a few pages, often enough: what seldom does is a heading."""
    group: list[Line] = []
    for line in (*sorted(lines, key=lambda line: line.page), None):
        if line is None or (group and line.page - group[-1].page > NEAR_PAGES):
            pages = {one.page for one in group}
            if len(pages) >= max(enough, CLOSE_MIN_SHARE * (max(pages) - min(pages))):
                yield from group
            group = []
        if line is not None:
            group.append(line)


def _at_the_edge(pages: Sequence[Sequence[Line]], found: Mapping[int, str]) -> dict[int, str]:
    """Leave out what has text between itself and the edge of its page: headings and lines of lists come again, too."""
    places = _places_of_heads(pages, found)
    kept: dict[int, str] = {}
    for lines in pages:
        for edge in _edges_of(lines):
            for line in edge:
                if id(line) in found:
                    kept[id(line)] = found[id(line)]
                elif not _NUMBER.fullmatch(line.text.strip()) and not _is_at(line, places):
                    break
    return kept


def _in_their_places(pages: Sequence[Sequence[Line]], found: Mapping[int, str]) -> dict[int, str]:
    """Find heads that come once: the name of a short chapter, where other pages have theirs."""
    places = _places_of_heads(pages, found)
    return {
        id(line): "running-head"
        for lines in pages
        for line, _ in _edge_lines(lines)
        if _is_at(line, places) and _is_outermost(line, lines) and _is_set_apart(line, lines)
    }


def _places_of_heads(pages: Sequence[Sequence[Line]], found: Mapping[int, str]) -> dict[int, float]:
    """Return the heights at which most lines that stand outermost are heads, and the size of these."""
    heads: Counter[int] = Counter()
    others: Counter[int] = Counter()
    sizes: dict[int, float] = {}
    for lines in pages:
        for line in (line for line, _ in _edge_lines(lines) if _is_outermost(line, lines)):
            place = round(line.bottom / PLACE_PT)
            if found.get(id(line)) == "running-head":
                heads[place] += 1
                sizes[place] = line.size_pt
            elif id(line) not in found and not _is_set_apart(line, lines):
                others[place] += 1
    return {at: size for at, size in sizes.items() if heads[at] >= HEADED_MIN_SHARE * (heads[at] + others[at])}


def _is_at(line: Line, places: Mapping[int, float]) -> bool:
    return abs(places.get(round(line.bottom / PLACE_PT), 0) - line.size_pt) < 1


def _is_set_apart(line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether more than the space between lines is between an outermost line and the next one."""
    rest = [one for one in lines if abs(one.bottom - line.bottom) > PLACE_PT]
    gap = min((max(one.bottom - line.top, line.bottom - one.top) for one in rest), default=line.size_pt)
    return gap >= HEAD_APART_SIZES * line.size_pt


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
    """Yield the highest and the lowest lines of a page, and whether a line is one of the highest."""
    for edge, is_top in zip(_edges_of(lines), (True, False), strict=False):
        yield from ((line, is_top) for line in edge)


def _edges_of(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the highest lines of a page and then its lowest, each from the edge inwards."""
    rows = sorted(lines, key=lambda line: -line.bottom)
    if rows:
        yield from (_outermost(rows), _outermost(rows[::-1]))


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
