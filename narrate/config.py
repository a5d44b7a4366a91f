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

from narrate import checks
from narrate.errors import ConfigError
from narrate.formats import FORMATS

CONFIG_NAME = "narrate.toml"
ENV_PREFIX = "NARRATE_"


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence after a chunk, in milliseconds, by what the chunk ends.

    A chunk that ends a block takes the pause of the block's kind; inside a block the pause is that of
    the break it was cut at. A clip keeps up to 0.1 s of its own quiet edges on top. Where sentences and
    clauses end inside a clip, the voice makes a pause of its own, which is lengthened where it is shorter.

    Attributes:
        heading_1_ms: After a heading of the first level; heading_3_ms is for the third and all deeper ones.
        before_heading_ms: Before a heading, whatever comes before it, unless that has a longer pause; before the
            outro, too.
        word_ms: Where a sentence without a single comma was too long and was cut between two words.
    """

    intro_ms: int = 1200
    title_ms: int = 900
    heading_1_ms: int = 850
    heading_2_ms: int = 750
    heading_3_ms: int = 650
    before_heading_ms: int = 1000
    paragraph_ms: int = 600
    list_item_ms: int = 450
    quote_ms: int = 600
    code_ms: int = 600
    table_ms: int = 600
    caption_ms: int = 600
    image_ms: int = 600
    footnote_ms: int = 600
    outro_ms: int = 0
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
class Music:
    """Sound before and after the reading.

    Attributes:
        before: A sound file; None for none.
        after: The same.
        below_lu: How much quieter than the voice it is.
        longest_ms: What is longer is faded out there.
        fade_ms: How long it fades in and out; it fades out under the first words and in under the last.
    """

    before: Path | None = None
    after: Path | None = None
    below_lu: float = 6.0
    longest_ms: int = 12_000
    fade_ms: int = 2000


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
        voice: Voice of that engine, a blend of several, or a language, a gender or both to choose by; None to choose
            by the article's language.
        gender: "female" or "male", where the voice is chosen; None for either.
        quote_voice: Voice for block quotes; empty for the same voice.
        speed: Speaking rate, 1.0 is the voice's own, 0.5 to 2.0.
        language: BCP 47 tag of the text; None to take the voice's language.
        output: Folder for episodes.
        jobs: Chunks spoken at once; None for as many as the engine and the machine take well.
        cache: Keep finished clips and take them from earlier runs.
        cache_dir: Where clips and models are kept; None for the user's cache folder.
        offline: Refuse everything that needs the network.
        loudness_lufs: Integrated loudness of the episode, mono measured as dual mono (EBU R128).
        true_peak_dbtp: Highest true peak of the episode.
        format: "mp3", "m4b", "opus", "flac" or "wav"; None for what the ending of `output` says, else MP3.
        bitrate_kbps: Bit rate of the file; None for the format's own.
        stereo: Two channels with the same sound.
        sidecars: Write transcripts, chapters and the cover beside the episode.
        srt_line_chars: Longest line of the SRT transcript.
        cover: "auto" for the article's picture or else a drawn one, "drawn", "none", or the path of a picture.
        intro: Say title, author, site and date first: True, or a template of one's own.
        outro: The same for the end.
        music: Sound before and after.
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
    gender: str | None = None
    quote_voice: str = ""
    speed: float = 1.0
    language: str | None = None
    output: Path = Path("output")
    jobs: int | None = None
    cache: bool = True
    cache_dir: Path | None = None
    offline: bool = False
    loudness_lufs: float = -16.0
    true_peak_dbtp: float = -1.0
    format: str | None = None
    bitrate_kbps: int | None = None
    stereo: bool = False
    sidecars: bool = True
    srt_line_chars: int = 32
    cover: str = "auto"
    intro: bool | str = False
    outro: bool | str = False
    kokoro_model: Path | None = None
    kokoro_voices: Path | None = None
    lexicon: tuple[Path, ...] = ()
    read_as: str | None = None
    allow_private: bool = False
    partial: bool = False
    table_max_cells: int = 60
    pauses: Pauses = field(default_factory=Pauses)
    blocks: BlockPolicies = field(default_factory=BlockPolicies)
    music: Music = field(default_factory=Music)
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
    "offline": checks.flag,
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

_spoken_or_not = checks.one_of("speak", "skip")
_any_policy = checks.one_of("speak", "announce", "skip")
_NEVER_ANNOUNCED = frozenset({"title", "heading", "paragraph", "list_item"})

# What each key of a table is checked with, by the name of the table.
_TABLES: Mapping[str, Mapping[str, Callable[[object], object]]] = {
    "pauses": {item.name: _pause_ms for item in fields(Pauses)},
    "music": _MUSIC,
    "blocks": {
        item.name: _spoken_or_not if item.name in _NEVER_ANNOUNCED else _any_policy for item in fields(BlockPolicies)
    },
}

# Other NARRATE_* variables may belong to other tools or later versions; only these are read.
_ENV_KEYS = frozenset(_CHECKS) | {f"{table}_{key}" for table, keys in _TABLES.items() for key in keys}
