"""Chapters as files take them."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.chapters import MAX_CHAPTERS, TITLE_MAX_BYTES, chapters_json, in_ms
from narrate.core.episode import Chapter

RATES_HZ = st.sampled_from([16_000, 22_050, 24_000, 44_100])


def chapters_at(bounds: list[int]) -> list[Chapter]:
    return [Chapter(f"Part {n}", start, end) for n, (start, end) in enumerate(pairwise(bounds))]


@given(st.lists(st.integers(1, 10_000_000), min_size=2, max_size=40), RATES_HZ)
def test_chapters_cover_the_timeline(lengths: list[int], rate_hz: int) -> None:
    """The first begins at 0, each ends where the next begins, and none is half a millisecond off."""
    bounds = [sum(lengths[:n]) for n in range(len(lengths) + 1)]
    spans = in_ms(chapters_at(bounds), rate_hz)

    assert spans[0].start_ms == 0
    assert [span.end_ms for span in spans[:-1]] == [span.start_ms for span in spans[1:]]
    for span, start, end in zip(spans, bounds, bounds[1:], strict=False):
        assert abs(span.start_ms - start * 1000 / rate_hz) <= 0.5
        assert abs(span.end_ms - end * 1000 / rate_hz) <= 0.5


def test_the_first_begins_with_the_file() -> None:
    """Players show nothing for what lies before the first chapter."""
    assert in_ms([Chapter("A", 2400, 4800)], 24_000)[0].start_ms == 0


def test_no_chapters() -> None:
    """An article without headings has none."""
    assert in_ms([], 24_000) == ()
    assert json.loads(chapters_json([], 24_000))["chapters"] == []


def test_more_chapters_than_a_file_holds() -> None:
    """Say so, rather than lose some."""
    assert len(in_ms(chapters_at(list(range(0, 24 * (MAX_CHAPTERS + 1), 24))), 24_000)) == MAX_CHAPTERS

    with pytest.raises(ValueError, match="256 chapters"):
        in_ms(chapters_at(list(range(0, 24 * (MAX_CHAPTERS + 2), 24))), 24_000)


def test_podcasting_2_json() -> None:
    """Version 1.2.0, in seconds, in readable letters."""
    text = chapters_json(
        [Chapter("Einleitung", 0, 36_000), Chapter("Über “Größe”", 36_000, 60_024)],
        24_000,
        title="Ein Titel",
        author="A",
    )

    assert json.loads(text) == {
        "version": "1.2.0",
        "author": "A",
        "title": "Ein Titel",
        "chapters": [
            {"startTime": 0.0, "endTime": 1.5, "title": "Einleitung"},
            {"startTime": 1.5, "endTime": 2.501, "title": "Über “Größe”"},
        ],
    }
    assert "Über" in text
    assert text.endswith("}\n")


def test_a_chapter_without_a_title_has_its_number() -> None:
    """Players show an empty line otherwise."""
    assert [span.title for span in in_ms([Chapter("A", 0, 1), Chapter("\x00", 1, 2)], 1)] == ["A", "2"]


def test_a_long_title_is_cut_between_letters() -> None:
    """A long title is cut between letters, and shows that it was."""
    title = in_ms([Chapter("я" * 10_000, 0, 24_000)], 24_000)[0].title

    assert title == "я" * 126 + "…"
    assert len(title.encode()) <= TITLE_MAX_BYTES
