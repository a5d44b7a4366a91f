"""Music is loaded from real files, faded, set below the voice, and leaves everything else as it was."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.clips import silence, sine

from narrate.audio.codec import Meter, from_int16, to_int16
from narrate.audio.encoder import encode
from narrate.audio.music import Bed, at_end, lead_in_samples, load_bed, mixed, tail_samples
from narrate.core.errors import ConfigError
from narrate.core.formats import FORMATS

RATE_HZ = 24_000
FADE_MS = 1000


def chord(seconds: float, *, level: float = 0.1, rate_hz: int = 44_100) -> np.ndarray:
    """Three sines, float32."""
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    return (level * sum(np.sin(2 * np.pi * hertz * time) for hertz in (262, 330, 392))).astype(np.float32)


def music_file(name: str, seconds: float = 4, rate_hz: int = 44_100) -> Path:
    """A chord in the format of the ending."""
    path = Path(name)
    format_name = {"m4a": "m4b", "ogg": "opus"}.get(path.suffix[1:], path.suffix[1:])
    encode(
        [to_int16(chord(seconds, rate_hz=rate_hz))],
        rate_hz,
        path,
        format=FORMATS[format_name],
        gain_db=0.0,
        limit_db=-1.0,
    )
    return path


def wav_file(samples: np.ndarray, *, rate_hz: int = RATE_HZ, channels: int = 1) -> Path:
    """16 bit; columns of the samples are channels."""
    with wave.open("music.wav", "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(to_int16(samples).tobytes())
    return Path("music.wav")


def load(path: Path, *, longest_ms: int = 10_000, fade_in_ms: int = FADE_MS, fade_out_ms: int = FADE_MS) -> Bed:
    return load_bed(path, RATE_HZ, longest_ms=longest_ms, fade_in_ms=fade_in_ms, fade_out_ms=fade_out_ms)


def lufs(samples: np.ndarray) -> float:
    meter = Meter(RATE_HZ)
    meter.push(samples)
    return meter.finish().integrated_lufs


def portions(samples: np.ndarray, size: int = 7001) -> Iterator[np.ndarray]:
    return (samples[start : start + size] for start in range(0, len(samples), size))


def mix(samples: np.ndarray, *beds: Bed, below_lu: float = 6.0, voice_lufs: float | None = None) -> np.ndarray:
    level = lufs(samples) if voice_lufs is None else voice_lufs
    return np.concatenate(list(mixed(portions(samples), beds, voice_lufs=level, below_lu=below_lu)))


def full_bed(samples: int, *, start: int = 0, level: float = 1.0) -> Bed:
    return Bed(start, np.full(samples, level, dtype=np.float32), 0.0)


@pytest.mark.parametrize("ending", ["mp3", "wav", "flac", "ogg", "m4a"])
def test_every_format_is_taken(ending: str) -> None:
    """At the timeline's rate, as long as it was, as high and as loud."""
    bed = load(music_file(f"music.{ending}"))

    assert bed.start_sample == 0
    assert bed.samples.dtype == np.float32
    assert abs(len(bed.samples) / RATE_HZ - 4) < 0.06
    strongest = np.argsort(np.abs(np.fft.rfft(bed.samples * np.hanning(len(bed.samples)))))[::-1]
    assert {round(index * RATE_HZ / len(bed.samples) / 10) for index in strongest[:3]} <= {26, 33, 39}
    assert abs(bed.loudness_lufs - lufs(to_int16(chord(4, rate_hz=RATE_HZ)))) < 0.6


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 24_000, 48_000, 96_000])
def test_every_rate_is_brought_to_that_of_the_timeline(rate_hz: int) -> None:
    """What is heard is the same sound, sample for sample, where it is not faded; edges of a filter aside."""
    bed = load(wav_file(chord(2, rate_hz=rate_hz), rate_hz=rate_hz))

    wanted = chord(2, rate_hz=RATE_HZ)
    assert abs(len(bed.samples) - len(wanted)) <= 16
    assert np.abs(bed.samples - wanted[: len(bed.samples)])[RATE_HZ - 500 : RATE_HZ + 500].max() < 0.003


def test_what_is_too_high_for_the_timeline_is_taken_out() -> None:
    """20 kHz would come back as 4 kHz at 24,000 samples a second."""
    time = np.arange(88_200) / 44_100
    high = (0.3 * np.sin(2 * np.pi * 20_000 * time)).astype(np.float32)

    bed = load(wav_file(high + chord(2), rate_hz=44_100))

    spectrum = np.abs(np.fft.rfft(bed.samples))
    assert spectrum[7_500:8_500].max() < spectrum.max() / 1000


def test_stereo_is_mixed_down() -> None:
    """Both channels are heard."""
    left, right = sine(2, level=0.2), chord(2, rate_hz=RATE_HZ)

    bed = load(wav_file(np.stack([left, right], axis=1).ravel(), channels=2))

    assert len(bed.samples) == 2 * RATE_HZ
    both = bed.samples[RATE_HZ - 1000 : RATE_HZ + 1000]
    assert min(np.corrcoef(both, part[RATE_HZ - 1000 : RATE_HZ + 1000])[0, 1] for part in (left, right)) > 0.5


def test_a_long_file_is_faded_out_where_it_is_cut() -> None:
    """A long file is faded out where it is cut, and not broken off."""
    bed = load(wav_file(sine(5)), longest_ms=2000)

    assert len(bed.samples) == 2 * RATE_HZ
    assert np.abs(bed.samples[-100:]).max() < 0.001


@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(50, 3000))
@settings(max_examples=25)
def test_fades_rise_and_fall_without_a_step(fade_in_ms: int, fade_out_ms: int, length_ms: int) -> None:
    """Whatever is asked for, and in a sound that is too short for it; every edge is silent."""
    path = wav_file(np.full(length_ms * RATE_HZ // 1000, 0.5, dtype=np.float32) + sine(length_ms / 1000, level=0.1))
    whole = np.frombuffer(path.read_bytes()[44:], dtype="<i2")

    bed = load(path, fade_in_ms=fade_in_ms, fade_out_ms=fade_out_ms)

    curve = bed.samples / from_int16(whole)
    top = int(np.argmax(curve > curve.max() - 1e-6))
    assert len(bed.samples) == len(whole)
    assert (np.diff(curve[: top + 1]) > -1e-6).all()
    last = len(curve) - 1 - int(np.argmax(curve[::-1] > curve.max() - 1e-6))
    assert (np.diff(curve[last:]) < 1e-6).all()
    assert np.abs(curve[[0, -1]]).max() < 0.001
    assert np.abs(np.diff(curve)).max() < 0.01


def test_a_fade_is_as_long_as_was_asked_for() -> None:
    """Half of it is up at half of its time, and between the fades nothing is changed."""
    path = wav_file(np.full(3 * RATE_HZ, 0.5, dtype=np.float32) + sine(3, level=0.1))
    whole = from_int16(np.frombuffer(path.read_bytes()[44:], dtype="<i2"))

    bed = load(path, fade_in_ms=400, fade_out_ms=1200)

    curve = bed.samples / whole
    assert abs(curve[200 * 24] - 0.5) < 0.01
    assert abs(curve[-600 * 24] - 0.5) < 0.01
    assert np.array_equal(bed.samples[400 * 24 : -1200 * 24], whole[400 * 24 : -1200 * 24])


def test_a_very_short_sound_has_a_loudness() -> None:
    """A bell of a tenth of a second, although the meter looks at four."""
    short, long = load(wav_file(sine(0.1))), load(wav_file(sine(3)))

    assert abs(short.loudness_lufs - long.loudness_lufs) < 0.5


def _empty() -> Path:
    return wav_file(silence(0))


def _silent() -> Path:
    return wav_file(silence(2))


def _text() -> Path:
    Path("music.mp3").write_text("no music at all " * 100, encoding="utf-8")
    return Path("music.mp3")


def _nothing() -> Path:
    Path("music.mp3").write_bytes(b"")
    return Path("music.mp3")


def _folder() -> Path:
    Path("music").mkdir()
    return Path("music")


def _one_sample() -> Path:
    return wav_file(np.full(1, 0.5), rate_hz=192_000)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: Path("none.mp3"), r"none\.mp3 cannot be read"),
        (_folder, "music cannot be read"),
        (_text, r"music\.mp3 is no music"),
        (_nothing, r"music\.mp3 is no music"),
        (_empty, r"music\.wav has no sound in it"),
        (_silent, r"music\.wav is silent in its first 10 seconds"),
        (_one_sample, r"music\.wav is silent"),
    ],
)
def test_what_is_no_music_is_an_error_that_names_the_file(make: Callable[[], Path], reason: str) -> None:
    """A setting that cannot be used, with a hint."""
    with pytest.raises(ConfigError, match=reason) as caught:
        load(make())

    assert caught.value.hint


def test_numbers_that_are_none_are_silence() -> None:
    """A WAV of floating point numbers may hold "not a number"."""
    samples = chord(1, rate_hz=RATE_HZ)
    samples[1000:1010] = np.nan
    form = b"fmt \x10\0\0\0\x03\0\x01\0" + RATE_HZ.to_bytes(4, "little") + (RATE_HZ * 4).to_bytes(4, "little")
    body = form + b"\x04\0\x20\0data" + (4 * len(samples)).to_bytes(4, "little") + samples.astype("<f4").tobytes()
    Path("music.wav").write_bytes(b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WAVE" + body)

    assert np.isfinite(load(Path("music.wav")).samples).all()


@pytest.mark.parametrize("below_lu", [0.0, 6.0, 15.0])
@pytest.mark.parametrize("level", [0.02, 0.3])
def test_music_lies_as_far_below_the_voice_as_it_should(below_lu: float, level: float) -> None:
    """Whether its file is loud or quiet, and although it is faded."""
    voice = to_int16(np.concatenate([silence(6), sine(6, level=0.2)]))
    bed = load(wav_file(chord(6, level=level, rate_hz=RATE_HZ)))
    voice_lufs = lufs(voice[6 * RATE_HZ :])

    both = mix(voice, bed, below_lu=below_lu, voice_lufs=voice_lufs)

    assert abs(voice_lufs - lufs(both[: 6 * RATE_HZ]) - below_lu) < 1


def test_outside_the_music_nothing_changes_by_a_bit() -> None:
    """Samples change inside the music only; the length stays."""
    voice = np.random.default_rng(1).integers(-32768, 32767, 5 * RATE_HZ).astype(np.int16)
    bed = load(wav_file(chord(1, rate_hz=RATE_HZ)))
    begin = replace(bed, start_sample=1234)
    end = at_end(bed, len(voice))

    both = mix(voice, begin, end)

    assert both.dtype == np.int16 and len(both) == len(voice)
    changed = np.flatnonzero(both != voice)
    assert changed.min() >= begin.start_sample and changed.max() < len(voice)
    assert not ((changed >= begin.end_sample) & (changed < end.start_sample)).any()
    assert (changed < begin.end_sample).any() and (changed >= end.start_sample).any()


@given(st.lists(st.integers(0, 900), max_size=8), st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 2**32 - 1))
def test_any_portions_give_the_same_mix(sizes: list[int], start: int, length: int, seed: int) -> None:
    """Of the same length, even where the music reaches past the end or begins behind it."""
    random = np.random.default_rng(seed)
    voice = random.integers(-32768, 32767, sum(sizes)).astype(np.int16)
    bed = Bed(start, random.uniform(-1, 1, length).astype(np.float32), -10.0)
    parts = np.split(voice, np.cumsum(sizes))

    one = list(mixed([voice], [bed], voice_lufs=-20.0, below_lu=6.0))
    many = list(mixed(parts, [bed], voice_lufs=-20.0, below_lu=6.0))

    assert [len(part) for part in many] == [len(part) for part in parts]
    assert np.array_equal(np.concatenate(one), np.concatenate(many))


@given(st.integers(-32768, 32767), st.floats(-4, 4, width=32))
def test_nothing_wraps_around(sample: int, level: float) -> None:
    """Loud music on a loud voice goes to full scale at most, and on the side where it is; silence changes nothing."""
    voice = np.full(10, sample, dtype=np.int16)

    both = mix(voice, full_bed(10, level=level), below_lu=0.0, voice_lufs=0.0)

    wanted = sample / 32768 + level
    assert abs(wanted) < 1e-3 or np.sign(both[0]) == np.sign(wanted)
    assert abs(wanted) > 0.9 or abs(int(both[0]) - wanted * 32768) <= 0.51
    assert level != 0 or both[0] == sample


def test_a_loud_sum_is_bent_not_cut_off() -> None:
    """More music is still more, so that no flat tops are heard, as long as 16 bit can tell."""
    levels = [0.0, 0.1, 0.15, 0.2, 0.3]
    tops = [mix(np.full(10, 28_000, dtype=np.int16), full_bed(10, level=level), voice_lufs=6.0)[0] for level in levels]

    assert tops == sorted(set(tops)) and tops[-1] < 32767


def test_music_begins_and_ends_without_a_click() -> None:
    """No step is larger than those of the sound itself."""
    voice = to_int16(sine(4, level=0.2))
    bed = replace(load(wav_file(chord(1, rate_hz=RATE_HZ)), fade_in_ms=0, fade_out_ms=0), start_sample=RATE_HZ)

    added = mix(voice, bed).astype(int) - voice

    steps = np.abs(np.diff(added))
    inside = steps[int(1.1 * RATE_HZ) : int(1.9 * RATE_HZ)].max()
    edges = [bed.start_sample, bed.end_sample]
    assert max(steps[edge - 20 : edge + 20].max() for edge in edges) < inside / 10
    assert steps.max() <= inside * 1.05


def test_without_music_the_timeline_is_passed_on() -> None:
    """The very pieces."""
    pieces = [np.arange(5, dtype=np.int16), np.arange(3, dtype=np.int16)]

    passed = list(mixed(pieces, [], voice_lufs=-20.0, below_lu=6.0))

    assert all(one is other for one, other in zip(passed, pieces, strict=True))


def test_music_is_mixed_while_the_timeline_arrives() -> None:
    """A piece comes out before the next one is asked for, so that memory does not grow."""
    asked: list[int] = []

    def pieces() -> Iterator[np.ndarray]:
        for number in range(3):
            asked.append(number)
            yield np.zeros(10, dtype=np.int16)

    out = mixed(pieces(), [full_bed(30)], voice_lufs=-20.0, below_lu=6.0)
    next(out)

    assert asked == [0]


def test_beside_a_silent_voice_music_stays_as_loud_as_it_is() -> None:
    """There is nothing to set it below."""
    both = mix(to_int16(silence(2)), full_bed(100, level=0.5), voice_lufs=-70.0)

    assert both[50] == 16384


@pytest.mark.parametrize(("overlap_ms", "silent_ms"), [(0, 3000), (1000, 2000), (3000, 0), (9000, 0)])
def test_voice_and_music_overlap_as_asked(overlap_ms: int, silent_ms: int) -> None:
    """Silence stands where the music is alone; its fades lie over the first and the last words."""
    bed = full_bed(3 * RATE_HZ)

    assert lead_in_samples(bed, overlap_ms, RATE_HZ) == silent_ms * RATE_HZ // 1000
    assert tail_samples(bed, overlap_ms, RATE_HZ) == silent_ms * RATE_HZ // 1000


def test_music_at_the_end_ends_with_the_timeline() -> None:
    """Of music that is longer than all of it, the end is kept."""
    bed = Bed(0, np.arange(100, dtype=np.float32), -10.0)

    assert (at_end(bed, 250).start_sample, at_end(bed, 250).end_sample) == (150, 250)
    assert (at_end(bed, 40).start_sample, at_end(bed, 40).samples.tolist()) == (0, list(range(60, 100)))


def test_music_cannot_begin_before_the_timeline() -> None:
    """Nobody would hear its fade."""
    with pytest.raises(ValueError, match="-1"):
        full_bed(10, start=-1)


def test_the_result_can_be_encoded() -> None:
    """From music file to finished file: the music is heard before the voice, and under its first words."""
    bed = load(music_file("music.mp3", 3))
    lead_in = lead_in_samples(bed, FADE_MS, RATE_HZ)
    voice = to_int16(np.concatenate([np.zeros(lead_in, dtype=np.float32), sine(3, level=0.2)]))
    voice_lufs = lufs(voice)
    pieces = mixed(portions(voice), [bed], voice_lufs=voice_lufs, below_lu=6.0)

    encode(pieces, RATE_HZ, Path("out.flac"), format=FORMATS["flac"], gain_db=0.0, limit_db=-1.0)

    back = load_bed(Path("out.flac"), RATE_HZ, longest_ms=60_000, fade_in_ms=0, fade_out_ms=0)
    assert abs(len(back.samples) - len(voice)) <= 32
    middle = to_int16(back.samples[RATE_HZ : lead_in - 1000])
    assert abs(voice_lufs - lufs(middle) - 6.0) < 1
