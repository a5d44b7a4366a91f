"""Tables of contents, lists of figures and indexes: lines that end with the number of a page, many below each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from narrate.core.resources import packaged_table
from narrate.sources.read.documents.pdf.columns import Line

# So many entries near each other are a list; between two of them may stand lines of long entries and names of parts.
ENTRIES_MIN = 3
BETWEEN_MAX_LINES = 4
# Without leaders an entry is known by those around it: this many, whose numbers hardly ever go back.
PLAIN_ENTRIES_MIN = 8
GOING_BACK_MAX_SHARE = 0.1
# Above a list stands its name, and perhaps a line that says what the numbers are.
NAME_WITHIN_LINES = 2
# An index is at the end, and so much of its lines end with numbers.
INDEX_FROM_SHARE = 0.6
INDEXED_MIN_SHARE = 0.4
INDEX_MIN_LINES = 12

# Of a line so much is looked at: more than any has.
END_CHARS = 250

_WORDS = packaged_table("narrate.sources.read.documents.pdf", "words.toml")
_LEADERS = re.compile(r"(?:[.·…‥]\s?){4,}\s*(?:\d{1,4}|[ivxlc]{1,7}|[A-Z]-?\d{1,3})?$")
_NUMBER_AT_END = re.compile(r"[^\W\d_].*?\s(?P<at>\d{1,4})$")
_INDEXED = re.compile(r"[,.\s]\s*(?:\d{1,4}(?:[–-]\d{1,4})?|[ivxlc]{1,7})(?:\s?[fn]{1,2}\.?)?,?$")
_NAMES = re.compile("|".join(_WORDS["contents"]), re.IGNORECASE)
_INDEX = re.compile(rf"(?:[\dA-Z]{{1,3}}\.?\s+)?(?:{'|'.join(_WORDS['index'])})", re.IGNORECASE)
_CONTINUED = re.compile(rf"[\W\d]*(?:{'|'.join(_WORDS['continued'])})[\W\d]*", re.IGNORECASE)


def listing_lines(pages: Sequence[Sequence[Line]]) -> Mapping[int, str]:
    """Return the lines that are looked up and not read.

    Args:
        pages: The lines of each page in reading order, without running heads.

    Returns:
        For the id of each such line the rule: "contents", "index", or "running-head" where it says no more than that
        a table goes on.
    """
    lines = [line for page in pages for line in page]
    found = {id(line): "running-head" for line in lines if _CONTINUED.fullmatch(line.text.strip())}
    for start, end in (*_with_leaders(lines), *_with_numbers(lines)):
        found |= {id(line): "contents" for line in lines[_name_above(lines, start) : end + 1]}
    return found | {id(line): "index" for line in _index(pages)}


def _has_leaders(line: Line) -> bool:
    return bool(_LEADERS.search(line.text[-END_CHARS:]))


def _with_leaders(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield where lists begin and end whose numbers stand behind rows of dots."""
    entries = [index for index, line in enumerate(lines) if _has_leaders(line)]
    yield from (
        (group[0], group[-1]) for group in _near(entries) if len(group) >= ENTRIES_MIN and _is_apart(lines, group)
    )


def _is_apart(lines: Sequence[Line], group: Sequence[int]) -> bool:
    """Tell whether most of what is between a list's entries is no prose of its own."""
    others = [line for line in lines[group[0] : group[-1] + 1] if not _has_leaders(line)]
    return len(others) <= 2 * len(group)


def _near(entries: Sequence[int]) -> Iterator[list[int]]:
    group: list[int] = []
    for index in entries:
        if group and index - group[-1] > BETWEEN_MAX_LINES + 1:
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _with_numbers(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield where lists begin and end that are called contents, and whose lines end with numbers that go up."""
    for start, line in enumerate(lines):
        if _NAMES.fullmatch(line.text.strip()):
            numbers = list(_numbers(lines, start + 1))
            if len(numbers) >= PLAIN_ENTRIES_MIN and _goes_up([number for _, number in numbers]):
                yield start, numbers[-1][0]


def _numbers(lines: Sequence[Line], start: int) -> Iterator[tuple[int, int]]:
    """Yield the lines that end with a number, from a place on, until too many in a row do not."""
    last = start
    for index in range(start, len(lines)):
        found = _NUMBER_AT_END.search(lines[index].text[-END_CHARS:])
        if found:
            yield index, int(found["at"])
            last = index
        elif index - last > BETWEEN_MAX_LINES:
            return


def _goes_up(numbers: Sequence[int]) -> bool:
    back = sum(later < earlier for earlier, later in pairwise(numbers))
    return back <= GOING_BACK_MAX_SHARE * len(numbers)


def _name_above(lines: Sequence[Line], start: int) -> int:
    """Return where a list's name stands right above it, else where the list begins."""
    above = range(max(0, start - NAME_WITHIN_LINES), start)
    return next((index for index in above if _NAMES.fullmatch(lines[index].text.strip())), start)


def _index(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the lines of the index, from its name to the end of the document."""
    for number in range(int(INDEX_FROM_SHARE * len(pages)), len(pages)):
        start = next((i for i, line in enumerate(pages[number]) if _INDEX.fullmatch(line.text.strip())), None)
        if start is not None:
            rest = [*pages[number][start:], *(line for page in pages[number + 1 :] for line in page)]
            if _is_index(rest):
                return rest
    return []


def _is_index(lines: Sequence[Line]) -> bool:
    indexed = sum(bool(_INDEXED.search(line.text[-END_CHARS:])) for line in lines)
    return len(lines) >= INDEX_MIN_LINES and indexed >= INDEXED_MIN_SHARE * len(lines)
