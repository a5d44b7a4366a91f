"""The frame around texts of Project Gutenberg: its header, its licence and its volunteers' notes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from functools import cache

from narrate.core.article import Metadata
from narrate.core.resources import packaged_table
from narrate.sources.read.plain_text.left_out import paragraphs_of

RULE = "gutenberg-frame"
PICTURE_RULE = "illustration"

# The header is shorter; the line that ends it may be broken.
START_MAX_LINES = 400
CREDIT_MAX_PARAGRAPHS = 6
NOTE_MAX_PARAGRAPHS = 12

_FIELD = re.compile(r"(Title|Author|Language):\s+(\S.*)")
_LANGUAGES = {"english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it", "portuguese": "pt"}


def gutenberg_lines(lines: Sequence[str]) -> Mapping[int, str]:
    """Name the lines of the frame, of credits and transcriber's notes, and the places of pictures; none elsewhere."""
    start, end = _bounds(lines)
    if not start and end == len(lines):
        return {}
    frame = {**dict.fromkeys(range(start), RULE), **dict.fromkeys(range(end, len(lines)), RULE)}
    return frame | _notes(lines[:end], start)


def gutenberg_metadata(lines: Sequence[str]) -> Metadata:
    """Return what the header says of the text."""
    start, _ = _bounds(lines)
    top = re.sub(r"\n[ \t]+(?=\S)", " ", "\n".join(lines[:start]))  # a long title takes two lines
    found = {match[1]: " ".join(match[2].split()) for line in top.split("\n") if (match := _FIELD.match(line))}
    language = _LANGUAGES.get(found.get("Language", "").lower())
    return Metadata(title=found.get("Title"), author=found.get("Author"), language=language)


def _bounds(lines: Sequence[str]) -> tuple[int, int]:
    """Return the first line of the text itself, and the first one after it."""
    start = next((n for n, line in enumerate(lines[:START_MAX_LINES]) if _pattern("start").match(line.strip())), None)
    begin = 0
    if start is not None:  # the name of a long book takes two lines, and three stars end it
        is_closed = lines[start].rstrip().endswith("***") or not lines[start + 1 : start + 2]
        begin = start + (1 if is_closed or not lines[start + 1].rstrip().endswith("***") else 2)
    end = next((n for n in range(begin, len(lines)) if _pattern("end").match(lines[n].strip())), len(lines))
    return begin, end


def _notes(lines: Sequence[str], start: int) -> dict[int, str]:
    named: dict[int, str] = {}
    places = list(paragraphs_of(lines, start))
    for index, place in enumerate(places):
        first = lines[place.start].strip()
        if index < CREDIT_MAX_PARAGRAPHS and _pattern("credit").match(first):
            named |= dict.fromkeys(place, RULE)
        elif _pattern("note").match(first) and place.start not in named:
            named |= dict.fromkeys(_note(lines, places[index:]), RULE)
        elif _pattern("picture").match(first):
            named |= dict.fromkeys(_bracketed(lines, places[index:]), PICTURE_RULE)
    return named


def _note(lines: Sequence[str], places: Sequence[range]) -> range:
    """Return where a note of the transcriber lies: in brackets, or up to the next larger gap."""
    if lines[places[0].start].lstrip().startswith("["):
        return _bracketed(lines, places)
    end = places[0].stop
    for before, place in itertools.pairwise(places):
        is_first = before is places[0]  # the heading of the note
        if place.start - before.stop > 2 and not is_first:
            break
        end = place.stop
    return range(places[0].start, end)


def _bracketed(lines: Sequence[str], places: Sequence[range]) -> range:
    """Return the paragraphs up to the one that closes the bracket; the first alone where none does."""
    depth = 0
    for place in places[:NOTE_MAX_PARAGRAPHS]:
        text = "".join(lines[place.start : place.stop])
        depth += text.count("[") - text.count("]")
        if depth <= 0:
            return range(places[0].start, place.stop)
    return places[0]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    table = packaged_table("narrate.sources.read.plain_text", "words.toml")["gutenberg"]
    return re.compile(table[name], re.IGNORECASE)
