"""Decoding, tempo and metering, with the real codecs."""

from __future__ import annotations

import errno
import os
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.clips import silence, sine

from narrate.audio.codec import (
    Meter,
    change_tempo,
    decode,
    encode_flac,
    filter_graph,
    from_int16,
    measure_file,
    parts_of,
    to_int16,
)
from narrate.core.episode import Audio


@given(st.lists(st.integers(min_value=-32768, max_value=32767), max_size=50))
def test_sixteen_bits_survive_the_way_to_float_and_back(values: list[int]) -> None:
    """A clip from the cache is the clip that was made."""
    samples = np.array(values, dtype=np.int16)

    assert np.array_equal(to_int16(from_int16(samples)), samples)


def test_float_is_rounded_and_clipped() -> None:
    """Float samples beyond full scale are clipped and not wrapped around."""
    assert to_int16(np.array([-2.0, -1.0, 0.0, 1.0, 2.0], dtype=np.float32)).tolist() == [
        -32768,
        -32768,
        0,
        32767,
        32767,
    ]


@settings(max_examples=20)
@given(st.integers(min_value=1, max_value=30_000), st.sampled_from([16_000, 22_050, 24_000, 44_100]))
def test_flac_is_without_loss(length: int, rate_hz: int) -> None:
    """FLAC gives back each sample and the same bytes every time, at any length and rate."""
    samples = np.random.default_rng(length).integers(-32768, 32767, length).astype(np.int16)
    audio = Audio(from_int16(samples), rate_hz)

    data = encode_flac(audio)
    back = decode(data)

    assert data == encode_flac(audio)
    assert back.rate_hz == rate_hz
    assert np.array_equal(to_int16(back.samples), samples)


@pytest.mark.parametrize("data", [b"", b"no audio at all", b"fLaC" + bytes(100), bytes(5000)])
def test_what_is_no_audio_is_a_value_error(data: bytes) -> None:
    """Whatever the codec library calls it."""
    with pytest.raises(ValueError, match="audio"):
        decode(data)


def test_stereo_is_mixed_down(tmp_path: Path) -> None:
    """Episodes are mono."""
    path = tmp_path / "stereo.wav"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=24_000, layout="stereo")
        both = np.stack([to_int16(sine(1, level=0.4)), to_int16(silence(1))], axis=1).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(both), format="s16", layout="stereo")
        frame.sample_rate = 24_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))

    audio = decode(path.read_bytes())

    assert len(audio.samples) == 24_000
    assert 0.19 < np.abs(audio.samples).max() < 0.3


def test_meter_agrees_with_the_definition() -> None:
    """A 997 Hz sine at -20 dBFS reads -20 LUFS as dual mono (EBU Tech 3341, case 1), whatever the portions."""
    samples = to_int16((0.1 * np.sin(2 * np.pi * 997 * np.arange(48_000 * 5) / 48_000)).astype(np.float32))
    meter = Meter(48_000)
    for part in np.array_split(samples, 17):
        meter.push(part)

    result = meter.finish()

    assert abs(result.integrated_lufs + 20) < 0.2
    assert abs(result.true_peak_dbtp + 20) < 0.2


def test_silence_has_no_loudness() -> None:
    """Nothing to set a gain by."""
    meter = Meter(24_000)
    meter.push(to_int16(silence(2)))

    assert meter.finish().is_silence


@pytest.mark.parametrize("channels", [1, 2])
def test_a_file_measures_the_same_in_one_channel_and_in_two(channels: int) -> None:
    """One channel counts as two equal ones, for so it is heard; a meter that did not would say 3 LU less."""
    samples = to_int16((0.1 * np.sin(2 * np.pi * 997 * np.arange(48_000 * 3) / 48_000)).astype(np.float32))
    with wave.open("a.wav", "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(np.repeat(samples, channels).tobytes())

    result = measure_file(Path("a.wav"))

    assert abs(result.integrated_lufs + 20) < 0.2
    assert abs(result.true_peak_dbtp + 20) < 0.2


def test_what_cannot_be_measured_is_a_value_error() -> None:
    """It names the file."""
    Path("a.wav").write_bytes(b"no audio at all")

    with pytest.raises(ValueError, match=r"a\.wav is not audio"):
        measure_file(Path("a.wav"))


@pytest.mark.parametrize("speed", [0.5, 1.0, 1.5, 2.0])
def test_tempo(speed: float) -> None:
    """Shorter by the factor, as loud as before."""
    changed = change_tempo(Audio(sine(4), 24_000), speed)

    assert abs(changed.duration_s * speed - 4) < 0.1
    assert 0.25 < np.abs(changed.samples).max() < 0.4


@pytest.mark.parametrize("read", [decode, measure_file, lambda path: list(parts_of(path))])
def test_no_memory_is_no_fault_of_the_file(read: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """FFmpeg's error for it is one of FFmpeg's and Python's at once."""
    Path("a.flac").write_bytes(encode_flac(Audio(sine(0.1), 24_000)))

    def no_room(*_: object) -> None:
        raise av.error.MemoryError(errno.ENOMEM, "Cannot allocate memory")

    monkeypatch.setattr(av, "open", no_room)
    with pytest.raises(MemoryError):
        read(Path("a.flac"))


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
def test_graphs_have_no_threads() -> None:
    """FFmpeg would make one a core for each, and an article has four graphs."""
    before = len(os.listdir("/proc/self/task"))

    graph = filter_graph(24_000, [("aresample", "44100")])

    assert graph.configured
    assert len(os.listdir("/proc/self/task")) == before
