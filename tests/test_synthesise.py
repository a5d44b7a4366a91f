"""Chunks are spoken several at once, and come out in order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from support.clips import chunk

from narrate.article import Chunk, Sound
from narrate.cache import ClipCache
from narrate.engines.tone import ToneEngine
from narrate.episode import Audio, Clip, Speech
from narrate.errors import SynthesisFailed
from narrate.synthesise import AHEAD, synthesise


class Spy(ToneEngine):
    """The tone engine, with a list of what it was asked and a hook before each answer."""

    def __init__(self, before: Callable[[str], None] = lambda text: None) -> None:
        self.asked: list[str] = []
        self._before = before

    def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[Sound] = ()) -> Speech:
        self.asked.append(text)
        self._before(text)
        return super().synthesise(text, voice=voice, speed=speed)


def chunks(number: int) -> list[Chunk]:
    return [chunk(index, f"chunk number {index}") for index in range(number)]


def run(engine: ToneEngine, wanted: list[Chunk], cache: ClipCache | None = None, jobs: int = 2) -> list[Clip]:
    return list(synthesise(wanted, engine, voice="middle", speed=1.0, cache=cache, jobs=jobs))


def test_clips_come_in_order_although_spoken_at_once() -> None:
    """The first chunk is done last here."""
    second_done = threading.Event()

    def before(text: str) -> None:
        if text.endswith(" 0"):
            assert second_done.wait(5)
        if text.endswith(" 1"):
            second_done.set()

    clips = run(Spy(before), chunks(4))

    assert [clip.chunk.index for clip in clips] == [0, 1, 2, 3]


def test_a_second_run_speaks_nothing() -> None:
    """And gives the same samples."""
    cache = ClipCache(Path("cache"))
    first = run(Spy(), chunks(5), cache)
    spy = Spy()

    second = run(spy, chunks(5), cache)

    assert spy.asked == []
    for one, other in zip(first, second, strict=True):
        assert np.array_equal(one.audio.samples, other.audio.samples)
        assert one.words == other.words


def test_one_changed_chunk_is_spoken_alone() -> None:
    """Wherever it stands."""
    cache = ClipCache(Path("cache"))
    run(Spy(), chunks(5), cache)
    spy = Spy()

    run(spy, [*chunks(2), chunk(2, "something new"), *chunks(5)[3:]], cache)

    assert spy.asked == ["something new"]


def test_a_failure_keeps_what_was_finished() -> None:
    """Clips after the failed one too."""
    cache = ClipCache(Path("cache"))
    third_done = threading.Event()

    def before(text: str) -> None:
        if text.endswith(" 1"):
            assert third_done.wait(5)
            raise SynthesisFailed("the engine choked")
        if text.endswith(" 3"):
            third_done.set()

    with pytest.raises(SynthesisFailed, match="choked"):
        run(Spy(before), chunks(4), cache)

    spy = Spy()
    run(spy, chunks(3), cache)
    assert spy.asked == ["chunk number 1"]


def test_a_failure_stops_the_run_soon() -> None:
    """Chunks that nobody has begun are not begun."""

    def before(text: str) -> None:
        raise SynthesisFailed("the engine choked")

    spy = Spy(before)
    with pytest.raises(SynthesisFailed):
        run(spy, chunks(100), jobs=2)

    assert len(spy.asked) <= 2 + AHEAD


def test_impossible_speech_is_refused_and_not_kept() -> None:
    """The check stands before the cache."""

    class Silent(ToneEngine):
        def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[Sound] = ()) -> Speech:
            return Speech(Audio(np.zeros(48_000, dtype=np.float32), 24_000))

    with pytest.raises(SynthesisFailed, match="silence"):
        run(Silent(), chunks(1), ClipCache(Path("cache")))

    assert not [path for path in Path("cache").rglob("*") if path.is_file()]


def test_only_a_few_clips_are_ahead() -> None:
    """Memory does not grow with the article when the listener is slow."""
    spy = Spy()
    clips = synthesise(chunks(50), spy, voice="middle", speed=1.0, cache=None, jobs=2)

    next(clips)
    clips.close()

    assert len(spy.asked) <= 2 + AHEAD + 1
