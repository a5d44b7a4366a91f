"""The books of an episode."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from narrate.core.article import Article, Block, Chunk, Cleaned, Metadata, Script
from narrate.core.episode import Narration, Placed
from narrate.core.errors import SynthesisFailed
from narrate.core.settings.loading import Pauses, Settings
from narrate.episode.accounting import require_all_chunked, require_all_heard, require_all_said
from narrate.pipeline import plan, speaking
from narrate.pipeline.making import make_episode
from narrate.speech.chunking import chunk
from narrate.text.spoken import to_script

BLOCKS = (
    Block("title", "A Light at Sea"),
    Block("paragraph", "She climbs 31 stairs each evening. She lights the lamp."),
    Block("paragraph", "* * *"),
    Block("paragraph", "It cost $5."),
)
CLEANED = Cleaned(Article(Metadata(), BLOCKS), ())
SCRIPT = to_script(CLEANED, "en")
CHUNKS = tuple(chunk(SCRIPT, lambda text: len(text) <= 30, Pauses(), by_sentence=True))


def heard(chunks: tuple[Chunk, ...] = CHUNKS) -> Narration:
    """Each chunk for a hundred samples, ten apart."""
    placed = tuple(Placed(one, number * 110, number * 110 + 100) for number, one in enumerate(chunks))
    return Narration(24_000, len(chunks) * 110, placed)


def test_good_books() -> None:
    """Nothing is said of them; a block of signs is on record as one without words."""
    assert len(CHUNKS) > 3
    require_all_said(CLEANED, SCRIPT)
    require_all_chunked(SCRIPT, CHUNKS)
    require_all_heard(CHUNKS, heard())


def without(script: Script, number: int) -> Script:
    """A script that lacks an utterance."""
    return replace(script, utterances=tuple(one for one in script.utterances if one is not script.utterances[number]))


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (without(SCRIPT, 0), "A Light at Sea"),
        (without(SCRIPT, 2), r"It cost \$5"),
        (replace(SCRIPT, drops=()), r"\* \* \*"),
        (replace(SCRIPT, utterances=(replace(SCRIPT.utterances[0], written="A Light"), *SCRIPT.utterances[1:])), "Sea"),
        (replace(SCRIPT, utterances=(*SCRIPT.utterances[:2], replace(SCRIPT.utterances[2], edits=()))), r"cost \$5"),
        (replace(SCRIPT, utterances=(*SCRIPT.utterances[:2], replace(SCRIPT.utterances[2], text="It"))), r"cost \$5"),
    ],
)
def test_words_that_the_script_lacks(script: Script, words: str) -> None:
    """Are named."""
    with pytest.raises(SynthesisFailed, match=words):
        require_all_said(CLEANED, script)


def changed(number: int, **values: object) -> tuple[Chunk, ...]:
    """The chunks, one of them otherwise."""
    return tuple(replace(one, **values) if one.index == number else one for one in CHUNKS)


@pytest.mark.parametrize(
    ("chunks", "words"),
    [
        (CHUNKS[:-1], "out of order|five dollars"),
        (CHUNKS[1:], "out of order"),
        ((CHUNKS[1], CHUNKS[0], *CHUNKS[2:]), "out of order"),
        (changed(1, text="She climbs"), "She climbs"),
        (changed(1, start_char=3, text=CHUNKS[1].text[3:]), "She"),
        (changed(1, end_char=CHUNKS[1].end_char - 4, text=CHUNKS[1].text[:-4]), CHUNKS[1].text[-4:].strip(" .")),
        (changed(2, start_char=CHUNKS[1].start_char), CHUNKS[2].text[:5]),
    ],
)
def test_words_that_no_chunk_has(chunks: tuple[Chunk, ...], words: str) -> None:
    """Are named, and so are words that stand in two."""
    with pytest.raises(SynthesisFailed, match=words):
        require_all_chunked(SCRIPT, chunks)


def test_a_chunk_that_is_not_heard() -> None:
    """Because it is not there, has no length, lies over another, beyond the end, or is another one."""
    good = heard()
    first, second, *rest = good.placed
    broken = [
        replace(good, placed=good.placed[1:]),
        replace(good, placed=(replace(first, end_sample=first.start_sample), second, *rest)),
        replace(good, placed=(first, replace(second, start_sample=50), *rest)),
        replace(good, duration_samples=good.placed[-1].end_sample - 1),
        replace(good, placed=(replace(first, chunk=replace(first.chunk, text="other")), second, *rest)),
    ]

    for narration in broken:
        with pytest.raises(SynthesisFailed, match="the episode lacks the words"):
            require_all_heard(CHUNKS, narration)


def test_a_run_that_loses_a_chunk_ends_with_an_error(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that loses words ends with an error and leaves no episode."""
    monkeypatch.setattr(plan, "chunk", lambda *given, **options: tuple(chunk(*given, **options))[:-1])

    with pytest.raises(SynthesisFailed, match="hard"):
        make_episode(article, Settings(engine="tone", cover="none", cache_dir=Path("cache")))

    assert not Path("output").exists()


def test_a_run_that_loses_a_clip_ends_with_an_error(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that loses words ends with an error and leaves no episode."""
    real = speaking.synthesise
    monkeypatch.setattr(speaking, "synthesise", lambda *given, **options: list(real(*given, **options))[:-1])

    with pytest.raises(SynthesisFailed, match="hard") as caught:
        make_episode(article, Settings(engine="tone", cover="none", cache_dir=Path("cache")))

    assert caught.value.exit_code == 5
    assert [path.name for path in Path("output").iterdir()] == []
