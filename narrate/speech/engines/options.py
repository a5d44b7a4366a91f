"""An engine's own settings: what was given is held against what the engine declares (declaration.py).

What was given stands in Settings.engines; see core/settings/engine_values.py.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, replace
from pathlib import Path

from narrate.core.errors import ConfigError
from narrate.core.near_names import did_you_mean
from narrate.core.settings.engine_values import EngineValue, EngineValues
from narrate.core.settings.given import ENGINES_PREFIX, Place, is_of_a_service
from narrate.core.settings.model import Settings
from narrate.core.system.files import sha256_of
from narrate.speech.engines.declaration import EngineFactory, Option

# Of a version, enough that two values never meet.
_DIGEST_CHARS = 12


def options_in(settings: Settings, factory: EngineFactory) -> object:
    """Return the options of an engine: an instance of the dataclass that it declares.

    Args:
        settings: Their `engines` hold what was given; the last value of a key wins. Variables must be assigned.
        factory: Declares the engine.

    Raises:
        ConfigError: A key is unknown, a value cannot be used, or one that must be given is not.
    """
    values = _former(settings, factory) | _checked(settings.engines, factory)
    for option in factory.options:
        if option.default is MISSING and option.key not in values:
            raise ConfigError(
                f"the engine {factory.name} needs the setting {option.key}: {option.meaning}", _where(factory, option)
            )
    make: Callable[..., object] = factory.kind
    return make(**values)


def _where(factory: EngineFactory, option: Option) -> str:
    variable = f"{variable_prefix(factory.name)}{option.key.upper()}"
    return f"write {option.key} = … below [engines.{factory.name}] in narrate.toml, or set {variable}"


def _former(settings: Settings, factory: EngineFactory) -> dict[str, object]:
    """Values under the names that settings of narrate's own engines had before."""
    former = {option.key: getattr(settings, option.formerly) for option in factory.options if option.formerly}
    return {key: value for key, value in former.items() if value is not None}


def _checked(values: EngineValues, factory: EngineFactory) -> dict[str, object]:
    known = {option.key: option for option in factory.options}
    checked: dict[str, object] = {}
    for given in values:
        if given.engine != factory.name or given.value is None:
            continue
        if given.key in known:
            checked[given.key] = _value(given, known[given.key])
        elif not is_of_a_service(given.place.variable):  # as NARRATE_ENGINES_AZURE_SERVICE_HOST
            raise _unknown(given, factory)
    return checked


def _unknown(given: EngineValue, factory: EngineFactory) -> ConfigError:
    keys = [option.key for option in factory.options]
    place = given.place
    if not keys:
        return _has_none(given, factory.name)
    prefix = variable_prefix(factory.name) if place.variable else ""
    names = [key.upper() for key in keys] if place.variable else keys
    near = did_you_mean(given.key, names, before=prefix)
    hint = near or f"known keys: {', '.join(f'{prefix}{name}' for name in names)}"
    message = f"unknown setting {place.name(given.key)!r} of the engine {factory.name}{place.where}"
    return ConfigError(message, hint)


def _has_none(given: EngineValue, engine: str) -> ConfigError:
    place = given.place
    hint = f"unset {place.variable}" if place.variable else f"leave [engines.{engine}] out"
    return ConfigError(f"{place.name(given.key)}{place.where}: the engine {engine} has no settings of its own", hint)


def require_none_given(settings: Settings, engine: str) -> None:
    """Require that no table has settings of an engine that declares none; variables it may read by itself.

    Raises:
        ConfigError: One has.
    """
    for given in settings.engines:
        if given.engine == engine and not given.place.variable:
            raise _has_none(given, engine)


def _value(given: EngineValue, option: Option) -> object:
    """The value, checked.

    Raises:
        ConfigError: It cannot be used; a secret is not shown.
    """
    try:
        return option.check(given.value)
    except (TypeError, ValueError) as error:
        place = given.place
        if option.secret:
            # What the check says may hold the value as well, and so may the error that a traceback shows.
            raise ConfigError(
                f"{place.name(given.key)}{place.where} cannot be used: it is not {option.meaning!r}",
                f"change {place.name(given.key)}",
            ) from None
        hint = getattr(error, "hint", "") or f"change {place.name(given.key)}: {option.meaning}"
        raise ConfigError(f"{place.shown(given.key, given.value)} cannot be used: {error}", hint) from error


def variable_prefix(engine: str) -> str:
    """Return how variables of an engine begin: "NARRATE_ENGINES_MY_TTS_" of "my-tts"."""
    return f"{ENGINES_PREFIX}{re.sub(r'[^a-z0-9]', '_', engine.lower()).upper()}_"


def assigned(settings: Settings, engines: Iterable[str]) -> Settings:
    """Return settings whose variables of engines are each assigned to its engine.

    Args:
        settings: As they were gathered.
        engines: Names of all engines that there are. Where one's is the beginning of another's, as "azure" of
            "azure-hd", a variable is of the one with the longer name. One that is no engine's is left alone.

    Raises:
        ConfigError: A table [engines.NAME] is of no engine.
    """
    names = sorted(engines, key=len, reverse=True)
    return replace(settings, engines=tuple(_assigned(given, names) for given in settings.engines))


def _assigned(given: EngineValue, names: list[str]) -> EngineValue:
    if given.engine or not given.place.variable:
        if given.engine not in names:
            hint = did_you_mean(given.engine, names) or f"engines: {', '.join(sorted(names))}"
            raise ConfigError(f"no engine {given.engine!r}, whose settings stand{given.place.where}", hint)
        return given
    for name in names:
        key = given.key.removeprefix(variable_prefix(name).removeprefix(ENGINES_PREFIX).lower())
        if key != given.key:
            return replace(given, engine=name, key=key)
    return given


def deciding(options: object, factory: EngineFactory) -> str:
    """Return a digest of the values that decide how an engine sounds; "" where all are the defaults.

    A file counts by its content, wherever it lies, so that the same clips are good on every machine.
    """
    values = {
        option.key: _content(value)
        for option in factory.options
        if option.decides_sound and (value := getattr(options, option.key)) != option.default
    }
    if not values:
        return ""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:_DIGEST_CHARS]


def _content(value: object) -> object:
    if not isinstance(value, Path):
        return value
    return {"sha256": sha256_of(value)} if value.is_file() else str(value)


def sent(settings: Settings, factory: EngineFactory) -> dict[str, object]:
    """Return an engine's settings as JSON takes them, for a machine that is to make the same engine; no secrets.

    Raises:
        ConfigError: One cannot be used.
    """
    options = options_in(settings, factory)
    shown = {option.key: getattr(options, option.key) for option in factory.options if not option.secret}
    defaults = {option.key: option.default for option in factory.options}
    return {key: _plain(value) for key, value in shown.items() if value != defaults[key]}


def _plain(value: object) -> object:
    return str(value.absolute()) if isinstance(value, Path) else value


def received(values: Mapping[str, object], own: Settings, factory: EngineFactory) -> EngineValues:
    """Return what another machine sent, with the secrets of this one.

    Args:
        values: From `sent`.
        own: Settings of this machine, assigned.
        factory: Declares the engine.
    """
    secret = {option.key for option in factory.options if option.secret}
    mine = (given for given in own.engines if given.engine == factory.name and given.key in secret)
    return (*mine, *_given(factory.name, values))


def _given(engine: str, values: Mapping[str, object]) -> Iterator[EngineValue]:
    place = Place().below(f"engines.{engine}")
    return (EngineValue(engine, key, value, place) for key, value in values.items())
