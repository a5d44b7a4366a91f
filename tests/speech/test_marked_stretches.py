"""An utterance is cut at its author's pauses and voices, and every word of it stays in one stretch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Article, Block, Cleaned, Mark, Metadata, Script, Utterance
from narrate.core.settings.loading import Pauses
from narrate.episode.accounting import require_all_chunked
from narrate.speech.chunking import chunk
from narrate.speech.marked_stretches import stretches_of
from narrate.text.clean import clean


def utterance(text: str, *marks: Mark) -> Utterance:
    """A paragraph that is said as it is written."""
    return Utterance("paragraph", text, text, 0, (), marks=marks)


def pause(at: int, ms: int) -> Mark:
    """A pause of some milliseconds."""
    return Mark("pause", at, at, str(ms))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (utterance("One two."), [("One two.", "", None)]),
        (utterance("One two.", pause(3, 500)), [("One", "", 500), (" two.", "", None)]),
        (utterance("One two.", pause(3, 500), pause(3, 200)), [("One", "", 700), (" two.", "", None)]),
        (utterance("One two.", pause(7, 500)), [("One two.", "", 500)]),
        (utterance("“One.", pause(1, 500)), [("“One.", "", None)]),
        (utterance("One two.", Mark("voice", 0, 3, "low")), [("One", "low", None), (" two.", "", None)]),
        (
            utterance("One two.", Mark("voice", 0, 8, "low"), Mark("voice", 4, 8, "high")),
            [("One ", "low", None), ("two.", "high", None)],
        ),
    ],
)
def test_stretches_end_at_pauses_and_voices(said: Utterance, expected: list[tuple[str, str, int | None]]) -> None:
    """A stretch has words; the innermost voice says it."""
    found = stretches_of(said)

    assert [(said.text[one.start_char : one.end_char], one.voice, one.pause_ms) for one in found] == expected


def test_a_pause_at_the_edge_of_a_block_lengthens_the_usual_one() -> None:
    """A shorter one does not shorten it; the one before the next block counts, too."""
    pauses = Pauses(paragraph_ms=600)
    for first, second, expected in ((200, 0, (600, False)), (2000, 0, (2000, True)), (500, 400, (900, True))):
        script = Script(Metadata(), (utterance("One.", pause(4, first)), utterance("Two.", pause(0, second))), ())
        found = chunk(script, lambda text: True, pauses)[0]

        assert (found.pause_after_ms, found.is_pause_exact) == expected


@given(
    st.text("ab ,.“”'-", max_size=40),
    st.lists(st.tuples(st.sampled_from(["pause", "voice"]), st.integers(0, 40), st.integers(0, 40)), max_size=5),
)
def test_no_word_is_lost_between_stretches(text: str, places: list[tuple[str, int, int]]) -> None:
    """Wherever marks stand, each word is in one chunk, and each chunk has words."""
    text = f"x{text}y"
    marks = []
    for kind, one, other in places:
        start, end = sorted((min(one, len(text)), min(other, len(text))))
        marks.append(pause(start, 100) if kind == "pause" else Mark("voice", start, end, "low"))
    script = Script(Metadata(), (utterance(text, *sorted(marks, key=lambda mark: mark.start_char)),), ())

    chunks = chunk(script, lambda run: True, Pauses())

    require_all_chunked(script, chunks)
    assert all(any(map(str.isalnum, found.text)) for found in chunks)


@given(st.lists(st.sampled_from(["paragraph", "heading", "list_item", "quote", "title"]), min_size=1, max_size=6))
def test_cleaning_keeps_marks_and_speakers(kinds: list[str]) -> None:
    """Whatever becomes of the kind of a block, it keeps what its author said of it."""
    blocks = tuple(
        Block(kind, f"A line of words that says {n} things, as it should.", marks=(pause(n, 100),), speaker=str(n))  # type: ignore[arg-type]
        for n, kind in enumerate(kinds)
    )
    cleaned: Cleaned = clean(Article(Metadata(title="T"), blocks), "en")

    for block in cleaned.article.blocks:
        assert block.marks == (pause(int(block.speaker), 100),)
