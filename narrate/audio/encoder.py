"""Encoding: a stream of samples to a finished file of any format, without tags, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import av
import numpy as np
from av import AudioCodecContext
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from narrate.audio.codec import FRAMES_AT_A_TIME, FrameMeter, Loudness, filter_graph, frames_of, through
from narrate.audio.lame import Lame
from narrate.core.chapters import in_ms
from narrate.core.episode import Chapter
from narrate.core.formats import Format, language_code
from narrate.core.system.worker_thread import behind

if TYPE_CHECKING:
    from av import AudioFrame
    from av.container import OutputContainer
    from av.packet import Packet

Packets = Sequence["Packet[AudioStream]"]

# MP4's word for a language that is not known.
UNDETERMINED = "und"


@cache
def codec_version() -> str:
    """Versions of the codec libraries; others may give other bytes."""
    return f"av {av.__version__}, lameenc {version('lameenc')}"


class PacketMeter:
    """Decodes what an encoder gives, as a player would, and measures it: a finished file need not be read again."""

    def __init__(self) -> None:
        """Begin; `listen_to` says what comes."""
        self._decoder: AudioCodecContext | None = None
        self._frames: list[AudioFrame] = []
        self._meter = FrameMeter()

    def listen_to(self, encoder: AudioCodecContext) -> None:
        """Get ready for the packets of an encoder that is open."""
        name = encoder.codec.canonical_name
        decoder = cast(AudioCodecContext, av.CodecContext.create(_DECODERS.get(name, name), "r"))
        decoder.extradata, decoder.sample_rate = encoder.extradata, encoder.sample_rate
        decoder.layout = encoder.layout.name
        self._decoder = decoder

    def take(self, packets: Packets) -> None:
        """Add the next packets.

        Raises:
            ValueError: They are no sound.
        """
        for packet in packets:
            frames = self._decoded(packet)
            self._frames += [] if self._is_unheard(packet) else frames
        if len(self._frames) >= FRAMES_AT_A_TIME:
            self._meter.push(self._frames)
            self._frames = []

    def finish(self) -> Loudness:
        """The figures of all packets; none may come afterwards.

        Raises:
            ValueError: They are no sound.
        """
        self._meter.push([*self._frames, *self._decoded(None)])
        return self._meter.finish()

    def _is_unheard(self, packet: Packet[AudioStream]) -> bool:
        """AAC's lead-in, which MP4 leaves to the container's edit list; other decoders cut theirs themselves."""
        is_early = packet.pts is not None and packet.pts < 0
        return is_early and self._decoder is not None and self._decoder.name == "aac"

    def _decoded(self, packet: Packet[AudioStream] | None) -> Sequence[AudioFrame]:
        try:
            return self._decoder.decode(packet) if self._decoder else ()
        except MemoryError:  # one of FFmpeg's own errors, too, and it says nothing of the packet
            raise
        except av.FFmpegError as error:
            raise ValueError(f"what was encoded cannot be decoded: {error}") from error


# FFmpeg's "mp3" computes in whole numbers, and cuts what is above full scale.
_DECODERS = {"mp3": "mp3float"}


class Writable(Protocol):
    """Takes bytes in order, and is never gone back in."""

    def write(self, data: bytes, /) -> int:
        """Write all of them."""
        ...


def encode(
    pieces: Iterable[NDArray[np.int16]],
    rate_hz: int,
    path: Path | Writable,
    *,
    format: Format,
    gain_db: float,
    limit_db: float,
    bitrate_kbps: int | None = None,
    stereo: bool = False,
    chapters: Sequence[Chapter] = (),
    language: str = "",
    meter: PacketMeter | None = None,
) -> None:
    """Encode a stream of samples; the same samples give the same bytes, in whatever portions they come.

    Args:
        pieces: 16-bit mono samples in any portions.
        rate_hz: Their rate.
        path: File to write, whatever its ending, or where a stream goes.
        format: What it becomes.
        gain_db: One gain for all of it.
        limit_db: Sample peak, in dBFS, that the limiter holds; true peaks lie up to 0.5 dB above it.
        bitrate_kbps: One of the format's rates; None for its own, and where it has none.
        stereo: Write two equal channels; they measure as loud as one channel does as dual mono.
        chapters: On the timeline of rate_hz; used by containers that hold chapters, elsewhere they are tags.
        language: BCP 47 tag of what is spoken; used by the same containers.
        meter: Measures what came out.

    Raises:
        ValueError: There are more chapters than a file can hold.
        OSError: The file cannot be written.
    """
    file = str(path) if isinstance(path, Path) else path
    with av.open(file, "w", format=format.container, options=_options(format)) as container:
        stream = _stream(container, format, bitrate_kbps, stereo)
        if format.has_native_chapters:
            stream.metadata["language"] = language_code(language) or UNDETERMINED
            _set_chapters(container, chapters, rate_hz)
        stream.codec_context.open()  # it names its frame size only then
        encoder, sample_format, frame_samples = _encoder(stream, format)
        filters = _filters(format, gain_db, limit_db, sample_format, stereo)
        graph = filter_graph(rate_hz, filters, frame_samples)
        with _measured(meter, stream.codec_context) as hear:

            def write(frame: AudioFrame | None) -> None:
                packets = encoder.encode(frame)
                container.mux(packets)
                hear(packets)

            # Resampling and limiting take as long as measuring and half as long as encoding; each has its thread.
            with behind(write) as take:
                for frame in through(graph, frames_of(pieces, rate_hz)):
                    take(frame)
            write(None)


@contextmanager
def _measured(meter: PacketMeter | None, encoder: AudioCodecContext) -> Iterator[Callable[[Packets], None]]:
    """Yield a function that takes packets to the meter, if there is one."""
    if meter is None:
        yield lambda packets: None
    else:
        meter.listen_to(encoder)
        with behind(meter.take) as take:
            yield take


def _options(format: Format) -> dict[str, str]:
    return dict(format.container_options) | ({"brand": format.brand} if format.brand else {})


def _stream(container: OutputContainer, format: Format, bitrate_kbps: int | None, stereo: bool) -> AudioStream:
    options = dict(format.codec_options)
    layout = "stereo" if stereo else "mono"
    stream = container.add_stream(format.codec, rate=format.rate_hz, layout=layout, options=options)
    assert isinstance(stream, AudioStream)
    if rate_kbps := bitrate_kbps or format.default_bitrate_kbps:
        stream.bit_rate = rate_kbps * 1000
    return stream


def _encoder(stream: AudioStream, format: Format) -> tuple[AudioStream | Lame, str, int]:
    """Return the maker of the stream's packets, the format of the samples it takes, and how many at a time."""
    if format.codec == "libmp3lame":
        quality = int(dict(format.codec_options)["compression_level"])
        return Lame(stream, quality), Lame.SAMPLE_FORMAT, Lame.TAKEN_SAMPLES
    return stream, stream.codec_context.format.name, stream.codec_context.frame_size


def _filters(
    format: Format, gain_db: float, limit_db: float, sample_format: str, stereo: bool
) -> tuple[tuple[str, str], ...]:
    # FFmpeg's own mixing could weigh the channels; pan takes them as they are.
    widen = (("pan", "stereo|c0=c0|c1=c0"),) if stereo else ()
    return (
        ("aformat", "sample_fmts=flt:channel_layouts=mono"),
        ("volume", f"volume={gain_db:.4f}dB:precision=float"),
        ("aresample", str(format.rate_hz)),
        # level would raise the sound back to full scale, latency=1 keeps it from being delayed.
        ("alimiter", f"limit={10 ** (limit_db / 20):.6f}:level=disabled:latency=1"),
        *widen,
        ("aformat", f"sample_fmts={sample_format}:sample_rates={format.rate_hz}"),
    )


def _set_chapters(container: OutputContainer, chapters: Sequence[Chapter], rate_hz: int) -> None:
    spans = in_ms(chapters, rate_hz)
    thousandth = Fraction(1, 1000)
    container.set_chapters(
        [
            {
                "id": n,
                "start": span.start_ms,
                "end": span.end_ms,
                "time_base": thousandth,
                "metadata": {"title": span.title},
            }
            for n, span in enumerate(spans)
        ]
    )
