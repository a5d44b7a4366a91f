"""Declarations of engines by packages: name, factory, own settings, the contract they are written for."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, overload

from narrate.core.settings import checks

if TYPE_CHECKING:
    from narrate.speech.engines.base import Engine

# Of the contract between narrate and engines. It grows by one when an engine that is written for the one before would
# not work any more; what engines need not heed (an ability, a field with a default) leaves it as it is.
API_VERSION = 1

# An engine's name is typed, is a table's in narrate.toml and a part of a variable's.
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")

# As far as TOML's whole numbers reach, and floats with room for a calculation.
_WHOLE_MOST = 2**63 - 1
_NUMBER_MOST = 1e300

_BY_KIND: Mapping[object, Callable[[object], object]] = {
    str: checks.word,
    bool: checks.flag,
    int: checks.whole(-_WHOLE_MOST, _WHOLE_MOST),
    float: checks.number(-_NUMBER_MOST, _NUMBER_MOST),
    Path: checks.path,
    tuple[str, ...]: checks.words,
}


# Of an option: what its field holds, and what its own check is given.
Value = TypeVar("Value")
Given = TypeVar("Given")

# The dataclass of an engine's options.
Options = TypeVar("Options")


@dataclass(frozen=True, slots=True)
class Run:
    """The run that an engine is made for.

    Attributes:
        cache_folder: Where files can be kept between runs, in a folder of the engine's own; None for nowhere.
        keep: Whether anything may be kept there.
        offline: The network must not be used; an engine with `online` true is refused then.
    """

    cache_folder: Path | None
    keep: bool
    offline: bool


@dataclass(frozen=True, slots=True)
class Option:
    """A setting that an engine declares.

    Attributes:
        key: Its name, in [engines.NAME] of narrate.toml and, in capitals, in NARRATE_ENGINES_NAME_KEY.
        meaning: One line, for people.
        default: Where none is given; `dataclasses.MISSING` for one that must be given.
        check: Turns what was given into the value, or raises ValueError.
        decides_sound: Clips with another value of it are others.
        secret: Its value is shown nowhere, sent nowhere and never a part of a clip's name.
        formerly: Name of the setting of narrate's own that it was before, and that is heeded where it is not given.
    """

    key: str
    meaning: str
    default: object
    check: Callable[[object], object]
    decides_sound: bool
    secret: bool
    formerly: str


@overload
def option(
    default: Value,
    *,
    meaning: str,
    check: Callable[[Given], object] | None = None,
    decides_sound: bool = True,
    secret: bool = False,
    formerly: str = "",
) -> Value: ...


@overload
def option(
    *,
    meaning: str,
    check: Callable[[Value], object] | None = None,
    decides_sound: bool = True,
    secret: bool = False,
    formerly: str = "",
) -> Value: ...


def option(
    default: object = MISSING,
    *,
    meaning: str,
    check: Callable[[Given], object] | None = None,
    decides_sound: bool = True,
    secret: bool = False,
    formerly: str = "",
) -> object:
    """Return a field of a dataclass of options, as `pitch_hz: float = option(220.0, meaning="Pitch of the beep.")`.

    Its type, which is str, bool, int, float, Path, tuple[str, ...] or one of them "| None", says what can be given.

    Args:
        default: Where none is given; left out, the setting must be given.
        meaning: One line, for people.
        check: Takes a value of the type and returns the one to use; what it raises as ValueError ends the sentence
            "… cannot be used: ".
        decides_sound: False if the same text sounds the same whatever the value is. Values that are not the default
            are part of the engine's version, files by their content; clips are kept by it.
        secret: For a key or a password: shown nowhere, sent to no worker of a cluster (each has its own), and no
            part of the version.
        formerly: For narrate's own engines: an older name of the setting.
    """
    noted = {"meaning": meaning, "check": check, "sound": decides_sound and not secret, "secret": secret}
    return dataclasses.field(default=default, repr=not secret, metadata=noted | {"formerly": formerly})


@dataclass(frozen=True)
class NoOptions:
    """The options of an engine without settings of its own."""


Make = Callable[[object, Run], "Engine"]


@dataclass(frozen=True, slots=True)
class EngineFactory:
    """A declared engine: what an entry point of the group narrate.engines names.

    Attributes:
        name: What --engine takes; the same as of the entry point and of the engine.
        make: Takes an instance of `kind` and the run; gives the engine.
        kind: A frozen dataclass whose fields are the engine's own settings.
        options: The same, read.
        api_version: Of the contract that it is written for.
    """

    name: str
    make: Make
    kind: type
    options: tuple[Option, ...]
    api_version: int


@overload
def engine_factory(
    name: str, *, api_version: int = API_VERSION
) -> Callable[[Callable[[NoOptions, Run], Engine]], EngineFactory]: ...


@overload
def engine_factory(
    name: str, *, options: type[Options], api_version: int = API_VERSION
) -> Callable[[Callable[[Options, Run], Engine]], EngineFactory]: ...


def engine_factory(
    name: str, *, options: type = NoOptions, api_version: int = API_VERSION
) -> Callable[[Callable[[Options, Run], Engine]], EngineFactory]:
    """Declare a function as what makes an engine; the entry point names the function.

    Args:
        name: What --engine takes: small letters, digits, and - or _ between them.
        options: A frozen dataclass, each of whose fields is an `option`.
        api_version: Of the contract that the engine is written for.

    Raises:
        TypeError: The declaration is none; for the engine's author.
    """
    if not _NAME.fullmatch(name):
        raise TypeError(f"{name!r} is no name for an engine: small letters, digits, - or _ between them")
    declared = tuple(map(_option, *_fields(options))) if options is not NoOptions else ()
    return lambda make: EngineFactory(name, _of_kind(options, make), options, declared, api_version)


def _of_kind(kind: type[Options], make: Callable[[Options, Run], Engine]) -> Make:
    """Return a maker that takes options of one kind and no others."""

    def made(options: object, run: Run) -> Engine:
        if not isinstance(options, kind):
            raise TypeError(f"the options {options!r} are no {kind.__name__}")
        return make(options, run)

    return made


def _fields(options: type) -> tuple[tuple[dataclasses.Field[object], ...], list[object]]:
    """The fields of a dataclass, and the type of each.

    Raises:
        TypeError: It is no frozen dataclass.
    """
    if not dataclasses.is_dataclass(options) or not options.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        raise TypeError(f"the options {options!r} are no frozen dataclass")
    kinds = typing.get_type_hints(options)
    found = dataclasses.fields(options)
    return found, [kinds[field.name] for field in found]


def _option(field: dataclasses.Field[object], kind: object) -> Option:
    noted = field.metadata
    if "meaning" not in noted:
        raise TypeError(f"the field {field.name} is no option: write {field.name}: ... = option(..., meaning=...)")
    parts = [part for part in _alternatives(kind) if part is not type(None)]
    if len(parts) != 1 or parts[0] not in _BY_KIND:
        raise TypeError(f"the option {field.name} has the type {kind}, which no setting can have")
    check = _both(_BY_KIND[parts[0]], noted["check"])
    sound, secret = noted["sound"], noted["secret"]
    return Option(field.name, noted["meaning"], field.default, check, sound, secret, noted["formerly"])


def _alternatives(kind: object) -> tuple[object, ...]:
    is_union = typing.get_origin(kind) in (typing.Union, types.UnionType)
    return typing.get_args(kind) if is_union else (kind,)


def _both(first: Callable[[object], Given], then: Callable[[Given], object] | None) -> Callable[[object], object]:
    return (lambda value: then(first(value))) if then else first
