"""The comments of Opus and FLAC."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from mutagen.flac import FLAC, Picture
from mutagen.oggopus import OggOpus
from support.clips import sine

from narrate.audio.codec import to_int16
from narrate.audio.encoder import encode
from narrate.core.article import Metadata
from narrate.core.episode import Chapter
from narrate.core.formats import FORMATS
from narrate.episode.tags import Marked, tag
from narrate.episode.tags.vorbis import jpeg_size_px

# The start of a picture of 1400 by 700 px: one other segment, then the frame header.
COVER = bytes.fromhex("ffd8 ffe00004aaaa ffc00011 08 02bc 0578 03") + bytes(100_000)

READERS: dict[str, Callable[[Path], Any]] = {"opus": OggOpus, "flac": FLAC}


def tagged(name: str, **options: Any) -> Any:
    path = Path("a.part")
    encode([to_int16(sine(0.5))], 24_000, path, format=FORMATS[name], gain_db=0, limit_db=-1)
    meta = Metadata(author="Ана Берг", published=date(2024, 10, 25), url="https://example.com/ä", site="Daily")
    tag(
        path, meta, title="Свет", language="en-GB", format=FORMATS[name], rate_hz=24_000, text="One.\n\nДва.", **options
    )
    return READERS[name](path)


@pytest.mark.parametrize("name", READERS)
def test_everything_that_is_known_is_written(name: str) -> None:
    """Once each, with times of chapters as clocks show them."""
    hour = 24_000 * 3600
    chapters = [
        Chapter("Первая", 0, hour),
        Chapter("東", hour + 24_000 * 61 + 12, 100 * hour),
        Chapter("C", 100 * hour, 1),
    ]

    assert sorted(tagged(name, chapters=chapters).tags) == [
        ("ALBUM", "Daily"),
        ("ARTIST", "Ана Берг"),
        ("CHAPTER000", "00:00:00.000"),
        ("CHAPTER000NAME", "Первая"),
        ("CHAPTER001", "01:01:01.000"),
        ("CHAPTER001NAME", "東"),
        ("CHAPTER002", "100:00:00.000"),
        ("CHAPTER002NAME", "C"),
        ("DATE", "2024-10-25"),
        ("DESCRIPTION", "One. Два."),
        ("GENRE", "Podcast"),
        ("LANGUAGE", "eng"),
        ("LYRICS", "One.\n\nДва."),
        ("NARRATE", Marked("Свет", "https://example.com/%C3%A4", "One.\n\nДва.").mark),
        ("SOURCE", "https://example.com/ä"),
        ("TITLE", "Свет"),
        ("URL", "https://example.com/%C3%A4"),
    ]


@pytest.mark.parametrize("name", READERS)
def test_the_cover(name: str) -> None:
    """A FLAC picture in both; an Opus file carries it in letters."""
    file = tagged(name, cover_jpeg=COVER)
    [picture] = (
        file.pictures
        if name == "flac"
        else [Picture(base64.b64decode(item)) for item in file["metadata_block_picture"]]
    )

    assert (picture.type, picture.mime, picture.data) == (3, "image/jpeg", COVER)
    assert (picture.width, picture.height, picture.depth) == (1400, 700, 24)


def test_opus_keeps_its_gain() -> None:
    """The header's gain and the track's are for files at another level than they should play at."""
    file = tagged("opus")

    assert Path("a.part").read_bytes()[28 + 16 : 28 + 18] == b"\x00\x00"
    assert not [key for key in file if key.lower().startswith("r128")]


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xc0", b"\x89PNG" + bytes(30), b"\xff\xd8\xff\xe0\x00\x00" * 5]
)
def test_a_picture_that_hides_its_size(data: bytes) -> None:
    """Is written without one."""
    assert jpeg_size_px(data) == (0, 0)
