"""MP3 by LAME 4, as packets for FFmpeg's muxer, which writes the header that gives players the exact length.

The LAME that PyAV's wheels bring takes three times as long: docs/decisions/0023-lame.md.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import cast

import av
import lameenc
from av import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet, PacketSideData

FRAME_SAMPLES = 1152

# What a decoder gives before the first sample: 576 of LAME's, and 528 + 1 of its own.
DELAY_SAMPLES = 576 + 528 + 1

_SIDE = struct.Struct("<IIBB")


class Lame:
    """Encodes one stream at a constant bit rate; `encode` is used like that of PyAV's stream."""

    # What `encode` takes: 16-bit samples, those of two channels in turn; any number, best many at a time.
    SAMPLE_FORMAT = "s16"
    TAKEN_SAMPLES = 8 * FRAME_SAMPLES

    def __init__(self, stream: AudioStream, quality: int) -> None:
        """Begin.

        Args:
            stream: Of a container, for libmp3lame, with its encoder open: it gives rate, channels and bit rate.
            quality: LAME's -q, 2 (best) to 7 (fastest).
        """
        bit_rate = stream.codec_context.bit_rate
        assert bit_rate
        self._stream = stream
        self._rate_hz = stream.codec_context.sample_rate
        self._bytes_a_second = bit_rate // 8
        self._channels = stream.codec_context.layout.nb_channels
        self._taken_samples = self._frames = 0
        self._waiting = bytearray()
        self._side = _skipped_samples(stream)
        self._lame = lameenc.Encoder()
        self._lame.silence()
        self._lame.set_bit_rate(bit_rate // 1000)
        self._lame.set_in_sample_rate(self._rate_hz)
        self._lame.set_out_sample_rate(self._rate_hz)
        self._lame.set_channels(self._channels)
        self._lame.set_quality(quality)

    def encode(self, frame: AudioFrame | None) -> list[Packet[AudioStream]]:
        """Return the packets that are finished with one more frame of sound, of any size; with None all the rest."""
        if frame is None:
            # Where there was no sound at all, nothing has begun that could be flushed.
            self._waiting += self._lame.encode(b"") + self._lame.flush()
            *packets, last = self._packets()
            too_long = self._frames * FRAME_SAMPLES - DELAY_SAMPLES - self._taken_samples
            return [*packets, self._skipping(last, at_end=max(too_long, 0))]
        self._waiting += self._lame.encode(bytes(frame.planes[0])[: frame.samples * self._channels * 2])
        self._taken_samples += frame.samples
        return list(self._packets())

    def _packets(self) -> Iterator[Packet[AudioStream]]:
        while len(self._waiting) > 2:
            # One byte more where bit 1 of the third byte is set, so that the rate is met on the whole.
            padding = self._waiting[2] >> 1 & 1
            size = FRAME_SAMPLES * self._bytes_a_second // self._rate_hz + padding
            if len(self._waiting) < size:
                return
            packet: Packet[AudioStream] = Packet(bytes(self._waiting[:size]))  # type: ignore[assignment]
            del self._waiting[:size]
            packet.stream, packet.time_base = self._stream, Fraction(1, self._rate_hz)
            packet.pts = packet.dts = self._frames * FRAME_SAMPLES - DELAY_SAMPLES
            packet.duration = FRAME_SAMPLES
            self._frames += 1
            yield packet if self._frames > 1 else self._skipping(packet)

    def _skipping(self, packet: Packet[AudioStream], *, at_end: int = 0) -> Packet[AudioStream]:
        """The first or last packet, which then says how much of its sound is none: the muxer puts it in the header."""
        self._side.update(_SIDE.pack(DELAY_SAMPLES if self._frames == 1 else 0, at_end, 0, 0))
        packet.set_sidedata(self._side)
        return packet


def _skipped_samples(stream: AudioStream) -> PacketSideData:
    """Make the note that tells the muxer of samples to skip; PyAV cannot make it but from a packet that has it."""
    return _packet_with_skipped_samples(stream.codec_context.name).get_sidedata("skip_samples")


@lru_cache(maxsize=1)
def _packet_with_skipped_samples(encoder: str) -> Packet[AudioStream]:
    """Make the packet once a process, as it takes 7 ms; what is taken from the packet is a copy."""
    probe = cast(av.AudioCodecContext, av.CodecContext.create(encoder, "w"))
    probe.sample_rate, probe.layout = 44_100, "mono"
    probe.format = "s16p"
    frame = AudioFrame(format="s16p", layout="mono", samples=FRAME_SAMPLES)
    frame.sample_rate, frame.pts = probe.sample_rate, 0
    return [*probe.encode(frame), *probe.encode(None)][0]
