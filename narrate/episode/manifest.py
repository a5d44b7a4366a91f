"""The manifest beside each episode: what it is, what it is made of, and the article as it was read.

A folder whose episodes have manifests is a library (library.py); feeds and pages are made from nothing else.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, date, datetime
from pathlib import Path

from narrate.core.article import Block, Metadata
from narrate.core.chapters import Span
from narrate.core.clean_text import one_line
from narrate.core.errors import ConfigError
from narrate.core.parsed import block_kind, count, items, mapping, text
from narrate.core.system.files import sha256_of

# A manifest of another number was written by a later narrate.
VERSION = 1

# No article has so much text; a larger file is no manifest.
MAX_BYTES = 64_000_000

_RECORD = "record"

# Where the part that grows with the article begins.
_FIRST_LIST = '"chapters": ['

# What speaking the source needs, and nobody else.
_OF_THE_SOURCE = ("lexicon", "origin")
_DAYS, _NUMBERS = ("published", "modified"), ("season", "episode")

# Of every block but a heading.
_FLAT = ("level", 0)


@dataclass(frozen=True, slots=True)
class Filed:
    """A file of an episode.

    Attributes:
        name: Its name in the episode's folder.
        size_bytes: Its size.
        sha256: Its checksum, in hexadecimal.
    """

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the article as a reader sees it, and whether it is spoken or only shown."""

    block: Block
    spoken: bool = True


@dataclass(frozen=True, slots=True)
class Maker:
    """The makers of an episode's sound: the version of narrate, the engine and its version, the voices, the speed."""

    narrate: str = ""
    engine: str = ""
    engine_version: str = ""
    voice: str = ""
    quote_voice: str = ""
    speed: float = 1.0


@dataclass(frozen=True, slots=True)
class Edition:
    """The form in which an article was spoken: the format, by its media type, and who speaks, and how fast."""

    media_type: str
    engine: str
    voice: str
    quote_voice: str
    speed: float


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that is known of an episode.

    Attributes:
        guid: Identity for feeds, for life.
        title: Never empty, one line.
        language: BCP 47 tag of the text.
        added: When the episode first came into its folder, UTC, whole seconds; for life. Feeds date it by this.
        duration_ms: Length of the sound.
        media_type: Of the sound, as feeds and servers name it.
        audio: The sound.
        sidecars: The files beside it, by the ending that follows the episode's name, such as ".vtt".
        meta: What is known of the article.
        origin: Tells the same source again: a checksum of the source's path or address; "" for standard input.
        chapters: In order, contiguous; none where there is nothing to tell apart.
        text: The article, in reading order; the intro and outro are part of it.
        maker: What made the sound.
    """

    guid: str
    title: str
    language: str
    added: datetime
    duration_ms: int
    media_type: str
    audio: Filed
    sidecars: Mapping[str, Filed] = field(default_factory=dict)
    meta: Metadata = field(default_factory=Metadata)
    origin: str = ""
    chapters: tuple[Span, ...] = ()
    text: tuple[Passage, ...] = ()
    maker: Maker = Maker()

    @property
    def stem(self) -> str:
        """The name of the files beside the sound, before their endings.

        That is the sound's name without its own ending, or with it where another format of that name was there first.
        """
        beside = (file.name.removesuffix(ending) for ending, file in self.sidecars.items())
        return next(beside, Path(self.audio.name).stem)

    @property
    def edition(self) -> Edition:
        """The features that tell two episodes of one article apart."""
        made = self.maker
        return Edition(self.media_type, made.engine, made.voice, made.quote_voice, made.speed)

    @property
    def files(self) -> tuple[Filed, ...]:
        """The sound and all sidecars."""
        return (self.audio, *self.sidecars.values())


def newest_first(episodes: Iterable[Manifest]) -> tuple[Manifest, ...]:
    """Episodes by the moment when they came into the folder; those of one moment always in the same order."""
    return tuple(sorted(episodes, key=lambda episode: (episode.added, episode.guid, episode.stem), reverse=True))


def filed(path: Path, name: str | None = None) -> Filed:
    """Measure a file; `name` is what it will be called, where it has another name for now."""
    return Filed(name or path.name, path.stat().st_size, sha256_of(path))


def to_json(manifest: Manifest, record: Mapping[str, object] | None = None) -> str:
    """The manifest as a file: a line for each field and each passage, ending with one line feed.

    Args:
        manifest: What feeds and pages are made of.
        record: How the episode was made, see provenance.py; nothing of narrate reads it.
    """
    values: dict[str, object] = {"narrate_manifest": VERSION}
    for item in fields(manifest):
        values[item.name] = getattr(manifest, item.name)
    values["added"] = manifest.added.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values["sidecars"] = {ending: asdict(file) for ending, file in manifest.sidecars.items()}
    lists = {name: list(map(_plain, values.pop(name))) for name in ("chapters", "text")}  # type: ignore[call-overload]
    lines = [f"{_dumped(name)}: {_dumped(_plain(value))}" for name, value in values.items()]
    lines += [_lines(name, items) for name, items in lists.items()]
    if record:
        inner = [_lines(name, value) for name, value in record.items()]
        lines.append(f"{_dumped(_RECORD)}: {{\n" + ",\n".join(inner) + "\n}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _lines(name: str, value: object) -> str:
    """A list has a line for each of its items, so that a person can read it and a change is a changed line."""
    if isinstance(value, list):
        return f"{_dumped(name)}: [" + ",".join(f"\n{_dumped(item)}" for item in value) + "\n]"
    return f"{_dumped(name)}: {_dumped(value)}"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _plain(value: object) -> object:
    """A dataclass as a dictionary of what it says; what says nothing is left out."""
    if isinstance(value, Passage):
        shown = {} if value.spoken else {"spoken": False}
        return {**_said(asdict(value.block)), **shown}
    if isinstance(value, Metadata):
        return _said({name: one for name, one in asdict(value).items() if name not in _OF_THE_SOURCE})
    if isinstance(value, (Filed, Maker, Span)):
        return _said(asdict(value))
    return value


def _said(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "", ()) and value is not False and (name, value) != _FLAT
    }


def from_json(data: str | bytes) -> Manifest:
    """Read a manifest back.

    Raises:
        ValueError: It is none, or is damaged, or was written by a later version; the message says what is wrong.
    """
    try:
        found = json.loads(data)
        if not isinstance(found, dict) or "narrate_manifest" not in found:
            raise ValueError("it is no manifest of narrate")
        if found.pop("narrate_manifest") != VERSION:
            raise ValueError("it was written by another version of narrate")
        return _manifest(found)
    except (KeyError, TypeError, AttributeError, RecursionError, UnicodeDecodeError) as error:
        raise ValueError(f"it is damaged: {error!r}") from error


def read_manifest(path: Path) -> Manifest:
    """Read the manifest in a file.

    Raises:
        ValueError: See from_json.
        OSError: The file cannot be read.
    """
    if path.stat().st_size > MAX_BYTES:
        raise ValueError("it is too large for a manifest")
    return from_json(path.read_bytes())


def read_head(path: Path) -> Manifest:
    """Read a manifest without its chapters and its text, which is quick for thousands of them.

    Raises:
        ValueError: See from_json.
        OSError: The file cannot be read.
    """
    lines: list[str] = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith(_FIRST_LIST):
                return from_json("".join(lines).rstrip().rstrip(",") + "}")
            lines.append(line)
    return read_manifest(path)  # somebody gave it another form


def _manifest(found: Mapping[str, object]) -> Manifest:
    manifest = Manifest(
        guid=_word(found["guid"]),
        title=_word(found["title"]),
        language=_word(found["language"]),
        added=datetime.strptime(text(found["added"]), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
        duration_ms=count(found["duration_ms"]),
        media_type=_word(found["media_type"]),
        audio=_filed(mapping(found["audio"])),
        sidecars={str(ending): _filed(mapping(file)) for ending, file in mapping(found.get("sidecars", {})).items()},
        meta=_metadata(mapping(found.get("meta", {}))),
        origin=str(found.get("origin", "")),
        chapters=tuple(_span(mapping(one)) for one in items(found.get("chapters", []))),
        text=tuple(_passage(mapping(one)) for one in items(found.get("text", []))),
        maker=_maker(mapping(found.get("maker", {}))),
    )
    stems = {Path(manifest.audio.name).stem, manifest.audio.name}
    beside = manifest.sidecars.items()
    if manifest.stem not in stems or any(file.name != manifest.stem + ending for ending, file in beside):
        raise ValueError("it names files of another episode")
    return manifest


def _word(value: object) -> str:
    if not isinstance(value, str) or not one_line(value):
        raise ValueError(f"it is damaged: {value!r} should be a word")
    return value


def _filed(found: Mapping[str, object]) -> Filed:
    """A file of this folder: a manifest may come from anywhere, and names nothing outside."""
    name = _word(found["name"])
    if name.startswith(".") or any(char in name for char in "/\\:\0\r\n"):
        raise ValueError(f"it is damaged: {name!r} is no name of an episode's file")
    return Filed(name, count(found["size_bytes"]), _word(found["sha256"]))


def _metadata(found: Mapping[str, object]) -> Metadata:
    """Return what is known of the article; each kind of value is taken as what it is."""
    apart = (*_DAYS, *_NUMBERS, *_OF_THE_SOURCE, "tags", "is_draft")
    names = [item.name for item in fields(Metadata) if item.name not in apart]
    words = {name: str(found[name]) for name in names if found.get(name)}
    days = {name: _day(str(found.get(name) or "")) for name in _DAYS}
    numbers = {name: count(found[name]) for name in _NUMBERS if found.get(name) is not None}
    tags = tuple(map(str, items(found.get("tags", []))))
    return replace(Metadata(tags=tags, is_draft=found.get("is_draft") is True), **words, **days, **numbers)  # type: ignore[arg-type]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _span(found: Mapping[str, object]) -> Span:
    return Span(str(found.get("title", "")), count(found["start_ms"]), count(found["end_ms"]))


def _passage(found: Mapping[str, object]) -> Passage:
    rows = tuple(tuple(map(str, items(row))) for row in items(found.get("rows", [])))
    block = Block(block_kind(found["kind"]), str(found.get("text", "")), count(found.get("level", 0)), rows)
    return Passage(block, bool(found.get("spoken", True)))


def _maker(found: Mapping[str, object]) -> Maker:
    words = {item.name: str(found.get(item.name, "")) for item in fields(Maker) if item.name != "speed"}
    speed = found.get("speed", 1.0)
    if not isinstance(speed, int | float | str):
        raise ValueError(f"it is damaged: {speed!r} should be a number")
    return Maker(**words, speed=float(speed))


def added_now() -> datetime:
    """Return when a new episode came: now, in whole seconds.

    Or at SOURCE_DATE_EPOCH, where builds are to be repeated (reproducible-builds.org).

    Raises:
        ConfigError: The variable holds no time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.fromtimestamp(int(epoch) if epoch.isdecimal() else int(time.time()), UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise ConfigError(f"SOURCE_DATE_EPOCH={epoch} is no time", "give seconds since 1970, or unset it") from error
