"""Tags that players read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import av
import pytest
from mutagen.id3 import ID3
from support.clips import sine

from narrate.article import Metadata
from narrate.audio import encode_mp3, to_int16
from narrate.tag import tag

FULL = Metadata(
    title="x",
    author="Ана Берг",
    published=date(2024, 10, 25),
    language="en-GB",
    url="https://example.com/a?b=c",
    site="The Daily Light",
    source="a.txt",
    modified=date(2025, 1, 2),
)


@pytest.fixture
def mp3() -> Path:
    path = Path("a.mp3")
    encode_mp3([to_int16(sine(0.5))], 24_000, path, gain_db=0, limit_db=-1, bitrate_kbps=96)
    return path


def test_everything_that_is_known_is_written(mp3: Path) -> None:
    """In ID3v2.3, which has a frame each for year and day."""
    tag(mp3, FULL, title="Light — “at sea”", language="en-GB")

    tags = ID3(mp3, translate=False)
    assert tags.version == (2, 3, 0)
    assert {name: str(tags[name]) for name in ("TIT2", "TPE1", "TALB", "TYER", "TDAT", "TLAN", "TCON")} == {
        "TIT2": "Light — “at sea”",
        "TPE1": "Ана Берг",
        "TALB": "The Daily Light",
        "TYER": "2024",
        "TDAT": "2510",
        "TLAN": "eng",
        "TCON": "Podcast",
    }
    assert tags["WOAF"].url == "https://example.com/a?b=c"
    assert str(tags["TXXX:source"]) == "https://example.com/a?b=c"


def test_another_library_reads_them(mp3: Path) -> None:
    """FFmpeg's names for the same frames."""
    tag(mp3, FULL, title="Light — “at sea”", language="en")

    with av.open(str(mp3)) as container:
        read = dict(container.metadata)
    assert read["title"] == "Light — “at sea”"
    assert read["artist"] == "Ана Берг"
    assert read["album"] == "The Daily Light"
    assert read["language"] == "eng"
    assert read["date"].startswith("2024")


def test_what_is_not_known_is_not_invented(mp3: Path) -> None:
    """But for artist and album, by which players sort, and the day the file was changed."""
    tag(mp3, Metadata(source="a.txt", modified=date(2025, 1, 2)), title="A", language="tlh")

    tags = ID3(mp3, translate=False)
    assert sorted(tags) == ["TALB", "TCON", "TDAT", "TIT2", "TPE1", "TXXX:source", "TYER"]
    assert str(tags["TXXX:source"]) == "a.txt"
    assert str(tags["TYER"]) == "2025"


def test_no_date_at_all(mp3: Path) -> None:
    """Standard input was never changed on any day."""
    tag(mp3, Metadata(), title="A", language="en")

    assert not {"TYER", "TDAT", "TDRC", "TXXX:source", "WOAF"} & set(ID3(mp3, translate=False))
