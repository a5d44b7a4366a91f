"""The contract between narrate and an engine, and the checks every engine's speech goes through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np

from narrate.article import Sound
from narrate.episode import Audio, Speech
from narrate.errors import SynthesisFailed, UnknownVoice

# Letters and digits a second at speed 1: Kokoro's voices say 11 to 16. Speech that is twice as fast as
# the fastest of them has lost words.
FASTEST_CHARS_PER_S = 32.0

# -60 dBFS: below it there is no speech, only the noise of a quiet recording.
SILENT_PEAK = 0.001

# A full-scale sample or two is a loud consonant; one in two hundred is a broken waveform.
CLIPPED_SHARE = 0.005


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice an engine can speak with.

    Attributes:
        name: What --voice takes.
        language: BCP 47 tag.
        gender: "female", "male", or "" where it is not known.
    """

    name: str
    language: str
    gender: Literal["female", "male", ""] = ""


@runtime_checkable
class Engine(Protocol):
    """What makes speech from text. One instance is shared by `parallel` threads.

    Attributes:
        name: What --engine takes.
        version: Library, model and voice data; clips of another version are not reused.
        parallel: Calls of `synthesise` that may run at once.
        online: True if it needs the network.
        default_voice: Voice for --voice not given.
    """

    name: str
    version: str
    parallel: int
    online: bool
    default_voice: str

    def voices(self) -> Sequence[Voice]:
        """All voices, in the order to show them."""
        ...

    def fits(self, text: str) -> bool:
        """Tell whether `synthesise` takes the text in one call."""
        ...

    def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[Sound] = ()) -> Speech:
        """Speak one chunk.

        Args:
            text: Spoken form, no longer than `fits` allows.
            voice: Name of one of `voices`.
            speed: 0.5 to 2.0; 1.0 is the voice's own rate.
            sounds: Pronunciations of words of the text, in order; an engine that takes no phonemes passes over them.

        Raises:
            EngineUnavailable: A service is down or refuses; retries are used up.
            SynthesisFailed: No usable speech came back.
        """
        ...

    def close(self) -> None:
        """Release models and connections; the engine is not used afterwards."""
        ...


def find_voice(engine: Engine, name: str | None) -> Voice:
    """The engine's voice of that name, or its default for None.

    Raises:
        UnknownVoice: There is none; names the nearest ones.
    """
    wanted = name or engine.default_voice
    voices = {voice.name: voice for voice in engine.voices()}
    if wanted in voices:
        return voices[wanted]
    import difflib  # only on the way to an error

    near = difflib.get_close_matches(wanted, voices, n=3, cutoff=0.4) or list(voices)[:3]
    hint = f"try --voice {' or '.join(near)}; narrate voices --engine {engine.name} lists all"
    raise UnknownVoice(f"{engine.name} has no voice {wanted!r}", hint)


def check_speech(speech: Speech, text: str, speed: float) -> Speech:
    """Refuse audio that cannot be the text spoken: empty, not finite, silent, clipped, far too short.

    Raises:
        SynthesisFailed: Says what is wrong, and with which words.
    """
    problem = _problem(speech.audio, sum(char.isalnum() for char in text), speed)
    if problem:
        shown = text if len(text) <= 60 else text[:57] + "..."
        raise SynthesisFailed(f"the engine gave back {problem} for {shown!r}", "try again, or another --voice")
    return speech


def _problem(audio: Audio, spoken_chars: int, speed: float) -> str:
    samples = audio.samples
    if samples.ndim != 1 or samples.dtype != np.float32:
        return f"{samples.dtype} audio of shape {samples.shape} instead of float32 mono"
    if not len(samples):
        return "no audio"
    if not np.isfinite(samples).all():
        return "audio with numbers that are not finite"
    peak = float(np.abs(samples).max())
    if spoken_chars and peak < SILENT_PEAK:
        return "silence"
    if float((np.abs(samples) >= 0.9999).mean()) > CLIPPED_SHARE:
        return "clipped audio"
    if audio.duration_s * FASTEST_CHARS_PER_S * speed < spoken_chars:
        return f"only {audio.duration_s:.2f} s of audio"
    return ""
