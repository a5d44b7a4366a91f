"""Values of the audio half: what speech is on its way from an engine to a finished file.

Positions are integer samples until the moment they are written to a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.article import Chunk, Metadata

if TYPE_CHECKING:  # numpy takes 0.1 s to import, and the text half needs none of it
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Audio:
    """Mono sound.

    Attributes:
        samples: float32, shape (n,), each in [-1, 1].
        rate_hz: Samples per second.
    """

    samples: NDArray[np.float32]
    rate_hz: int

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate_hz


@dataclass(frozen=True, slots=True)
class Word:
    """A spoken word and where it lies in its audio (end exclusive)."""

    text: str
    start_sample: int
    end_sample: int


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """What an engine gives back: sound, and word timings where it knows them."""

    audio: Audio
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A chunk and the speech made for it."""

    chunk: Chunk
    audio: Audio
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a chunk's sound lies on the timeline (end exclusive, pause not included), and its words there."""

    chunk: Chunk
    start_sample: int
    end_sample: int
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of the timeline with a title (end exclusive)."""

    title: str
    start_sample: int
    end_sample: int


@dataclass(frozen=True, slots=True)
class Narration:
    """All clips and pauses on one timeline, before gain and encoding.

    Attributes:
        rate_hz: Samples per second of the timeline.
        duration_samples: Its whole length, lead-in and tail included.
        placed: Every chunk in order.
        chapters: Contiguous stretches that cover the timeline; empty without headings.
    """

    rate_hz: int
    duration_samples: int
    placed: tuple[Placed, ...]
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Episode:
    """A finished file.

    Attributes:
        path: Where it is.
        meta: The article's metadata.
        duration_ms: Length.
        size_bytes: Size, tags included.
        guid: Identity for feeds; the same for the same article, whatever its wording or file.
        unchanged: True if the file was already what this run would have made.
    """

    path: Path
    meta: Metadata
    duration_ms: int
    size_bytes: int
    guid: str
    unchanged: bool = False
