"""The built-in engine that beeps as long as the text would last: for tests, docs and dry runs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from narrate.core.article import Sound
from narrate.core.episode import Audio, Speech, Word
from narrate.speech.engines.base import Voice
from narrate.speech.engines.declaration import NoOptions, Run, engine_factory

RATE_HZ = 24_000

# The mean of Kokoro's voices on the first article is 14.6 characters a second, white space included.
CHARS_PER_S = 15.0

# Each voice is a pitch, so that a test can tell them apart.
PITCHES_HZ = {"low": 165.0, "middle": 220.0, "high": 330.0}


class ToneEngine:
    """One beep a word, a gap at each space."""

    name = "tone"
    version = "1"
    parallel = 4
    online = False
    word_timings = True
    default_voice = "middle"
    max_chars = 400

    def voices(self) -> Sequence[Voice]:
        """Three pitches."""
        return [Voice(name, "und") for name in PITCHES_HZ]

    def fits(self, text: str, *, voice: str) -> bool:
        """Up to 400 characters, about as much as Kokoro takes."""
        return len(text) <= self.max_chars

    def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[Sound] = ()) -> Speech:
        """Beep each word for its length."""
        samples_per_char = RATE_HZ / CHARS_PER_S / speed
        duration_samples = max(1, round(len(text) * samples_per_char))
        seconds = np.arange(duration_samples, dtype=np.float64) / RATE_HZ
        samples = (0.25 * np.sin(2 * np.pi * PITCHES_HZ[voice] * seconds)).astype(np.float32)
        words, at = [], 0
        for word in text.split():
            start = text.index(word, at)
            samples[round(at * samples_per_char) : round(start * samples_per_char)] = 0.0
            at = start + len(word)
            words.append(Word(start, at, round(start * samples_per_char), round(at * samples_per_char)))
        return Speech(Audio(samples, RATE_HZ), tuple(words))

    def close(self) -> None:
        """Nothing to release."""


@engine_factory("tone")
def make(_: NoOptions, run: Run) -> ToneEngine:
    """Entry point."""
    return ToneEngine()
