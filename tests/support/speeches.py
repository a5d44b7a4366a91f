"""Real speech of Kokoro, in tests/data/clips, and what broken engines make of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from narrate.audio.codec import decode
from narrate.core.episode import Audio, Speech, Word
from narrate.speech.speech_checks import speech_sounds

FOLDER = Path(__file__).parent.parent / "data" / "clips"


@dataclass(frozen=True)
class Spoken:
    """A clip, what it says and who."""

    name: str
    voice: str
    speed: float
    text: str
    sounds: float
    speech: Speech


@cache
def spoken(name: str) -> Spoken:
    noted = next(one for one in json.loads((FOLDER / "clips.json").read_text("utf-8")) if one["name"] == name)
    words = tuple(Word(*word) for word in noted["words"])
    speech = Speech(decode(FOLDER / name), words)
    return Spoken(name, noted["voice"], noted["speed"], noted["text"], speech_sounds(noted["phonemes"]), speech)


def names() -> list[str]:
    return sorted(path.name for path in FOLDER.glob("*.flac"))


Fault = Callable[[Speech], Speech]


def _with(speech: Speech, samples: np.ndarray, words: tuple[Word, ...] | None = None) -> Speech:
    audio = Audio(np.ascontiguousarray(samples, dtype=np.float32), speech.audio.rate_hz)
    return Speech(audio, speech.words if words is None else words)


def untimed(fault: Fault) -> Fault:
    """Return a fault by an engine that does not know when a word is heard."""
    return lambda speech: replace(fault(speech), words=())


def without_last_word(speech: Speech) -> Speech:
    """With what is left of the timings, and a quiet end."""
    samples = speech.audio.samples.copy()
    samples[speech.words[-2].end_sample :] = 0
    return _with(speech, samples, speech.words[:-1])


def silent_last_word(speech: Speech) -> Speech:
    """The engine believes that it said it."""
    return replace(without_last_word(speech), words=speech.words)


def half(speech: Speech) -> Speech:
    """The first half of what is heard, with the words that are in it."""
    middle = sum(_sound(speech)) // 2
    samples = speech.audio.samples.copy()[:middle]
    samples[-240:] *= np.linspace(1, 0, 240, dtype=np.float32)
    return _with(speech, samples, tuple(word for word in speech.words if word.end_sample <= middle))


def silent(speech: Speech) -> Speech:
    return _with(speech, np.zeros_like(speech.audio.samples))


def twice(speech: Speech) -> Speech:
    """All of it again."""
    return _with(speech, np.tile(speech.audio.samples, 2))


def too_loud(speech: Speech) -> Speech:
    return _with(speech, np.clip(speech.audio.samples * 30, -1, 1))


def torn(speech: Speech) -> Speech:
    """Three seconds of silence between two words."""
    middle = len(speech.words) // 2
    at = (speech.words[middle - 1].end_sample + speech.words[middle].start_sample) // 2
    late = 3 * speech.audio.rate_hz
    samples = np.insert(speech.audio.samples, at, np.zeros(late, dtype=np.float32))
    moved = tuple(
        replace(word, start_sample=word.start_sample + late, end_sample=word.end_sample + late)
        for word in speech.words[middle:]
    )
    return _with(speech, samples, speech.words[:middle] + moved)


def not_a_number(speech: Speech) -> Speech:
    samples = speech.audio.samples.copy()
    samples[len(samples) // 2] = np.nan
    return _with(speech, samples)


def quiet(speech: Speech) -> Speech:
    """By 20 dB."""
    return _with(speech, speech.audio.samples * np.float32(0.1))


def hurried(speech: Speech) -> Speech:
    """In half the time, and an octave higher."""
    words = tuple(
        replace(word, start_sample=word.start_sample // 2, end_sample=word.end_sample // 2) for word in speech.words
    )
    return _with(speech, speech.audio.samples[::2], words)


def noise(speech: Speech) -> Speech:
    """White, as loud as the voice."""
    loud = float(np.sqrt(np.mean(np.square(speech.audio.samples)))) * 1.5
    return _with(speech, np.random.default_rng(1).normal(0, loud, len(speech.audio.samples)))


def hum(speech: Speech) -> Speech:
    """Of 100 Hz, as loud as the voice."""
    seconds = np.arange(len(speech.audio.samples)) / speech.audio.rate_hz
    return _with(speech, 0.15 * np.sin(2 * np.pi * 100 * seconds))


def _sound(speech: Speech) -> tuple[int, int]:
    loud = np.flatnonzero(np.abs(speech.audio.samples) > 0.1 * np.abs(speech.audio.samples).max())
    return int(loud[0]), int(loud[-1])


def cut_start(speech: Speech) -> Speech:
    """At the loudest of the first 200 ms of the voice."""
    begins = _sound(speech)[0]
    first = begins + int(np.abs(speech.audio.samples[begins : begins + 4_800]).argmax())
    moved = tuple(
        replace(word, start_sample=max(word.start_sample - first, 0), end_sample=max(word.end_sample - first, 1))
        for word in speech.words
    )
    return _with(speech, speech.audio.samples[first:], moved)


def cut_end(speech: Speech) -> Speech:
    """At the loudest of the last 200 ms of the voice."""
    ends = _sound(speech)[1]
    last = ends - 4_800 + int(np.abs(speech.audio.samples[ends - 4_800 : ends]).argmax())
    return _with(speech, speech.audio.samples[:last])
