"""Encoding, with the real encoders and two real decoders."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import mutagen.mp4
import numpy as np
import pytest
from mutagen.oggopus import OggOpus
from support.clips import silence, sine

from narrate.audio.codec import decode, measure_file, to_int16
from narrate.audio.encoder import PacketMeter, encode
from narrate.core.episode import Chapter
from narrate.core.formats import FORMATS, format_of_ending

RATE_HZ = 24_000
NAMES = list(FORMATS)


def encoded(name: str, samples: np.ndarray, parts: int = 3, **options: Any) -> Path:
    """A file of that format, at the level of the samples; its ending says nothing, as that of a file in the making."""
    path = Path(f"{name}.part")
    pieces = np.array_split(to_int16(samples), parts)
    encode(pieces, RATE_HZ, path, **({"format": FORMATS[name], "gain_db": 0.0, "limit_db": -1.5} | options))
    return path


@pytest.mark.parametrize("stereo", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_what_the_table_says(name: str, stereo: bool) -> None:
    """Codec, rate, channels, and at most one frame longer than its sound."""
    path = encoded(name, sine(3.217), stereo=stereo)

    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        frames = [frame.to_ndarray() for frame in container.decode(stream)]
        assert stream.codec_context.sample_rate == FORMATS[name].rate_hz
        assert stream.codec_context.channels == 1 + stereo
        assert container.duration is not None
        seconds = container.duration / 1_000_000
    decoded = len(decode(path.read_bytes()).samples)
    wanted = 3.217 * FORMATS[name].rate_hz
    slack = FORMATS[name].frame_samples if name == "m4b" else 1  # FFmpeg's AAC decoder gives the last frame whole
    assert -1 <= decoded - wanted <= slack
    assert abs(seconds - 3.217) < (0.007 if name == "opus" else 0.001)  # its pre-skip is counted, 312 samples
    assert frames


@pytest.mark.parametrize("name", NAMES)
def test_the_sound_begins_where_it_began(name: str) -> None:
    """What encoders put in front is not heard, or every chapter would be late."""
    samples = np.concatenate([silence(0.5), sine(0.5), silence(0.5)])

    back = decode(encoded(name, samples).read_bytes())

    loud = np.flatnonzero(np.abs(back.samples) > 0.1) / back.rate_hz
    assert abs(loud[0] - 0.5) < 0.005
    assert abs(loud[-1] - 1.0) < 0.005


def test_an_audiobook_knows_its_length_to_the_sample() -> None:
    """Its edit list cuts the encoder's delay in front and the padding behind."""
    path = encoded("m4b", sine(3.217))

    with av.open(str(path)) as container:
        assert container.streams.audio[0].duration == round(3.217 * 44_100)
    assert abs(mutagen.mp4.MP4(path).info.length - 3.217) < 1025 / 44_100


def test_opus_knows_its_length_to_the_sample() -> None:
    """What stands in its last page, without what its header says to skip."""
    assert OggOpus(encoded("opus", sine(3.217))).info.length == pytest.approx(3.217, abs=1 / 48_000)


@pytest.mark.parametrize("name", NAMES)
def test_two_channels_are_one_twice(name: str) -> None:
    """Two channels are as loud as the one is as dual mono."""
    mono = measure_file(encoded(name, sine(3)))
    path = encoded(name, sine(3), stereo=True)

    with av.open(str(path)) as container:
        resampler = av.AudioResampler("fltp", "stereo", 44_100)
        parts = [out.to_ndarray() for frame in container.decode(audio=0) for out in resampler.resample(frame)]
    left, right = np.concatenate(parts, axis=1)
    assert np.abs(left - right).max() < 0.002
    assert abs(measure_file(path).integrated_lufs - mono.integrated_lufs) < 0.2


@pytest.mark.parametrize("name", NAMES)
def test_the_same_samples_give_the_same_bytes(name: str) -> None:
    """Also in other portions: no dates, no random numbers, no traces of the pieces."""
    chapters = [Chapter("One", 0, 24_000), Chapter("Two", 24_000, 48_000)]
    once = encoded(name, sine(2), parts=1, chapters=chapters, language="en").read_bytes()
    again = encoded(name, sine(2), parts=7, chapters=chapters, language="en").read_bytes()

    assert once == again
    assert b"Lavf6" not in once.split(b"mdat")[0]


@pytest.mark.parametrize(
    ("name", "bitrate_kbps"), [("mp3", 64), ("mp3", 128), ("m4b", 64), ("m4b", 128), ("opus", 24), ("opus", 96)]
)
def test_bit_rates(name: str, bitrate_kbps: int) -> None:
    """The file has about the size that follows from it, an MP3 exactly."""
    noise = np.random.default_rng(1).normal(0, 0.1, 4 * RATE_HZ).clip(-1, 1).astype(np.float32)
    path = encoded(name, noise, bitrate_kbps=bitrate_kbps)

    assert path.stat().st_size * 8 / 4 == pytest.approx(bitrate_kbps * 1000, rel=0.2)
    if name == "mp3":
        with av.open(str(path)) as container:
            assert container.streams.audio[0].codec_context.bit_rate == bitrate_kbps * 1000


@pytest.mark.parametrize("name", NAMES)
def test_gain_is_exact(name: str) -> None:
    """Six decibels are six decibels."""

    def loudness_lufs(gain_db: float) -> float:
        return measure_file(encoded(name, sine(1, level=0.1), gain_db=gain_db)).integrated_lufs

    assert abs(loudness_lufs(6.0) - loudness_lufs(0.0) - 6.0) < 0.15


@pytest.mark.parametrize("stereo", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_what_comes_out_is_measured_at_once(name: str, stereo: bool) -> None:
    """With the figures that the finished file has."""
    meter = PacketMeter()
    samples = np.concatenate([sine(2, level=0.2), sine(1, level=0.6), silence(0.7)])
    path = encoded(name, samples, stereo=stereo, meter=meter)

    assert meter.finish() == measure_file(path)


def test_a_meter_that_hears_nothing() -> None:
    """No sound is silence."""
    assert PacketMeter().finish().is_silence


@pytest.mark.parametrize("name", ["mp3", "opus", "flac", "wav"])
def test_peaks_are_held(name: str) -> None:
    """The limiter keeps loud parts under its limit; what AAC adds at the start of a tone is for master to see."""
    assert measure_file(encoded(name, sine(1), gain_db=20.0)).true_peak_dbtp < -1.0


def native_chapters(path: Path) -> list[tuple[str, int, int]]:
    with av.open(str(path)) as container:
        found = container.chapters()
    return [
        (item["metadata"]["title"], *(round(item[end] * item["time_base"] * 1000) for end in ("start", "end")))
        for item in found
    ]


@pytest.mark.parametrize("count", [1, 2, 100, 255])
def test_an_audiobook_holds_its_chapters(count: int) -> None:
    """In order and with titles of any script, in the way of Nero and in that of QuickTime."""
    bounds = [round(n * 6 * RATE_HZ / count) for n in range(count + 1)]
    chapters = [Chapter(f"Глава {n}: 世界 {'й' * 60}", bounds[n], bounds[n + 1]) for n in range(count)]
    path = encoded("m4b", sine(6), chapters=chapters)

    ms = [round(bound / 24) for bound in bounds]
    assert native_chapters(path) == [(chapters[n].title, ms[n], ms[n + 1]) for n in range(count)]
    nero = mutagen.mp4.MP4(path).chapters or []
    assert [item.title for item in nero] == [item.title for item in chapters]
    assert b"text" in path.read_bytes()  # QuickTime's track


@pytest.mark.parametrize(("ending", "brand"), [(".m4b", b"M4B "), (".m4a", b"M4A ")])
def test_brand_index_and_language(ending: str, brand: bytes) -> None:
    """The brand follows the ending, the index stands in front of the sound, the track knows its language."""
    format = format_of_ending(ending)
    data = encoded("m4b", sine(1), format=format, language="pt-BR").read_bytes()

    assert data[4:12] == b"ftyp" + brand
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open("m4b.part") as container:
        assert container.streams.audio[0].language == "por"


def test_a_language_nobody_knows() -> None:
    """MP4 has a word for that."""
    with av.open(str(encoded("m4b", sine(1), language="tlh"))) as container:
        assert container.streams.audio[0].language in (None, "und")


def test_another_reader_takes_the_wav() -> None:
    """16 bits, and the very samples that went in at the file's own rate."""
    samples = to_int16(sine(1, rate_hz=44_100))
    encode([samples], 44_100, Path("a.part"), format=FORMATS["wav"], gain_db=0.0, limit_db=-0.1)

    with wave.open("a.part", "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 44_100)
        back = np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)
    assert np.array_equal(back, samples)


def test_a_wav_beyond_four_gigabytes_is_an_rf64() -> None:
    """Which is only tried on the small: the same writer, told to do it now."""
    options: Sequence[tuple[str, str]] = (("rf64", "always"),)
    path = encoded("wav", sine(1), format=replace(FORMATS["wav"], container_options=tuple(options)))

    assert path.read_bytes().startswith(b"RF64")
    assert len(decode(path.read_bytes()).samples) == 44_100


@pytest.mark.parametrize("name", NAMES)
def test_no_tags_yet(name: str) -> None:
    """They are another stage's work."""
    with av.open(str(encoded(name, sine(1)))) as container:
        assert set(container.metadata) <= {"major_brand", "minor_version", "compatible_brands"}
