"""Chapters as files take them: titles of one clean line, whole milliseconds, and Podcasting 2.0's JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from narrate.core.clean_text import one_line
from narrate.core.episode import Chapter
from narrate.core.timecode import to_ms

# A table of contents in ID3 counts its entries in one byte, and so does MP4's list of chapters.
MAX_CHAPTERS = 255

# MP4's list of chapters gives a title's length in one byte, and FFmpeg would cut a longer one inside a letter.
TITLE_MAX_BYTES = 255

JSON_VERSION = "1.2.0"


@dataclass(frozen=True, slots=True)
class Span:
    """A chapter in a file: a title of one line, and whole milliseconds (end exclusive)."""

    title: str
    start_ms: int
    end_ms: int


def in_ms(chapters: Sequence[Chapter], rate_hz: int) -> tuple[Span, ...]:
    """Chapters in whole milliseconds: the first begins at 0, each ends where the next begins.

    Args:
        chapters: In order of time, at most MAX_CHAPTERS.
        rate_hz: Of the timeline they lie on.

    Raises:
        ValueError: There are more than any file can hold.
    """
    if len(chapters) > MAX_CHAPTERS:
        raise ValueError(f"{len(chapters)} chapters are more than the {MAX_CHAPTERS} that a file can hold")
    if not chapters:
        return ()
    bounds = [0, *(to_ms(chapter.start_sample, rate_hz) for chapter in chapters[1:])]
    bounds.append(to_ms(chapters[-1].end_sample, rate_hz))
    return tuple(
        Span(one_line(chapter.title, TITLE_MAX_BYTES) or str(index + 1), bounds[index], bounds[index + 1])
        for index, chapter in enumerate(chapters)
    )


def chapters_json(
    chapters: Sequence[Chapter],
    rate_hz: int,
    *,
    title: str = "",
    author: str = "",
    podcast: str = "",
    file_name: str = "",
) -> str:
    """Chapters in Podcasting 2.0's JSON, version 1.2.0, served as application/json+chapters.

    https://github.com/Podcastindex-org/podcast-namespace/blob/main/chapters/jsonChapters.md

    Args:
        chapters: In order of time, at most MAX_CHAPTERS.
        rate_hz: Of the timeline they lie on.
        title: Of the episode; left out where empty, like all that follow.
        author: Of the episode.
        podcast: Name of the podcast.
        file_name: Of the audio file.

    Raises:
        ValueError: There are too many chapters.
    """
    about = {"author": author, "title": title, "podcastName": podcast, "fileName": file_name}
    found = {
        "version": JSON_VERSION,
        **{key: line for key, value in about.items() if (line := one_line(value))},
        "chapters": [
            {"startTime": span.start_ms / 1000, "endTime": span.end_ms / 1000, "title": span.title}
            for span in in_ms(chapters, rate_hz)
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
