"""A report as lines."""

from __future__ import annotations

from datetime import UTC, datetime

from narrate.check.listen import Added, Missed, Report, lines
from narrate.core.article import Block
from narrate.episode.manifest import Filed, Manifest, Passage

MANIFEST = Manifest(
    "g", "The Light", "en", datetime(2026, 1, 1, tzinfo=UTC), 1000, "audio/mpeg", Filed("a.mp3", 1, "0"),
    text=(
        Passage(Block("title", "The Light")),
        Passage(Block("paragraph", "One.")),
        Passage(Block("code", "x = 1"), spoken=False),
        Passage(Block("heading", "Later", 2)),
        Passage(Block("paragraph", "Two.")),
    ),
)  # fmt: skip


def test_a_good_episode_has_two_lines() -> None:
    """The rate, and that nothing is missing."""
    assert lines(Report(2, 400)) == [
        "0.5 % of 400 words were heard as others, not at all or too often",
        "nothing is missing",
    ]


def test_each_stretch_has_its_paragraph_and_time() -> None:
    """In the order of the script; the title and headings are named, and paragraphs that are spoken are counted."""
    report = Report(
        12, 400, (Missed(0, "The Light", 190, 900), Missed(3, "Two.", 3_725_000, 3_726_000)),
        (Added(1, "One. One.", 61_000, 62_000, "doubled"),),
    )  # fmt: skip
    assert lines(report, MANIFEST)[1:] == [
        "missing     00:00  the title: The Light",
        "doubled     01:01  paragraph 1: One. One.",
        "missing   1:02:05  paragraph 2: Two.",
    ]


def test_without_a_manifest_blocks_are_counted() -> None:
    """Blocks have numbers from 1."""
    assert "block 3: Two." in lines(Report(1, 9, (Missed(2, "Two.", 0, 0),)))[1]


def test_a_long_stretch_is_shortened() -> None:
    """The beginning and the end of it are shown."""
    text = " ".join(map(str, range(100)))
    (row,) = lines(Report(100, 100, (Missed(0, text, 0, 0),)))[1:]
    assert row.endswith("18 19 … 97 98 99")
