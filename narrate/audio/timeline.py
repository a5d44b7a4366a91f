"""Sixth stage: clips and pauses on one sample-exact timeline, passed on piece by piece."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from narrate.audio.codec import to_int16
from narrate.core.article import Break
from narrate.core.episode import Clip, Narration, Placed, Word

with warnings.catch_warnings():
    # pydub 0.25.1 warns of invalid escapes, of audioop's end and of a missing ffmpeg, which narrate never calls.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.silence import detect_leading_silence

Sink = Callable[[NDArray[np.int16], int], None]

# Quiet below this is no speech; Kokoro's own silences lie under -60 dBFS.
SILENCE_DBFS = -50.0

# What is kept of a clip's quiet edges: unvoiced starts and endings ("f", "s", "th") are quieter than
# the threshold, and cutting into them is heard as a clipped word.
KEEP_START_MS = 40
KEEP_END_MS = 60

# Long enough that no edge clicks, short enough that no sound is lost.
FADE_MS = 8

# Where the voice reads on without a pause, silence would tear a sound in two.
SHORTEST_GAP_MS = 40

LEAD_IN_MS = 150
TAIL_MS = 600

INT16_BYTES = 2


@dataclass(slots=True)
class _Timeline:
    """Sends samples on and counts them."""

    rate_hz: int
    sink: Sink
    length_samples: int = 0
    placed: list[Placed] = field(default_factory=list)

    def add(self, samples: NDArray[np.int16]) -> None:
        self.sink(samples, self.rate_hz)
        self.length_samples += len(samples)

    def add_silence(self, duration_ms: int) -> None:
        self.add(np.zeros(duration_ms * self.rate_hz // 1000, dtype=np.int16))


def join(clips: Iterable[Clip], sink: Sink, *, lead_in_ms: int = LEAD_IN_MS, tail_ms: int = TAIL_MS) -> Narration:
    """Trim and fade each clip, put its pause after it, and hand every sample to the sink in order.

    Only one clip is in memory at a time. The timeline has the rate of the first clip.

    Args:
        clips: In order, at least one.
        sink: Takes 16-bit samples and their rate in Hz; called many times.
        lead_in_ms: Silence before the first clip.
        tail_ms: Silence after the last.

    Returns:
        Where everything lies, in samples.
    """
    timeline: _Timeline | None = None
    pause_ms, before = lead_in_ms, None
    for clip in clips:
        timeline = timeline or _Timeline(clip.audio.rate_hz, sink)
        cut = _cut_out(clip)
        timeline.add_silence(_silence_ms(pause_ms, before, cut))
        _place(timeline, clip, cut)
        pause_ms, before = clip.chunk.pause_after_ms, cut if clip.chunk.is_pause_exact else None
    if timeline is None:
        raise ValueError("nothing to join")
    timeline.add_silence(tail_ms)
    return Narration(timeline.rate_hz, timeline.length_samples, tuple(timeline.placed))


@dataclass(frozen=True, slots=True)
class _Cut:
    """The part of a clip that is kept.

    Attributes:
        segment: The kept part.
        start_ms: Where it begins in the clip.
        quiet_start_ms: How long it is quiet before its first sound.
        quiet_end_ms: How long it is quiet after its last sound.
    """

    segment: AudioSegment
    start_ms: int
    quiet_start_ms: int
    quiet_end_ms: int


def _cut_out(clip: Clip) -> _Cut:
    data = to_int16(clip.audio.samples).tobytes()
    segment = AudioSegment(data=data, sample_width=INT16_BYTES, frame_rate=clip.audio.rate_hz, channels=1)
    quiet_start_ms, quiet_end_ms = _quiet_ms(segment)
    start_ms = max(0, quiet_start_ms - KEEP_START_MS)
    end_ms = min(len(segment), len(segment) - quiet_end_ms + KEEP_END_MS)
    return _Cut(segment[start_ms:end_ms], start_ms, quiet_start_ms - start_ms, quiet_end_ms - len(segment) + end_ms)


def _silence_ms(pause_ms: int, before: _Cut | None, after: _Cut) -> int:
    """Return the silence to add for a pause; behind a clip with an exact pause, its quiet edges are part of that."""
    if before is None:
        return pause_ms
    return max(0, pause_ms - before.quiet_end_ms - after.quiet_start_ms)


def _place(timeline: _Timeline, clip: Clip, cut: _Cut) -> None:
    edited = cut.segment.fade_in(FADE_MS).fade_out(FADE_MS).set_frame_rate(timeline.rate_hz)
    samples = np.frombuffer(edited.raw_data, dtype=np.int16)
    move = _mover(cut.start_ms * clip.audio.rate_hz // 1000, timeline.rate_hz / clip.audio.rate_hz, len(samples))
    words = [
        replace(word, start_sample=move(word.start_sample), end_sample=move(word.end_sample)) for word in clip.words
    ]
    start = timeline.length_samples
    added = _lengthened(timeline, samples, words, () if clip.estimated else clip.chunk.breaks)
    placed = tuple(_later(word, start + late) for word, late in zip(words, added, strict=True))
    end = timeline.length_samples
    timeline.placed.append(Placed(clip.chunk, start, end, placed, clip.estimated, clip.checks))


def _lengthened(
    timeline: _Timeline, samples: NDArray[np.int16], words: Sequence[Word], breaks: Iterable[Break]
) -> list[int]:
    """Add a clip to the timeline, with more silence where a pause in it is too short; by how much each word is late."""
    late, total, sent = [0] * len(words), 0, 0
    for number, at_least_ms in _gaps(words, breaks):
        quiet, goes_on = words[number - 1].end_sample, words[number].start_sample
        missing = at_least_ms * timeline.rate_hz // 1000 - (goes_on - quiet)
        if missing <= 0 or (goes_on - quiet) * 1000 < SHORTEST_GAP_MS * timeline.rate_hz:
            continue
        middle = (quiet + goes_on) // 2
        timeline.add(samples[sent:middle])
        timeline.add(np.zeros(missing, dtype=np.int16))
        sent, total = middle, total + missing
        late[number:] = [total] * (len(words) - number)
    timeline.add(samples[sent:])
    return late


def _gaps(words: Sequence[Word], breaks: Iterable[Break]) -> list[tuple[int, int]]:
    """The number of the first word after each pause, and the pause in milliseconds.

    Two breaks may lie in one pause, such as a full stop and a dash after it; the longer one counts.
    """
    found: dict[int, int] = {}
    for gap in breaks:
        number = sum(word.end_char <= gap.at_char for word in words)
        if 0 < number < len(words):
            found[number] = max(gap.at_least_ms, found.get(number, 0))
    return sorted(found.items())


def _later(word: Word, by: int) -> Word:
    return replace(word, start_sample=word.start_sample + by, end_sample=word.end_sample + by)


def _quiet_ms(segment: AudioSegment) -> tuple[int, int]:
    """Return how long a clip is quiet at its start and at its end; a clip that is only quiet is kept whole."""
    quiet_start_ms = detect_leading_silence(segment, silence_threshold=SILENCE_DBFS, chunk_size=5)
    if quiet_start_ms >= len(segment):
        return 0, 0
    return quiet_start_ms, detect_leading_silence(segment.reverse(), silence_threshold=SILENCE_DBFS, chunk_size=5)


def _mover(cut: int, ratio: float, length: int) -> Callable[[int], int]:
    """Return a function from a position in the clip to one in what is kept; what was trimmed lies at the edge."""
    return lambda sample: min(max(0, int((sample - cut) * ratio)), length)
