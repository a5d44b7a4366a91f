"""ID3, for MP3 and WAV, in version 2.3: Apple loses the tags and chapters of 2.4 (radio-t-site PR #211).

Chapters are those of https://id3.org/id3v2-chapters-1.0.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from mutagen.id3 import (
    APIC,
    CHAP,
    COMM,
    CTOC,
    ID3,
    TALB,
    TCON,
    TDAT,
    TIT2,
    TLAN,
    TPE1,
    TXXX,
    TYER,
    USLT,
    WOAF,
    WXXX,
    CTOCFlags,
    Encoding,
    Frame,
    PictureType,
)

from narrate.core.formats import Format
from narrate.episode.tags.labels import GENRE, Labels
from narrate.episode.tags.mark import NAME

MINOR_VERSION = 3

# Comments and lyrics must name a language; the standard writes so where it is not known.
NO_LANGUAGE = "XXX"

# A chapter's place in bytes, where its time in milliseconds is what counts.
_NO_OFFSET = 0xFFFFFFFF

# A RIFF file of more bytes keeps its size in a chunk of its own (EBU Tech 3306).
_RIFF_MAX_BYTES = 0xFFFFFFFF


class _InOrder(ID3):
    """Writes frames in the order they were added; mutagen would sort them by size, chapters too (its issue #506)."""

    def _write(self, config: object) -> bytes:
        return b"".join(bytes(_alone(frame)._write(config)) for frame in dict(self).values())


def _alone(frame: Frame) -> ID3:
    tags = ID3()
    tags.add(frame)
    return tags


def write_mp3(path: Path, labels: Labels, format: Format) -> None:
    """Put the tag in front of an MP3."""
    _tags(labels).save(path, v1=0, v2_version=MINOR_VERSION)


def write_wav(path: Path, labels: Labels, format: Format) -> None:
    """Put the tag behind the sound of a WAV, in a chunk of its own."""
    data = io.BytesIO()
    _tags(labels).save(data, v1=0, v2_version=MINOR_VERSION, padding=lambda info: 0)
    with path.open("rb+") as file:
        _append_chunk(file, b"id3 ", data.getvalue())


def _tags(labels: Labels) -> ID3:
    tags: ID3 = _InOrder()  # type: ignore[no-untyped-call]  # mutagen's classes have no types
    for frames in (_texts(labels), _chapters(labels), _large(labels)):
        for frame in frames:
            tags.add(frame)
    return tags


def _texts(labels: Labels) -> Iterator[Frame]:
    utf16 = Encoding.UTF16
    yield TIT2(encoding=utf16, text=labels.title)
    yield TPE1(encoding=utf16, text=labels.artist)
    yield TALB(encoding=utf16, text=labels.album)
    yield TCON(encoding=utf16, text=GENRE)
    if labels.day:
        yield TYER(encoding=Encoding.LATIN1, text=f"{labels.day:%Y}".zfill(4))
        yield TDAT(encoding=Encoding.LATIN1, text=f"{labels.day:%d%m}")
    if labels.language_code:
        yield TLAN(encoding=Encoding.LATIN1, text=labels.language_code)
    if labels.url:
        yield WOAF(url=labels.url)
        yield WXXX(encoding=utf16, desc="", url=labels.url)
    if labels.source:
        yield TXXX(encoding=utf16, desc="source", text=labels.source)
        yield COMM(encoding=utf16, lang=labels.language_code or NO_LANGUAGE, desc="", text=labels.source)
    if labels.keywords:
        yield TXXX(encoding=utf16, desc="KEYWORDS", text=labels.keywords)
    yield TXXX(encoding=Encoding.LATIN1, desc=NAME, text=labels.mark)


def _chapters(labels: Labels) -> Iterator[Frame]:
    """The table of contents, without which Overcast shows no chapters, and then each of them."""
    if not labels.chapters:
        return
    names = [f"chp{index}" for index in range(len(labels.chapters))]
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    yield CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[_title(labels.title)])
    for name, span in zip(names, labels.chapters, strict=True):
        yield CHAP(
            element_id=name,
            start_time=span.start_ms,
            end_time=span.end_ms,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[_title(span.title)],
        )


def _title(text: str) -> Frame:
    return TIT2(encoding=Encoding.UTF16, text=text)


def _large(labels: Labels) -> Iterator[Frame]:
    """Yield the large frames, which stand last so that a player on the web has the rest soon."""
    if labels.text:
        lang = labels.language_code or NO_LANGUAGE
        yield USLT(encoding=Encoding.UTF16, lang=lang, desc="", text=labels.text)
    if labels.cover_jpeg:
        kind = PictureType.COVER_FRONT
        yield APIC(encoding=Encoding.LATIN1, mime="image/jpeg", type=kind, desc="", data=labels.cover_jpeg)


def _append_chunk(file: BinaryIO, name: bytes, data: bytes) -> None:
    """Add a chunk at the end of a RIFF or RF64 file and correct the file's size; chunks begin at even places."""
    file.seek(0)
    is_rf64 = file.read(4) == b"RF64"
    end = file.seek(0, os.SEEK_END)
    file.write(bytes(end % 2) + name + struct.pack("<I", len(data)) + data + bytes(len(data) % 2))
    riff_bytes = file.tell() - 8
    if is_rf64:  # ds64, the first chunk, holds the size
        file.seek(20)
        file.write(struct.pack("<Q", riff_bytes))
    elif riff_bytes > _RIFF_MAX_BYTES:
        raise OSError(f"{file.name} is too large for a WAV")
    else:
        file.seek(4)
        file.write(struct.pack("<I", riff_bytes))
