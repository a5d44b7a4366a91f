"""Bands that good speech of each engine and voice keeps to, as measured: speech_bands.toml as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from narrate.core.resources import packaged_table

# Kokoro's LUFS (mono as dual mono) above its level in speech_bands.toml: 1.9 to 2.4 dB in eight of ten clips, 109
# clips of three voices.
LUFS_ABOVE_LEVEL = 2.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of an engine's good speech; a table of speech_bands.toml.

    Attributes:
        unit: What `pace_s` is given for: "vowel" (narrate.speech.speech_checks.speech_sounds) or "letter".
        drawn_out: How many more units a text seems to have because its end is drawn out.
        pace_s: Seconds of voice for each unit at speed 1, least and most.
        level_dbfs: Level of the voice where it is not silent, least and most.
        pause_ms: The longest silence at a mark.
        gap_ms: The longest silence between words that no mark parts.
        edge_db: The first and last 10 ms against the level of the voice, at most.
        brightness_hz: Mean frequency (root mean square), at most; white noise has 5,500 at 24 kHz.
        liveliness_db: Between the loud and the quiet parts of what is heard, at least; noise and hum have 1.
        unheard_db: The loudest of a word against the level of the voice, at least.
        extra_ms: The longest sound that belongs to no word, at most.
        voices: For each voice its seconds a unit and its level.
        voice_pace: What a clip's pace may be of its voice's, least and most.
        voice_level_db: By how much a clip's level may differ from its voice's.
    """

    unit: str
    drawn_out: float
    pace_s: tuple[float, float]
    level_dbfs: tuple[float, float]
    pause_ms: float
    gap_ms: float
    edge_db: float
    brightness_hz: float
    liveliness_db: float
    unheard_db: float
    extra_ms: float
    voices: Mapping[str, tuple[float, float]]
    voice_pace: tuple[float, float]
    voice_level_db: float

    def pace_of(self, voice: str) -> tuple[float, float]:
        """Seconds a unit for one voice, least and most; of one that was not measured, those of its engine."""
        if voice not in self.voices:
            return self.pace_s
        low, high = self.voice_pace
        return self.voices[voice][0] * low, self.voices[voice][0] * high

    def level_of(self, voice: str) -> tuple[float, float]:
        """Return the level in dBFS for one voice, least and most; of one that was not measured, that of its engine."""
        if voice not in self.voices:
            return self.level_dbfs
        own = self.voices[voice][1]
        return own - self.voice_level_db, own + self.voice_level_db


@cache
def limits_of(engine: str) -> Limits:
    """Return what is known of an engine, on top of what holds for all."""
    tables = packaged_table("narrate.speech", "speech_bands.toml")
    stated: Mapping[str, object] = tables["default"] | tables.get(engine, {})
    measured: Mapping[str, tuple[float, float]] = tables.get(engine, {}).get("voices", {})
    limits = {name: tuple(value) if isinstance(value, list) else value for name, value in stated.items()}
    make: Callable[..., Limits] = Limits
    return make(**{**limits, "voices": {name: (pace, level) for name, (pace, level) in measured.items()}})


def expected_lufs(engine: str, voice: str) -> float | None:
    """Return a voice's loudness before anything is done to it, mono as dual mono; None for one not measured.

    Args:
        engine: Its name.
        voice: Its name in that engine, or a blend, which nobody measured.
    """
    known = limits_of(engine).voices.get(voice)
    return known[1] + LUFS_ABOVE_LEVEL if known else None
