"""Clips and pauses on one timeline, exact to the sample."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from support.clips import clip, silence, sine

from narrate.episode import Chapter, Clip, Narration, Word
from narrate.join import FADE_MS, KEEP_END_MS, KEEP_START_MS, LEAD_IN_MS, TAIL_MS, join

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
    """So that the pauses are those of the table, and soft consonants stay."""
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
    words = (Word("early", 0, 100), Word("one", RATE_HZ // 2, RATE_HZ))
    narration, _ = joined(clip(np.concatenate([silence(0.5), sine(1.0)]), words=words))

    (placed,) = narration.placed
    early, one = placed.words
    assert early.start_sample == placed.start_sample
    assert abs(one.start_sample - placed.start_sample - KEEP_START_MS * MS) <= 10 * MS
    assert one.end_sample - one.start_sample == RATE_HZ // 2


def test_chapters_cover_the_timeline() -> None:
    """From the first sample to the last, each up to the next heading."""
    narration, samples = joined(
        clip(sine(0.3), index=0, chapter="Title"),
        clip(sine(0.3), index=1),
        clip(sine(0.3), index=2, chapter="Heading"),
        clip(sine(0.3), index=3),
    )

    heading = narration.placed[2].start_sample
    assert narration.chapters == (Chapter("Title", 0, heading), Chapter("Heading", heading, len(samples)))


def test_a_title_alone_makes_no_chapters() -> None:
    """One chapter would say nothing."""
    narration, _ = joined(clip(sine(0.3), chapter="Title"))

    assert narration.chapters == ()
