"""The contract of voice engines: all that the author of one imports from narrate, and what stays as it is.

docs/engines.md shows a package with an engine; docs/stability.md says what may change when. `narrate.engine.testing`
has the tests that every engine must pass.
"""

from __future__ import annotations

from narrate.core.article import Sound
from narrate.core.episode import Audio, Speech, Word
from narrate.core.errors import ConfigError, EngineError, EngineNotInstalled, EngineUnavailable, SynthesisFailed
from narrate.core.settings.checks import number, one_of, whole
from narrate.speech.engines.abilities import Blends, Loads, Pronounces, Warms
from narrate.speech.engines.base import Engine, Voice
from narrate.speech.engines.declaration import API_VERSION, EngineFactory, NoOptions, Run, engine_factory, option

__all__ = [
    "API_VERSION",
    "Audio",
    "Blends",
    "ConfigError",
    "Engine",
    "EngineError",
    "EngineFactory",
    "EngineNotInstalled",
    "EngineUnavailable",
    "Loads",
    "NoOptions",
    "Pronounces",
    "Run",
    "Sound",
    "Speech",
    "SynthesisFailed",
    "Voice",
    "Warms",
    "Word",
    "engine_factory",
    "number",
    "one_of",
    "option",
    "whole",
]
