"""The sound of an episode in pieces that a recogniser takes one by one: memory does not grow with its length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

if TYPE_CHECKING:
    from av.container import InputContainer
    from numpy.typing import NDArray

# What Whisper listens to.
RATE_HZ = 16_000

# Four minutes: 15 MB of samples, ten times that while the recogniser looks at them.
PIECE_MS = 240_000

# A piece ends in the middle of the quietest fifth of a second of its last half minute, so that no word is cut.
SEARCHED_MS = 30_000
QUIET_MS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A stretch of the sound: mono float32 at RATE_HZ, where it begins, and how much there is in all."""

    start_ms: int
    samples: NDArray[np.float32]
    total_ms: int


def pieces(path: Path, piece_ms: int = PIECE_MS, searched_ms: int = SEARCHED_MS) -> Iterator[Piece]:
    """Decode a file piece by piece; together the pieces are all of it.

    Args:
        path: Sound in any format that PyAV knows.
        piece_ms: The longest piece.
        searched_ms: A piece ends within its last so many milliseconds.

    Raises:
        ValueError: It is no audio; the message says why, without the file's name.
        OSError: It cannot be read.
    """
    with path.open("rb"):  # raises what Python says of a file that cannot be read
        pass
    try:
        with av.open(f"file:{path}", "r") as container:  # so that no name is taken for a protocol
            total_ms = round((container.duration or 0) / 1000)
            start = 0
            for samples in _cut(_decoded(container), _samples(piece_ms), _samples(searched_ms)):
                yield Piece(start * 1000 // RATE_HZ, samples, total_ms)
                start += len(samples)
    except (av.FFmpegError, IndexError) as error:
        raise ValueError(f"not audio that can be decoded: {error}") from error


def parts(path: Path, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Decode some stretches of a file, in one go.

    Args:
        path: Sound in any format that PyAV knows.
        spans: Where they begin and end, in milliseconds, in order of their beginnings; they may lie one over another.

    Raises:
        ValueError, OSError: See pieces.
    """
    waiting = list(spans)
    kept: list[Piece] = []
    for piece in pieces(path):
        kept.append(piece)
        while waiting and waiting[0][1] <= _end_ms(piece):
            yield _between(kept, *waiting.pop(0))
        kept = [one for one in kept if waiting and _end_ms(one) > waiting[0][0]]
    for span in waiting:  # they reach beyond the end
        if kept and _end_ms(kept[-1]) > span[0]:
            yield _between(kept, *span)


def _end_ms(piece: Piece) -> int:
    return piece.start_ms + len(piece.samples) * 1000 // RATE_HZ


def _between(kept: Sequence[Piece], start_ms: int, end_ms: int) -> Piece:
    first_ms = kept[0].start_ms
    sound = np.concatenate([piece.samples for piece in kept])
    start = max(0, _samples(start_ms - first_ms))
    return Piece(first_ms + start * 1000 // RATE_HZ, sound[start : _samples(end_ms - first_ms)], kept[-1].total_ms)


def _samples(duration_ms: int) -> int:
    return duration_ms * RATE_HZ // 1000


def _decoded(container: InputContainer) -> Iterator[NDArray[np.float32]]:
    resampler = av.AudioResampler("flt", "mono", RATE_HZ)
    for frame in container.decode(container.streams.audio[0]):
        yield from (np.asarray(part.to_ndarray(), np.float32).ravel() for part in resampler.resample(frame))
    yield from (np.asarray(part.to_ndarray(), np.float32).ravel() for part in resampler.resample(None))


def _cut(parts: Iterator[NDArray[np.float32]], longest: int, searched: int) -> Iterator[NDArray[np.float32]]:
    waiting: list[NDArray[np.float32]] = []
    length = 0
    for part in parts:
        waiting.append(part)
        length += len(part)
        if length >= longest:
            sound = np.concatenate(waiting)
            end = _quietest(sound, longest - searched, longest)
            yield sound[:end]
            waiting, length = [sound[end:]], len(sound) - end
    if length:
        yield np.concatenate(waiting)


def _quietest(sound: NDArray[np.float32], start: int, end: int) -> int:
    """The middle of the quietest QUIET_MS between two places."""
    width = _samples(QUIET_MS)
    sums = np.concatenate(([0.0], np.cumsum(np.square(sound[start:end], dtype=np.float64))))
    if len(sums) <= width:
        return end
    return start + int(np.argmin(sums[width:] - sums[:-width])) + width // 2
