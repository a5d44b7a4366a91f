"""The contract between narrate and an engine, and the checks every engine's speech goes through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol, runtime_checkable

from narrate.core.article import Sound
from narrate.core.episode import Speech
from narrate.core.errors import UnknownVoice
from narrate.core.near_names import nearest
from narrate.speech.engines.abilities import can_blend, pronouncer_of
from narrate.speech.engines.blend import canonical_name, is_blend, parse_blend, shown
from narrate.speech.speech_checks import examine, failed, failure, speech_sounds


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice an engine can speak with.

    Attributes:
        name: What --voice takes; of a blend, its canonical name.
        language: BCP 47 tag, "und" for one that can be used with any language.
        gender: "female", "male", or "" where it is not known.
    """

    name: str
    language: str
    gender: Literal["female", "male", ""] = ""


@runtime_checkable
class Engine(Protocol):
    """A maker of speech from text. One instance is shared by `parallel` threads.

    What it may be able to do beyond this has protocols of its own: Warms, Loads, Pronounces, Blends (abilities.py).

    Attributes:
        name: What --engine takes.
        version: Library, model and voice data; clips of another version are not reused.
        parallel: Calls of `synthesise` that may run at once.
        online: True if it needs the network.
        default_voice: The voice that speaks best, for an article in its language.
        word_timings: True if `synthesise` says when each word is heard.
    """

    name: str
    version: str
    parallel: int
    online: bool
    default_voice: str
    word_timings: bool

    def voices(self) -> Sequence[Voice]:
        """All voices, in the order to show them."""
        ...

    def fits(self, text: str, *, voice: str) -> bool:
        """Tell whether `synthesise` takes the text in one call with that voice."""
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
    """The engine's voice of that name, a blend of its voices, or its default for None.

    Args:
        engine: Can blend if it is one that Blends.
        name: A name as it stands in `voices`, or a blend (narrate.speech.engines.blend).

    Returns:
        For a blend, a voice with its canonical name, the language of its heaviest part, and the gender that its
        parts have in common.

    Raises:
        UnknownVoice: There is none; names the nearest ones.
    """
    wanted = (name or engine.default_voice).strip()
    voices = {voice.name: voice for voice in engine.voices()}
    if wanted in voices:
        return voices[wanted]
    if not is_blend(wanted):
        raise unknown_voice(engine, wanted)
    if not can_blend(engine):
        raise UnknownVoice(f"{engine.name} cannot blend voices, as in {wanted!r}", "use one voice, or --engine kokoro")
    parts = parse_blend(wanted)
    for part in parts:
        if part.name not in voices:
            raise unknown_voice(engine, part.name)
    blended = [voices[part.name] for part in parts]
    genders = {voice.gender for voice in blended}
    return Voice(canonical_name(parts), blended[0].language, genders.pop() if len(genders) == 1 else "")


def unknown_voice(engine: Engine, name: str) -> UnknownVoice:
    """The error for a name that an engine does not have, with those most like it to type instead."""
    names = [voice.name for voice in engine.voices()]
    near = nearest(name, names, most=3, nearness=0.4) or names[:3]
    hint = f"try --voice {' or '.join(near)}; narrate voices --engine {engine.name} lists all"
    return UnknownVoice(f"{engine.name} has no voice {shown(name)!r}", hint)


def faster(speech: Speech, tempo: float) -> Speech:
    """Return speech at the same pitch in less time (or more), its words with it.

    Args:
        speech: From an engine that cannot be told a speed, or not any speed.
        tempo: 0.5 to 2.0; 1.0 leaves it as it is.
    """
    if tempo == 1.0:
        return speech
    from narrate.audio.codec import change_tempo  # the codecs take a while to load, and listing voices needs none

    audio = change_tempo(speech.audio, tempo)
    ratio = len(audio.samples) / max(len(speech.audio.samples), 1)
    words = (
        replace(word, start_sample=round(word.start_sample * ratio), end_sample=round(word.end_sample * ratio))
        for word in speech.words
    )
    return Speech(audio, tuple(words), speech.estimated)


def check_speech(speech: Speech, text: str, speed: float) -> Speech:
    """Refuse audio that cannot be the text spoken, by the limits that hold for every engine and voice.

    Raises:
        SynthesisFailed: Says what is wrong, and with which words.
    """
    faults = failed(examine(speech, text, speed=speed))
    if faults:
        raise failure(faults, text)
    return speech


def sounds_of(engine: Engine, text: str, voice: str) -> float | None:
    """Return how much there is to say, by the engine's phonemes of a text; None for one that cannot tell.

    Args:
        engine: Can tell if it is one that Pronounces.
        text: What is to be said.
        voice: Who says it.
    """
    pronounce = pronouncer_of(engine, voice)
    return speech_sounds(pronounce(text)) if pronounce else None
