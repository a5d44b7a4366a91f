"""Text that was copied off Wikipedia: its buttons, marks of notes and lists of references."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from narrate.core.resources import packaged_table

RULE = "wikipedia"
REFERENCES_RULE = "references"
MARK_RULE = "note-mark"

_REFERENCE = re.compile(r"\s*(?:\^|↑)\s?\S")
# A list of notes under a text that counts its marks in brackets.
_NOTE = re.compile(r"\[\d{1,3}\]\s+\S")
_LAST = ".,;:!?”\"'’)]"
_HEADING_MAX_CHARS = 80
# "1 History", "2.1 Early days", below "Contents".
_ENTRY = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})*\.?\s+\S.{0,80}")


def is_copied(lines: Sequence[str]) -> bool:
    """Tell whether lines came off Wikipedia by what no other text has."""
    return any(
        _lines().fullmatch(line.strip()) or _heading(line) or _sure().search(line) or _REFERENCE.match(line)
        for line in lines
    )


def wikipedia_lines(lines: Sequence[str]) -> Mapping[int, str]:
    """Name the lines that are Wikipedia's, and those of its lists of references."""
    if not is_copied(lines):
        return {}
    named: dict[int, str] = {}
    is_apparatus = False
    for number, line in enumerate(lines):
        heading = _heading(line)
        if heading:
            is_apparatus = heading.casefold() in _apparatus()
        elif line.strip().casefold() in _apparatus() and _is_references(lines, number):
            is_apparatus = True
        if line.strip().casefold() in _contents():
            named |= dict.fromkeys(_contents_lines(lines, number), RULE)
        if is_apparatus or _REFERENCE.match(line):
            named[number] = REFERENCES_RULE
        elif _lines().fullmatch(line.strip()):
            named[number] = RULE
    return named


def is_apparatus(heading: str) -> bool:
    """Tell whether a heading is that of references, links and lists that are looked up, not read."""
    return heading.strip().casefold() in _apparatus()


def is_contents(heading: str) -> bool:
    """Tell whether a heading is that of a table of contents."""
    return heading.strip().casefold() in _contents()


def is_frame(line: str) -> bool:
    """Tell whether a line is one that Wikipedia puts around its articles."""
    return bool(_lines().fullmatch(line.strip()))


def without_edit(heading: str) -> str:
    """Return a heading without the button to edit it, which stands in brackets behind it."""
    return _edits().sub("", heading.rstrip())


def _contents_lines(lines: Sequence[str], number: int) -> range:
    """Return where a table of contents lies; nowhere, if no numbered lines follow its heading."""
    end = number + 1
    while end < len(lines) and (_ENTRY.fullmatch(lines[end]) or (end == number + 1 and not lines[end].strip())):
        end += 1
    return range(number, end) if end > number + 2 else range(0)


def _is_references(lines: Sequence[str], number: int) -> bool:
    """A heading without its button is known by what follows."""
    after = next((line for line in lines[number + 1 : number + 4] if line.strip()), "")
    return bool(_REFERENCE.match(after))


def without_marks(line: str) -> tuple[str, str]:
    """Return a line without marks of notes, a heading marked as one, and the marks that were taken out.

    >>> without_marks("It is old.[1][citation needed]")
    ('It is old.', '[1] [citation needed]')
    """
    heading = _heading(line)
    if heading:
        return f"## {heading}", ""
    taken = _marks().findall(line)
    return (_marks().sub("", line), " ".join(taken)) if taken else (line, "")


def has_marks(lines: Sequence[str]) -> bool:
    """Tell whether figures in brackets mark notes: these stand below, or the marks count up behind sentences."""
    found = [match for line in lines if not _NOTE.match(line) for match in _figures().finditer(line)]
    if any(_NOTE.match(line) for line in lines):
        return bool(found)
    marks = [int(match[1]) for match in found]
    behind = sum(match.string[match.start() - 1] in _LAST for match in found)
    is_counting = all(after - before in (0, 1) for before, after in pairwise(marks))
    return len(marks) > 1 and marks[0] == 1 and is_counting and 2 * behind >= len(marks)


def _heading(line: str) -> str:
    """Return the words of a heading that has a button to edit it, else ""."""
    found = _edits().search(line.rstrip())
    words = line[: found.start()].strip() if found else ""
    return words if len(words) <= _HEADING_MAX_CHARS else ""


@cache
def _figures() -> re.Pattern[str]:
    return re.compile(r"""(?<=[\w.,;:!?”"'’)\]])\[(\d{1,3})\]""")


@cache
def _lines() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _words("lines")))


@cache
def _edits() -> re.Pattern[str]:
    return re.compile(rf"\s?\[\s?(?:{'|'.join(_words('edits'))})\s?\]$", re.IGNORECASE)


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(
        rf"""(?<=[\w.,;:!?”"'’)\]%])(?:\[(?:{"|".join(_words("marks"))})\]:?(?:\d{{1,4}}(?:[–-]\d+)?)?)"""
    )


@cache
def _sure() -> re.Pattern[str]:
    return re.compile(rf"\[(?:{'|'.join(_words('sure'))})\]")


@cache
def _contents() -> frozenset[str]:
    return frozenset(_words("contents"))


@cache
def _apparatus() -> frozenset[str]:
    return frozenset(_words("apparatus"))


def _words(name: str) -> Sequence[str]:
    words: Sequence[str] = packaged_table("narrate.sources.read.plain_text", "words.toml")["wikipedia"][name]
    return words
