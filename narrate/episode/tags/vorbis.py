"""Vorbis comments, for Opus (RFC 7845) and FLAC (RFC 9639).

Chapters are written as players of both read them, https://wiki.xiph.org/Chapter_Extension.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

from mutagen.flac import FLAC, Picture, VCFLACDict
from mutagen.id3 import PictureType
from mutagen.oggopus import OggOpus, OggOpusVComment

from narrate.core.formats import Format
from narrate.core.timecode import timecode
from narrate.episode.tags.labels import GENRE, Labels
from narrate.episode.tags.mark import NAME


def write_opus(path: Path, labels: Labels, format: Format) -> None:
    """Write the comments of an Opus file, its cover among them. Its gain stays 0: the sound has its level."""
    file = OggOpus(path)
    comments = list(_comments(labels))
    if labels.cover_jpeg:
        comments.append(("METADATA_BLOCK_PICTURE", base64.b64encode(_picture(labels).write()).decode()))
    _put(comments, file.tags)
    file.save()


def write_flac(path: Path, labels: Labels, format: Format) -> None:
    """Write the comments of a FLAC file, and its cover in a block of its own."""
    file = FLAC(path)
    if file.tags is None:
        file.add_tags()
    _put(list(_comments(labels)), file.tags)
    if labels.cover_jpeg:
        file.add_picture(_picture(labels))
    file.save()


def _put(comments: list[tuple[str, str]], tags: object) -> None:
    """Put comments in the place of those of a file; mutagen's classes declare them as None, until they are read."""
    if not isinstance(tags, OggOpusVComment | VCFLACDict):
        raise TypeError(f"comments cannot be put into {tags!r}")
    tags[:] = comments


def _comments(labels: Labels) -> Iterator[tuple[str, str]]:
    texts = {
        "TITLE": labels.title,
        "ARTIST": labels.artist,
        "ALBUM": labels.album,
        "GENRE": GENRE,
        "DATE": labels.day.isoformat() if labels.day else "",
        "LANGUAGE": labels.language_code,
        "URL": labels.url,
        "SOURCE": labels.source,
        "DESCRIPTION": labels.opening,
        "KEYWORDS": labels.keywords,
        "LYRICS": labels.text,
        NAME.upper(): labels.mark,
    }
    yield from ((name, text) for name, text in texts.items() if text)
    for index, span in enumerate(labels.chapters):
        yield f"CHAPTER{index:03}", timecode(span.start_ms)
        yield f"CHAPTER{index:03}NAME", span.title


def _picture(labels: Labels) -> Picture:
    picture = Picture()
    picture.type = PictureType.COVER_FRONT
    picture.mime = "image/jpeg"
    picture.width, picture.height = jpeg_size_px(labels.cover_jpeg)
    picture.depth = 24
    picture.data = labels.cover_jpeg
    return picture


def jpeg_size_px(data: bytes) -> tuple[int, int]:
    """Width and height from a JPEG's frame header (ITU T.81, B.2.2); (0, 0), which means unknown, without one."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        # SOF0 to SOF15 hold the size; C4, C8 and CC among them are other things.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[place + 7 : place + 9]), int.from_bytes(data[place + 5 : place + 7])
        place += 2 + int.from_bytes(data[place + 2 : place + 4])
    return 0, 0
