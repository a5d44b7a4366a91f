"""Chunks are spoken several at once, and come out in order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clips import chunk

from narrate.core.article import Chunk, Sound
from narrate.core.episode import Audio, Clip, Speech
from narrate.core.errors import SynthesisFailed
from narrate.speech import synthesis as synthesise_module
from narrate.speech.clip_cache import ClipCache, clip_key
from narrate.speech.engines.tone import ToneEngine
from narrate.speech.synthesis import AHEAD, ClipMaker, synthesise


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
    """A second run speaks nothing and gives the same samples."""
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


class Broken(Spy):
    """Says nothing of the second half of what it is asked, unless that is short enough."""

    def __init__(self, longest_words: int) -> None:
        super().__init__()
        self._longest_words = longest_words

    def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[Sound] = ()) -> Speech:
        speech = super().synthesise(text, voice=voice, speed=speed)
        if len(text.split()) > self._longest_words:
            speech.audio.samples[speech.words[len(speech.words) // 2].start_sample :] = 0
        return speech


TEXT = "The lamp was lit. Nobody saw it."


def broken(longest_words: int, cache: ClipCache | None = None, *, strict: bool = True) -> tuple[Broken, list[Clip]]:
    engine = Broken(longest_words)
    made = synthesise([chunk(0, TEXT)], engine, voice="middle", speed=1.0, cache=cache, jobs=1, strict=strict)
    return engine, list(made)


def test_a_clip_that_fails_is_spoken_in_parts() -> None:
    """All of its words are heard, and the clip is like any other."""
    engine, (clip,) = broken(4)

    assert engine.asked == [TEXT, "The lamp was lit.", "Nobody saw it."]
    assert [TEXT[word.start_char : word.end_char] for word in clip.words] == TEXT.split()
    for word in clip.words:
        assert np.abs(clip.audio.samples[word.start_sample : word.end_sample]).max() > 0.1
    assert {check.name for check in clip.checks if check.passed} >= {"pace", "words", "unheard", "pauses"}
    assert all(check.passed for check in clip.checks)


def test_a_clip_made_of_parts_is_kept() -> None:
    """The second run speaks nothing, and gives the same samples."""
    cache = ClipCache(Path("cache"))
    _, (first,) = broken(4, cache)

    engine, (second,) = broken(4, cache)

    assert engine.asked == []
    assert np.array_equal(first.audio.samples, second.audio.samples)
    assert first.words == second.words


def test_a_clip_that_fails_in_parts_too_stops_the_run() -> None:
    """The error says what is wrong with which words, and nothing is kept."""
    with pytest.raises(SynthesisFailed, match=r"silence in place of .* for 'The lamp was lit\.'"):
        broken(0, ClipCache(Path("cache")))

    assert not [path for path in Path("cache").rglob("*") if path.is_file()]


def test_a_lenient_run_keeps_the_clip_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    """With what it failed; it is not cached, so that a later run tries again."""
    cache = ClipCache(Path("cache"))

    _, (clip,) = broken(0, cache, strict=False)

    assert [check.name for check in clip.checks if not check.passed] == ["unheard"]
    assert "it is kept" in caplog.text
    with pytest.raises(SynthesisFailed):
        broken(0, cache)


def test_what_is_no_sound_at_all_is_never_kept() -> None:
    """A lenient run has to have something to put there."""

    class Odd(ToneEngine):
        def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[Sound] = ()) -> Speech:
            return Speech(Audio(np.full(24_000, np.nan, dtype=np.float32), 24_000))

    with pytest.raises(SynthesisFailed, match="not finite"):
        list(synthesise(chunks(1), Odd(), voice="low", speed=1.0, cache=None, jobs=1, strict=False))


def test_an_old_clip_is_held_against_the_rules_of_today() -> None:
    """One that fails them is spoken again."""
    cache = ClipCache(Path("cache"))
    spy = Spy()
    key = clip_key("chunk number 0", spy.name, spy.version, "middle", 1.0)
    cache.store(key, Speech(Audio(np.zeros(48_000, dtype=np.float32), 24_000)))

    run(spy, chunks(1), cache)

    assert spy.asked == ["chunk number 0"]
    assert cache.load(key).audio.samples.any()  # type: ignore[union-attr]


def test_an_engine_that_knows_sounds_is_asked_for_them() -> None:
    """They say better than letters how long a text takes."""
    asked = []

    class Knowing(Spy):
        def pronounce(self, text: str, *, voice: str) -> str:
            asked.append((text, voice))
            return "tʃˈʌŋk nˈʌmbɚ zˈiəɹoʊ"

    run(Knowing(), chunks(1))

    assert asked == [("chunk number 0", "middle")]


def test_only_a_few_clips_are_ahead() -> None:
    """Memory does not grow with the article when the listener is slow."""
    spy = Spy()
    clips = synthesise(chunks(50), spy, voice="middle", speed=1.0, cache=None, jobs=2)

    next(clips)
    clips.close()

    assert len(spy.asked) <= 2 + AHEAD + 1


def test_something_else_is_done_while_the_first_chunks_are_spoken() -> None:
    """When they are handed out, and before the first clip is waited for."""
    meanwhile_done = threading.Event()

    def before(text: str) -> None:
        assert meanwhile_done.wait(5)

    clips = synthesise(chunks(3), Spy(before), voice="low", speed=1.0, cache=None, jobs=2, meanwhile=meanwhile_done.set)
    assert len(list(clips)) == 3


def of_lengths(*lengths: int) -> list[Chunk]:
    return [chunk(index, "a" * length) for index, length in enumerate(lengths)]


def asked_lengths(wanted: list[Chunk], **options: bool) -> list[int]:
    """How long the texts were, in the order in which the only thread was asked."""
    with ThreadPoolExecutor(1) as one_thread:
        spy = Spy()
        made = synthesise(
            wanted, spy, voice="low", speed=1.0, cache=None, jobs=2, executor=one_thread, strict=False, **options
        )
        assert [clip.chunk for clip in made] == wanted
    return [len(text) for text in spy.asked]


def test_the_last_chunks_are_spoken_longest_first() -> None:
    """The last chunks are spoken longest first, so that no thread idles at the end; those before in reading order."""
    short, long = range(10, 10 + 2 + AHEAD), range(50, 60)

    assert asked_lengths(of_lengths(*long, *short)) == [*long, *reversed(short)]


def test_whoever_listens_hears_them_in_order() -> None:
    """Nothing is spoken before what is heard earlier."""
    assert asked_lengths(of_lengths(10, 30, 20), heard=True) == [10, 30, 20]


@given(st.lists(st.integers(1, 12), max_size=40), st.integers(1, 12))
def test_the_chunk_that_is_waited_for_is_always_handed_out(lengths: list[int], window: int) -> None:
    """Whatever the order, no more than the window are out, and all come."""
    wanted = of_lengths(*lengths)
    order = synthesise_module._handing_order([(one,) for one in wanted], window)

    assert sorted(order) == list(range(len(wanted)))
    for place in range(len(wanted)):
        assert place in order[: place + window]


def test_threads_that_others_share_stay() -> None:
    """Threads that others share stay, and what nobody waits for any more is not spoken."""
    with ThreadPoolExecutor(1) as shared:
        spy = Spy()
        clips = synthesise(chunks(50), spy, voice="middle", speed=1.0, cache=None, jobs=1, executor=shared)
        next(clips)
        clips.close()

        assert shared.submit(lambda: "still here").result(5) == "still here"
        assert len(spy.asked) <= 1 + AHEAD + 1


def test_an_executor_is_handed_what_it_can_take_apart() -> None:
    """One that speaks elsewhere asks the cache here first, and keeps here what comes back."""
    cache = ClipCache(Path("cache"))
    maker = ClipMaker(Spy(), "middle", 1.0, cache)
    (wanted,) = chunks(1)

    assert maker.known(wanted) is None
    attempt = maker.speak(wanted)
    assert maker.known(wanted) is None
    made = maker.finished(wanted, attempt)

    known = maker.known(wanted)
    assert known is not None
    assert np.array_equal(known.audio.samples, made.audio.samples)
    assert known.words == made.words
