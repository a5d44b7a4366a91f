"""Values of the audio half: what speech is on its way from an engine to a finished file.

Positions are integer samples until the moment they are written to a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.article import BlockKind, Chunk, Metadata

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
    """A spoken word: where it stands in the text that was to be said, and where it lies in the audio.

    Attributes:
        start_char: Where the word begins in the chunk's text.
        end_char: Where it ends (exclusive).
        start_sample: Where its sound begins.
        end_sample: Where its sound ends (exclusive); a pause after it is not part of it.
    """

    start_char: int
    end_char: int
    start_sample: int
    end_sample: int


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """The result of an engine: sound, and word timings where it knows them.

    Attributes:
        audio: The sound.
        words: In order, not overlapping; none where the engine knows no timings.
        estimated: True where the words' places were worked out from their length alone.
    """

    audio: Audio
    words: tuple[Word, ...] = ()
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one rule that speech is held against (narrate.speech.speech_checks).

    Attributes:
        name: The rule's.
        passed: Whether the speech keeps to it.
        value: What was measured.
        limit: What it may be, for people to read.
        message: What is wrong, as the end of "the engine gave back …"; "" where nothing is.
    """

    name: str
    passed: bool
    value: float
    limit: str
    message: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A chunk and the speech made for it.

    Attributes:
        chunk: What was to be said.
        audio: The sound.
        words: In order, not overlapping.
        estimated: True where the words' places were worked out from their length alone.
        checks: What came of each rule that the speech was held against; one that failed is kept on demand only.
    """

    chunk: Chunk
    audio: Audio
    words: tuple[Word, ...] = ()
    estimated: bool = False
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A chunk's place on the timeline (end exclusive, pause not included), and its words there."""

    chunk: Chunk
    start_sample: int
    end_sample: int
    words: tuple[Word, ...] = ()
    estimated: bool = False
    checks: tuple[Check, ...] = ()


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
    """

    rate_hz: int
    duration_samples: int
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word as the author wrote it, and when it is heard.

    Attributes:
        text: The written word, with the marks that touch it: "$43.6", "million.", "PAC—" before "including".
        start_char: Where it begins in the text of its block.
        end_char: Where it ends (exclusive).
        start_sample: Where its sound begins on the timeline; never before the start of the word before it.
        end_sample: Where its sound ends (exclusive); a word that is written and not said has no length.
        estimated: True where the engine gave no timings and the place was worked out from the length of the words.
    """

    text: str
    start_char: int
    end_char: int
    start_sample: int
    end_sample: int
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class TimedSentence:
    """A sentence of a block: its words, at least one, and the time from the first's start to the last's end."""

    words: tuple[TimedWord, ...]

    @property
    def start_sample(self) -> int:
        """The beginning of its first word."""
        return self.words[0].start_sample

    @property
    def end_sample(self) -> int:
        """The end of its last word (exclusive)."""
        return self.words[-1].end_sample


@dataclass(frozen=True, slots=True)
class TimedBlock:
    """A block of the article as it was spoken.

    Attributes:
        kind: What the block is.
        level: Depth of a heading, 0 for every other kind.
        text: The author's words, single spaces; a piece of code keeps its lines.
        speaker: Who speaks it, "" where the episode has one voice only.
        start_sample: Where its sound begins on the timeline.
        end_sample: Where its sound ends (exclusive).
        sentences: In order, at least one; their words are all words of `text`.
    """

    kind: BlockKind
    level: int
    text: str
    speaker: str
    start_sample: int
    end_sample: int
    sentences: tuple[TimedSentence, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words that are heard, and when, in the author's wording.

    Attributes:
        rate_hz: Samples per second of the timeline.
        duration_samples: Its whole length.
        language: BCP 47 tag of the text.
        blocks: In order of speech.
    """

    rate_hz: int
    duration_samples: int
    language: str
    blocks: tuple[TimedBlock, ...]


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
        sidecars: Transcripts, chapters and cover beside it.
    """

    path: Path
    meta: Metadata
    duration_ms: int
    size_bytes: int
    guid: str
    unchanged: bool = False
    sidecars: tuple[Path, ...] = ()
