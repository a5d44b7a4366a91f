"""The tags of M4B and M4A."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import av
import pytest
from mutagen.mp4 import MP4, MP4Cover
from support.clips import sine

from narrate.audio.codec import to_int16
from narrate.audio.encoder import encode
from narrate.core.article import Metadata
from narrate.core.episode import Chapter
from narrate.core.formats import format_of_ending
from narrate.episode.tags import Marked, tag

CHAPTERS = [Chapter("Первая", 0, 12_000), Chapter("東", 12_000, 24_000)]


def tagged(ending: str = ".m4b", cover: bytes | None = None) -> Path:
    path = Path("a.part")
    format = format_of_ending(ending)
    assert format is not None
    encode(
        [to_int16(sine(1))], 24_000, path, format=format, gain_db=0, limit_db=-1, chapters=CHAPTERS, language="en"
    )  # fmt: skip
    meta = Metadata(author="Ана Берг", published=date(2024, 10, 25), url="https://example.com/ä", site="Daily")
    tag(
        path, meta, title="Свет", language="en-GB", format=format, chapters=CHAPTERS, rate_hz=24_000,
        text="One.\n\nДва.", cover_jpeg=cover,
    )  # fmt: skip
    return path


def test_everything_that_is_known_is_written() -> None:
    """Under the names that iTunes gave, and what has none there under names of our own."""
    tags = MP4(tagged(cover=b"\xff\xd8\xff picture")).tags
    assert tags is not None
    texts = {name: tags[name] for name in tags if name.startswith("©") or name in ("aART", "desc", "ldes")}
    assert texts == {
        "©nam": ["Свет"],
        "©ART": ["Ана Берг"],
        "aART": ["Ана Берг"],
        "©alb": ["Daily"],
        "©day": ["2024-10-25"],
        "©gen": ["Podcast"],
        "©cmt": ["https://example.com/ä"],
        "©lyr": ["One.\n\nДва."],
        "desc": ["One. Два."],
        "ldes": ["One. Два."],
    }
    free = {name.rpartition(":")[2]: bytes(tags[name][0]).decode() for name in tags if name.startswith("----")}
    mark = free.pop("narrate")
    assert free == {"LANGUAGE": "en-GB", "URL": "https://example.com/%C3%A4", "source": "https://example.com/ä"}
    assert mark == Marked("Свет", "https://example.com/%C3%A4", "One.\n\nДва.").mark
    assert bytes(tags["covr"][0]) == b"\xff\xd8\xff picture"
    assert tags["covr"][0].imageformat == MP4Cover.FORMAT_JPEG


@pytest.mark.parametrize(("ending", "kind"), [(".m4b", 2), (".m4a", 1)])
def test_a_book_is_called_a_book(ending: str, kind: int) -> None:
    """A book is called a book, and a file with the ending of music is not."""
    tags = MP4(tagged(ending)).tags

    assert tags is not None
    assert tags["stik"] == [kind]


def test_what_the_encoder_wrote_is_still_there() -> None:
    """Both lists of chapters, the track's language, and the index in front, with room made for the tags."""
    path = tagged(cover=b"\xff\xd8\xff" + bytes(100_000))

    assert [item.title for item in MP4(path).chapters or []] == ["Первая", "東"]
    with av.open(str(path)) as container:
        assert [item["metadata"]["title"] for item in container.chapters()] == ["Первая", "東"]
        assert container.streams.audio[0].language == "eng"
        assert sum(frame.samples for frame in container.decode(audio=0)) >= 44_100
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
