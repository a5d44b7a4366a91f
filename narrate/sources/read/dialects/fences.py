"""Fences that nobody closed: Markdown takes all that follows for code, and a reader would lose the article's rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from narrate.sources.read.dialects.indented import is_prose

# So many words of prose were not meant to be code; one sentence may be a comment.
PROSE_MIN_WORDS = 8
# From the first prose on, so much of what follows is prose, by its words.
REST_SHARE = 0.6

_OPENS = re.compile(r"(?P<before>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<marks>`{3,}|~{3,})(?P<info>[^`\n]*)$")
_HEADING = re.compile(r" {0,3}#{1,6}\s+\S.*[^\W\d_]{3}")
# Marks that Markdown puts into a sentence; they are no sign of code.
_MARKS = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)|(?<!\w)[*_`]+|[*_`]+(?!\w)|^(?:[-*+>]|\d{1,3}[.)])\s+")
# What shows Markdown itself may hold fences.
_SHOWS_FENCES = ("markdown", "md", "mdx", "mdown")


@dataclass(frozen=True, slots=True)
class Mended:
    """A text with one fence more.

    Attributes:
        text: It, with a line that closes the fence.
        line: Number of the line in which that fence opens, from 1.
    """

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines without a blank one between them.

    Attributes:
        line: Index of the first one in the text.
        text: They, joined.
        is_prose: A writer wrote them to be read.
    """

    line: int
    text: str
    is_prose: bool


def with_fence_closed(text: str, tokens: Sequence[Token]) -> Mended | None:
    """Return a text with the first fence closed that took prose for code; None where there is none.

    A fence took too much where it has no end, or where another one opens before its end; and where what follows a blank
    line in it is prose from there on. It is closed before that.

    Args:
        text: Markdown.
        tokens: What the parser made of it.
    """
    lines = text.split("\n")
    for token in tokens:
        opened = _OPENS.match(lines[token.map[0]]) if token.type == "fence" and token.map else None
        if opened is None or token.map is None:
            continue
        stop = _end_of_doubt(lines, token, opened)
        if stop is None or (place := _prose_from(lines, token.map[0] + 1, stop, len(opened["before"]))) is None:
            continue
        closing = " " * len(opened["before"]) + opened["marks"]
        return Mended("\n".join([*lines[:place], closing, "", *lines[place:]]), token.map[0] + 1)
    return None


def _end_of_doubt(lines: Sequence[str], token: Token, opened: re.Match[str]) -> int | None:
    """Return the line up to which a fence may hold what is no code; None where it is closed as it should be."""
    first, last = token.map or (0, 0)
    is_closed = last - first > 1 and bool(
        re.fullmatch(rf"[ \t]*{re.escape(opened['marks'][0])}{{{len(opened['marks'])},}}[ \t]*", lines[last - 1])
    )
    if not is_closed:
        return last
    if opened["info"].strip().lower().strip("{}.") in _SHOWS_FENCES:
        return None
    again = (number for number in range(first + 1, last - 1) if _opens_again(lines[number], opened["marks"]))
    return next(again, None)


def _opens_again(line: str, marks: str) -> bool:
    found = _OPENS.match(line)
    return bool(found and found["info"].strip() and found["marks"].startswith(marks))


def _prose_from(lines: Sequence[str], start: int, stop: int, indent: int) -> int | None:
    """Return the line from which on what stands in a fence is prose; None where too little of it is."""
    found = list(_paragraphs(lines, start, stop, indent))
    first = next((number for number, one in enumerate(found) if one.is_prose), None)
    if first is None:
        return None
    counts = [(len(one.text.split()), one.is_prose) for one in found[first:]]
    prose = sum(count for count, is_own in counts if is_own)
    is_enough = prose >= PROSE_MIN_WORDS and prose >= REST_SHARE * sum(count for count, _ in counts)
    return found[first].line if is_enough else None


def _paragraphs(lines: Sequence[str], start: int, stop: int, indent: int) -> Iterator[_Paragraph]:
    """Yield what stands between blank lines; what is indented further than its fence is code."""
    group: list[str] = []
    for number in range(start, stop + 1):
        line = lines[number] if number < stop else ""
        if line.strip():
            group.append(line)
        elif group:
            text = " ".join(one.strip() for one in group)
            is_deeper = len(group[0]) - len(group[0].lstrip()) > indent
            yield _Paragraph(number - len(group), text, not is_deeper and _reads(group, text))
            group = []


def _reads(group: Sequence[str], text: str) -> bool:
    plain = " ".join(_MARKS.sub(r"\1", line.strip()) for line in group)
    # One that goes on with a sentence begins small.
    return is_prose(plain[:1].upper() + plain[1:]) or bool(len(group) == 1 and _HEADING.match(text))
