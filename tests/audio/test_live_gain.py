"""A gain for sound whose end is not known."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clips import silence, sine

from narrate.audio.codec import Meter, to_int16
from narrate.audio.live_gain import HEADROOM_DB, LARGEST_STEP_DB, LiveGain, also_heard
from narrate.speech.speech_bands import expected_lufs

RATE_HZ = 24_000
PAUSE = to_int16(silence(0.3))


def loudness_lufs(samples: np.ndarray) -> float:
    meter = Meter(RATE_HZ, peaks=False)
    meter.push(samples)
    return meter.finish().integrated_lufs


@pytest.mark.parametrize("known_lufs", [None, -26.0, -18.0])
def test_it_comes_near_to_what_is_wanted(known_lufs: float | None) -> None:
    """Also where the voice is not as loud as it was said to be, within an LU after ten clips."""
    gain = LiveGain(RATE_HZ, -16.0, known_lufs)
    clip = to_int16(sine(2.0, level=0.08))

    parts = [part for _ in range(20) for part in (gain.levelled(PAUSE), gain.levelled(clip))]

    assert loudness_lufs(np.concatenate(parts[20:])) + HEADROOM_DB == pytest.approx(-16.0, abs=1.0)


def test_a_voice_that_is_known_begins_as_loud_as_it_should() -> None:
    """Before much of it was measured."""
    clip = to_int16(sine(0.5, level=0.08))
    gain = LiveGain(RATE_HZ, -16.0, loudness_lufs(to_int16(sine(5.0, level=0.08))))

    gain.levelled(clip)

    assert gain.gain_db == pytest.approx(-16.0 - loudness_lufs(clip), abs=0.5)


@given(levels=st.lists(st.floats(0.01, 0.5), min_size=2, max_size=6))
def test_it_changes_in_pauses_and_a_little_each_time(levels: list[float]) -> None:
    """Nobody hears a sentence become louder."""
    gain = LiveGain(RATE_HZ, -16.0)
    gains = []
    for level in levels:
        gain.levelled(PAUSE)
        for _ in range(3):
            gain.levelled(to_int16(sine(0.2, level=level)))
            gains.append(gain.gain_db or 0.0)

    clips = [gains[first : first + 3] for first in range(0, len(gains), 3)]
    assert all(len(set(clip)) == 1 for clip in clips)
    assert max(abs(after[0] - before[0]) for before, after in pairwise(clips)) <= LARGEST_STEP_DB


def test_silence_stays_silence() -> None:
    """Silence is not raised and says nothing of the loudness."""
    gain = LiveGain(RATE_HZ, -16.0)

    assert not gain.levelled(PAUSE).any()
    assert gain.gain_db is None


def test_what_is_known_of_voices() -> None:
    """Kokoro's were measured, blends and other engines were not."""
    assert -24 < (expected_lufs("kokoro", "af_heart") or 0) < -19
    assert expected_lufs("kokoro", "af_heart:0.6+af_bella:0.4") is None
    assert expected_lufs("tone", "low") is None


def test_who_listens_does_not_wait_for_music() -> None:
    """The time that it takes before the voice is left out, and nothing else; the file gets all."""

    class Heard:
        has_begun = False

        def __init__(self) -> None:
            self.samples = 0

        def expect(self, known_lufs: float | None) -> None: ...

        def add(self, samples: np.ndarray, rate_hz: int) -> None:
            self.samples += len(samples)

    filed: list[int] = []
    heard = Heard()
    sink = also_heard(lambda samples, rate_hz: filed.append(len(samples)), heard, 1000)

    for seconds in (1.15, 2.0, 0.6):
        sink(to_int16(silence(seconds)), RATE_HZ)

    assert (sum(filed), heard.samples) == (round(3.75 * RATE_HZ), round(2.75 * RATE_HZ))
