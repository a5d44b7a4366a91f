"""Headings become chapters, and so do stretches of a long article without any."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import BlockKind, Metadata, Script, Utterance
from narrate.core.chapters import MAX_CHAPTERS
from narrate.core.episode import Chapter, Narration, Placed
from narrate.core.settings.loading import Pauses
from narrate.episode.chapters import LONG_MS, PART_MS, chapters_of
from narrate.speech.chunking import chunk

RATE_HZ = 1000  # so that a sample is a millisecond
LEAD_IN_MS = 150

Said = tuple[BlockKind, str, int]


def spoken(*said: Said, title: str | None = None, block_ms: int = 10_000, chars: int = 400) -> tuple[Script, Narration]:
    """A script and its timeline; every chunk lasts as long, from one to the next without a pause."""
    utterances = tuple(Utterance(kind, text, text, n, (), level) for n, (kind, text, level) in enumerate(said))
    script = Script(Metadata(title=title), utterances, ())
    placed, at = [], LEAD_IN_MS
    for piece in chunk(script, lambda text: len(text) <= chars, Pauses()):
        placed.append(Placed(piece, at, at + block_ms))
        at += block_ms
    return script, Narration(RATE_HZ, at + 600, tuple(placed))


def titles(*said: Said, title: str | None = None) -> list[str]:
    return [chapter.title for chapter in chapters_of(*spoken(*said, title=title))]


TITLE: Said = ("title", "A Light at Sea", 0)
TEXT: Said = ("paragraph", "The keeper climbs the stairs.", 0)


def heading(text: str, level: int = 2) -> Said:
    return ("heading", text, level)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([TEXT, TEXT], []),
        ([TITLE, TEXT], []),
        ([heading("Winter"), TEXT], []),
        ([TITLE, TEXT, heading("Winter"), TEXT], ["A Light at Sea", "Winter"]),
        ([TITLE, heading("Winter"), TEXT, heading("Ice", 3), TEXT], ["A Light at Sea", "Winter", "Ice"]),
        ([("intro", "Hello.", 0), TITLE, TEXT, heading("Winter"), TEXT], ["A Light at Sea", "Winter"]),
        ([("intro", "A Light at Sea.", 0), TEXT, heading("Winter"), TEXT], ["A Light at Sea", "Winter"]),
        ([("intro", "Hello.", 0), TITLE, TEXT], []),
        ([("intro", "A Light at Sea.", 0), TEXT, ("outro", "That was it.", 0)], []),
    ],
)
def test_headings_are_chapters(said: list[Said], expected: list[str]) -> None:
    """With the title as the first one; where there is only one, there is nothing to tell apart."""
    assert titles(*said, title="A Light at Sea") == expected


@pytest.mark.parametrize("title", [None, "Letters"])
def test_what_stands_before_the_first_heading_is_not_part_of_its_chapter(title: str | None) -> None:
    """It is called like the article, or by its own first words."""
    script, narration = spoken(("intro", "Hello.", 0), TEXT, heading("Winter"), TEXT, title=title)

    opening, winter = chapters_of(script, narration)

    assert (opening.title, opening.start_sample) == (title or "The keeper climbs the stairs.", 0)
    assert (winter.title, winter.start_sample) == ("Winter", narration.placed[2].start_sample)


def test_chapters_begin_with_their_headings() -> None:
    """The first with the file, each ends where the next begins, and the last with the file."""
    script, narration = spoken(TITLE, TEXT, heading("Winter"), TEXT)

    first, second = chapters_of(script, narration)

    assert (first.start_sample, first.end_sample) == (0, LEAD_IN_MS + 20_000)
    assert (second.start_sample, second.end_sample) == (LEAD_IN_MS + 20_000, narration.duration_samples)


@pytest.mark.parametrize("count", [1, 100, MAX_CHAPTERS - 1])
def test_as_many_headings_as_a_file_can_hold(count: int) -> None:
    """All of them, besides the title."""
    assert titles(TITLE, *[heading(f"Part {n}", 3) for n in range(count)]) == [
        "A Light at Sea",
        *(f"Part {n}" for n in range(count)),
    ]


def test_of_too_many_headings_the_deepest_levels_are_left_out() -> None:
    """Rather than those that happen to come last."""
    said = [heading(f"{n}.{m}" if m else f"{n}", 3 if m else 2) for n in range(30) for m in range(10)]

    assert titles(TITLE, *said) == ["A Light at Sea", *map(str, range(30))]


def test_too_many_headings_of_one_level_count_for_nothing() -> None:
    """The article is divided by time then."""
    chapters = chapters_of(*spoken(TITLE, *[heading(f"Part {n}", 2) for n in range(300)], block_ms=6000))

    assert 2 < len(chapters) <= 6
    assert all(PART_MS <= chapter.end_sample - chapter.start_sample <= 2 * PART_MS for chapter in chapters[:-1])


def test_a_long_article_without_headings_is_divided_by_time() -> None:
    """At the first paragraph after every five minutes, by its first words; what comes last is no scrap."""
    said = [("paragraph", f"Paragraph {n} says what it has to say, and no more.", 0) for n in range(74)]

    chapters = chapters_of(*spoken(*said, title="Long"))  # 740 s

    assert [chapter.title for chapter in chapters] == ["Long", "Paragraph 30 says what it has to say,…"]
    assert chapters[1].start_sample == LEAD_IN_MS + PART_MS


def test_a_part_never_begins_inside_a_paragraph() -> None:
    """However long that is."""
    said = [("paragraph", "One sentence of it. " * 100, 0), ("paragraph", "The other one.", 0)] * 2
    script, narration = spoken(*said, chars=30, block_ms=6000)

    chapters = chapters_of(script, narration)

    starts = {item.start_sample for item in narration.placed if item.chunk.start_char == 0}
    assert len(chapters) == 2
    assert chapters[1].start_sample == LEAD_IN_MS + 2 * PART_MS
    assert chapters[1].start_sample in starts
    assert chapters[0].title == "One sentence of it. One sentence of it.…"


@pytest.mark.parametrize(("blocks", "count"), [(LONG_MS // 10_000 - 1, 0), (LONG_MS // 10_000, 2)])
def test_how_long_is_long(blocks: int, count: int) -> None:
    """Up to ten minutes an article needs no chapters."""
    assert len(chapters_of(*spoken(*[TEXT] * blocks))) == count


def test_a_day_of_text_has_no_more_chapters_than_a_file_can_hold() -> None:
    """They are longer then."""
    chapters = chapters_of(*spoken(*[TEXT] * 2000, block_ms=60_000))  # 33 hours

    assert 100 < len(chapters) <= MAX_CHAPTERS


KINDS = st.sampled_from(["paragraph", "heading", "list_item", "quote", "code"])


@given(
    st.lists(st.tuples(KINDS, st.sampled_from(["Aa", "Bb cc. Dd ee."]), st.integers(1, 6)), min_size=1, max_size=300),
    st.sampled_from([20, 2000, 40_000]),
    st.sampled_from([None, "Title"]),
    st.booleans(),
)
def test_chapters_cover_the_timeline_or_there_are_none(
    said: list[Said], block_ms: int, title: str | None, framed: bool
) -> None:
    """From its first sample to its last without a gap, at least two, none without a name or a length."""
    around: list[Said] = [("intro", "Hello.", 0)] if framed else []
    script, narration = spoken(*around, *said, title=title, block_ms=block_ms)

    chapters: tuple[Chapter, ...] = chapters_of(script, narration)

    if chapters:
        assert 2 <= len(chapters) <= MAX_CHAPTERS
        assert chapters[0].start_sample == 0
        assert chapters[-1].end_sample == narration.duration_samples
        assert all(before.end_sample == after.start_sample for before, after in pairwise(chapters))
        assert all(chapter.title and chapter.start_sample < chapter.end_sample for chapter in chapters)
