"""The rules for what stands in a sound file beside its sound: title, cover, chapters' table of contents."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from mutagen import id3
from mutagen.flac import FLAC, Picture, VCFLACDict
from mutagen.mp3 import MP3, BitrateMode, MPEGInfo
from mutagen.mp4 import MP4, MP4Tags
from mutagen.oggopus import OggOpus, OggOpusVComment
from mutagen.wave import WAVE

from narrate.check.cover import Looked, looked_at
from narrate.check.finding import APPLE_COVER, ID3, NARRATE, Rule

_LOG = logging.getLogger(__name__)

# narrate embeds 1400 pixels: a larger one makes every download longer, and players shrink it anyway.
EMBEDDED_MAX_PX = 1400


@dataclass(frozen=True, slots=True)
class Contents:
    """The chapters of an ID3 tag, by their element ids.

    Attributes:
        chapters: Which there are.
        listed: What the table of contents lists; None where there is no table.
        is_ordered: The table says that it is ordered.
        untitled: Those without a title; FFmpeg calls them by their ids.
    """

    chapters: tuple[str, ...]
    listed: tuple[str, ...] | None
    is_ordered: bool = True
    untitled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags by which a file speaks of itself.

    Attributes:
        problem: Why nothing of it can be read, "" where it can.
        title: Of the episode.
        id3_version: Such as (2, 3); None where the tag is of another kind, or there is none.
        cover: The picture in front.
        contents: Of an ID3 tag.
        stated_ms: How long the file says it is; None where it can only be guessed.
        bitrate_kbps: Of a lossy file.
        is_variable: The bit rate is not constant where it should be.
    """

    problem: str = ""
    title: str = ""
    id3_version: tuple[int, int] | None = None
    cover: Looked | None = None
    contents: Contents = Contents((), None)
    stated_ms: int | None = None
    bitrate_kbps: int = 0
    is_variable: bool = False


def read_tags(path: Path, format: str) -> Tags:
    """Read the tags of a file of one of narrate's formats; whatever it holds, this raises nothing."""
    try:
        return _READERS[format](path)
    except Exception as error:  # mutagen fails in many ways on foreign bytes, struct.error to MemoryError
        _LOG.debug("the tags of %s: %r", path, error)
        return Tags(problem="its tags are damaged")


class Sounding(Protocol):
    """The properties of a file's sound, as mutagen measured them."""

    @property
    def length(self) -> float:
        """Return its length in seconds."""


class Opened(Protocol):
    """A file that mutagen opened. Its classes declare what they find as None, until they have found it."""

    @property
    def info(self) -> Sounding | None:
        """Return what is known of the sound; there in each file that was opened."""

    @property
    def tags(self) -> object:
        """Return the tags, of a class for each kind; None where there are none."""


def _of_id3(tags: object) -> Tags:
    if not isinstance(tags, id3.ID3):
        return Tags()
    pictures = sorted(tags.getall("APIC"), key=lambda frame: frame.type != 3)
    title = tags.get("TIT2")
    return Tags(
        title=str(title or "").strip(),
        id3_version=tuple(tags.version[:2]),
        cover=looked_at(pictures[0].data, pictures[0].mime) if pictures else None,
        contents=_contents(tags),
    )


def _contents(tags: id3.ID3) -> Contents:
    tables = [frame for frame in tags.getall("CTOC") if int(frame.flags) & id3.CTOCFlags.TOP_LEVEL]
    frames = tags.getall("CHAP")
    return Contents(
        chapters=tuple(frame.element_id for frame in frames),
        listed=tuple(tables[0].child_element_ids) if tables else None,
        is_ordered=not tables or bool(int(tables[0].flags) & id3.CTOCFlags.ORDERED),
        untitled=frozenset(frame.element_id for frame in frames if not str(frame.sub_frames.get("TIT2", "")).strip()),
    )


def _mp3(path: Path) -> Tags:
    file = MP3(path)
    tags = _measured(_of_id3(file.tags), file)
    mode = _mode(file.info)
    if mode == BitrateMode.UNKNOWN:  # the length is guessed from the first packet
        tags = replace(tags, stated_ms=None)
    return replace(tags, is_variable=mode in (BitrateMode.VBR, BitrateMode.ABR))


def _mode(info: object) -> int:
    """One of BitrateMode's."""
    return info.bitrate_mode if isinstance(info, MPEGInfo) else BitrateMode.UNKNOWN


def _wav(path: Path) -> Tags:
    file = WAVE(path)
    return _measured(_of_id3(file.tags), file)


def _mp4(path: Path) -> Tags:
    file = MP4(path)
    return _measured(_of_atoms(file.tags), file)


def _of_atoms(tags: object) -> Tags:
    if not isinstance(tags, MP4Tags):
        return Tags()
    pictures = tags.get("covr", [])
    cover = looked_at(bytes(pictures[0]), "") if pictures else None
    return Tags(title=_first(tags.get("©nam")), cover=cover)


def _opus(path: Path) -> Tags:
    file = OggOpus(path)
    return _measured(_of_opus(file.tags), file)


def _of_opus(tags: object) -> Tags:
    if not isinstance(tags, OggOpusVComment):
        return Tags()
    pictures = [Picture(base64.b64decode(text)) for text in tags.get("metadata_block_picture", [])]
    return _of_comments(tags.get("title"), pictures)


def _flac(path: Path) -> Tags:
    file = FLAC(path)
    title = file.tags.get("title") if isinstance(file.tags, VCFLACDict) else None
    return _measured(_of_comments(title, file.pictures), file)


def _of_comments(title: list[str] | None, pictures: list[Picture]) -> Tags:
    in_front = sorted(pictures, key=lambda picture: picture.type != 3)
    cover = looked_at(in_front[0].data, in_front[0].mime) if in_front else None
    return Tags(title=_first(title), cover=cover)


def _first(values: list[str] | None) -> str:
    return str(values[0]).strip() if values else ""


def _measured(tags: Tags, file: Opened) -> Tags:
    bitrate_kbps = round((getattr(file.info, "bitrate", 0) or 0) / 1000)
    stated_ms = round(file.info.length * 1000) if file.info else None
    return replace(tags, stated_ms=stated_ms, bitrate_kbps=bitrate_kbps)


_READERS: Mapping[str, Callable[[Path], Tags]] = {"mp3": _mp3, "m4b": _mp4, "opus": _opus, "flac": _flac, "wav": _wav}


def _unreadable(tags: Tags) -> Iterator[str]:
    if tags.problem:
        yield tags.problem


def _no_title(tags: Tags) -> Iterator[str]:
    if not tags.problem and not tags.title:
        yield "it has no title in its tags, so players show the file's name"


def _old(tags: Tags) -> Iterator[str]:
    if tags.id3_version and tags.id3_version < (2, 3):
        yield f"its tag is ID3v{tags.id3_version[0]}.{tags.id3_version[1]}, not 2.3"


def _new(tags: Tags) -> Iterator[str]:
    if tags.contents.chapters and tags.id3_version == (2, 4):
        yield "its tag is ID3v2.4, of which Apple loses chapters with long titles; 2.3 is read everywhere"


def _no_cover(tags: Tags) -> Iterator[str]:
    if not tags.problem and tags.cover is None:
        yield "it has no cover in its tags, the only one that some players show"


def _bad_cover(tags: Tags) -> Iterator[str]:
    cover = tags.cover
    if cover is None:
        return
    if cover.problem:
        yield f"the cover in its tags cannot be used: {cover.problem}"
    elif cover.media_type and cover.media_type.lower() not in ("image/" + cover.format.lower(), "image/jpg"):
        yield f"the cover in its tags is {cover.format}, and its type says {cover.media_type}"
    elif cover.format not in ("JPEG", "PNG"):
        yield f"the cover in its tags is {cover.format}, neither JPEG nor PNG"


def _form_of_cover(tags: Tags) -> Iterator[str]:
    cover = tags.cover
    if cover is None or cover.problem:
        return
    if cover.width_px != cover.height_px:
        yield f"the cover in its tags is not square: {cover.size}"
    if cover.mode != "RGB":
        yield f"the colours of the cover in its tags are {cover.mode}, not RGB"


def _large_cover(tags: Tags) -> Iterator[str]:
    cover = tags.cover
    if cover and not cover.problem and max(cover.width_px, cover.height_px) > EMBEDDED_MAX_PX:
        yield f"the cover in its tags has {cover.size} pixels, more than {EMBEDDED_MAX_PX}"


def _no_table(tags: Tags) -> Iterator[str]:
    found = tags.contents
    if found.chapters and found.listed is None:
        yield "it has chapters and no table of contents (CTOC), so Apple and Overcast show none"


def _bad_table(tags: Tags) -> Iterator[str]:
    found = tags.contents
    if found.listed is None or not (found.chapters or found.listed):
        return
    if sorted(found.listed) != sorted(found.chapters):
        yield "its table of contents does not list its chapters"
    elif not found.is_ordered:
        yield "its table of contents is not marked as ordered"


TAG_RULES: tuple[Rule[Tags], ...] = (
    Rule("tags-readable", "error", NARRATE, "the tags can be read", _unreadable),
    Rule("tag-cover-readable", "error", APPLE_COVER, "the cover inside is a JPEG or PNG", _bad_cover),
    Rule("tag-contents", "error", ID3, "chapters come with a table of contents", _no_table),
    Rule("tag-contents-whole", "error", ID3, "the table lists all chapters, in order", _bad_table),
    Rule("tag-title", "warning", NARRATE, "there is a title inside", _no_title),
    Rule("tag-version", "warning", ID3, "ID3v2.3 or 2.4", _old),
    Rule("tag-version-chapters", "warning", NARRATE, "ID3v2.3 where there are chapters", _new),
    Rule("tag-cover", "warning", NARRATE, "there is a cover inside", _no_cover),
    Rule("tag-cover-form", "warning", APPLE_COVER, "the cover inside is square, RGB", _form_of_cover),
    Rule("tag-cover-size", "warning", NARRATE, "the cover inside has at most 1400 pixels", _large_cover),
)
