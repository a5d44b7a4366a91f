"""Words begin and end where their sound does."""

from __future__ import annotations

from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clips import silence, sine

from narrate.core.episode import Audio, Speech, Word
from narrate.speech.word_edges import HOP_MS, estimated_words, settle

RATE_HZ = 24_000
MS = RATE_HZ // 1000

# Sounds and the pauses before them, in milliseconds, and how far off an engine is with each edge.
SOUNDS = st.lists(
    st.tuples(st.integers(130, 600), st.integers(250, 600), st.integers(-80, 80), st.integers(-80, 80)),
    min_size=1,
    max_size=5,
)


def audio(*lengths_ms: int, rate_hz: int = RATE_HZ) -> Audio:
    """Silence and sound by turns, silence first."""
    makers = (silence, sine)
    parts = [makers[number % 2](length_ms / 1000, rate_hz=rate_hz) for number, length_ms in enumerate((*lengths_ms, 0))]
    return Audio(np.concatenate(parts), rate_hz)


def words_of(text: str, *edges_ms: tuple[int, int]) -> tuple[Word, ...]:
    starts = [0, *(at + 1 for at, char in enumerate(text) if char == " ")]
    return tuple(
        Word(start, start + len(word), first * MS, last * MS)
        for start, word, (first, last) in zip(starts, text.split(" "), edges_ms, strict=True)
    )


def settled_ms(sound: Audio, text: str, *edges_ms: tuple[int, int]) -> list[tuple[int, int]]:
    speech = settle(Speech(sound, words_of(text, *edges_ms)), text)
    return [(word.start_sample // MS, word.end_sample // MS) for word in speech.words]


def near(found_ms: list[tuple[int, int]], wanted_ms: list[tuple[int, int]]) -> bool:
    return len(found_ms) == len(wanted_ms) and np.abs(np.subtract(found_ms, wanted_ms)).max() <= 2 * HOP_MS


@given(SOUNDS, st.integers(130, 600))
def test_pauses_are_found_beside_the_engines_edges(sounds: list[tuple[int, int, int, int]], tail_ms: int) -> None:
    """An engine that is 80 ms too early or too late does not matter, at any edge, with a mark or without one."""
    edges = list(accumulate(length for pause, sound, *_ in sounds for length in (pause, sound)))
    true = list(zip(edges[::2], edges[1::2], strict=True))
    told = [(start + off, end + other) for (start, end), (_, _, off, other) in zip(true, sounds, strict=True)]
    sound = audio(*(length for pause, sound, *_ in sounds for length in (pause, sound)), tail_ms)

    assert near(settled_ms(sound, " ".join("word" for _ in sounds), *told), true)


@pytest.mark.parametrize(
    ("text", "pause_ms", "is_found"),
    [
        ("one two", 100, False),
        ("one two", 150, True),
        ("one, two", 100, True),
        ("one. two", 80, True),
        ("one —two", 80, True),
        ("“one” two", 80, True),
        ("one, two", 40, False),
    ],
)
def test_short_silences_are_pauses_where_a_mark_stands(text: str, pause_ms: int, is_found: bool) -> None:
    """Between other words they are the closure of a consonant, and the engine's edges stay."""
    sound = audio(200, 400, pause_ms, 400, 200)
    middle = 600 + pause_ms // 2

    first, last = settled_ms(sound, text, (200, middle), (middle, 1000 + pause_ms))

    told = [(200, middle), (middle, 1000 + pause_ms)]
    assert near([first, last], [(200, 600), (600 + pause_ms, 1000 + pause_ms)] if is_found else told)


def test_words_that_flow_together_stay_as_the_engine_has_them() -> None:
    """Where nothing can be heard, it knows best; a gap it leaves is left."""
    sound = audio(200, 1200, 200)

    assert settled_ms(sound, "one two three", (200, 500), (550, 900), (900, 1400)) == [
        (200, 500), (550, 900), (900, 1400),
    ]  # fmt: skip


def test_the_edges_of_the_sound_are_those_of_the_first_and_last_word() -> None:
    """However long the engine counts the silence before and after to them."""
    assert near(settled_ms(audio(400, 600, 500), "one two", (0, 700), (700, 1500)), [(400, 700), (700, 1000)])


@pytest.mark.parametrize(
    ("text", "told", "true"),
    [
        ("do so.", ((400, 600), (620, 1500)), [(400, 600), (620, 800)]),
        ("like it. So", ((200, 420), (460, 1000), (1180, 1400)), [(200, 420), (460, 800), (1200, 1400)]),
    ],
)
def test_a_pause_that_is_counted_to_the_word_before_it(
    text: str, told: tuple[tuple[int, int], ...], true: list[tuple[int, int]]
) -> None:
    """More than half of what the engine gives that word may be silence; it is still said before the pause."""
    lengths = (true[0][0], 800 - true[0][0], 400, true[-1][1] - 1200 if len(true) == 3 else 0, 300)

    assert near(settled_ms(audio(*lengths), text, *told), true)


def test_a_consonant_before_a_mark_is_no_pause() -> None:
    """The lips close for the "p" of "keeper", and no pause follows the comma."""
    sound = audio(300, 260, 70, 800, 300)

    found = settled_ms(sound, "keeper, an old", (300, 690), (815, 865), (890, 1430))

    assert near(found, [(300, 690), (815, 865), (890, 1430)])


def test_a_word_that_the_engine_has_in_a_pause_gets_some_time() -> None:
    """It is said right after the pause or right before it, and not inside."""
    sound = audio(0, 500, 500, 500)

    found = settled_ms(sound, "one two three", (0, 500), (550, 700), (900, 1500))

    assert all(end - start >= 30 for start, end in found)
    assert all(end <= 510 or start >= 990 for start, end in found)


def test_no_words_are_no_words() -> None:
    """An engine that knows none is left alone."""
    speech = Speech(audio(100, 300), ())

    assert settle(speech, "one") is speech


@pytest.mark.parametrize("samples", [0, 1, 100, 24_000])
def test_silence_has_no_edges(samples: int) -> None:
    """Words of a sound that is too short or too quiet to hear lie inside it."""
    speech = settle(Speech(Audio(np.zeros(samples, dtype=np.float32), RATE_HZ), words_of("a b", (0, 2), (2, 4))), "a b")

    assert [0 <= word.start_sample <= word.end_sample <= samples for word in speech.words] == [True, True]


@given(
    st.lists(st.integers(0, 900), max_size=9),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=9),
    st.sampled_from((" ", ", ", ". ")),
)
def test_words_stay_in_order_inside_the_sound(
    lengths_ms: list[int], words: list[tuple[int, int]], between: str
) -> None:
    """Whatever the sound, and wherever in it and after it the engine has them: as many, of the same text."""
    sound = audio(*lengths_ms)
    edges = list(accumulate(length for word in words for length in word))
    told = tuple(
        Word(number * (3 + len(between)), number * (3 + len(between)) + 3, start * MS, end * MS)
        for number, (start, end) in enumerate(zip(edges[::2], edges[1::2], strict=True))
    )

    found = settle(Speech(sound, told, estimated=True), between.join("one" for _ in words))

    assert found.audio is sound
    assert found.estimated
    assert [(word.start_char, word.end_char) for word in found.words] == [(w.start_char, w.end_char) for w in told]
    assert all(0 <= word.start_sample <= word.end_sample <= len(sound.samples) for word in found.words)
    assert all(one.end_sample <= other.start_sample for one, other in pairwise(found.words))


@given(
    st.integers(0, 500),
    st.integers(100, 3000),
    st.integers(0, 500),
    st.lists(st.sampled_from(("a", "seven,", "lighthouse", "no.", "—", "43")), min_size=1, max_size=8),
    st.integers(0, 300),
    st.sampled_from((22_050, 24_000, 44_100)),
)
def test_estimates_cover_the_sound(
    before_ms: int, sound_ms: int, after_ms: int, written: list[str], odd_samples: int, rate_hz: int
) -> None:
    """From the first sound to the last, end to end, at any rate and length; a lone dash is no word."""
    made = audio(before_ms, sound_ms, after_ms, rate_hz=rate_hz)
    sound = Audio(np.append(made.samples, np.zeros(odd_samples, dtype=np.float32)), rate_hz)
    text = " ".join(written)

    words = estimated_words(sound, text)

    assert [text[word.start_char : word.end_char] for word in words] == [word for word in written if word != "—"]
    if words:
        # What is shorter than a window cannot be heard as silence.
        tolerance = 3 * HOP_MS * rate_hz // 1000
        assert abs(words[0].start_sample - before_ms * rate_hz / 1000) <= tolerance
        assert abs(words[-1].end_sample - (before_ms + sound_ms) * rate_hz / 1000) <= tolerance
        assert all(one.end_sample == other.start_sample for one, other in pairwise(words))
        assert all(word.start_sample < word.end_sample for word in words)


def test_long_words_are_estimated_longer() -> None:
    """Long words are estimated longer, and a mark takes the time of its pause."""
    words = estimated_words(audio(0, 3000), "no lighthouse no, no")
    plain, longest, marked, _ = (word.end_sample - word.start_sample for word in words)

    assert plain < marked < longest


@pytest.mark.parametrize("samples", [0, 5, 24_000])
def test_silence_is_shared_out_whole(samples: int) -> None:
    """Words of a sound without any sound still have an order."""
    words = estimated_words(Audio(np.zeros(samples, dtype=np.float32), RATE_HZ), "one two")

    assert (words[0].start_sample, words[-1].end_sample) == (0, samples)
