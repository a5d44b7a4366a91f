"""Sounds and chunks for tests of the audio half."""

from __future__ import annotations

import numpy as np

from narrate.core.article import Chunk, Sound
from narrate.core.episode import Audio, Clip, Word


def sine(seconds: float, *, level: float = 0.3, rate_hz: int = 24_000) -> np.ndarray:
    """A 220 Hz tone, float32."""
    return (level * np.sin(2 * np.pi * 220 * np.arange(round(seconds * rate_hz)) / rate_hz)).astype(np.float32)


def silence(seconds: float, rate_hz: int = 24_000) -> np.ndarray:
    return np.zeros(round(seconds * rate_hz), dtype=np.float32)


def chunk(index: int = 0, text: str = "hello", pause_after_ms: int = 0, chapter: str | None = None) -> Chunk:
    return Chunk(index, text, index, 0, len(text), pause_after_ms, chapter)


def sounds_of(text: str, *words: tuple[str, str]) -> tuple[Sound, ...]:
    """Return sounds for words, each at its first place behind the one before."""
    sounds, at = [], 0
    for word, ipa in words:
        at = text.index(word, at)
        sounds.append(Sound(at, at + len(word), ipa, "lexicon"))
        at += len(word)
    return tuple(sounds)


def clip(
    samples: np.ndarray,
    *,
    index: int = 0,
    pause_after_ms: int = 0,
    chapter: str | None = None,
    rate_hz: int = 24_000,
    words: tuple[Word, ...] = (),
) -> Clip:
    made = chunk(index, f"text {index}", pause_after_ms, chapter)
    return Clip(made, Audio(samples, rate_hz), words)
