"""Plays an episode while it is made, or one that is there, through the package miniaudio."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from narrate.audio.codec import Limiter, parts_of
from narrate.audio.live_gain import HEADROOM_DB, LiveGain
from narrate.audio.mastering import LIMIT_BELOW_TRUE_PEAK_DB
from narrate.core.errors import OutputError

NO_DEVICE_HINT = "leave --play out, or send the sound to a player: narrate speak ARTICLE -o - | mpv -"

INT16_BYTES = 2

# Of the device that is opened to see whether there is one; any will do.
PROBE_HZ = 24_000

# Enough for a machine that is busy speaking.
BUFFER_MS = 400

# Between two looks whether all was played; Ctrl-C is heard then.
LOOK_EVERY_S = 0.1

# miniaudio's device that plays to nobody, which it would take without a word where there is no other.
NULL = "NULL"


class Device(Protocol):
    """A device of miniaudio's, as far as it is used."""

    sample_rate: int

    def start(self, callback_generator: Generator[bytes, int, None]) -> None:
        """Play what the generator yields; it is sent how many frames are wanted."""

    def close(self) -> None:
        """Stop."""


class Backend(Protocol):
    """A way to a loudspeaker, as miniaudio names it."""

    name: str


class Player:
    """Plays what it is given, in its own time; what waits lies in a nameless file and not in memory."""

    def __init__(self, *, loudness_lufs: float, true_peak_dbtp: float, folder: Path) -> None:
        """Open nothing yet: nothing sounds before the first samples.

        Args:
            loudness_lufs: Integrated loudness to come near to, mono as dual mono.
            true_peak_dbtp: Highest true peak.
            folder: Where the file with what waits is made.

        Raises:
            ImportError: The package miniaudio is missing.
        """
        self._miniaudio = importlib.import_module("miniaudio")
        self._wanted_lufs = loudness_lufs
        self._limit_db = true_peak_dbtp - LIMIT_BELOW_TRUE_PEAK_DB
        self._folder = folder
        self._known_lufs: float | None = None
        self._gain: LiveGain | None = None
        self._limiter: Limiter | None = None
        self._output: _Output | None = None

    @property
    def has_begun(self) -> bool:
        """Something was heard, or is about to be."""
        return self._output is not None

    def expect(self, known_lufs: float | None) -> None:
        """Learn how loud the voice will be before any gain."""
        self._known_lufs = known_lufs

    def add(self, samples: NDArray[np.int16], rate_hz: int) -> None:
        """Play these next; returns at once.

        Raises:
            OutputError: There is nothing to play on.
        """
        if self._gain is None or self._limiter is None:
            self._gain = LiveGain(rate_hz, self._wanted_lufs, self._known_lufs)
            self._limiter = Limiter(rate_hz, gain_db=HEADROOM_DB, limit_db=self._limit_db)
        self._play(self._limiter.limited(self._gain.levelled(samples)), rate_hz)

    def play_file(self, path: Path) -> None:
        """Play a finished file, as it is.

        Raises:
            OutputError: There is nothing to play on, or the file cannot be played.
        """
        try:
            for samples, rate_hz in parts_of(path):
                self._play(samples, rate_hz)
        except (ValueError, OSError) as error:
            raise OutputError(f"{path} cannot be played: {error}", "make it again: narrate speak --no-cache") from error

    def wait(self) -> None:
        """Return when all was played."""
        if self._output:
            if self._limiter:
                self._output.add(self._limiter.rest())
            self._output.wait()

    def close(self) -> None:
        """Stop at once."""
        if self._output:
            self._output.close()

    def _play(self, samples: NDArray[np.int16], rate_hz: int) -> None:
        if self._output is None:
            self._output = _Output(self._miniaudio, rate_hz, self._folder)
        self._output.add(samples)


class _Output:
    """A device, and the file that it is fed from."""

    def __init__(self, miniaudio: ModuleType, rate_hz: int, folder: Path) -> None:
        self._lock = threading.Lock()
        self._written_bytes = self._played_bytes = 0
        self._is_over = threading.Event()
        self._gets_more = True
        folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it lives as long as this does
        try:
            self._device = _opened(miniaudio, rate_hz)
            feed = self._feed()
            next(feed)
            self._device.start(feed)
        except OutputError:
            self._file.close()
            raise
        except miniaudio.MiniaudioError as error:
            self._file.close()
            raise OutputError(f"the device plays nothing ({error.args[0]})", NO_DEVICE_HINT) from error

    def add(self, samples: NDArray[np.int16]) -> None:
        with self._lock:
            self._file.seek(self._written_bytes)
            self._written_bytes += self._file.write(samples.tobytes())

    def wait(self) -> None:
        self._gets_more = False
        while not self._is_over.wait(LOOK_EVERY_S):
            pass

    def close(self) -> None:
        self._device.close()
        self._file.close()

    def _feed(self) -> Generator[bytes, int, None]:
        """Yield what the device asks for, in its own thread: silence where the voice is not ready."""
        frames = yield b""
        # What was handed over last is still in the device's buffer when it asks again.
        left_frames = 2 * self._device.sample_rate * BUFFER_MS // 1000
        while left_frames > 0:
            data = self._next(frames * INT16_BYTES)
            if not data and not self._gets_more:
                left_frames -= frames
            frames = yield data.ljust(frames * INT16_BYTES, b"\0")
        self._is_over.set()
        while True:
            frames = yield bytes(frames * INT16_BYTES)

    def _next(self, at_most_bytes: int) -> bytes:
        with self._lock:
            self._file.seek(self._played_bytes)
            data = self._file.read(min(at_most_bytes, self._written_bytes - self._played_bytes))
            self._played_bytes += len(data)
            return data


def require_device() -> None:
    """Return if there is something to play on.

    Raises:
        ImportError: The package miniaudio is missing.
        OutputError: There is nothing.
    """
    miniaudio = importlib.import_module("miniaudio")
    _opened(miniaudio, PROBE_HZ).close()


def _opened(miniaudio: ModuleType, rate_hz: int) -> Device:
    """The device that the system plays on.

    Raises:
        OutputError: There is none.
    """
    try:
        with _c_libraries_silent():
            device: Device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=rate_hz,
                buffersize_msec=BUFFER_MS,
                backends=backends(miniaudio),
                app_name="narrate",
            )
            return device
    except miniaudio.MiniaudioError as error:
        raise OutputError(f"there is nothing here to play sound on ({error.args[0]})", NO_DEVICE_HINT) from error


@contextmanager
def _c_libraries_silent() -> Iterator[None]:
    """Let what libraries in C print on standard error go nowhere: ALSA says in 25 lines that there is no device.

    Only around the opening of a device, as it holds for the whole process.
    """
    sys.stderr.flush()
    shown = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(shown, 2)
        os.close(shown)
        os.close(nowhere)


def backends(miniaudio: ModuleType) -> list[Backend]:
    """Return every way to a loudspeaker that miniaudio knows."""
    return [one for one in miniaudio.Backend if one.name not in (NULL, "CUSTOM")]
