"""One gain, one encode, and the figures that were asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from support.clips import silence, sine

from narrate.audio import Loudness, decode, to_int16
from narrate.master import Spool, master, open_spool

RATE_HZ = 24_000


@pytest.fixture
def spool() -> Iterator[Spool]:
    with open_spool(Path("spool")) as made:
        yield made


def mastered(spool: Spool, samples: np.ndarray, loudness_lufs: float = -16.0) -> Loudness:
    for part in np.array_split(to_int16(samples), 9):
        spool.add(part, RATE_HZ)
    return master(spool, RATE_HZ, Path("a.mp3"), loudness_lufs=loudness_lufs, true_peak_dbtp=-1.0, bitrate_kbps=96)


def speechlike(level: float) -> np.ndarray:
    """Bursts of noise with gaps: the peaks of speech lie far above its loudness."""
    noise = np.random.default_rng(1).normal(0, level, RATE_HZ * 8).astype(np.float32)
    envelope = np.repeat(np.random.default_rng(2).uniform(0, 1, 80) ** 2, RATE_HZ // 10)
    return np.clip(noise * envelope, -1, 1).astype(np.float32)


@pytest.mark.parametrize("level", [0.003, 0.05, 0.3])
@pytest.mark.parametrize("loudness_lufs", [-16.0, -19.0])
def test_loudness_and_peaks_are_met(spool: Spool, level: float, loudness_lufs: float) -> None:
    """Quiet or loud, the finished file has the figures that were asked for."""
    result = mastered(spool, speechlike(level), loudness_lufs)

    assert abs(result.integrated_lufs - loudness_lufs) <= 0.3
    assert result.true_peak_dbtp <= -1.0


def test_the_gain_is_the_same_throughout(spool: Spool) -> None:
    """A quiet passage stays as much quieter as it was."""
    mastered(spool, np.concatenate([sine(4, level=0.2), sine(4, level=0.05)]))

    samples = decode(Path("a.mp3").read_bytes()).samples
    loud, quiet = (np.sqrt((samples[44_100 * s : 44_100 * (s + 2)] ** 2).mean()) for s in (1, 5))
    assert abs(20 * np.log10(loud / quiet) - 12.04) < 0.1


def test_silence_is_left_alone(spool: Spool) -> None:
    """No gain makes silence loud."""
    assert mastered(spool, silence(2)).is_silence


def test_the_spool_gives_back_what_it_took(spool: Spool) -> None:
    """Every sample in order, in pieces."""
    samples = to_int16(sine(3.21))
    for part in np.array_split(samples, 5):
        spool.add(part, RATE_HZ)

    assert np.array_equal(np.concatenate(list(spool.pieces())), samples)
    assert np.array_equal(np.concatenate(list(spool.pieces())), samples)
    assert max(len(piece) for piece in spool.pieces()) <= RATE_HZ


def test_the_spool_leaves_nothing_behind() -> None:
    """Also when the run ends early."""
    with pytest.raises(RuntimeError), open_spool(Path("spool")) as spool:
        spool.add(to_int16(sine(1)), RATE_HZ)
        raise RuntimeError

    assert list(Path("spool").iterdir()) == []
