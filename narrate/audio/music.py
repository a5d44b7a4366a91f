"""Music before and after the reading: loaded, faded, and laid under the voice piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from narrate.audio.codec import NO_LOUDNESS_LUFS, Meter, decode, filter_graph, frames_of, from_int16, through, to_int16
from narrate.core.episode import Audio
from narrate.core.errors import ConfigError

# Long enough that no edge clicks; what is faded on purpose is faded for longer.
SHORTEST_FADE_MS = 10

# EBU R128 looks at blocks of 0.4 s; a shorter sound is repeated for the meter up to this.
METERED_MIN_MS = 1000

# Of full scale. Kokoro's own peaks lie under 0.8, so that only music that is not set below the voice comes so far.
KNEE = 0.9

_HINT = "name a sound file, such as an MP3, WAV, FLAC, OGG or M4A"


@dataclass(frozen=True, slots=True, eq=False)
class Bed:
    """A piece of music and its place on the timeline.

    Attributes:
        start_sample: Where it begins, 0 or later.
        samples: float32, mono, at the timeline's rate, faded in and out, as loud as in its file.
        loudness_lufs: How loud that is, measured before the fades, mono as dual mono: faded sound would measure
            lower, and its middle come out louder than it is meant to.
    """

    start_sample: int
    samples: NDArray[np.float32]
    loudness_lufs: float

    def __post_init__(self) -> None:
        if self.start_sample < 0:
            raise ValueError(f"music cannot begin at {self.start_sample}, before the timeline does")

    @property
    def end_sample(self) -> int:
        """The sample at which it ends (exclusive)."""
        return self.start_sample + len(self.samples)


def load_bed(path: Path, rate_hz: int, *, longest_ms: int, fade_in_ms: int, fade_out_ms: int) -> Bed:
    """Read a sound file of any format, rate and number of channels, to stand at the start of a timeline.

    Args:
        path: The file.
        rate_hz: Samples per second of the timeline.
        longest_ms: What is longer is faded out there.
        fade_in_ms: How long the first fade is, a raised cosine; both become shorter in a sound shorter than the two.
        fade_out_ms: The same for the last.

    Raises:
        ConfigError: The file cannot be read, is no audio, or is silent; names it.
    """
    audio = _resampled(_read(path, longest_ms), rate_hz)
    loudness_lufs = _loudness_lufs(audio)
    if loudness_lufs <= NO_LOUDNESS_LUFS:
        raise ConfigError(f"{path} is silent in its first {longest_ms / 1000:g} seconds", "choose another sound file")
    return Bed(0, _faded(audio, fade_in_ms, fade_out_ms), loudness_lufs)


def lead_in_samples(bed: Bed, overlap_ms: int, rate_hz: int) -> int:
    """Return the silence before the voice with which the music's last `overlap_ms` run under its first words.

    0 where the music is shorter than that.
    """
    return max(0, len(bed.samples) - overlap_ms * rate_hz // 1000)


def tail_samples(bed: Bed, overlap_ms: int, rate_hz: int) -> int:
    """Return the silence after the voice with which the music begins `overlap_ms` before the voice ends.

    The music then ends with the timeline; `at_end` puts it there.
    """
    return lead_in_samples(bed, overlap_ms, rate_hz)


def at_end(bed: Bed, duration_samples: int) -> Bed:
    """Move music to where its last sample is that of the timeline; of music that is longer, keep its end."""
    kept = bed.samples[max(0, len(bed.samples) - duration_samples) :]
    return replace(bed, start_sample=duration_samples - len(kept), samples=kept)


def mixed(
    pieces: Iterable[NDArray[np.int16]], beds: Sequence[Bed], *, voice_lufs: float, below_lu: float
) -> Iterator[NDArray[np.int16]]:
    """Lay music under a timeline; it stays as long as it is, and outside the music it stays as it is to the bit.

    Where both together come near full scale they are pressed together softly, never cut off. Music that reaches past
    the timeline ends with it, so place it to fit.

    Args:
        pieces: 16-bit mono samples in any portions.
        beds: The music, at the rate of the timeline.
        voice_lufs: Integrated loudness of the timeline without music; where it is silent, music stays as loud as it is.
        below_lu: How much quieter than that the music is to be.
    """
    gains = [_gain(bed, voice_lufs - below_lu, is_silent=voice_lufs <= NO_LOUDNESS_LUFS) for bed in beds]
    start = 0
    for piece in pieces:
        end = start + len(piece)
        here = [(bed, gain) for bed, gain in zip(beds, gains, strict=True) if _overlaps(bed, start, end)]
        yield _with_music(piece, start, here) if here else piece
        start = end


def _gain(bed: Bed, wanted_lufs: float, *, is_silent: bool) -> float:
    return 1.0 if is_silent else float(10 ** ((wanted_lufs - bed.loudness_lufs) / 20))


def _overlaps(bed: Bed, start: int, end: int) -> bool:
    return bed.start_sample < end and start < bed.end_sample


def _with_music(piece: NDArray[np.int16], start: int, beds: Iterable[tuple[Bed, float]]) -> NDArray[np.int16]:
    voice = from_int16(piece).astype(np.float64)
    both = voice.copy()
    for bed, gain in beds:
        first = max(start, bed.start_sample)
        last = min(start + len(piece), bed.end_sample)
        part = bed.samples[first - bed.start_sample : last - bed.start_sample]
        both[first - start : last - start] += gain * part.astype(np.float64)
    return to_int16(_pressed(both, voice).astype(np.float32))


def _pressed(both: NDArray[np.float64], voice: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bend what lies over the knee so that it stays under full scale; a voice that is over it alone is let be."""
    free = np.clip(np.maximum(KNEE, np.abs(voice)), 0.0, 1.0 - 1e-6)
    level = np.abs(both)
    bent = free + (1 - free) * np.tanh((level - free) / (1 - free))
    return np.where(level > free, np.sign(both) * bent, both)


def _read(path: Path, longest_ms: int) -> Audio:
    """The beginning of a file, mono, at its own rate."""
    try:
        audio = decode(path, longest_ms)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read as music: {error.strerror or error}", _HINT) from error
    except ValueError as error:
        raise ConfigError(f"{path} is no music: {error}", _HINT) from error
    # A WAV of floating point numbers may hold anything.
    samples = np.nan_to_num(audio.samples)
    if not len(samples):
        raise ConfigError(f"{path} has no sound in it", _HINT)
    return Audio(samples, audio.rate_hz)


def _resampled(audio: Audio, rate_hz: int) -> Audio:
    """Return sound at another rate, by FFmpeg's windowed sinc."""
    if audio.rate_hz == rate_hz:
        return audio
    filters = (("aresample", str(rate_hz)), ("aformat", "sample_fmts=flt:channel_layouts=mono"))
    frames = frames_of([to_int16(audio.samples)], audio.rate_hz)
    parts = [frame.to_ndarray().ravel() for frame in through(filter_graph(audio.rate_hz, filters), frames)]
    return Audio(np.concatenate([*parts, np.zeros(0)]).astype(np.float32), rate_hz)


def _loudness_lufs(audio: Audio) -> float:
    least_samples = METERED_MIN_MS * audio.rate_hz // 1000
    meter = Meter(audio.rate_hz)
    meter.push(to_int16(np.resize(audio.samples, max(least_samples, len(audio.samples)))))
    return meter.finish().integrated_lufs


def _faded(audio: Audio, fade_in_ms: int, fade_out_ms: int) -> NDArray[np.float32]:
    samples = len(audio.samples)
    wanted_in, wanted_out = fade_in_ms * audio.rate_hz // 1000, fade_out_ms * audio.rate_hz // 1000
    share = min(1.0, samples / max(1, wanted_in + wanted_out))
    edge = min(SHORTEST_FADE_MS * audio.rate_hz // 1000, samples // 2)
    fade_in = min(max(edge, int(wanted_in * share)), samples - edge)
    fade_out = min(max(edge, int(wanted_out * share)), samples - fade_in)
    curve = np.ones(samples)
    curve[:fade_in] = _rising(fade_in)
    curve[samples - fade_out :] = _rising(fade_out)[::-1]
    return (audio.samples * curve).astype(np.float32)


def _rising(samples: int) -> NDArray[np.float64]:
    """Return gains from silence to full, half of a cosine: it begins and ends without a bend that could be heard."""
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * (np.arange(samples) + 0.5) / max(1, samples)))
