"""A sound file, decoded once from its first to its last packet for everything that is measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import av
from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame

from narrate.audio.codec import EBUR128, NO_LOUDNESS_LUFS, Loudness, figures_in, link, loudness_of, new_graph, through
from narrate.core.formats import format_of_ending
from narrate.core.timecode import to_ms

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

# Named, so that no file is taken for a list of other files, here or elsewhere, whatever is in it.
_DEMUXERS = {"mp3": "mp3", "m4b": "mp4", "opus": "ogg", "flac": "flac", "wav": "wav"}

# A second at a time: the meter spends half its time on frames as small as an MP3's (24 s for an hour, not 51).
_PIECE_S = 1

SILENCE = Loudness(NO_LOUDNESS_LUFS, NO_LOUDNESS_LUFS)


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter as a file has it; `end_ms` is None where it says only where the chapter begins."""

    title: str
    start_ms: int
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Sound:
    """The measures of a sound file, as decoded.

    Attributes:
        format: Name of the format, as in formats.FORMATS.
        problem: Why it cannot be decoded at all, "" where it can; nothing else is known then.
        codec: FFmpeg's name of what decodes it.
        rate_hz: Samples per second.
        channels: How many.
        duration_ms: Of what was decoded.
        damaged_packets: How many could not be decoded.
        loudness: Of the whole file.
        marks: Its chapters, in the order in which FFmpeg, and players that are built on it, see them.
    """

    format: str
    problem: str = ""
    codec: str = ""
    rate_hz: int = 0
    channels: int = 0
    duration_ms: int = 0
    damaged_packets: int = 0
    loudness: Loudness = SILENCE
    marks: tuple[Mark, ...] = ()


def listen(path: Path) -> Sound:
    """Decode and measure a file as a stream; whatever it holds, this raises nothing.

    Args:
        path: A file that ends like one of narrate's formats.
    """
    format = format_of_ending(path.suffix)
    if format is None:
        return Sound("", "it is of no format that narrate knows")
    try:
        with path.open("rb"), av.open(f"file:{path}", "r", format=_DEMUXERS[format.name]) as container:
            if not container.streams.audio:
                return Sound(format.name, "it has no sound")
            return _heard(container, container.streams.audio[0], format.name)
    except (av.FFmpegError, ValueError, MemoryError, ArithmeticError) as error:
        return Sound(format.name, f"it cannot be decoded: {getattr(error, 'strerror', error)}")
    except OSError as error:
        return Sound(format.name, f"it cannot be read: {error.strerror or error}")


def _heard(container: InputContainer, stream: AudioStream, format: str) -> Sound:
    decoder = _Decoder(container, stream)
    loudness = _measured(decoder)
    if not decoder.samples:
        return Sound(format, "it holds no sound that can be decoded")
    context = stream.codec_context
    return Sound(
        format=format,
        codec=context.name,
        rate_hz=decoder.rate_hz,
        channels=decoder.channels,
        duration_ms=to_ms(decoder.samples, decoder.rate_hz),
        damaged_packets=decoder.damaged,
        loudness=loudness,
        marks=tuple(_marks(container)),
    )


class _Decoder:
    """Decodes packet by packet, so that a damaged one costs no more than itself."""

    def __init__(self, container: InputContainer, stream: AudioStream) -> None:
        self._container = container
        self._stream = stream
        self.samples = 0
        self.damaged = 0
        self.rate_hz = 0
        self.channels = 0
        self.first: AudioFrame | None = None

    def pieces(self) -> Iterator[AudioFrame]:
        """The sound a second at a time; a packet of another shape than the first counts as damaged."""
        fifo = AudioFifo()
        for frame in self._frames():
            frame.pts = None
            try:
                fifo.write(frame)
            except ValueError:
                self.damaged += 1
                continue
            self._count(frame)
            while piece := fifo.read(_PIECE_S * frame.sample_rate):
                yield piece
        if rest := fifo.read(0, partial=True) if self.samples else None:
            yield rest

    def _count(self, frame: AudioFrame) -> None:
        self.samples += frame.samples
        self.rate_hz = frame.sample_rate
        self.channels = frame.layout.nb_channels

    def _frames(self) -> Iterator[AudioFrame]:
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
                if packet is None:
                    return
                yield from packet.decode()
            except av.FFmpegError:
                self.damaged += 1
                if self.damaged > 1000 and not self.samples:
                    return


def _measured(decoder: _Decoder) -> Loudness:
    pieces = decoder.pieces()
    first = next(pieces, None)
    if first is None:
        return SILENCE
    graph = new_graph()
    source = graph.add_abuffer(
        sample_rate=first.sample_rate, format=first.format.name, layout=first.layout.name, time_base=first.time_base
    )
    link(graph, source, EBUR128)
    last: dict[str, str] = {}
    for frame in through(graph, _with(first, pieces)):
        last = figures_in([frame]) or last
    return loudness_of(last)


def _with(first: AudioFrame, others: Iterator[AudioFrame]) -> Iterator[AudioFrame]:
    yield first
    yield from others


def _marks(container: InputContainer) -> Iterator[Mark]:
    for chapter in container.chapters():
        unit = chapter["time_base"]
        if unit is not None:
            start_ms, end_ms = (round(chapter[key] * unit * 1000) for key in ("start", "end"))
            yield Mark(str(chapter["metadata"].get("title", "")), start_ms, end_ms)
