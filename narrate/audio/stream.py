"""An episode's sound as a stream: encoded and written as it comes, for a pipe into a player."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from io import FileIO
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from narrate.audio.encoder import encode
from narrate.audio.live_gain import HEADROOM_DB, LiveGain
from narrate.audio.mastering import LIMIT_BELOW_TRUE_PEAK_DB
from narrate.core.errors import ConfigError
from narrate.core.formats import Format

# What a codec adds to the peaks of speech, which a file is made again for: LAME 0.3 dB, Opus 0.6.
CODEC_PEAK_DB = 0.7

# Before another try, where a pipe that does not block is full.
FULL_WAIT_S = 0.02

# A stream cannot be gone back in, so MP3 has no frame with its length; Ogg waits a second for a page to be full.
_CONTAINER_OPTIONS = {
    "mp3": (("id3v2_version", "0"), ("write_xing", "0")),
    "opus": (("page_duration", "100000"), ("fflags", "+bitexact")),
    "flac": (("fflags", "+bitexact"),),
    "wav": (("fflags", "+bitexact"),),
}


def streamed(format: Format) -> Format:
    """The format as a stream of it is written.

    Raises:
        ConfigError: A file of it cannot be read before it is finished.
    """
    if format.name not in _CONTAINER_OPTIONS:
        known = ", ".join(_CONTAINER_OPTIONS)
        raise ConfigError(f"{format.name} cannot be read before it is finished", f"with -o -, choose one of {known}")
    return replace(format, container_options=(*_CONTAINER_OPTIONS[format.name], ("flush_packets", "1")))


class SoundStream:
    """Encodes what it is given in a thread of its own, and writes it at once."""

    def __init__(
        self,
        file: BinaryIO | FileIO,
        format: Format,
        *,
        loudness_lufs: float,
        true_peak_dbtp: float,
        bitrate_kbps: int | None = None,
        stereo: bool = False,
    ) -> None:
        """Write nothing yet: the stream begins with the first samples.

        Args:
            file: Open for writing, best without a buffer; stays open.
            format: From `streamed`.
            loudness_lufs: Integrated loudness to come near to, mono as dual mono.
            true_peak_dbtp: Highest true peak.
            bitrate_kbps: One of the format's rates; None for its own.
            stereo: Two equal channels.
        """
        self._file = _Unseekable(file)
        self._format = format
        self._wanted_lufs = loudness_lufs
        self._limit_db = true_peak_dbtp - LIMIT_BELOW_TRUE_PEAK_DB - (CODEC_PEAK_DB if format.bitrates_kbps else 0.0)
        self._known_lufs: float | None = None
        self._bitrate_kbps = bitrate_kbps
        self._stereo = stereo
        self._gain: LiveGain | None = None
        self._thread: threading.Thread | None = None
        # One piece waits while one is encoded: a reader that stops reading stops the speaking, too.
        self._pieces: queue.Queue[NDArray[np.int16] | None] = queue.Queue(maxsize=1)
        self._failure: BaseException | None = None

    @property
    def has_begun(self) -> bool:
        """Something was written, or is about to be."""
        return self._gain is not None

    def expect(self, known_lufs: float | None) -> None:
        """Learn how loud the voice will be before any gain."""
        self._known_lufs = known_lufs

    def add(self, samples: NDArray[np.int16], rate_hz: int) -> None:
        """Write the next samples.

        Raises:
            OSError: They cannot be written; BrokenPipeError where nobody reads any more.
        """
        if self._gain is None:
            self._gain = LiveGain(rate_hz, self._wanted_lufs, self._known_lufs)
            # A daemon: a reader that neither reads nor goes away must not keep a stopped process alive.
            self._thread = threading.Thread(target=self._encode, args=(rate_hz,), name="encode", daemon=True)
            self._thread.start()
        self._pieces.put(self._gain.levelled(samples))
        self._raise_failure()

    def close(self) -> None:
        """Write what is left; what was heard of a run that failed ends where it failed.

        Raises:
            OSError: As for `add`.
        """
        if self._thread is not None:
            self._pieces.put(None)
            self._thread.join()
            self._thread = None
        self._raise_failure()

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _taken(self) -> Iterator[NDArray[np.int16]]:
        while (piece := self._pieces.get()) is not None:
            yield piece

    def _encode(self, rate_hz: int) -> None:
        try:
            encode(
                self._taken(),
                rate_hz,
                self._file,
                format=self._format,
                gain_db=HEADROOM_DB + self._format.loss_db,
                limit_db=self._limit_db,
                bitrate_kbps=self._bitrate_kbps,
                stereo=self._stereo,
            )
        except BaseException as error:
            # PyAV says only that a write failed, not how.
            self._failure = self._file.failure or error
            while self._pieces.get() is not None:  # until `close`, so that `add` never waits for nobody
                pass


class _Unseekable:
    """A file that can be written only, so that no encoder tries to go back in it."""

    name = "the stream"

    def __init__(self, file: BinaryIO | FileIO) -> None:
        self._file = file
        self.failure: OSError | None = None

    def write(self, data: bytes) -> int:
        left = memoryview(data)
        try:
            while left:
                # Files without a buffer may take a part, or nothing for now.
                taken = self._file.write(left) or 0
                left = left[taken:]
                if not taken:
                    time.sleep(FULL_WAIT_S)
        except OSError as error:
            self.failure = self.failure or error
            raise
        return len(data)
