"""Word timings brought into agreement with the sound: beside a pause, a word ends and begins where its energy does.

Engines know the order and roughly the place of words, in steps of 25 ms and more; where a pause begins and
ends can be heard exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrate.core.episode import Audio, Speech, Word

HOP_MS = 5
WINDOW_MS = 10

# Below this there is no voice, only breath and the tail of a consonant. Of 136 pauses of Kokoro's voices in three
# articles, thresholds of -46 to -50 find the same ends within 10 ms; at -54 the breath of am_michael is speech.
QUIET_DBFS = -48.0

# The closure before a "p", "t" or "k" lasts up to 100 ms and is part of the word.
SHORTEST_PAUSE_MS = 120

# Between words that a mark parts, a shorter silence is a pause, too.
SHORTEST_MARKED_PAUSE_MS = 60

# What is farther from where the next word should begin is the closure of a consonant, mark or no mark: the "p" of
# "the keeper, an old man" ends 195 ms before "an".
CLOSURE_OFF_MS = 120

# A pause is where a mark is, unless one without a mark is so much nearer.
UNMARKED_OFF_MS = 200

# 40 ms at 24 kHz, less than any word that is spoken takes.
LEAST_WORD_SAMPLES = 960

MARKS = frozenset('.,;:!?…—–()“”"«»。、！？，；：')


def settle(speech: Speech, text: str) -> Speech:
    """Move the edges of words to the edges of the pauses between them.

    Args:
        speech: Sound and words, whose order is right and whose places are off by less than a short word.
        text: What was said; the words' characters are places in it.

    Returns:
        The same sound; words in order that do not overlap, inside the sound, none of them inside a pause.
    """
    if not speech.words:
        return speech
    length = len(speech.audio.samples)
    pauses = _pauses(speech, text)
    settled: list[Word] = []
    first, start = 0, pauses[0][1] if pauses[0] else min(max(speech.words[0].start_sample, 0), length)
    for number, pause in enumerate(pauses[1:], 1):
        if pause or number == len(speech.words):
            end = pause[0] if pause else min(speech.words[-1].end_sample, length)
            settled += _fitted(speech.words[first:number], start, max(end, start))
            first, start = number, pause[1] if pause else length
    return Speech(speech.audio, tuple(settled), speech.estimated)


def _pauses(speech: Speech, text: str) -> list[Edge | None]:
    """The pause before each word and after the last, None where the voice reads on."""
    rate_hz, length = speech.audio.rate_hz, len(speech.audio.samples)
    gaps = [_Gap.between(before, after, text, length) for before, after in pairwise([None, *speech.words, None])]
    runs = _quiet_runs(speech.audio)
    runs = runs[(runs[:, 1] - runs[:, 0]) * 1000 >= SHORTEST_MARKED_PAUSE_MS * rate_hz]
    found: list[list[Edge]] = [[] for _ in gaps]
    for start, end in runs.tolist():
        # As words are in order, so are the gaps of silences in order.
        owner = min(range(len(gaps)), key=lambda number: gaps[number].off_ms((start, end), rate_hz))
        if gaps[owner].can_be((start, end), rate_hz):
            found[owner].append((start, end))
    return [max(edges, key=lambda edge: edge[1] - edge[0], default=None) for edges in found]


def _fitted(words: Sequence[Word], start: int, end: int) -> Iterator[Word]:
    """Words between two pauses: as the engine has them, but inside, in order, and each with some time.

    Beside a pause an engine may be so far off that a short word would lie in it.
    """
    least = [min(max(word.end_sample - word.start_sample, 0), LEAST_WORD_SAMPLES) for word in words]
    share = min(1.0, (end - start) / max(sum(least), 1))
    least = [int(samples * share) for samples in least]
    starts = [start]
    for number, word in enumerate(words[1:], 1):
        latest = end - sum(least[number:])
        starts.append(max(min(word.start_sample, latest), starts[-1] + least[number - 1]))
    for word, begins, following, shortest in zip(words, starts, [*starts[1:], end], least, strict=True):
        is_last = following == end
        ends = end if is_last else min(max(word.end_sample, begins + shortest), following)
        yield replace(word, start_sample=begins, end_sample=ends)


def estimated_words(audio: Audio, text: str) -> tuple[Word, ...]:
    """Places of words by their length, between the first sound and the last, for an engine that knows no better.

    Where there are several sentences the places drift; speech/chunking.py makes each sentence a chunk for such engines.
    """
    found = [match for match in re.finditer(r"\S+", text) if any(char.isalnum() for char in match[0])]
    if not found:
        return ()
    runs = [(int(start), int(end)) for start, end in _quiet_runs(audio)]
    length = len(audio.samples)
    start = runs[0][1] if runs and runs[0][0] == 0 and runs[0][1] < length else 0
    end = runs[-1][0] if runs and runs[-1][1] == length and runs[-1][0] > start else length
    weights = np.cumsum([0, *(_weight(match[0]) for match in found)])
    places = start + np.rint((end - start) * weights / weights[-1]).astype(int)
    return tuple(
        Word(match.start(), match.end(), int(first), int(last))
        for match, first, last in zip(found, places[:-1], places[1:], strict=True)
    )


def _weight(word: str) -> int:
    """Letters, and two more for the space or the small pause that goes with a word."""
    return sum(char.isalnum() for char in word) + 2 + 4 * (word[-1] in MARKS)


Edge = tuple[int, int]


class _Gap(NamedTuple):
    """Between two words: the middle of one, the start and the middle of the other, and whether a mark parts them."""

    low: int
    follows: int
    high: int
    marked: bool

    @classmethod
    def between(cls, before: Word | None, after: Word | None, text: str, length: int) -> _Gap:
        low = (before.start_sample + before.end_sample) // 2 if before else 0
        high = (after.start_sample + after.end_sample) // 2 if after else length
        marked = before is None or after is None or bool(MARKS & set(text[before.end_char - 1 : after.start_char + 1]))
        return cls(low, after.start_sample if after else length, high, marked)

    def off_ms(self, silence: Edge, rate_hz: int) -> float:
        """Return how unlikely a silence is to be this gap's, by the word after it: engines know best when one begins.

        A short word before a pause may be counted with so much of it that the pause would lie before that word, as
        at the end of "We do so."; but then no mark is there.
        """
        start, end = silence
        if end <= self.low or start >= self.high:
            return inf
        return abs(end - self.follows) * 1000 / rate_hz + (0 if self.marked else UNMARKED_OFF_MS)

    def can_be(self, silence: Edge, rate_hz: int) -> bool:
        """Tell whether a silence is long enough to be no consonant."""
        start, end = silence
        off_ms = self.off_ms(silence, rate_hz)
        shortest_ms = SHORTEST_MARKED_PAUSE_MS if off_ms <= CLOSURE_OFF_MS else SHORTEST_PAUSE_MS
        return off_ms < inf and (end - start) * 1000 >= shortest_ms * rate_hz


def _quiet_runs(audio: Audio) -> NDArray[np.int64]:
    """Stretches of silence: rows of first sample and end (exclusive)."""
    hop, window = (max(1, audio.rate_hz * ms // 1000) for ms in (HOP_MS, WINDOW_MS))
    total = np.concatenate([[0.0], np.cumsum(audio.samples.astype(np.float64) ** 2)])
    last = max(len(audio.samples) - window, 0)
    starts = np.append(np.arange(0, last, hop), last)  # few sounds are a whole number of hops long
    ends = np.minimum(starts + window, len(audio.samples))
    power = (total[ends] - total[starts]) / np.maximum(ends - starts, 1)
    quiet = np.concatenate([[False], power < 10 ** (QUIET_DBFS / 10), [False]])
    changes = np.flatnonzero(quiet[1:] != quiet[:-1]).reshape(-1, 2)
    # A window that is quiet lies wholly in the silence, so the first begins where it begins and the last ends with it.
    return np.stack([starts[changes[:, 0]], ends[changes[:, 1] - 1]], axis=1).astype(np.int64)
