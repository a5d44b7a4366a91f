"""ID3 tags, frame by frame."""

from __future__ import annotations

import struct
import wave
from dataclasses import replace
from datetime import date
from pathlib import Path

import av
import pytest
from mutagen.id3 import ID3
from mutagen.mp3 import MP3
from mutagen.wave import WAVE
from support.clips import sine

from narrate.audio.codec import decode, to_int16
from narrate.audio.encoder import encode
from narrate.core.article import Metadata
from narrate.core.episode import Chapter
from narrate.core.formats import FORMATS, Format
from narrate.episode.tags import tag

RATE_HZ = 24_000

FULL = Metadata(
    author="Ана Берг",
    published=date(2024, 10, 25),
    url="https://example.com/ä?b=c d",
    site="The Daily Light",
    source="a.txt",
    modified=date(2025, 1, 2),
)

COVER = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 300


def sound(format: Format = FORMATS["mp3"]) -> Path:
    path = Path("a.part")
    encode([to_int16(sine(0.5))], RATE_HZ, path, format=format, gain_db=0, limit_db=-1)
    return path


def chapters_of(count: int) -> list[Chapter]:
    """Of falling length in bytes, so that an order by size would turn them round."""
    return [Chapter(f"Глава {n} {'ж' * (200 - n)}"[:120].strip(), n * 24, (n + 1) * 24) for n in range(count)]


def frames_by_the_book(data: bytes) -> list[tuple[str, bytes]]:
    """The frames of an ID3v2.3 tag: the header counts 7 bits a byte, frames count 8 (id3.org/id3v2.3.0, 3.1, 3.3)."""
    assert data[:5] == b"ID3\x03\x00"
    size = sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    return inner_frames(data[10 : 10 + size])


def inner_frames(data: bytes) -> list[tuple[str, bytes]]:
    found = []
    while len(data) > 10 and data[0]:
        size, flags = struct.unpack(">IH", data[4:10])
        assert flags == 0
        assert len(data) >= 10 + size
        found.append((data[:4].decode("ascii"), data[10 : 10 + size]))
        data = data[10 + size :]
    assert not any(data)
    return found


def utf16_text(body: bytes) -> str:
    assert body[0] == 1  # UTF-16 with a mark, the only Unicode of version 2.3
    return body[1:].decode("utf-16").rstrip("\x00")


def test_everything_that_is_known_is_written() -> None:
    """In ID3v2.3, which has a frame each for year and day."""
    path = sound()
    tag(path, FULL, title="Light — “at sea”", language="en-GB", text="One.\n\nДва.", cover_jpeg=COVER)

    tags = ID3(path, translate=False)
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
    assert tags["WOAF"].url == tags["WXXX:"].url == "https://example.com/%C3%A4?b=c%20d"
    assert str(tags["TXXX:source"]) == str(tags["COMM::eng"]) == "https://example.com/ä?b=c d"
    assert str(tags["USLT::eng"]) == "One.\n\nДва."
    assert (tags["APIC:"].type, tags["APIC:"].mime, tags["APIC:"].data) == (3, "image/jpeg", COVER)


def test_what_is_not_known_is_not_invented() -> None:
    """No language is invented; comments must name one, and have a word for none."""
    path = sound()
    tag(path, Metadata(source="a.txt", modified=date(2025, 1, 2)), title="A", language="tlh", text="Words.")

    tags = ID3(path, translate=False)
    assert sorted(tags) == [
        "COMM::XXX", "TALB", "TCON", "TDAT", "TIT2", "TPE1", "TXXX:narrate", "TXXX:source", "TYER", "USLT::XXX"
    ]  # fmt: skip
    assert str(tags["TXXX:source"]) == "a.txt"


@pytest.mark.parametrize("count", [1, 2, 100, 255])
def test_chapters_by_the_book(count: int) -> None:
    """A table of contents that lists them, then each in order of time; titles in UTF-16, no places in bytes."""
    path = sound()
    chapters = chapters_of(count)
    tag(path, FULL, title="Заглавие", language="en", chapters=chapters, rate_hz=RATE_HZ, text="x", cover_jpeg=COVER)

    frames = frames_by_the_book(path.read_bytes())
    names = [name for name, _ in frames]
    first = names.index("CHAP")
    assert names[first - 1] == "CTOC"
    assert names[first:] == ["CHAP"] * count + ["USLT", "APIC"]
    toc = frames[first - 1][1]
    ids = [f"chp{n}".encode() for n in range(count)]
    head = b"toc\x00" + bytes([0b11, count]) + b"".join(name + b"\x00" for name in ids)
    assert toc.startswith(head)  # top level, ordered
    assert [(name, utf16_text(body)) for name, body in inner_frames(toc[len(head) :])] == [("TIT2", "Заглавие")]
    for n, (_, body) in enumerate(frames[first:-2]):
        name, _, rest = body.partition(b"\x00")
        assert name == ids[n]
        assert struct.unpack(">4I", rest[:16]) == (n, n + 1, 0xFFFFFFFF, 0xFFFFFFFF)
        assert [(kind, utf16_text(title)) for kind, title in inner_frames(rest[16:])] == [("TIT2", chapters[n].title)]


def test_mutagen_reads_the_chapters() -> None:
    """With the table of contents in order."""
    path = sound()
    tag(path, FULL, title="A", language="en", chapters=chapters_of(100), rate_hz=RATE_HZ)

    tags = ID3(path)
    toc = tags["CTOC:toc"]
    assert toc.flags == 3
    titles = [str(tags[f"CHAP:{name}"].sub_frames["TIT2"]) for name in toc.child_element_ids]
    assert titles == [chapter.title for chapter in chapters_of(100)]


def test_the_sound_stays_an_mp3() -> None:
    """With its length in its first frame, which the tag moved."""
    path = sound()
    tag(path, FULL, title="A", language="en", chapters=chapters_of(3), rate_hz=RATE_HZ, cover_jpeg=COVER)

    assert MP3(path).info.bitrate == pytest.approx(96_000, rel=0.001)
    assert len(decode(path.read_bytes()).samples) == 22_050


@pytest.mark.parametrize("container_options", [(), (("rf64", "auto"),), (("rf64", "always"),)])
@pytest.mark.parametrize("words", ["even", "odd??"])
def test_a_wav_has_the_tag_in_a_chunk(container_options: tuple[tuple[str, str], ...], words: str) -> None:
    """Behind the sound, and the sizes still fit: FFmpeg finds both, in an RF64 too."""
    path = sound(replace(FORMATS["wav"], container_options=container_options))
    tag(
        path, FULL, title="Заглавие", language="en", format=FORMATS["wav"], chapters=chapters_of(100), rate_hz=RATE_HZ,
        text=words,
    )  # fmt: skip

    data = path.read_bytes()
    size = struct.unpack("<Q", data[20:28])[0] if data[:4] == b"RF64" else struct.unpack("<I", data[4:8])[0]
    assert size == len(data) - 8
    with av.open(str(path)) as container:
        assert container.metadata["title"] == "Заглавие"
        assert [item["metadata"]["title"] for item in container.chapters()] == [c.title for c in chapters_of(100)]
    assert len(decode(data).samples) == 22_050


def test_other_readers_take_the_wav() -> None:
    """Python's own reads the sound, mutagen the tag."""
    path = sound(FORMATS["wav"])
    tag(path, FULL, title="Заглавие", language="en", format=FORMATS["wav"], chapters=chapters_of(2), rate_hz=RATE_HZ)

    with wave.open(str(path), "rb") as file:
        assert file.getnframes() == len(file.readframes(30_000)) // 2 == 22_050
    tags = WAVE(path).tags
    assert tags is not None
    assert tags.version == (2, 3, 0)
    assert str(tags["TIT2"]) == "Заглавие"
    assert str(tags["CHAP:chp1"].sub_frames["TIT2"]) == chapters_of(2)[1].title
