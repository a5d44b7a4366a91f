"""Settings: defaults < narrate.toml < NARRATE_* variables < flags, each checked where it comes in."""

from __future__ import annotations

import difflib
import os
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
    sentence_ms: int = 350
    clause_ms: int = 120
    word_ms: int = 0


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
        pauses: Silence by what a chunk ends.
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
    pauses: Pauses = field(default_factory=Pauses)

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
    user = platformdirs.user_config_path("narrate", appauthor=False) / CONFIG_NAME
    return tuple(path for path in (user, folder / CONFIG_NAME) if path.is_file())


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}", "fix the file or move it away") from error


def _nested(key: str, value: str) -> dict[str, Any]:
    return {"pauses": {key.removeprefix("pauses_"): value}} if key.startswith("pauses_") else {key: value}


def _apply(settings: Settings, values: Mapping[str, Any], where: str) -> Settings:
    checked: dict[str, Any] = {}
    for key, value in values.items():
        if key == "pauses":
            checked[key] = _pauses(settings.pauses, value, where)
        else:
            checked[key] = _checked(key, value, _CHECKS, where)
    return replace(settings, **checked)


def _pauses(pauses: Pauses, values: object, where: str) -> Pauses:
    if isinstance(values, Pauses):
        return values
    if not isinstance(values, Mapping):
        raise ConfigError(f"pauses in {where} is not a table", "write [pauses] and a line such as title_ms = 900")
    checks = {item.name: _pause_ms for item in fields(Pauses)}
    return replace(pauses, **{key: _checked(key, value, checks, where) for key, value in values.items()})


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


def _path(value: object) -> Path:
    return value if isinstance(value, Path) else Path(_text(value)).expanduser()


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
}

# Other NARRATE_* variables may belong to other tools or later versions; only these are read.
_ENV_KEYS = frozenset(_CHECKS) | {f"pauses_{item.name}" for item in fields(Pauses)}
