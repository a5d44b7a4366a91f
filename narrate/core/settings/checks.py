"""Checks of single settings: a value from a file, a variable or a flag goes in, the typed value comes out.

Each raises ValueError or TypeError, whose words end the sentence "… cannot be used: "; UnfitValue is one with a hint.
"""

from __future__ import annotations

import math
import os
import re
from dataclasses import dataclass
from pathlib import Path

from narrate.core.errors import ConfigError, UnfitValue
from narrate.core.near_names import did_you_mean

_FLAGS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}

_HOST = re.compile(r"[^\s/:@?#.]+(?:\.[^\s/:@?#.]+)*")


def require(name: str, value: object, kind: type | tuple[type, ...], takes: str) -> None:
    """Require that an argument of Python's has its type, or is None.

    Args:
        name: Of the argument.
        value: What was given.
        kind: One or several types.
        takes: What it takes, for people to read.

    Raises:
        ConfigError: It has another type.
    """
    if value is not None and not isinstance(value, kind):
        raise ConfigError(f"{name} takes {takes}, and not what is of the type {type(value).__name__}", f"change {name}")


def a_source(value: object) -> str | Path:
    """An article's path or address, as Python's callers give it.

    Raises:
        ConfigError: It is neither.
    """
    found = value if isinstance(value, str) else a_path("source", value)
    if found is None or not str(found).strip():
        raise ConfigError("source takes a path or an address, and there is none", "name an article")
    return found


def a_path(name: str, value: object) -> Path | None:
    """A path, as Python's callers give it: text or anything that stands for a path; "~" is the user's home.

    Raises:
        ConfigError: It is something else; bytes, too, since a path is shown to people.
    """
    if value is None:
        return None
    try:
        found = os.fspath(value) if isinstance(value, os.PathLike) else value
        if not isinstance(found, str):
            require(name, found, str, "a path as text or as a Path")
        return path(found)
    except ValueError as error:
        raise ConfigError(f"{name} = {value!r} cannot be used: {error}", f"change {name}") from error


def word(value: object) -> str:
    """Text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("it must be a word")
    return value.strip()


def word_or_none(value: object) -> str:
    """Text that may be empty, for what can be switched off again."""
    return "" if value == "" else word(value)


def language(value: object) -> str:
    """A tag of a language (BCP 47), in its one spelling."""
    from narrate.core.language.tags import language_tag  # --help, which checks nothing, does without

    return language_tag(word(value))


def language_or_none(value: object) -> str:
    """A tag of a language (BCP 47), or nothing for the empty word."""
    return "" if value == "" else language(value)


def host(value: object) -> str:
    """A host's name, in small letters, as an address has it: a site of [clean.sites]."""
    name = word(value).lower()
    bare = name.partition("://")[2] or name
    bare = bare.partition("/")[0]
    if name != bare or not _HOST.fullmatch(name):
        example = bare if _HOST.fullmatch(bare) else "example.com"
        raise UnfitValue(
            "it must be the name of a host alone", f"write {example}, which stands for those below it, too"
        )
    return name


def uuid_or_none(value: object) -> str:
    """A UUID, or nothing for the empty word."""
    import uuid

    try:
        return "" if value == "" else str(uuid.UUID(word(value)))
    except ValueError as error:
        raise ValueError("it must be a UUID, such as 9b024349-ccf0-5f69-a609-6b82873eab3c") from error


def words(value: object) -> tuple[str, ...]:
    """A list of words."""
    if not isinstance(value, list | tuple):
        raise ValueError("it must be a list")
    return tuple(word(item) for item in value)


def patterns(value: object) -> tuple[str, ...]:
    """A list of regular expressions."""
    found = words(value)
    for item in found:
        try:
            re.compile(item)
        except re.error as error:
            raise ValueError(f"{item!r} is no regular expression: {error}") from error
    return found


@dataclass(frozen=True)
class OneOf:
    """A check of a word: one of a few; `takes` has them for people."""

    choices: tuple[str, ...]

    def __call__(self, value: object) -> str:
        """Return the word, or refuse it with the nearest choice as a hint."""
        if value not in self.choices:
            raise UnfitValue(f"it must be one of {', '.join(self.choices)}", did_you_mean(value, self.choices))
        return str(value)

    @property
    def takes(self) -> str:
        """The choices, for people to read."""
        return f"One of {', '.join(self.choices)}."


def one_of(*choices: str) -> OneOf:
    """One of a few words."""
    return OneOf(choices)


def path(value: object) -> Path:
    """A file or folder; "~" is the user's home."""
    if isinstance(value, Path):
        return value
    name = word(value)
    if "\0" in name:
        raise ValueError("no file can be called that")
    try:
        return Path(name).expanduser()
    except RuntimeError as error:  # "~somebody" who is no user here
        raise ValueError(f"the home folder in it is not known: {error}") from error


def path_or_none(value: object) -> Path | None:
    """A file, or nothing for the empty word."""
    return None if value == "" else path(value)


def paths(value: object) -> tuple[Path, ...]:
    """One file or a list of them."""
    return tuple(map(path, value)) if isinstance(value, list | tuple) else (path(value),)


def flag(value: object) -> bool:
    """True or false, also as the words that people write in variables."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in _FLAGS:
        return _FLAGS[value.strip().lower()]
    raise ValueError("it must be true or false")


def switch(value: object) -> str:
    """Return "on" or "off", or "auto" for what is left to the case at hand."""
    if isinstance(value, str) and value.strip().lower() == "auto":
        return "auto"
    try:
        return "on" if flag(value) else "off"
    except (TypeError, ValueError) as error:
        raise ValueError('it must be "on", "off" or "auto"') from error


def flag_or_word(value: object) -> bool | str:
    """True or false, or a text of one's own."""
    try:
        return flag(value)
    except ValueError:
        return word(value)


@dataclass(frozen=True)
class Number:
    """A check of a number: between two others; `takes` has them for people."""

    low: float
    high: float

    def __call__(self, value: object) -> float:
        """Return the number, whatever it was written as."""
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError("it must be a number")
        try:
            found = _float(value)
        except OverflowError:  # TOML's whole numbers have any length
            found = math.inf
        if not self.low <= found <= self.high:  # NaN fails this too
            raise ValueError(f"it must be between {self.low:g} and {self.high:g}")
        return found

    @property
    def takes(self) -> str:
        """The range, for people to read."""
        return f"A number from {self.low:g} to {self.high:g}."


@dataclass(frozen=True)
class Whole:
    """A check of a whole number: between two others; `takes` has them for people."""

    low: int
    high: int

    def __call__(self, value: object) -> int:
        """Return the number, whatever it was written as."""
        found = Number(self.low, self.high)(value)
        if found != int(found):
            raise ValueError("it must be a whole number")
        return int(found)

    @property
    def takes(self) -> str:
        """The range, for people to read."""
        return f"A whole number from {self.low} to {self.high}."


def _float(value: int | float | str) -> float:
    try:
        return float(value)
    except ValueError as error:  # its own words are those of a programming language
        raise ValueError("it must be a number") from error


def number(low: float, high: float) -> Number:
    """A number between two others."""
    return Number(low, high)


def whole(low: int, high: int) -> Whole:
    """A whole number between two others."""
    return Whole(low, high)
