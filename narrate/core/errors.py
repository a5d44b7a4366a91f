"""Every error narrate raises on purpose, and the exit code each one ends the command with.

    NarrateError                  1   the base; a broken installation or too little memory
    ├── ConfigError               2   a setting, flag or narrate.toml that cannot be used
    │   ├── UnknownEngine             no engine of that name
    │   └── UnknownVoice              the engine has no such voice
    ├── SourceError               3   an article that cannot be read
    │   └── MarkError                 a mark in its text that cannot be done; names the line
    ├── NothingToSay              4   an article with no words left to speak
    ├── EngineError               5   speech could not be made
    │   ├── EngineNotInstalled        the engine's packages are missing
    │   ├── EngineUnavailable         a service is down or refuses; worth a later try
    │   └── SynthesisFailed           the engine answered, but not with usable speech
    ├── OutputError               6   the episode could not be written
    └── Fault                     1   what nobody foresaw: a fault of narrate's own

`narrate check` ends with 7 where it finds an error, several articles with 8 where one failed, Ctrl-C with 130.
"""

from __future__ import annotations

from narrate.core.version import __version__

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
    """A value that a setting cannot have; loading.py makes it a ConfigError that says where it stands.

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


class MarkError(SourceError):
    """A mark in the text of an article cannot be done as it is written."""


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


class Fault(NarrateError):
    """Something that nobody foresaw: a fault of narrate's own."""


def in_words(error: BaseException) -> NarrateError:
    """Return any error as one that says what happened and what to do; those of narrate's own stay as they are.

    Args:
        error: Becomes the cause of what is returned, whose traceback --debug shows.
    """
    if isinstance(error, NarrateError):
        return error
    found = _in_words(error)
    found.__cause__ = error
    return found


def _in_words(error: BaseException) -> NarrateError:
    if isinstance(error, MemoryError):
        return NarrateError("there is not enough memory", "close other programs, or speak a chunk at a time: --jobs 1")
    if isinstance(error, ImportError):
        missing = " ".join(str(error).split())
        return NarrateError(f"the installation is broken: {missing}", "install narrate anew, as its README says")
    if isinstance(error, RecursionError):
        return Fault("a fault of narrate's: what it was given is nested too deeply", _report())
    said = " ".join(str(error).split())
    what = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return Fault(f"a fault of narrate's: {what[:500]}{_place(error)}", _report())


def _place(error: BaseException) -> str:
    """Return the place where an error was raised, so that a report without a traceback still says something."""
    trace = error.__traceback__
    if trace is None:
        return ""
    while trace.tb_next:
        trace = trace.tb_next
    name = trace.tb_frame.f_globals.get("__name__", "?")
    return f" ({name}, line {trace.tb_lineno})"


def _report() -> str:
    import platform  # only on the way to an error
    import sys

    python = f"Python {platform.python_version()} on {sys.platform}"
    return f"report this line, with narrate {__version__}, {python}, and what the same command prints with --debug"
