"""Sixth stage: clips and pauses on one sample-exact timeline, passed on piece by piece."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from narrate.audio import to_int16
from narrate.episode import Chapter, Clip, Narration, Placed, Word

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


def join(clips: Iterable[Clip], sink: Sink) -> Narration:
    """Trim and fade each clip, put its pause after it, and hand every sample to the sink in order.

    Only one clip is in memory at a time. The timeline has the rate of the first clip.

    Args:
        clips: In order, at least one.
        sink: Takes 16-bit samples and their rate in Hz; called many times.

    Returns:
        Where everything lies, in samples.
    """
    timeline: _Timeline | None = None
    pause_ms = LEAD_IN_MS
    for clip in clips:
        timeline = timeline or _Timeline(clip.audio.rate_hz, sink)
        timeline.add_silence(pause_ms)
        _place(timeline, clip)
        pause_ms = clip.chunk.pause_after_ms
    if timeline is None:
        raise ValueError("nothing to join")
    timeline.add_silence(TAIL_MS)
    chapters = _chapters(timeline.placed, timeline.length_samples)
    return Narration(timeline.rate_hz, timeline.length_samples, tuple(timeline.placed), chapters)


def _place(timeline: _Timeline, clip: Clip) -> None:
    data = to_int16(clip.audio.samples).tobytes()
    segment = AudioSegment(data=data, sample_width=INT16_BYTES, frame_rate=clip.audio.rate_hz, channels=1)
    start_ms, end_ms = _kept_ms(segment)
    edited = segment[start_ms:end_ms].fade_in(FADE_MS).fade_out(FADE_MS).set_frame_rate(timeline.rate_hz)
    samples = np.frombuffer(edited.raw_data, dtype=np.int16)
    start = timeline.length_samples
    timeline.add(samples)
    move = _mover(start_ms * clip.audio.rate_hz // 1000, timeline.rate_hz / clip.audio.rate_hz, len(samples), start)
    words = tuple(Word(word.text, move(word.start_sample), move(word.end_sample)) for word in clip.words)
    timeline.placed.append(Placed(clip.chunk, start, timeline.length_samples, words))


def _kept_ms(segment: AudioSegment) -> tuple[int, int]:
    """The part of a clip between its quiet edges, with a margin; the whole of a clip that is only quiet."""
    quiet_start_ms = detect_leading_silence(segment, silence_threshold=SILENCE_DBFS, chunk_size=5)
    if quiet_start_ms >= len(segment):
        return 0, len(segment)
    quiet_end_ms = detect_leading_silence(segment.reverse(), silence_threshold=SILENCE_DBFS, chunk_size=5)
    return max(0, quiet_start_ms - KEEP_START_MS), min(len(segment), len(segment) - quiet_end_ms + KEEP_END_MS)


def _mover(cut: int, ratio: float, length: int, start: int) -> Callable[[int], int]:
    """From a position in the clip to one on the timeline; a trimmed edge lies at the clip's edge."""
    return lambda sample: start + min(max(0, int((sample - cut) * ratio)), length)


def _chapters(placed: Iterable[Placed], length_samples: int) -> tuple[Chapter, ...]:
    """Contiguous stretches from each title or heading to the next; none where there is only a title."""
    starts = [(item.chunk.chapter, item.start_sample) for item in placed if item.chunk.chapter]
    if len(starts) < 2:
        return ()
    starts[0] = (starts[0][0], 0)
    ends = [start for _, start in starts[1:]] + [length_samples]
    return tuple(Chapter(title, start, end) for (title, start), end in zip(starts, ends, strict=True))
