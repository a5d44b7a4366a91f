"""The pace of the last run on this machine: what is told of the time left before a run has finished its first chunk.

A small file for each engine, its version, the speed it is asked for and the chunks at once, kept with the cache. The
voice is not in its name: voices differ by a tenth or two, and the first finished chunk puts that right.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from narrate.core.article import Chunk
from narrate.core.cache.keys import content_key
from narrate.core.forecast import Forecast, Pace
from narrate.core.system.cores import available_cores
from narrate.core.system.files import write_whole
from narrate.speech.clip_cache import ClipCache

logger = logging.getLogger(__name__)

# Beyond these nobody is waiting for a bar: 0.1 µs and a minute for each character.
FASTEST_S, SLOWEST_S = 1e-7, 60.0

# A pace that is so near to the one that is noted, as a ratio, is not written again.
SAME = 1.1

# A file that holds more is none of these.
MAX_BYTES = 1_000


def pace_key(engine: str, version: str, speed: float, jobs: int) -> str:
    """Name of a pace: everything that decides it on this machine."""
    return content_key(("pace", engine, version, repr(float(speed)), jobs, available_cores()))


class PaceNotes:
    """Paces in a folder. They are a help and no more: what cannot be read or written is left alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "pace"

    def load(self, key: str) -> Pace | None:
        """The pace of that key; None where there is none, or something else in its place."""
        try:
            with self._path(key).open("rb") as file:
                noted = json.loads(file.read(MAX_BYTES))
            encode_s = noted["encode_s"]
            return Pace(_sound(noted["speak_s"]), None if encode_s is None else _sound(encode_s))
        except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
            logger.debug("no pace is known: %r", error)
            return None

    def store(self, key: str, pace: Pace) -> None:
        """Keep a pace for the next run, unless it is the one that is kept already."""
        known = self.load(key)
        if known and _is_near(known.speak_s, pace.speak_s) and _is_near(known.encode_s, pace.encode_s):
            return
        encode_s = known.encode_s if known and pace.encode_s is None else pace.encode_s
        try:
            noted = {"speak_s": _sound(pace.speak_s), "encode_s": encode_s and _sound(encode_s)}
            write_whole(self._path(key), json.dumps(noted).encode())
        except (OSError, ValueError) as error:
            logger.debug("the pace is not kept: %s", error)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key[:32]}.json"


@dataclass(frozen=True, slots=True)
class Pacing:
    """The circumstances that a run's pace depends on, and the notes that hold it.

    Attributes:
        notes: Of runs before; None to know and to leave none.
        engine: Its name.
        version: Its version.
        speed: 0.5 to 2.0.
        jobs: Chunks spoken at once.
    """

    notes: PaceNotes | None
    engine: str
    version: str
    speed: float
    jobs: int

    def forecast(self, chunks: Collection[Chunk], clips: ClipCache | None, key_of: Callable[[Chunk], str]) -> Forecast:
        """Return the forecast for a run that is about to begin.

        Args:
            chunks: All that there is to say.
            clips: Where some of them may be kept already.
            key_of: The name that a chunk's clip has there.
        """
        prior = self.notes.load(self._key()) if self.notes else None
        kept = [one.index for one in chunks if clips and clips.has(key_of(one))]
        return Forecast({one.index: len(one.text) for one in chunks}, kept=kept, jobs=self.jobs, prior=prior)

    def finish(self, forecast: Forecast) -> None:
        """Tell that the run is over, and keep what it has learnt."""
        pace = forecast.end()
        if pace and self.notes:
            self.notes.store(self._key(), pace)

    def _key(self) -> str:
        return pace_key(self.engine, self.version, self.speed, self.jobs)


def _sound(value: object) -> float:
    """Seconds for a character.

    Raises:
        ValueError: No machine has that pace.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not FASTEST_S <= value <= SLOWEST_S:
        raise ValueError(f"{value!r} is no pace")
    return float(value)


def _is_near(known: float | None, now: float | None) -> bool:
    """A run that has measured nothing changes nothing."""
    return now is None or (known is not None and 1 / SAME <= now / known <= SAME)
