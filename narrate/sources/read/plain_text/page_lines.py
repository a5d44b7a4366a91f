"""Numbers of pages, and the heads and feet that run through them, where a text was copied off pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from narrate.core.resources import packaged_table
from narrate.sources.read.plain_text.paragraphs import wrap_width

RULE = "running-head"
NUMBER_RULE = "page-number"
# The empty lines around them, where a sentence goes on behind; nothing of it is told.
GAP_RULE = "page-gap"

PAGE_END = "\f"

# A running head is no sentence of a text.
HEAD_MAX_CHARS = 90
HEAD_MAX_WORDS = 14
# A line so long is one of prose.
PROSE_MIN_CHARS = 40
PROSE_MIN_SHARE = 0.85
# From page to page numbers grow by one; by two where only every other page has one.
STEP_MAX = 2
# Between the text of one page and that of the next: feet, heads and blank lines.
PAGE_GAP_MAX_LINES = 12

_NUMBER = re.compile(r"\d{1,4}")
_ROMAN = re.compile(r"[ivxlc]{1,7}")
_DIGITS = re.compile(r"\d+")
_END = re.compile(r"""[.!?…:]["'”’»)\]]*$""")


@dataclass(frozen=True, slots=True)
class _Place:
    """A line that may belong to a page and not to the text.

    Attributes:
        number: Of the line.
        text: Without the space around it.
        is_counted: Its figures are one or two more than those of the one before, or less than those of the next.
    """

    number: int
    text: str
    is_counted: bool = False


def page_lines(lines: Sequence[str]) -> Mapping[int, str]:
    """Name the lines that belong to pages: their numbers, heads and feet.

    A bare number, or a line that comes again and again, is one only if something else says so: it stands inside of a
    sentence, right between lines of prose, or at the end of a page. Only texts that are wrapped, or have ends of pages,
    have heads and feet: elsewhere a paragraph is a line, and what comes again is the author's ("Pros:", "Day 3").
    """
    ends = {n for n, line in enumerate(lines) if line == PAGE_END}
    sure = {n: NUMBER_RULE for n, line in enumerate(lines) if _is_page_number(line.strip())}
    numbers = [place for place in _numbers(lines) if place.number not in sure]
    is_paged = bool(ends) or wrap_width([" ".join(line.split()) for line in lines]) > 0
    groups = [group for group in _repeated(lines, sure).values() if len(group) > 1] if is_paged else []
    counted = {place.number for place in numbers if place.is_counted}
    maybe = {place.number for group in groups for place in group} | counted | ends | sure.keys()
    named = sure | _page_numbers(lines, numbers, ends | sure.keys(), maybe, is_paged=is_paged)
    marks = named.keys() | ends
    for group in groups:
        if _is_running(lines, group, marks, maybe):
            named |= {place.number: RULE for place in group if place.number != _first(lines)}
    if is_paged:
        beside = (p for p in numbers if _beside(lines, p.number, named.keys() | ends))
        named |= {place.number: NUMBER_RULE for place in beside}
    return named | _gaps(lines, named)


def _is_page_number(line: str) -> bool:
    return bool(line) and len(line) < 30 and any(pattern.fullmatch(line) for pattern in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    patterns = packaged_table("narrate.sources.read.plain_text", "words.toml")["pages"]["numbers"]
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _first(lines: Sequence[str]) -> int:
    """The first line of all is the title, though it may run through the pages."""
    return next((n for n, line in enumerate(lines) if line.strip()), -1)


def _repeated(lines: Sequence[str], sure: Mapping[int, str]) -> dict[str, list[_Place]]:
    """Short lines by what they are but for their figures."""
    found: dict[str, list[_Place]] = {}
    for number, line in enumerate(lines):
        text = line.strip()
        is_short = 0 < len(text) <= HEAD_MAX_CHARS and len(text.split()) <= HEAD_MAX_WORDS
        if number not in sure and is_short and any(char.isalpha() for char in text) and not _ROMAN.fullmatch(text):
            found.setdefault(_DIGITS.sub("#", text.casefold()), []).append(_Place(number, text))
    return found


def _numbers(lines: Sequence[str]) -> list[_Place]:
    """Lines that are a number and nothing else; which of them are counted is told."""
    found = [(n, line.strip()) for n, line in enumerate(lines) if _is_number(line.strip())]
    values = [_value(text) for _, text in found]
    steps = [0 < after - before <= STEP_MAX for before, after in pairwise(values)]
    counted = [before or after for before, after in zip([False, *steps], [*steps, False], strict=True)] if found else []
    return [_Place(n, text, is_counted) for (n, text), is_counted in zip(found, counted, strict=True)]


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text) or _ROMAN.fullmatch(text))


def _value(text: str) -> int:
    if text.isdecimal():
        return int(text)
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[char] for char in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _is_running(lines: Sequence[str], group: Sequence[_Place], marks: Set[int], maybe: Set[int]) -> bool:
    """Tell whether most of the lines that are alike stand where only what belongs to pages stands."""
    body = [place for place in group if place.number != _first(lines)]
    inside = sum(_interrupts(lines, place.number, maybe) for place in body)
    glued = sum(_is_glued(lines, place.number, maybe) for place in body)
    beside = sum(_beside(lines, place.number, marks) for place in body)
    words = len(re.findall(r"[^\W\d_]+", group[0].text))
    has_figures = any(char.isdigit() for char in group[0].text)
    if has_figures and words < 2:  # "Chapter 3" begins a page as well
        return 2 * inside > len(body)
    evidence = [inside, beside, glued if has_figures and _counts_up(group) else 0]
    return 2 * max(evidence) >= len(body) and sum(evidence) > 1


def _counts_up(group: Sequence[_Place]) -> bool:
    """Tell whether one of the figures in the lines grows from each to the next, as the numbers of pages do."""
    columns = zip(*(map(int, _DIGITS.findall(place.text[:HEAD_MAX_CHARS])) for place in group), strict=False)
    return any(all(0 < after - before <= STEP_MAX for before, after in pairwise(column)) for column in columns)


def _page_numbers(
    lines: Sequence[str], numbers: Sequence[_Place], marks: Set[int], maybe: Set[int], *, is_paged: bool
) -> dict[int, str]:
    """Name bare numbers that are those of pages: all that are counted, where half of them are beyond doubt."""
    counted = [place for place in numbers if place.is_counted] if is_paged else []
    evident = [
        place.number
        for place in counted
        if _interrupts(lines, place.number, maybe)
        or _beside(lines, place.number, marks)
        or _is_glued(lines, place.number, maybe)
    ]
    found = [place.number for place in counted] if 2 * len(evident) >= len(counted) else evident
    alone = [place.number for place in numbers if _interrupts(lines, place.number, maybe, is_alone=True)]
    return dict.fromkeys((*found, *alone), NUMBER_RULE)


def _around(lines: Sequence[str], number: int, maybe: Set[int]) -> tuple[str, str]:
    """The lines of text before and after a line, beyond blank ones and what may belong to pages."""
    preceding = range(number - 1, max(-1, number - PAGE_GAP_MAX_LINES), -1)
    before = next((n for n in preceding if lines[n].strip() and n not in maybe), -1)
    following = range(number + 1, min(len(lines), number + PAGE_GAP_MAX_LINES))
    after = next((n for n in following if lines[n].strip() and n not in maybe), -1)
    return (lines[before].strip() if before >= 0 else "", lines[after].strip() if after >= 0 else "")


def _interrupts(lines: Sequence[str], number: int, maybe: Set[int], *, is_alone: bool = False) -> bool:
    """Tell whether a sentence goes on behind the line."""
    before, after = _around(lines, number, maybe)
    is_open = _is_prose(before) and not _END.search(before)
    goes_on = after[:1].islower() or (before.endswith((",", "-")) and not is_alone)
    return is_open and goes_on and len(after) >= (PROSE_MIN_CHARS if is_alone else 1)


def _is_glued(lines: Sequence[str], number: int, maybe: Set[int]) -> bool:
    """Tell whether lines of prose stand right before and after, with no blank line between."""
    up, down = range(number - 1, number - PAGE_GAP_MAX_LINES, -1), range(number + 1, number + PAGE_GAP_MAX_LINES)
    near = (next((n for n in reach if n not in maybe), -1) for reach in (up, down))
    before, after = (lines[n].strip() if 0 <= n < len(lines) else "" for n in near)
    return len(before) >= PROSE_MIN_CHARS // 2 and _is_prose(after)


def _is_prose(line: str) -> bool:
    """Tell whether a line is a long one of words; code and tables are made of signs and figures."""
    words = sum(char.isalpha() or char in " ,.;’'-" for char in line)
    return len(line) >= PROSE_MIN_CHARS and words >= PROSE_MIN_SHARE * len(line)


def _beside(lines: Sequence[str], number: int, marks: Set[int]) -> bool:
    """Tell whether the next line above or below, beyond blank ones, is one that marks the end of a page."""
    for step in (-1, 1):
        reach = range(number + step, number + step * PAGE_GAP_MAX_LINES, step)
        near = next((n for n in reach if n in marks or (0 <= n < len(lines) and lines[n].strip(" "))), -1)
        if near in marks:
            return True
    return False


def _gaps(lines: Sequence[str], named: Mapping[int, str]) -> dict[int, str]:
    """Name blank lines and ends of pages beside what is left out, where a sentence goes on behind it."""
    gaps: dict[int, str] = {n: GAP_RULE for n, line in enumerate(lines) if line == PAGE_END and n not in named}
    out = frozenset(named) | frozenset(gaps)
    for number in out:
        before, _ = _around(lines, number, out)
        if len(before) < PROSE_MIN_CHARS or _END.search(before):
            continue
        for step in (-1, 1):
            near = number + step
            while 0 <= near < len(lines) and (not lines[near].strip() or near in out):
                if near not in named:
                    gaps[near] = GAP_RULE
                near += step
    return gaps
