"""The chapters of an episode: its headings, or pieces of about five minutes where a long article has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from narrate.core.article import Script
from narrate.core.chapters import MAX_CHAPTERS
from narrate.core.episode import Chapter, Narration, Placed
from narrate.episode.naming import first_words

# Apple makes chapters of its own for episodes of more than ten minutes that have none.
LONG_MS = 600_000
PART_MS = 300_000

DEEPEST_LEVEL = 6


def chapters_of(script: Script, narration: Narration) -> tuple[Chapter, ...]:
    """Contiguous chapters that cover the timeline; none where there is nothing to tell apart.

    Where an article has more headings than a file can hold, the deepest levels are no chapters.
    """
    for deepest in range(DEEPEST_LEVEL, 0, -1):
        found = _headings(script, narration.placed, deepest)
        if len(found) <= MAX_CHAPTERS:
            break
    if not 2 <= len(found) <= MAX_CHAPTERS:
        found = _parts(script, narration)
    return _contiguous(found, narration.duration_samples) if len(found) > 1 else ()


def _headings(script: Script, placed: Sequence[Placed], deepest: int) -> list[tuple[str, int]]:
    named = ((item.chunk.chapter, item) for item in placed)
    found = [
        (title, item.start_sample)
        for title, item in named
        if title and script.utterances[item.chunk.utterance].level <= deepest
    ]
    return [_opening(script, placed), *found] if found and _is_late(script, placed, found[0][1]) else found


def _is_late(script: Script, placed: Sequence[Placed], start_sample: int) -> bool:
    """Tell whether some of the article is heard before the first heading, which is no name for it."""
    before = (item for item in placed if item.start_sample < start_sample)
    return any(script.utterances[item.chunk.utterance].kind != "intro" for item in before)


def _opening(script: Script, placed: Sequence[Placed]) -> tuple[str, int]:
    own = [item for item in placed if script.utterances[item.chunk.utterance].kind != "intro"] or placed
    return script.meta.title or first_words(script.utterances[own[0].chunk.utterance].written), 0


def _parts(script: Script, narration: Narration) -> list[tuple[str, int]]:
    """A chapter at the first paragraph after each five minutes, called by the paragraph's first words."""
    ms = narration.rate_hz / 1000
    if narration.duration_samples <= LONG_MS * ms:
        return []
    # No part is longer than the file can count, nor is the last one only a few words.
    part_samples = max(PART_MS * ms, narration.duration_samples / (MAX_CHAPTERS - 1))
    return list(_spaced(script, narration.placed, part_samples, narration.duration_samples - part_samples / 2))


def _spaced(script: Script, placed: Sequence[Placed], part: float, last: float) -> Iterator[tuple[str, int]]:
    yield _opening(script, placed)
    due = part
    for item in placed:
        if item.chunk.start_char == 0 and due <= item.start_sample <= last:
            yield first_words(script.utterances[item.chunk.utterance].written), item.start_sample
            due = item.start_sample + part


def _contiguous(starts: Sequence[tuple[str, int]], duration_samples: int) -> tuple[Chapter, ...]:
    """Make chapters from each start to the next; the first from the very beginning."""
    edges = [0, *(start for _, start in starts[1:]), duration_samples]
    return tuple(Chapter(title, *edge) for (title, _), edge in zip(starts, pairwise(edges), strict=True))
