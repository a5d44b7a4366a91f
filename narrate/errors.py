"""Every error narrate raises on purpose, and the exit code each one ends the command with.

    NarrateError                  1   the base; a bug also ends with 1
    ├── ConfigError               2   a setting, flag or narrate.toml that cannot be used
    │   ├── UnknownEngine             no engine of that name
    │   └── UnknownVoice              the engine has no such voice
    ├── SourceError               3   an article that cannot be read
    ├── NothingToSay              4   an article with no words left to speak
    ├── EngineError               5   speech could not be made
    │   ├── EngineNotInstalled        the engine's packages are missing
    │   ├── EngineUnavailable         a service is down or refuses; worth a later try
    │   └── SynthesisFailed           the engine answered, but not with usable speech
    └── OutputError               6   the episode could not be written

`narrate check` ends with 7 where it finds an error, several articles with 8 where one failed, Ctrl-C with 130.
"""

from __future__ import annotations

EXIT_INTERRUPTED = 130

# Several articles were given, and not all of them became episodes.
EXIT_SOME_FAILED = 8


class NarrateError(Exception):
    """Base of all errors narrate raises on purpose.

    Args:
        message: One line that says what happened, and to which file or service.
        hint: One line that says what to type or do next; may be empty.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(NarrateError):
    """A setting, flag or configuration file cannot be used."""

    exit_code = 2


class UnknownEngine(ConfigError):
    """No engine of that name is registered."""


class UnknownVoice(ConfigError):
    """The engine has no voice of that name."""


class UnfitValue(ValueError):
    """A value that a setting cannot have; config.py makes it a ConfigError that says where it stands.

    Args:
        message: What is wrong; it ends the sentence "… cannot be used: ".
        hint: What to write instead; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class SourceError(NarrateError):
    """An article cannot be read."""

    exit_code = 3


class NothingToSay(NarrateError):
    """An article has no words left to speak."""

    exit_code = 4


class EngineError(NarrateError):
    """Speech could not be made."""

    exit_code = 5


class EngineNotInstalled(EngineError):
    """The engine is known, but a package or data file it needs is missing."""


class EngineUnavailable(EngineError):
    """A service is down, refuses or does not answer; a later try may succeed."""


class SynthesisFailed(EngineError):
    """The engine answered, but not with usable speech."""


class OutputError(NarrateError):
    """The episode, or a file that belongs to it, could not be written."""

    exit_code = 6
