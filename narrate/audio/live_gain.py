"""Sound that is heard while it is made: its gain cannot wait for the end, as that of a file does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from narrate.audio.codec import Meter

# Of an engine or a voice that nobody measured; its first clip soon says more.
UNKNOWN_LUFS = -20.0

# As many seconds of sound count as much as what was known before.
KNOWN_WEIGHT_S = 4.0
UNKNOWN_WEIGHT_S = 0.5

# In one pause; so small a step between two sentences is not heard as one.
LARGEST_STEP_DB = 0.5

# Samples leave the gain so much quieter, and whoever takes them makes up for it in floating point before its limiter:
# 16 bit would cut what a gain over 1 lifts above full scale.
HEADROOM_DB = 12.0


Sink = Callable[[NDArray[np.int16], int], None]


class Listener(Protocol):
    """Hears an episode while it is made.

    Attributes:
        has_begun: Something was heard.
    """

    @property
    def has_begun(self) -> bool: ...

    def expect(self, known_lufs: float | None) -> None:
        """Learn how loud the voice will be, mono as dual mono, before the first samples; None where nobody knows."""
        ...

    def add(self, samples: NDArray[np.int16], rate_hz: int) -> None:
        """Take the next samples of the timeline; may wait.

        Raises:
            OSError: Nobody listens any more.
        """
        ...


def also_heard(sink: Sink, listener: Listener, missed_ms: int) -> Sink:
    """A sink that passes all on to another one, and to a listener.

    Args:
        sink: Gets everything.
        listener: Gets everything but the first `missed_ms` of the first piece, which are the time that music takes.
        missed_ms: Milliseconds, 0 or more.
    """

    def both(samples: NDArray[np.int16], rate_hz: int) -> None:
        nonlocal missed_ms
        sink(samples, rate_hz)
        listener.add(samples[missed_ms * rate_hz // 1000 :], rate_hz)
        missed_ms = 0

    return both


class LiveGain:
    """Brings speech near a loudness without knowing what comes: by the voice, and by what was heard so far.

    The gain is the same through a clip and changes in pauses only, by half a dB at most but for the first sound's.
    """

    def __init__(self, rate_hz: int, wanted_lufs: float, known_lufs: float | None = None) -> None:
        """Begin.

        Args:
            rate_hz: Of the samples.
            wanted_lufs: Integrated loudness, mono as dual mono.
            known_lufs: What the voice is expected to have; None where nothing is known.
        """
        self._rate_hz = rate_hz
        self._wanted_lufs = wanted_lufs
        self._known_lufs = UNKNOWN_LUFS if known_lufs is None else known_lufs
        self._weight_s = UNKNOWN_WEIGHT_S if known_lufs is None else KNOWN_WEIGHT_S
        self._meter = Meter(rate_hz, peaks=False)
        self._heard_samples = 0
        self._in_pause = True
        self.gain_db: float | None = None

    def levelled(self, samples: NDArray[np.int16]) -> NDArray[np.int16]:
        """The next samples with their gain, HEADROOM_DB below the wanted loudness."""
        self._meter.push(samples)
        if not samples.any():
            self._in_pause = True
            return samples
        self._heard_samples += len(samples)
        if self._in_pause:
            self._in_pause = False
            self.gain_db = self._next_gain_db()
        factor = 10 ** (((self.gain_db or 0.0) - HEADROOM_DB) / 20)
        return np.asarray(np.clip(np.rint(samples * factor), -32768, 32767), dtype=np.int16)

    def _next_gain_db(self) -> float:
        wanted_db = self._wanted_lufs - self._estimated_lufs()
        if self.gain_db is None:
            return wanted_db
        return self.gain_db + float(np.clip(wanted_db - self.gain_db, -LARGEST_STEP_DB, LARGEST_STEP_DB))

    def _estimated_lufs(self) -> float:
        """Return the mean of what was known and what was measured, by their weight; silence measures nothing."""
        measured = self._meter.so_far()
        if measured.is_silence:
            return self._known_lufs
        heard_s = self._heard_samples / self._rate_hz
        share = heard_s / (heard_s + self._weight_s)
        return self._known_lufs + share * (measured.integrated_lufs - self._known_lufs)
