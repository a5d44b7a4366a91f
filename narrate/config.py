"""Settings: defaults < narrate.toml < NARRATE_* variables < flags, each checked where it comes in."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import platformdirs

from narrate.errors import ConfigError

CONFIG_NAME = "narrate.toml"
ENV_PREFIX = "NARRATE_"

# The MPEG-1 Layer III bit rates; LAME silently takes the nearest for any other number.
MP3_BITRATES_KBPS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence after a chunk, in milliseconds, by what the chunk ends.

    A chunk that ends a block takes the pause of the block's kind; inside a block the pause is that of
    the break it was cut at. A clip keeps up to 0.1 s of its own quiet edges on top.
    """

    title_ms: int = 900
    heading_ms: int = 750
    paragraph_ms: int = 600
    list_item_ms: int = 450
    quote_ms: int = 600
    code_ms: int = 600
    table_ms: int = 600
    caption_ms: int = 600
    image_ms: int = 600
    footnote_ms: int = 600
    sentence_ms: int = 350
    clause_ms: int = 120
    word_ms: int = 0


@dataclass(frozen=True, slots=True)
class BlockPolicies:
    """What becomes of a block, by its kind: "speak" it, "announce" that it is left out, or "skip" it.

    Only what a listener would miss without a word can be announced: a title, heading, paragraph or list item
    is spoken or skipped.
    """

    title: str = "speak"
    heading: str = "speak"
    paragraph: str = "speak"
    list_item: str = "speak"
    quote: str = "speak"
    code: str = "announce"
    table: str = "speak"
    caption: str = "skip"
    image: str = "skip"
    footnote: str = "speak"


@dataclass(frozen=True, slots=True)
class CleanChoices:
    """Where a user knows better than the cleaning rules.

    Attributes:
        keep: Names of rules that are not used.
        drop: Regular expressions; a block in which one is found is dropped.
    """

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a run can be told.

    Attributes:
        engine: Name of a registered engine.
        voice: Voice of that engine; None for the engine's default.
        speed: Speaking rate, 1.0 is the voice's own, 0.5 to 2.0.
        language: BCP 47 tag of the text; None to take the voice's language.
        output: Folder for episodes.
        jobs: Chunks spoken at once; None for as many as the engine and the machine take well.
        cache: Keep finished clips and take them from earlier runs.
        cache_dir: Where clips and models are kept; None for the user's cache folder.
        offline: Refuse everything that needs the network.
        loudness_lufs: Integrated loudness of the episode, mono measured as dual mono (EBU R128).
        true_peak_dbtp: Highest true peak of the episode.
        bitrate_kbps: Constant bit rate of the MP3.
        kokoro_model: Another Kokoro ONNX model file; None for the one that is installed.
        kokoro_voices: Another Kokoro voices file (.npz, or .bin of the same form); None for the shipped one.
        lexicon: Lexicon files, on top of those in the user's configuration folder and beside the article.
        read_as: "text", "markdown" or "html"; None to see it from the ending, the server or the text.
        allow_private: Fetch addresses of this machine and its network, too.
        partial: Speak what is there of a page that says it has more.
        table_max_cells: A table with more cells is announced, not read.
        pauses: Silence by what a chunk ends.
        blocks: What becomes of a block, by its kind.
        clean: Rules not to use and patterns to drop.
        clean_sites: The same for the articles of one host and those below it, such as "example.com".
    """

    engine: str = "kokoro"
    voice: str | None = None
    speed: float = 1.0
    language: str | None = None
    output: Path = Path("output")
    jobs: int | None = None
    cache: bool = True
    cache_dir: Path | None = None
    offline: bool = False
    loudness_lufs: float = -16.0
    true_peak_dbtp: float = -1.0
    bitrate_kbps: int = 96
    kokoro_model: Path | None = None
    kokoro_voices: Path | None = None
    lexicon: tuple[Path, ...] = ()
    read_as: str | None = None
    allow_private: bool = False
    partial: bool = False
    table_max_cells: int = 60
    pauses: Pauses = field(default_factory=Pauses)
    blocks: BlockPolicies = field(default_factory=BlockPolicies)
    clean: CleanChoices = field(default_factory=CleanChoices)
    clean_sites: tuple[tuple[str, CleanChoices], ...] = ()

    @property
    def cache_folder(self) -> Path:
        """The folder in use for clips and models."""
        return self.cache_dir or platformdirs.user_cache_path("narrate", appauthor=False)


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
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
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
    checks = {"keep": _texts, "drop": _patterns}
    new = {key: _checked(key, value, checks, where) for key, value in values.items()}
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


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("it must be a word")
    return value.strip()


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError("it must be a list")
    return tuple(_text(item) for item in value)


def _patterns(value: object) -> tuple[str, ...]:
    texts = _texts(value)
    for text in texts:
        try:
            re.compile(text)
        except re.error as error:
            raise ValueError(f"{text!r} is no regular expression: {error}") from error
    return texts


def _one_of(*words: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if value not in words:
            raise ValueError(f"it must be one of {', '.join(words)}")
        return str(value)

    return check


def _path(value: object) -> Path:
    return value if isinstance(value, Path) else Path(_text(value)).expanduser()


def _paths(value: object) -> tuple[Path, ...]:
    return tuple(map(_path, value)) if isinstance(value, list | tuple) else (_path(value),)


def _flag(value: object) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in words:
        return words[value.strip().lower()]
    raise ValueError("it must be true or false")


def _number(low: float, high: float) -> Callable[[object], float]:
    def check(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError("it must be a number")
        number = float(value)
        if not low <= number <= high:  # NaN fails this too
            raise ValueError(f"it must be between {low:g} and {high:g}")
        return number

    return check


def _whole(low: int, high: int) -> Callable[[object], int]:
    in_range = _number(low, high)

    def check(value: object) -> int:
        number = in_range(value)
        if number != int(number):
            raise ValueError("it must be a whole number")
        return int(number)

    return check


def _bitrate(value: object) -> int:
    number = _whole(32, 320)(value)
    if number not in MP3_BITRATES_KBPS:
        raise ValueError(f"MP3 knows {', '.join(map(str, MP3_BITRATES_KBPS))}")
    return number


_pause_ms = _whole(0, 10_000)

_CHECKS: Mapping[str, Callable[[object], object]] = {
    "engine": _text,
    "voice": _text,
    "speed": _number(0.5, 2.0),
    "language": _text,
    "output": _path,
    "jobs": _whole(1, 256),
    "cache": _flag,
    "cache_dir": _path,
    "offline": _flag,
    "loudness_lufs": _number(-40.0, -8.0),
    "true_peak_dbtp": _number(-20.0, 0.0),
    "bitrate_kbps": _bitrate,
    "kokoro_model": _path,
    "kokoro_voices": _path,
    "lexicon": _paths,
    "read_as": _one_of("text", "markdown", "html"),
    "allow_private": _flag,
    "partial": _flag,
    "table_max_cells": _whole(0, 100_000),
}

_spoken_or_not = _one_of("speak", "skip")
_any_policy = _one_of("speak", "announce", "skip")
_NEVER_ANNOUNCED = frozenset({"title", "heading", "paragraph", "list_item"})

# What each key of a table is checked with, by the name of the table.
_TABLES: Mapping[str, Mapping[str, Callable[[object], object]]] = {
    "pauses": {item.name: _pause_ms for item in fields(Pauses)},
    "blocks": {
        item.name: _spoken_or_not if item.name in _NEVER_ANNOUNCED else _any_policy for item in fields(BlockPolicies)
    },
}

# Other NARRATE_* variables may belong to other tools or later versions; only these are read.
_ENV_KEYS = frozenset(_CHECKS) | {f"{table}_{key}" for table, keys in _TABLES.items() for key in keys}
