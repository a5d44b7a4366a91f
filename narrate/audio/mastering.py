"""Seventh stage: one gain for the whole timeline, one encode, and a look at what comes out."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from narrate.audio.codec import Loudness, Meter
from narrate.audio.encoder import PacketMeter, encode
from narrate.core.episode import Chapter
from narrate.core.formats import FORMATS, Format

logger = logging.getLogger(__name__)

# A second of 24 kHz sound: large enough for speed, small enough for memory not to grow.
PIECE_BYTES = 48_000

# True peaks lie up to 0.5 dB above the sample peaks that the limiter holds (measured on speech).
LIMIT_BELOW_TRUE_PEAK_DB = 0.5

# Nobody hears a tenth of an LU; every host accepts half of one.
TOLERANCE_LU = 0.1

# Speech needs none or one at the formats' own bit rates, two at 56 kbit/s of AAC or 32 of Opus in two channels.
MAX_CORRECTIONS = 3


Mix = Callable[[Iterable[NDArray[np.int16]], float], Iterable[NDArray[np.int16]]]


class Spool:
    """The timeline on disk, and its loudness: what join fills and master reads, never all in memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._meter: Meter | None = None

    def add(self, samples: NDArray[np.int16], rate_hz: int) -> None:
        """Take the next samples."""
        self._meter = self._meter or Meter(rate_hz, peaks=False)
        self._meter.push(samples)
        data = samples.tobytes()
        self._digest.update(data)
        self._file.write(data)

    def loudness(self) -> Loudness:
        """The loudness of everything taken, without peaks, as the limiter sees to them; nothing may be added then."""
        if self._meter is None:
            raise ValueError("nothing was added")
        return self._meter.finish()

    def checksum(self) -> str:
        """SHA-256 of all samples that were taken."""
        return self._digest.hexdigest()

    def pieces(self) -> Iterator[NDArray[np.int16]]:
        """Yield all samples from the start, a second at a time."""
        self._file.seek(0)
        while data := self._file.read(PIECE_BYTES):
            yield np.frombuffer(data, dtype=np.int16)


@contextmanager
def open_spool(folder: Path) -> Iterator[Spool]:
    """A spool in a nameless temporary file, gone when it is closed or the process ends.

    Args:
        folder: Where the file is made, on a disk: the system's own temporary folder is often in memory.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        yield Spool(file)


def master(
    spool: Spool,
    rate_hz: int,
    path: Path,
    *,
    loudness_lufs: float,
    true_peak_dbtp: float,
    bitrate_kbps: int | None,
    format: Format = FORMATS["mp3"],
    stereo: bool = False,
    chapters: Sequence[Chapter] = (),
    language: str = "",
    mix: Mix | None = None,
    on_encoded: Callable[[int], None] = lambda samples: None,
) -> Loudness:
    """Encode the spool to a file of the wanted loudness.

    The gain follows from the measured loudness, so it is the same from first to last sample; only peaks
    above the limit are touched. What is encoded is decoded and measured at once, and all is made again with what was
    missing if it is off by more than a tenth of an LU or its peaks are too high.

    Args:
        spool: The joined timeline.
        rate_hz: Its rate.
        path: File to write, without tags.
        loudness_lufs: Integrated loudness, mono as dual mono.
        true_peak_dbtp: Highest true peak.
        bitrate_kbps: One of the format's rates; None for its own, and where it has none.
        format: What the file becomes.
        stereo: Write two equal channels.
        chapters: On the timeline, for containers that hold chapters.
        language: BCP 47 tag of what is spoken, for the same containers.
        mix: Adds music to the timeline, given its pieces and the loudness in LUFS of what is on it.
        on_encoded: Called about once for each second of sound, with the samples encoded so far.

    Returns:
        The figures of the finished file.
    """
    measured = spool.loudness()
    gain_db = 0.0 if measured.is_silence else loudness_lufs - measured.integrated_lufs + format.loss_db
    limit_db = true_peak_dbtp - LIMIT_BELOW_TRUE_PEAK_DB
    for _ in range(1 + MAX_CORRECTIONS):
        pieces = _counted(spool.pieces(), on_encoded)
        mixed = mix(pieces, measured.integrated_lufs) if mix else pieces
        meter = PacketMeter()
        encode(
            mixed, rate_hz, path, format=format, gain_db=gain_db, limit_db=limit_db, bitrate_kbps=bitrate_kbps,
            stereo=stereo, chapters=chapters, language=language, meter=meter,
        )  # fmt: skip
        result = meter.finish()
        logger.info("gain %.2f dB: %.2f LUFS, %.2f dBTP", gain_db, result.integrated_lufs, result.true_peak_dbtp)
        missing_lu = 0.0 if result.is_silence else loudness_lufs - result.integrated_lufs
        excess_db = max(0.0, result.true_peak_dbtp - true_peak_dbtp)
        if abs(missing_lu) <= TOLERANCE_LU and not excess_db:
            return result
        gain_db += missing_lu
        limit_db -= excess_db + 0.1 if excess_db else 0.0
    logger.warning("%s is at %.2f LUFS and %.2f dBTP", path, result.integrated_lufs, result.true_peak_dbtp)
    return result


def _counted(pieces: Iterable[NDArray[np.int16]], on_encoded: Callable[[int], None]) -> Iterator[NDArray[np.int16]]:
    done_samples = 0
    for piece in pieces:
        on_encoded(done_samples)
        yield piece
        done_samples += len(piece)
    on_encoded(done_samples)
