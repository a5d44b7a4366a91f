"""Tags that cannot be read, or are too old."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mutagen.flac import FLAC, Picture
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from support.shelves import picture, write_episode, write_sound

from narrate.check import check
from narrate.check.tags import read_tags


def found(path: Path) -> set[str]:
    return {finding.rule for finding in check(path)} - {"manifest-missing", "audio-format"}


def test_an_old_tag(tmp_path: Path) -> None:
    """ID3v2.2 has other names for everything."""
    path = write_sound(tmp_path / "a.mp3")
    body = b"TT2\x00\x00\x02\x00A" + bytes(20)
    path.write_bytes(b"ID3\x02\x00\x00\x00\x00\x00" + bytes([len(body)]) + body + path.read_bytes())

    assert found(path) == {"tag-version", "tag-cover"}


def test_tags_that_cannot_be_read(tmp_path: Path) -> None:
    """Are told of, and nothing that would be in them is missed."""
    path = write_episode(tmp_path / "a.opus")
    file: Any = OggOpus(path)
    file["metadata_block_picture"] = "no picture"
    file.save()

    assert found(path) == {"tags-readable"}


def test_no_tags(tmp_path: Path) -> None:
    """In each format, no title and no cover."""
    for ending, kind in (("m4b", MP4), ("opus", OggOpus), ("flac", FLAC)):
        path = write_episode(tmp_path / f"a.{ending}")
        file: Any = kind(path)
        file.delete()
        if ending == "flac":
            file.clear_pictures()
            file.save()
        assert {"tag-title", "tag-cover"} <= found(path)


def test_the_cover_in_front(tmp_path: Path) -> None:
    """Is the one that is looked at."""
    path = write_episode(tmp_path / "a.flac")
    file: Any = FLAC(path)
    other = Picture()
    other.type, other.mime, other.data = 4, "image/jpeg", picture((300, 100))
    pictures = [other, *file.pictures]
    file.clear_pictures()
    for one in pictures:
        file.add_picture(one)
    file.save()

    assert found(path) == set()


@pytest.mark.parametrize("ending", ["mp3", "m4b", "opus", "flac", "wav"])
def test_what_is_read(ending: str, tmp_path: Path) -> None:
    """Title, cover and length."""
    tags = read_tags(write_episode(tmp_path / f"a.{ending}"), ending)

    assert tags.title == "A tone"
    assert tags.cover and tags.cover.size == "1400 x 1400"
    assert tags.stated_ms is not None and abs(tags.stated_ms - 2000) < 50
