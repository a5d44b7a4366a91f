"""Settings: defaults < narrate.toml < NARRATE_* variables < flags, each checked where it comes in."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import platformdirs

from narrate import checks, toml
from narrate.errors import ConfigError
from narrate.formats import FORMATS
from narrate.settings import BlockPolicies, CleanChoices, Music, Pauses, Podcast, Settings

__all__ = [
    "BlockPolicies",
    "CleanChoices",
    "Music",
    "Pauses",
    "Podcast",
    "Settings",
    "load_settings",
    "user_folder",
]

CONFIG_NAME = "narrate.toml"
ENV_PREFIX = "NARRATE_"


def load_settings(
    flags: Mapping[str, Any] | None = None,
    *,
    base: Settings | None = None,
    folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Gather settings from every place they may stand.

    Args:
        flags: Values from the command line or a caller, by field name; None values are passed over.
        base: Settings to put the flags on, instead of gathering them from files and variables.
        folder: Where a project's narrate.toml is looked for; the current folder by default.
        environ: Environment variables; those of the process by default.

    Raises:
        ConfigError: A key is unknown or a value cannot be used; says where it stands.
    """
    settings = base or _gathered(folder or Path(), os.environ if environ is None else environ)
    given = {key: value for key, value in (flags or {}).items() if value is not None}
    return _apply(settings, given, "the options given")


def _gathered(folder: Path, environ: Mapping[str, str]) -> Settings:
    settings = Settings()
    for path in _config_paths(folder):
        settings = _apply(settings, _read_toml(path), str(path))
    for name, value in sorted(environ.items()):
        if name.startswith(ENV_PREFIX) and (key := name.removeprefix(ENV_PREFIX).lower()) in _ENV_KEYS:
            settings = _apply(settings, _nested(key, value), name)
    return settings


def _config_paths(folder: Path) -> tuple[Path, ...]:
    return tuple(path for path in (user_folder() / CONFIG_NAME, folder / CONFIG_NAME) if path.is_file())


def user_folder() -> Path:
    """The user's configuration folder."""
    return platformdirs.user_config_path("narrate", appauthor=False)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return toml.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}", "fix the file or move it away") from error


def _nested(key: str, value: str) -> dict[str, Any]:
    table, _, name = key.partition("_")
    return {table: {name: value}} if table in _TABLES and name else {key: value}


def _apply(settings: Settings, values: Mapping[str, Any], where: str) -> Settings:
    checked: dict[str, Any] = {}
    for key, value in values.items():
        if key in _TABLES:
            checked[key] = _table(key, getattr(settings, key), value, where)
        elif key == "clean":
            checked |= _clean(settings, value, where)
        else:
            checked[key] = _checked(key, value, _CHECKS, where)
    return replace(settings, **checked)


def _table(name: str, current: Any, values: object, where: str) -> Any:
    if isinstance(values, type(current)):
        return values
    values = _mapping(name, values, where)
    checked = {key: _checked(key, value, _TABLES[name], f"[{name}] in {where}") for key, value in values.items()}
    return replace(current, **checked)


def _mapping(name: str, values: object, where: str) -> Mapping[str, Any]:
    if not isinstance(values, Mapping):
        raise ConfigError(f"{name} in {where} is not a table", f"write [{name}] and its keys on lines below")
    return values


def _clean(settings: Settings, values: object, where: str) -> dict[str, Any]:
    """The choices of [clean] are added to those of files and flags before, and so are those of each site."""
    if isinstance(values, CleanChoices):
        return {"clean": values}
    values = _mapping("clean", values, where)
    own = {key: value for key, value in values.items() if key != "sites"}
    sites = dict(settings.clean_sites)
    for host, choices in _mapping("clean.sites", values.get("sites", {}), where).items():
        own_of_site = _mapping(f'clean.sites."{host}"', choices, where)
        sites[host.lower()] = _added(sites.get(host.lower(), CleanChoices()), own_of_site, f"{where}, site {host}")
    return {"clean": _added(settings.clean, own, where), "clean_sites": tuple(sorted(sites.items()))}


def _added(before: CleanChoices, values: Mapping[str, object], where: str) -> CleanChoices:
    known = {"keep": checks.words, "drop": checks.patterns}
    new = {key: _checked(key, value, known, where) for key, value in values.items()}
    return CleanChoices(before.keep + new.get("keep", ()), before.drop + new.get("drop", ()))


def _checked(key: str, value: object, checks: Mapping[str, Callable[[object], Any]], where: str) -> Any:
    if key not in checks:
        near = difflib.get_close_matches(key, checks, n=1)
        hint = f"did you mean {near[0]}?" if near else f"known keys: {', '.join(checks)}"
        raise ConfigError(f"unknown setting {key!r} in {where}", hint)
    try:
        return checks[key](value)
    except (TypeError, ValueError) as error:
        raise ConfigError(f"{key} = {value!r} in {where} cannot be used: {error}", f"change {key}") from error


_pause_ms = checks.whole(0, 10_000)

_CHECKS: Mapping[str, Callable[[object], object]] = {
    "engine": checks.word,
    "voice": checks.word,
    "gender": checks.one_of("female", "male"),
    "quote_voice": checks.word_or_none,
    "speed": checks.number(0.5, 2.0),
    "language": checks.word,
    "output": checks.path,
    "jobs": checks.whole(1, 256),
    "cache": checks.flag,
    "cache_dir": checks.path,
    "shared_cache": checks.word_or_none,
    "offline": checks.flag,
    "fallback": checks.word,
    "strict": checks.flag,
    "loudness_lufs": checks.number(-40.0, -8.0),
    "true_peak_dbtp": checks.number(-20.0, 0.0),
    "format": checks.one_of(*FORMATS),
    "bitrate_kbps": checks.whole(8, 512),
    "stereo": checks.flag,
    "sidecars": checks.flag,
    "srt_line_chars": checks.whole(20, 100),
    "cover": checks.word,
    "intro": checks.flag_or_word,
    "outro": checks.flag_or_word,
    "kokoro_model": checks.path,
    "kokoro_voices": checks.path,
    "lexicon": checks.paths,
    "read_as": checks.one_of("text", "markdown", "html"),
    "allow_private": checks.flag,
    "partial": checks.flag,
    "table_max_cells": checks.whole(0, 100_000),
}

_MUSIC: Mapping[str, Callable[[object], Any]] = {
    "before": checks.path_or_none,
    "after": checks.path_or_none,
    "below_lu": checks.number(0.0, 40.0),
    "longest_ms": checks.whole(500, 120_000),
    "fade_ms": checks.whole(0, 20_000),
}

_PODCAST: Mapping[str, Callable[[object], Any]] = {
    "title": checks.word,
    "description": checks.word_or_none,
    "author": checks.word_or_none,
    "email": checks.word_or_none,
    "category": checks.word,
    "language": checks.word_or_none,
    "explicit": checks.flag,
    "copyright": checks.word_or_none,
    "link": checks.word_or_none,
    "cover": checks.path_or_none,
    "base_url": checks.word_or_none,
    "guid": checks.uuid_or_none,
    "locked": checks.flag,
    "keep_episodes": checks.whole(0, 1_000_000),
    "keep_days": checks.whole(0, 100_000),
    "notes": checks.one_of("article", "summary", "none"),
}

_spoken_or_not = checks.one_of("speak", "skip")
_any_policy = checks.one_of("speak", "announce", "skip")
_NEVER_ANNOUNCED = frozenset({"title", "heading", "paragraph", "list_item"})

# What each key of a table is checked with, by the name of the table.
_TABLES: Mapping[str, Mapping[str, Callable[[object], object]]] = {
    "pauses": {item.name: _pause_ms for item in fields(Pauses)},
    "music": _MUSIC,
    "podcast": _PODCAST,
    "blocks": {
        item.name: _spoken_or_not if item.name in _NEVER_ANNOUNCED else _any_policy for item in fields(BlockPolicies)
    },
}

# Other NARRATE_* variables may belong to other tools or later versions; only these are read.
_ENV_KEYS = frozenset(_CHECKS) | {f"{table}_{key}" for table, keys in _TABLES.items() for key in keys}
