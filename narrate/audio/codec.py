"""Decode, resample and meter through PyAV, in process and as a stream; only encoder.py and lame.py know it as well."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph
from numpy.typing import NDArray

from narrate.core.episode import Audio
from narrate.core.system.worker_thread import behind

if TYPE_CHECKING:
    from av.filter.context import FilterContext

FULL_SCALE = 32768

# A second at 24 kHz. Filters take any size; each frame that is handed over costs a turn of Python's lock, which is dear
# where several threads want it, and a second costs no memory to speak of.
FRAME_SAMPLES = 24_000
FRAMES_AT_A_TIME = 16

# What ebur128 reports when nothing passed its gate, which is at -70 LUFS.
NO_LOUDNESS_LUFS = -70.0


@dataclass(frozen=True, slots=True)
class Loudness:
    """The measures of EBU R128 for a piece of sound.

    Attributes:
        integrated_lufs: Mono measured as dual mono; -70 or less where there is only silence.
        true_peak_dbtp: Highest peak between samples too, 4 times oversampled.
    """

    integrated_lufs: float
    true_peak_dbtp: float

    @property
    def is_silence(self) -> bool:
        """True where there is nothing to set a gain by."""
        return self.integrated_lufs <= NO_LOUDNESS_LUFS


def to_int16(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """Round to 16 bit; exact for samples that came from 16 bit."""
    scaled = samples * np.float32(FULL_SCALE)  # a power of two, so nothing is rounded here
    np.rint(scaled, out=scaled)
    return np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1, out=scaled).astype(np.int16)


def from_int16(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """float32 in [-1, 1)."""
    return np.multiply(samples, np.float32(1 / FULL_SCALE), dtype=np.float32)


def decode(source: bytes | Path, longest_ms: int | None = None) -> Audio:
    """Decode a file of any format PyAV knows to mono; stereo is mixed down.

    Args:
        source: The whole file, or where it is.
        longest_ms: What comes later is not decoded; None for all of it.

    Raises:
        ValueError: The bytes are no audio. A file that ends early gives what is there.
        OSError: The file cannot be read.
    """
    opened = _openable(source)
    try:
        with av.open(opened, "r") as container:
            stream = container.streams.audio[0]
            rate_hz = stream.codec_context.sample_rate
            samples = _first(_mono_parts(container.decode(stream), rate_hz), rate_hz, longest_ms)
    except MemoryError:  # one of FFmpeg's own errors, too, and it says nothing of the bytes
        raise
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise ValueError(f"not audio that can be decoded: {error}") from error
    return Audio(np.clip(samples, -1.0, 1.0), rate_hz)


def parts_of(path: Path) -> Iterator[tuple[NDArray[np.int16], int]]:
    """A file of any format as a stream of 16-bit mono samples, with their rate in Hz; stereo is mixed down.

    Raises:
        ValueError: The file is no audio.
        OSError: It cannot be read.
    """
    try:
        with av.open(_openable(path), "r") as container:
            stream = container.streams.audio[0]
            rate_hz = stream.codec_context.sample_rate
            for part in _mono_parts(container.decode(stream), rate_hz):
                yield to_int16(part), rate_hz
    except MemoryError:
        raise
    except (av.FFmpegError, IndexError) as error:
        raise ValueError(f"{path} is not audio that can be decoded: {error}") from error


def _openable(source: bytes | Path) -> io.BytesIO | str:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    with source.open("rb"):  # raises what Python says of a file that cannot be read
        return f"file:{source}"  # so that no name is taken for a protocol


def _mono_parts(frames: Iterable[AudioFrame], rate_hz: int) -> Iterator[NDArray[np.float32]]:
    resampler = av.AudioResampler("flt", "mono", rate_hz)
    for frame in frames:
        yield from map(_mono, resampler.resample(frame))
    yield from map(_mono, resampler.resample(None))


def _first(parts: Iterable[NDArray[np.float32]], rate_hz: int, longest_ms: int | None) -> NDArray[np.float32]:
    limit = None if longest_ms is None else longest_ms * rate_hz // 1000
    taken: list[NDArray[np.float32]] = [np.zeros(0, dtype=np.float32)]
    length = 0
    for part in parts:
        taken.append(part)
        length += len(part)
        if limit is not None and length >= limit:
            break
    return np.concatenate(taken)[:limit]


def encode_flac(audio: Audio) -> bytes:
    """16-bit FLAC, without loss for samples that fit 16 bit; the same input gives the same bytes."""
    sink = io.BytesIO()
    with av.open(sink, "w", format="flac") as container:
        stream = container.add_stream("flac", rate=audio.rate_hz, layout="mono")
        for frame in frames_of([to_int16(audio.samples)], audio.rate_hz):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return sink.getvalue()


def change_tempo(audio: Audio, speed: float) -> Audio:
    """Make sound faster or slower at the same pitch, 0.5 to 2.0 (ffmpeg's atempo)."""
    if speed == 1.0:
        return audio
    filters = (("atempo", f"tempo={speed}"), ("aformat", "sample_fmts=flt:channel_layouts=mono"))
    graph = filter_graph(audio.rate_hz, filters)
    parts = [_mono(frame) for frame in through(graph, frames_of([to_int16(audio.samples)], audio.rate_hz))]
    return Audio(np.clip(np.concatenate(parts), -1.0, 1.0), audio.rate_hz)


class Meter:
    """Measures sound that is pushed to it piece by piece."""

    def __init__(self, rate_hz: int, *, peaks: bool = True) -> None:
        """Begin.

        Args:
            rate_hz: Of the sound.
            peaks: Look for true peaks, too, which takes as long again; without, they are given as -180 dBTP.
        """
        self._rate_hz = rate_hz
        self._graph = filter_graph(rate_hz, EBUR128 if peaks else _LOUDNESS_ALONE)
        self._pts = 0
        self._last: dict[str, str] = {}

    def push(self, samples: NDArray[np.int16]) -> None:
        """Add the next piece, of any length."""
        for frame in frames_of([samples], self._rate_hz, self._pts):
            self._last = figures_in(_pushed(self._graph, frame)) or self._last
        self._pts += len(samples)

    def so_far(self) -> Loudness:
        """The figures of what was pushed up to now."""
        return loudness_of(self._last)

    def finish(self) -> Loudness:
        """The figures of all that was pushed; nothing may be pushed afterwards."""
        return loudness_of(figures_in(_pushed(self._graph, None)) or self._last)


class Limiter:
    """Raises sound and holds its peaks, piece by piece, as audio/encoder.py does for files."""

    def __init__(self, rate_hz: int, *, gain_db: float, limit_db: float) -> None:
        """Begin.

        Args:
            rate_hz: Of the sound, which stays.
            gain_db: One gain for all of it.
            limit_db: Sample peak in dBFS that is held.
        """
        self._rate_hz = rate_hz
        self._pts = 0
        filters = (
            ("aformat", "sample_fmts=flt:channel_layouts=mono"),
            ("volume", f"volume={gain_db:.4f}dB:precision=float"),
            ("alimiter", f"limit={10 ** (limit_db / 20):.6f}:level=disabled:latency=1"),
            ("aformat", "sample_fmts=s16"),
        )
        self._graph = filter_graph(rate_hz, filters)

    def limited(self, samples: NDArray[np.int16]) -> NDArray[np.int16]:
        """Return what comes out when these go in; some 5 ms stay inside."""
        frames = [
            out for frame in frames_of([samples], self._rate_hz, self._pts) for out in _pushed(self._graph, frame)
        ]
        self._pts += len(samples)
        return _int16_of(frames)

    def rest(self) -> NDArray[np.int16]:
        """Return what is still inside; nothing may go in afterwards."""
        return _int16_of(_pushed(self._graph, None))


def _int16_of(frames: Iterable[AudioFrame]) -> NDArray[np.int16]:
    parts = [np.asarray(frame.to_ndarray(), dtype=np.int16).ravel() for frame in frames]
    return np.concatenate([np.zeros(0, dtype=np.int16), *parts])


class FrameMeter:
    """Measures decoded frames, mono or stereo, of one stream."""

    def __init__(self) -> None:
        """Begin; the first frame says what the sound is like."""
        self._graph: Graph | None = None
        self._last: dict[str, str] = {}

    def push(self, frames: Sequence[AudioFrame]) -> None:
        """Add the next frames, best several at a time: asking for figures costs as much as decoding 26 ms does."""
        if frames and self._graph is None:
            self._graph = _meter_like(frames[0])
        if frames and self._graph:
            self._last = figures_in(_pushed(self._graph, *frames)) or self._last

    def finish(self) -> Loudness:
        """The figures of all that was pushed; nothing may be pushed afterwards."""
        if self._graph:
            self._last = figures_in(_pushed(self._graph, None)) or self._last
        return loudness_of(self._last)


def _meter_like(frame: AudioFrame) -> Graph:
    graph, rate_hz = new_graph(), frame.sample_rate
    source = graph.add_abuffer(
        sample_rate=rate_hz,
        format=frame.format.name,
        layout=frame.layout.name,
        time_base=frame.time_base or Fraction(1, rate_hz),
    )
    link(graph, source, EBUR128)
    return graph


def measure_file(path: Path) -> Loudness:
    """Loudness of a finished file, mono or stereo, decoded as a stream.

    Raises:
        ValueError: The file is no audio.
    """
    meter = FrameMeter()
    try:
        with av.open(str(path), "r") as container, behind(meter.push) as take:
            frames = container.decode(container.streams.audio[0])
            while some := list(islice(frames, FRAMES_AT_A_TIME)):
                take(some)
    except MemoryError:
        raise
    except (av.FFmpegError, IndexError) as error:
        raise ValueError(f"{path} is not audio that can be decoded: {error}") from error
    return meter.finish()


EBUR128 = (("ebur128", "peak=true:dualmono=true:metadata=1"),)
_LOUDNESS_ALONE = (("ebur128", "dualmono=true:metadata=1"),)


def figures_in(frames: Iterable[AudioFrame]) -> dict[str, str]:
    """The last figures in the frames; the very last frame of a stream is short and carries none."""
    for frame in reversed(list(frames)):
        metadata = frame.metadata
        if "lavfi.r128.I" in metadata:
            return dict(metadata)
    return {}


def loudness_of(figures: dict[str, str]) -> Loudness:
    """Return the meter's last figures as values."""
    peaks = [float(value) for name, value in figures.items() if "true_peak" in name]
    integrated = float(figures.get("lavfi.r128.I", NO_LOUDNESS_LUFS))
    return Loudness(integrated, 20 * float(np.log10(max([*peaks, 1e-9]))))


def filter_graph(rate_hz: int, filters: Iterable[tuple[str, str]], frame_samples: int = 0) -> Graph:
    """A chain of filters from 16-bit mono; frames leave it in the given size where one is named."""
    graph = new_graph()
    source = graph.add_abuffer(sample_rate=rate_hz, format="s16", layout="mono", time_base=Fraction(1, rate_hz))
    link(graph, source, filters)
    if frame_samples:
        graph.set_audio_frame_size(frame_samples)
    return graph


def new_graph() -> Graph:
    """Make a graph without FFmpeg's threads: one a core for each graph, and none of these filters splits its work."""
    graph = Graph()
    graph.threads = 1
    return graph


def link(graph: Graph, source: FilterContext, filters: Iterable[tuple[str, str]]) -> None:
    """Put filters behind a source, one after the other, and an end behind the last."""
    last = source
    for name, arguments in filters:
        following = graph.add(name, arguments)
        last.link_to(following)
        last = following
    last.link_to(graph.add("abuffersink"))
    graph.configure()


def through(graph: Graph, frames: Iterable[AudioFrame]) -> Iterator[AudioFrame]:
    """Send frames through a graph, one at a time, and give what comes out, its last frames included."""
    for frame in frames:
        yield from _pushed(graph, frame)
    yield from _pushed(graph, None)


def _pushed(graph: Graph, *frames: AudioFrame | None) -> Iterator[AudioFrame]:
    for frame in frames:
        graph.push(frame)
    while True:
        try:
            out = graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return
        if isinstance(out, AudioFrame):
            yield out


def frames_of(pieces: Iterable[NDArray[np.int16]], rate_hz: int, pts: int = 0) -> Iterator[AudioFrame]:
    """Cut 16-bit mono samples, in whatever portions they come, into small frames that know their place.

    Args:
        pieces: The samples.
        rate_hz: Their rate.
        pts: Place of the first sample.
    """
    for piece in pieces:
        for start in range(0, len(piece), FRAME_SAMPLES):
            samples = np.ascontiguousarray(piece[start : start + FRAME_SAMPLES])
            frame = AudioFrame.from_ndarray(samples[np.newaxis], format="s16", layout="mono")
            frame.sample_rate = rate_hz
            frame.time_base = Fraction(1, rate_hz)
            frame.pts = pts
            pts += len(samples)
            yield frame


def _mono(frame: AudioFrame) -> NDArray[np.float32]:
    return np.asarray(frame.to_ndarray(), dtype=np.float32).ravel()
