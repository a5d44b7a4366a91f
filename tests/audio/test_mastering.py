"""One gain, one encode, and the figures that were asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from support.clips import silence, sine

from narrate.audio.codec import Loudness, decode, measure_file, to_int16
from narrate.audio.mastering import Spool, master, open_spool
from narrate.core.episode import Chapter
from narrate.core.formats import FORMATS

RATE_HZ = 24_000


@pytest.fixture
def spool() -> Iterator[Spool]:
    with open_spool(Path("spool")) as made:
        yield made


def mastered(spool: Spool, samples: np.ndarray, loudness_lufs: float = -16.0, **options: Any) -> Loudness:
    for part in np.array_split(to_int16(samples), 9):
        spool.add(part, RATE_HZ)
    options = {"bitrate_kbps": None} | options
    return master(spool, RATE_HZ, Path("a.part"), loudness_lufs=loudness_lufs, true_peak_dbtp=-1.0, **options)


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


@pytest.mark.parametrize(
    ("name", "bitrate_kbps", "stereo"),
    [
        ("mp3", 320, True), ("m4b", None, False), ("m4b", 48, True), ("m4b", 128, False), ("opus", None, False),
        ("opus", 32, True), ("opus", 96, False), ("flac", None, False), ("flac", None, True), ("wav", None, True),
    ],
)  # fmt: skip
def test_every_format_has_the_same_loudness(spool: Spool, name: str, bitrate_kbps: int | None, stereo: bool) -> None:
    """Whatever its codec takes away, or adds to the peaks: what is measured on the way is what the file has."""
    result = mastered(
        spool, speechlike(0.1)[: 4 * RATE_HZ], format=FORMATS[name], bitrate_kbps=bitrate_kbps, stereo=stereo
    )

    assert abs(result.integrated_lufs + 16) <= 0.3
    assert result.true_peak_dbtp <= -1.0
    assert measure_file(Path("a.part")) == result


def test_chapters_and_language_reach_the_file(spool: Spool) -> None:
    """Where the container holds them, they are there before the tags."""
    chapters = [Chapter("One", 0, RATE_HZ), Chapter("Two", RATE_HZ, 2 * RATE_HZ)]

    mastered(spool, sine(2), format=FORMATS["m4b"], chapters=chapters, language="fr-CA")

    with av.open("a.part") as container:
        assert [item["metadata"]["title"] for item in container.chapters()] == ["One", "Two"]
        assert container.streams.audio[0].language == "fra"


def test_progress_is_told(spool: Spool) -> None:
    """In samples, about once a second, up to the end."""
    heard: list[int] = []

    mastered(spool, sine(3), on_encoded=heard.append)

    assert heard[0] == 0
    assert heard[-1] == 3 * RATE_HZ
    assert len(heard) >= 3


def test_the_gain_is_the_same_throughout(spool: Spool) -> None:
    """A quiet passage stays as much quieter as it was."""
    mastered(spool, np.concatenate([sine(4, level=0.2), sine(4, level=0.05)]))

    samples = decode(Path("a.part").read_bytes()).samples
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
