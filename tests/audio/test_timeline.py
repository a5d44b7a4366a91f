"""Clips and pauses on one timeline, exact to the sample."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.clips import clip, silence, sine

from narrate.audio.timeline import FADE_MS, KEEP_END_MS, KEEP_START_MS, LEAD_IN_MS, SHORTEST_GAP_MS, TAIL_MS, join
from narrate.core.article import Break, Chunk
from narrate.core.episode import Audio, Clip, Narration, Word

RATE_HZ = 24_000
MS = RATE_HZ // 1000


def joined(*clips: Clip) -> tuple[Narration, np.ndarray]:
    parts: list[np.ndarray] = []
    narration = join(clips, lambda samples, rate_hz: parts.append(samples))
    return narration, np.concatenate(parts)


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(100, 30_000), st.integers(0, 700), st.sampled_from([16_000, 22_050, 24_000])),
        min_size=1,
        max_size=5,
    )
)
def test_clips_and_pauses_are_the_episode(sounds: list[tuple[int, int, int]]) -> None:
    """Lead-in, clips, pauses and tail add up to the samples that came out; nothing overlaps."""
    clips = [
        clip(sine(length / rate, rate_hz=rate), index=i, pause_after_ms=pause, rate_hz=rate)
        for i, (length, pause, rate) in enumerate(sounds)
    ]

    narration, samples = joined(*clips)

    first_ms = narration.rate_hz / 1000
    position = int(LEAD_IN_MS * first_ms)
    for placed, (_, pause, _) in zip(narration.placed, sounds, strict=True):
        assert placed.start_sample == position
        position = placed.end_sample + int(pause * narration.rate_hz / 1000)
    last_pause = int(sounds[-1][1] * narration.rate_hz / 1000)
    assert narration.duration_samples == len(samples) == position - last_pause + int(TAIL_MS * first_ms)


def test_quiet_edges_are_trimmed_to_a_margin() -> None:
    """Pauses are those of the table, and soft consonants stay."""
    narration, _ = joined(clip(np.concatenate([silence(0.5), sine(1.0), silence(0.8)])))

    (placed,) = narration.placed
    kept_ms = (placed.end_sample - placed.start_sample) / MS
    assert abs(kept_ms - (1000 + KEEP_START_MS + KEEP_END_MS)) <= 10


def test_pauses_are_digital_silence() -> None:
    """Between clips nothing is left of them."""
    narration, samples = joined(clip(sine(0.5), index=0, pause_after_ms=400), clip(sine(0.5), index=1))

    gap = samples[narration.placed[0].end_sample : narration.placed[1].start_sample]
    assert len(gap) == 400 * MS
    assert not gap.any()


def test_edges_are_faded() -> None:
    """A clip that begins and ends at full level makes no click."""
    samples = (0.5 * np.ones(RATE_HZ)).astype(np.float32)
    narration, out = joined(clip(samples))

    (placed,) = narration.placed
    start, end = placed.start_sample, placed.end_sample
    assert abs(int(out[start])) < 300
    assert abs(int(out[end - 1])) < 300
    assert np.abs(np.diff(out[start:end].astype(int))).max() < 16384 / (FADE_MS * 4)
    assert out[start + RATE_HZ // 2] > 16000


def test_a_silent_clip_stays_whole() -> None:
    """It is not trimmed to nothing."""
    narration, _ = joined(clip(silence(0.2)))

    assert narration.placed[0].end_sample - narration.placed[0].start_sample == RATE_HZ // 5


def test_words_move_with_their_clip() -> None:
    """Trimmed start and place on the timeline are counted in."""
    words = (Word(0, 4, 0, 100), Word(5, 6, RATE_HZ // 2, RATE_HZ))
    narration, _ = joined(clip(np.concatenate([silence(0.5), sine(1.0)]), words=words))

    (placed,) = narration.placed
    early, one = placed.words
    assert early.start_sample == placed.start_sample
    assert abs(one.start_sample - placed.start_sample - KEEP_START_MS * MS) <= 10 * MS
    assert one.end_sample - one.start_sample == RATE_HZ // 2


def test_silence_before_and_after_is_as_long_as_asked() -> None:
    """Room for music."""
    narration = join([clip(sine(0.5))], lambda samples, rate_hz: None, lead_in_ms=5000, tail_ms=3000)

    (placed,) = narration.placed
    assert placed.start_sample == 5000 * MS
    assert narration.duration_samples == placed.end_sample + 3000 * MS


def said(text: str, *gaps_ms: int, breaks: tuple[Break, ...], estimated: bool = False) -> Clip:
    """Words of 200 ms each, with the gaps between them silent, and the breaks that the text has."""
    parts, words, at, char = [], [], 0, 0
    for number, word in enumerate(token for token in text.split() if token[0].isalnum()):
        gap_ms = gaps_ms[number - 1] if number else 0
        parts += [silence(gap_ms / 1000), sine(0.2)]
        at += gap_ms * MS
        char = text.index(word, char)
        words.append(Word(char, char + len(word), at, at + 200 * MS))
        at, char = at + 200 * MS, char + len(word)
    made = Chunk(0, text, 0, 0, len(text), 0, breaks=breaks)
    return Clip(made, Audio(np.concatenate(parts), RATE_HZ), tuple(words), estimated)


def gaps_ms(narration: Narration) -> list[float]:
    words = narration.placed[0].words
    return [(after.start_sample - before.end_sample) / MS for before, after in pairwise(words)]


def test_a_pause_that_is_too_short_is_lengthened() -> None:
    """One that is long enough is not, nor is one where nothing ends."""
    text = "One, two. Three, four five."
    breaks = (Break(4, 120), Break(9, 350), Break(16, 120))

    narration, samples = joined(said(text, 60, 100, 300, 50, breaks=breaks))

    assert gaps_ms(narration) == [120, 350, 300, 50]
    (placed,) = narration.placed
    assert placed.end_sample - placed.start_sample == (5 * 200 + 120 + 350 + 300 + 50) * MS
    assert len(samples) == narration.duration_samples


def test_words_stay_on_their_sound() -> None:
    """Each is heard where it is said to be, and the pauses between them are silent."""
    text = "One, two. Three."
    narration, samples = joined(said(text, 60, 100, breaks=(Break(4, 500), Break(9, 700))))

    words = narration.placed[0].words
    for word in words:
        assert np.abs(samples[word.start_sample : word.end_sample]).max() > 9000
        assert word.end_sample - word.start_sample == 200 * MS
    for before, after in pairwise(words):
        assert not samples[before.end_sample + 1 : after.start_sample].any()


@pytest.mark.parametrize("gap_ms", [0, SHORTEST_GAP_MS - 1])
def test_where_the_voice_reads_on_nothing_is_torn(gap_ms: int) -> None:
    """A comma it made no pause at."""
    narration, _ = joined(said("One, two.", gap_ms, breaks=(Break(4, 500),)))

    assert gaps_ms(narration) == [gap_ms]


def test_estimated_places_are_no_places_to_cut_at() -> None:
    """Silence could come into the middle of a word."""
    narration, _ = joined(said("One, two.", 100, breaks=(Break(4, 500),), estimated=True))

    assert gaps_ms(narration) == [100]
    assert narration.placed[0].estimated


def test_two_breaks_in_one_pause_are_one_pause() -> None:
    """A full stop and a dash after it: the longer one counts."""
    narration, _ = joined(said("One. — Two.", 100, breaks=(Break(4, 350), Break(5, 120))))

    assert gaps_ms(narration) == [350]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 900), st.booleans()), min_size=1, max_size=6))
def test_pauses_are_as_long_as_asked_and_nothing_else_changes(gaps: list[tuple[int, int, bool]]) -> None:
    """A lengthened one to the sample; the sound around them is the one that would be there without them."""
    text = " ".join(f"w{n}" for n in range(len(gaps) + 1))
    breaks = tuple(Break(3 * n + 2, wanted) for n, (_, wanted, ends) in enumerate(gaps) if ends)
    own = [gap for gap, _, _ in gaps]

    narration, samples = joined(said(text, *own, breaks=breaks))
    _, plain = joined(said(text, *own, breaks=()))

    expected = [max(gap, wanted) if ends and gap >= SHORTEST_GAP_MS else gap for gap, wanted, ends in gaps]
    assert gaps_ms(narration) == expected
    assert len(samples) - len(plain) == (sum(expected) - sum(own)) * MS
    assert np.array_equal(samples[samples != 0], plain[plain != 0])
