"""The rules for chapters, in a sound file and as Podcasting 2.0's JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from narrate.check.files import json_of, seconds_in_ms, whole
from narrate.check.finding import CHAPTERS, NARRATE, Finding, Rule, applied, shown
from narrate.check.sound import Mark
from narrate.core.clean_text import one_line
from narrate.core.timecode import exact_clock

MAX_BYTES = 8_000_000

# Files count in thousandths, and an AAC file lasts a little longer than its sound.
TOLERANCE_MS = 100


@dataclass(frozen=True, slots=True)
class Marks:
    """Chapters, and how long the sound is (None where nobody knows)."""

    marks: Sequence[Mark]
    duration_ms: int | None


@dataclass(frozen=True, slots=True)
class ChaptersFile:
    """A chapters file.

    Attributes:
        problem: Why it is none, "" where it is.
        version: Of the format.
        marks: The chapters that are to be seen.
    """

    problem: str = ""
    version: str = ""
    marks: tuple[Mark, ...] = ()


def check_marks(marks: Sequence[Mark], duration_ms: int | None, where: str) -> Iterator[Finding]:
    """Look at chapters, wherever they come from."""
    yield from applied(MARK_RULES, Marks(marks, duration_ms), where)


def check_chapters_file(path: Path, duration_ms: int | None) -> Iterator[Finding]:
    """Look at a chapters file; whatever it holds, this raises nothing."""
    found = read_chapters(path)
    yield from applied(CHAPTERS_FILE_RULES, found, path.name)
    if not found.problem:
        yield from check_marks(found.marks, duration_ms, path.name)


def read_chapters(path: Path) -> ChaptersFile:
    """Read a chapters file; whatever it holds, this raises nothing."""
    try:
        found = json_of(whole(path, MAX_BYTES))
        chapters = found.get("chapters")
        version = found.get("version")
        if not isinstance(version, str) or not isinstance(chapters, list):
            return ChaptersFile('it has no "version" and "chapters"')
        marks = [_mark(number, chapter) for number, chapter in enumerate(chapters, 1)]
    except ValueError as error:
        return ChaptersFile(str(error))
    return ChaptersFile("", version, tuple(mark for mark in marks if mark))


def _mark(number: int, chapter: object) -> Mark | None:
    """A chapter; None for one that is not to be seen in the table of contents."""
    start_ms = seconds_in_ms(chapter.get("startTime")) if isinstance(chapter, dict) else None
    if not isinstance(chapter, dict) or start_ms is None:
        raise ValueError(f'chapter {number} has no number of seconds as its "startTime"')
    end_ms = None
    if "endTime" in chapter and (end_ms := seconds_in_ms(chapter["endTime"])) is None:
        raise ValueError(f'chapter {number} has no number of seconds as its "endTime"')
    title = chapter.get("title", "")
    if not isinstance(title, str):
        raise ValueError(f'the "title" of chapter {number} is no text')
    return None if chapter.get("toc") is False else Mark(one_line(title), start_ms, end_ms)


def _order(found: Marks) -> Iterator[str]:
    for number, (before, after) in enumerate(pairwise(found.marks), 2):
        if after.start_ms <= before.start_ms:
            yield f"chapter {number} begins at {exact_clock(after.start_ms)}, not after the one before it"
            return
    for number, mark in enumerate(found.marks, 1):
        if mark.end_ms is not None and mark.end_ms <= mark.start_ms:
            yield f"chapter {number} ends at {exact_clock(mark.end_ms)}, where it begins or before"
            return


def _gaps(found: Marks) -> Iterator[str]:
    for number, (before, after) in enumerate(pairwise(found.marks), 1):
        ordered = before.start_ms < after.start_ms and before.end_ms is not None
        if ordered and before.end_ms is not None and abs(before.end_ms - after.start_ms) > 1:
            ends, begins = exact_clock(before.end_ms), exact_clock(after.start_ms)
            yield f"chapter {number} ends at {ends}, the next begins at {begins}"
            return


def _beginning(found: Marks) -> Iterator[str]:
    if found.marks and found.marks[0].start_ms > TOLERANCE_MS:
        yield f"the first chapter begins at {exact_clock(found.marks[0].start_ms)}; players show none before it"


def _within(found: Marks) -> Iterator[str]:
    if found.duration_ms is None:
        return
    for number, mark in enumerate(found.marks, 1):
        last_ms = max(mark.start_ms, mark.end_ms or 0)
        if mark.start_ms >= found.duration_ms or last_ms > found.duration_ms + TOLERANCE_MS:
            ends = exact_clock(found.duration_ms)
            yield f"chapter {number} reaches to {exact_clock(last_ms)}, and the sound ends at {ends}"
            return


def _titles(found: Marks) -> Iterator[str]:
    for number, mark in enumerate(found.marks, 1):
        if not mark.title.strip():
            yield f"chapter {number} has no title"


def _bad_form(found: ChaptersFile) -> Iterator[str]:
    if found.problem:
        yield found.problem


def _version(found: ChaptersFile) -> Iterator[str]:
    if not found.problem and not found.version.startswith("1."):
        yield f"its version is {shown(found.version)}, not 1.2.0"


def _none(found: ChaptersFile) -> Iterator[str]:
    if not found.problem and not found.marks:
        yield "it has no chapters to show"


MARK_RULES: tuple[Rule[Marks], ...] = (
    Rule("chapters-order", "error", CHAPTERS, "each begins after the one before it", _order),
    Rule("chapters-within", "error", CHAPTERS, "all lie within the sound", _within),
    Rule("chapters-gaps", "warning", NARRATE, "each ends where the next begins", _gaps),
    Rule("chapters-beginning", "warning", NARRATE, "the first begins with the sound", _beginning),
    Rule("chapters-titles", "warning", CHAPTERS, "each has a title", _titles),
)

CHAPTERS_FILE_RULES: tuple[Rule[ChaptersFile], ...] = (
    Rule("chapters-form", "error", CHAPTERS, "JSON with version, chapters, startTime", _bad_form),
    Rule("chapters-version", "warning", CHAPTERS, "version 1.2.0", _version),
    Rule("chapters-none", "warning", CHAPTERS, "there are chapters in the file", _none),
)
