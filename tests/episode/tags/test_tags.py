"""What every format shows of an episode, read back with two libraries."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.clips import sine

from narrate.audio.codec import decode, to_int16
from narrate.audio.encoder import encode
from narrate.core.article import Metadata
from narrate.core.episode import Chapter
from narrate.core.formats import FORMATS
from narrate.episode.tags import tag
from narrate.episode.tags.labels import gather

RATE_HZ = 24_000
NAMES = list(FORMATS)

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

TITLE = "Light — “at sea”"
WORDS = "She never missed a night.\n\nΑνατολή: 東の灯台"


def chapters_of(count: int, seconds: float = 2.0, title: str = "Глава {}: 東の灯台") -> list[Chapter]:
    bounds = [round(n * seconds * RATE_HZ / count) for n in range(count + 1)]
    return [Chapter(title.format(n), bounds[n], bounds[n + 1]) for n in range(count)]


def jpeg(side_px: int = 8) -> bytes:
    """A real JPEG, made without Pillow."""
    sink = io.BytesIO()
    with av.open(sink, "w", format="image2pipe") as container:
        stream: Any = container.add_stream("mjpeg", rate=1)
        stream.width = stream.height = side_px
        stream.pix_fmt = "yuvj420p"
        picture = np.random.default_rng(1).integers(0, 255, (side_px, side_px, 3), dtype=np.uint8)
        for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
            container.mux(packet)
        container.mux(stream.encode(None))
    return sink.getvalue()


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Copies of one encoded file of each format, without tags."""
    folder, made = tmp_path_factory.mktemp("plain"), dict[Any, bytes]()

    def copy(name: str, chapters: list[Chapter] | None = None) -> Path:
        held = tuple(chapters or ()) if FORMATS[name].has_native_chapters else ()
        if (name, held) not in made:
            path = folder / name
            samples = to_int16(sine(2))
            encode([samples], RATE_HZ, path, format=FORMATS[name], gain_db=0.0, limit_db=-1.0, chapters=held)
            made[name, held] = path.read_bytes()
        path = Path(f"{name}.part")
        path.write_bytes(made[name, held])
        return path

    return copy


def tagged(plain: Callable[..., Path], name: str, meta: Metadata = FULL, **options: Any) -> Path:
    """A file with everything in it but what the options say."""
    given_options = {"title": TITLE, "language": "en-GB", "chapters": chapters_of(3), "text": WORDS} | options
    path = plain(name, given_options["chapters"])
    tag(path, meta, format=FORMATS[name], rate_hz=RATE_HZ, **given_options)
    return path


def read_back(path: Path) -> tuple[dict[str, str], list[tuple[str, int]], list[str]]:
    """FFmpeg's names for tags in small letters, chapters with their starts in ms, kinds of streams."""
    with av.open(str(path)) as container:
        audio = container.streams.audio[0]
        texts = {key.lower(): text for key, text in (dict(audio.metadata) | dict(container.metadata)).items()}
        chapters = [
            (item["metadata"].get("title", ""), round(item["start"] * item["time_base"] * 1000))
            for item in container.chapters()
        ]
        return texts, chapters, [stream.type for stream in container.streams]


@pytest.mark.parametrize("name", NAMES)
def test_every_format_shows_everything(plain: Callable[..., Path], name: str) -> None:
    """Title, author, publication, date, source, words, cover and chapters, to a library that did not write them."""
    path = tagged(plain, name, cover_jpeg=jpeg())

    texts, chapters, kinds = read_back(path)
    assert (texts["title"], texts["artist"], texts["album"]) == (TITLE, "Ана Берг", "The Daily Light")
    assert (texts["genre"], texts["date"], texts["source"]) == ("Podcast", "2024-10-25", "https://example.com/a?b=c")
    assert next(text for key, text in texts.items() if key.startswith("lyrics")) == WORDS
    assert chapters == [("Глава 0: 東の灯台", 0), ("Глава 1: 東の灯台", 667), ("Глава 2: 東の灯台", 1333)]
    assert "video" in kinds  # the cover


@pytest.mark.parametrize("name", NAMES)
def test_the_sound_is_left_alone(plain: Callable[..., Path], name: str) -> None:
    """Every sample decodes as before."""
    before = decode(plain(name, chapters_of(3)).read_bytes()).samples

    after = decode(tagged(plain, name, cover_jpeg=jpeg()).read_bytes()).samples

    assert np.array_equal(before, after)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_labels_give_the_same_bytes(plain: Callable[..., Path], name: str) -> None:
    """Equal labels give equal bytes, by which a second run sees that nothing changed."""
    assert tagged(plain, name, cover_jpeg=jpeg()).read_bytes() == tagged(plain, name, cover_jpeg=jpeg()).read_bytes()


@pytest.mark.parametrize("count", [1, 100, 255])
@pytest.mark.parametrize("name", NAMES)
def test_any_number_of_chapters(plain: Callable[..., Path], name: str, count: int) -> None:
    """In order of time, each with its title, longer than 51 letters too."""
    wanted = chapters_of(count, title="Глава {}: " + "ж" * 90)

    chapters = read_back(tagged(plain, name, chapters=wanted))[1]

    assert chapters == [(item.title, round(item.start_sample / 24)) for item in wanted]


@pytest.mark.parametrize("name", NAMES)
def test_too_many_chapters_are_refused(plain: Callable[..., Path], name: str) -> None:
    """Before the file is touched."""
    path = plain(name)
    before = path.read_bytes()

    with pytest.raises(ValueError, match="256 chapters"):
        tag(path, FULL, title=TITLE, language="en", format=FORMATS[name], chapters=chapters_of(256), rate_hz=RATE_HZ)

    assert path.read_bytes() == before


HOSTILE = [
    "a\x00b", "line\nbreak\r\n", "half \ud800", "я" * 10_000, "😀👩‍🚀", "שלום \u202eעולם", "\ufeffmark", "a=b;c/d\\#",
    "<b>&amp;", "\x00",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_a_file(plain: Callable[..., Path], name: str, text: str) -> None:
    """Whatever an article's title, author, site or address holds, the file plays and the rest of it is read."""
    meta = Metadata(author=text, site=text, url=f"https://example.com/{text}", published=date(2024, 10, 25))
    middle = [Chapter("First", 0, 16_000), Chapter(text, 16_000, 32_000), Chapter("Last", 32_000, 48_000)]

    path = tagged(plain, name, meta, title=text, chapters=middle, text=text * 3)

    texts, chapters, _ = read_back(path)
    assert texts["title"]
    assert not {"\x00", "\n"} & set(texts["title"] + texts["artist"] + chapters[1][0])
    assert [chapters[0], chapters[2]] == [("First", 0), ("Last", 1333)]
    assert chapters[1][0]
    assert texts["date"] == "2024-10-25"


@settings(max_examples=60)
@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=200))
def test_labels_are_clean(title: str, text: str) -> None:
    """One place cleans for all formats: what it gives can be written as UTF-8, and addresses as ASCII."""
    labels = gather(Metadata(author=title, url=text, source=title), title, "en", [Chapter(title, 0, 9)], 9, None, text)

    assert labels.title
    for line in (labels.title, labels.artist, labels.source, labels.opening, labels.chapters[0].title):
        assert line.encode().decode() == line
        assert not [char for char in line if ord(char) < 32]
    assert labels.text.encode().count(b"\x00") == 0
    assert labels.url.isascii()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_known_is_not_invented(plain: Callable[..., Path], name: str) -> None:
    """Only artist and album, by which players sort, and the day of the change are filled where nothing is known."""
    path = tagged(plain, name, Metadata(modified=date(2025, 1, 2)), language="tlh", chapters=[], text="")

    texts, chapters, kinds = read_back(path)
    known = {"title", "artist", "album", "album_artist", "genre", "date", "narrate"}
    container = {
        "major_brand",
        "minor_version",
        "compatible_brands",
        "handler_name",
        "media_type",
        "language",
        "encoder",
    }
    assert known - {"album_artist"} <= set(texts) <= known | container
    assert (texts["artist"], texts["date"]) == ("narrate", "2025-01-02")
    assert texts.get("language", "tlh") in ("tlh", "und")
    assert not chapters
    assert kinds == ["audio"]


@pytest.mark.parametrize("name", NAMES)
def test_no_date_at_all(plain: Callable[..., Path], name: str) -> None:
    """Standard input was never changed on any day."""
    path = tagged(plain, name, Metadata())

    assert "date" not in read_back(path)[0]


@pytest.mark.parametrize("name", NAMES)
def test_what_cannot_be_written_is_an_os_error(name: str) -> None:
    """Like any other file that cannot be written, whatever the tag library calls it."""
    with pytest.raises(OSError, match="missing"):
        tag(Path("missing") / "a.part", FULL, title=TITLE, language="en", format=FORMATS[name])


def test_the_author_stands_before_the_publication() -> None:
    """The artist is the author, else the publication."""
    artists = [
        gather(Metadata(author=author, site=site), "t", "en", (), 1, None, "").artist
        for author, site in (("A", "S"), (None, "S"), (None, None), ("\x00", None))
    ]

    assert artists == ["A", "S", "narrate", "narrate"]


def test_the_opening_is_short() -> None:
    """What players show as a description."""
    opening = gather(Metadata(), "t", "en", (), 1, None, "Word. " * 100).opening

    assert opening.startswith("Word. Word.")
    assert opening.endswith("…")
    assert len(opening.encode()) <= 255
