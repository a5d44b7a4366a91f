"""Settings: defaults < narrate.toml < NARRATE_* variables < flags, each checked where it comes in."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from narrate.core import toml
from narrate.core.errors import ConfigError
from narrate.core.near_names import did_you_mean
from narrate.core.settings import checks
from narrate.core.settings.declaration import ENV_PREFIX, Check, Table, Value, changed, declared_in
from narrate.core.settings.engine_values import value_in_variable, values_in_tables
from narrate.core.settings.given import Place, is_setting
from narrate.core.settings.model import TABLES, Settings, declared, users_folder
from narrate.core.settings.tables import BlockPolicies, CleanChoices, Music, Pauses, Podcast

__all__ = [
    "BlockPolicies",
    "CleanChoices",
    "Music",
    "Pauses",
    "Podcast",
    "Settings",
    "load_settings",
    "user_folders",
]

CONFIG_NAME = "narrate.toml"


def load_settings(
    flags: Mapping[str, object] | None = None,
    *,
    base: Settings | None = None,
    folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
    flag_of: Callable[[str], str] | None = None,
) -> Settings:
    """Gather settings from every place they may stand.

    Args:
        flags: Values from the command line or a caller, by field name; None values are passed over.
        base: Settings to put the flags on, instead of gathering them from files and variables.
        folder: Where a project's narrate.toml is looked for; the current folder by default.
        environ: Environment variables; those of the process by default.
        flag_of: The flag that gave one of `flags`, such as "--bitrate" for "bitrate_kbps" or "--title" for
            "podcast_title", to be named in messages; "" for one that no flag gave.

    Raises:
        ConfigError: A key or variable is unknown, or a value cannot be used; says where it stands.
    """
    checks.require("flags", flags, Mapping, "settings by their names")
    checks.require("base", base, Settings, "Settings")
    checks.require("folder", folder, Path, "a Path")
    checks.require("environ", environ, Mapping, "variables by their names")
    settings = base or _gathered(folder or Path(), os.environ if environ is None else environ)
    given = {key: value for key, value in (flags or {}).items() if value is not None}
    if _ASKED_VOICE & given.keys():
        given = {"own_voice": False, **given}
    return _apply(settings, given, Place(flag_of=flag_of))


def _gathered(folder: Path, environ: Mapping[str, str]) -> Settings:
    settings = Settings()
    for path in _config_paths(folder):
        settings = _apply(settings, _read_toml(path), Place(file=str(path)))
    for name, value in sorted(environ.items()):
        if is_setting(name, _ENV_NAMES):
            values = _nested(name.removeprefix(ENV_PREFIX).lower(), value)
            settings = _apply(settings, values, Place(variable=name))
        settings = replace(settings, engines=settings.engines + value_in_variable(name, value))
    return settings


def _config_paths(folder: Path) -> tuple[Path, ...]:
    return tuple(own / CONFIG_NAME for own in (*user_folders(), folder) if _is_file(own / CONFIG_NAME))


def user_folders() -> tuple[Path, ...]:
    """Return the user's configuration folder, if there is one and this process may look into it.

    A service may run with the HOME of another user, whose settings are not meant for it.
    """
    own = users_folder("config")
    return (own,) if own and os.access(own, os.R_OK | os.X_OK) else ()


def _is_file(path: Path) -> bool:
    """Tell whether a path is a file, also where a folder on the way is closed to us: Path.is_file raises an error."""
    return os.path.isfile(path)


def _read_toml(path: Path) -> Mapping[str, object]:
    try:
        return toml.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}", "fix the file or move it away") from error


def _nested(key: str, value: str) -> Mapping[str, object]:
    table, _, name = key.partition("_")
    return {table: {name: value}} if table in _TABLES and name else {key: value}


def _apply(settings: Settings, values: Mapping[str, object], place: Place) -> Settings:
    checked: dict[str, object] = {}
    for key, value in values.items():
        checks.require("key", key, str, "the name of a setting")
        if key in _TABLES:
            checked[key] = _table(key, getattr(settings, key), value, place)
        elif key == "clean":
            checked |= _clean(settings, value, place)
        elif key == "engines":
            checked["engines"] = settings.engines + values_in_tables(value, place)
        else:
            checked[key] = _checked(key, value, _CHECKS, place)
    return changed(settings, checked)


def _table(name: str, current: Table, values: object, place: Place) -> Table:
    if isinstance(values, type(current)):
        return values
    values, below = _mapping(name, values, place), place.below(name)
    return changed(current, {key: _checked(key, value, _TABLES[name], below) for key, value in values.items()})


def _mapping(name: str, values: object, place: Place) -> Mapping[str, object]:
    if not isinstance(values, Mapping):
        message = f"{place.shown(name, values)} cannot be used: it is not a table"
        raise ConfigError(message, f"write [{name}] and its keys on lines below")
    return values


def _clean(settings: Settings, values: object, place: Place) -> dict[str, object]:
    """The choices of [clean] are added to those of files and flags before, and so are those of each site."""
    if isinstance(values, CleanChoices):
        return {"clean": values}
    values, below = _mapping("clean", values, place), place.below("clean")
    own = {key: value for key, value in values.items() if key != "sites"}
    sites = dict(settings.clean_sites)
    for host, choices in _mapping("clean.sites", values.get("sites", {}), place).items():
        name = f'clean.sites."{host}"'
        key = _checked(name, host, {name: checks.host}, place)
        sites[key] = _added(sites.get(key, CleanChoices()), _mapping(name, choices, place), place.below(name))
    return {"clean": _added(settings.clean, own, below), "clean_sites": tuple(sorted(sites.items()))}


def _added(before: CleanChoices, values: Mapping[str, object], place: Place) -> CleanChoices:
    new = {key: _checked(key, value, _CLEAN, place) for key, value in values.items()}
    keep, drop, lines = (checks.words(new.get(key, ())) for key in ("keep", "drop", "keep_lines"))
    strictness = new.get("strictness", before.strictness)
    stated = strictness if isinstance(strictness, str) else None
    return CleanChoices(before.keep + keep, before.drop + drop, before.keep_lines + lines, stated)


def _checked(key: str, value: object, known: Mapping[str, Callable[[object], Value]], place: Place) -> Value:
    if key not in known:
        hint = _meant_table(key, place) if isinstance(value, Mapping) else _meant(key, known, place)
        raise ConfigError(f"unknown setting {key!r}{place.where}", hint)
    try:
        return known[key](value)
    except (TypeError, ValueError) as error:
        hint = getattr(error, "hint", "") or f"change {place.name(key)}"
        raise ConfigError(f"{place.shown(key, value)} cannot be used: {error}", hint) from error


def _meant(key: str, known: Iterable[str], place: Place) -> str:
    """Return a hint at the key that may be meant by one that is not known there: another there, or of another table."""
    if near := did_you_mean(key, known, nearness=0.75):
        return near
    for table, keys in _KEYS.items():
        if key in keys:
            return f"write it below [{table}]"
    if key in _CHECKS and place.table:
        return "write it above the first [table]"
    return did_you_mean(key, known) or f"known keys: {', '.join(known)}"


def _meant_table(name: str, place: Place) -> str:
    """Return a hint at the table that may be meant; only [clean] has tables below it."""
    if place.table:
        no_tables = f"[{place.table}] has no table of that name"
        return (did_you_mean(name, ["sites"]) if place.table == "clean" else "") or no_tables
    tables = [*_KEYS, "clean.sites", "engines"]
    return did_you_mean(f"[{name}]", [f"[{table}]" for table in tables]) or f"tables: {', '.join(tables)}"


# What is known, as it is declared: the check of each setting above the tables, and of each key of each table.
_CHECKS: Mapping[str, Check] = {one.name: one.setting.check for one in declared_in(Settings) if one.setting.check}
_KEYS: Mapping[str, Mapping[str, Check]] = {
    name: {one.name: one.setting.check for one in declared_in(kind) if one.setting.check}
    for name, kind in TABLES.items()
}

# What is asked for here wins over the voice that an article names.
_ASKED_VOICE = {"voice", "gender"}

# [clean] alone adds up, and has tables of its own below it.
_CLEAN = _KEYS["clean"]
_TABLES = {name: keys for name, keys in _KEYS.items() if name != "clean"}

_ENV_NAMES = frozenset(one.variable for one in declared() if one.variable)
