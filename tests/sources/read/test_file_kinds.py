"""Files of other kinds are refused by name, and stray control characters are no reason to refuse a text."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.command import narrate

from narrate.core.errors import SourceError
from narrate.sources.read.decoding import decode
from narrate.sources.read.file_kinds import refuse_other_files
from narrate.sources.read.html import read_page
from narrate.sources.read.source import read_source

PROSE = "The ferry runs again from Monday. It had been in dock since March, when a gearbox failed."
NOISE = bytes(range(256)) * 8


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + NOISE, "a PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF" + NOISE, "a JPEG image"),
        (b"GIF89a\x10\0\x10\0" + NOISE, "a GIF image"),
        (b"RIFF\x24\x08\0\0WEBPVP8 " + NOISE, "a WebP image"),
        (b"\0\0\0\x20ftypisom" + NOISE, "an MP4 video"),
        (b"\0\0\0\x20ftypavif" + NOISE, "an AVIF or HEIC image"),
        (gzip.compress(f"<p>{PROSE}</p>".encode()), "a gzip archive"),
        (b"SQLite format 3\0" + NOISE, "a database"),
        (b"\x7fELF\x02\x01\x01\0" + NOISE, "a program"),
        (b"OggS\0\x02" + NOISE, "an Ogg file"),
        (NOISE, "a binary file"),
    ],
)
@pytest.mark.parametrize("ending", [".html", ".txt", ""])
def test_other_files_are_refused_by_their_kind(tmp_path: Path, data: bytes, kind: str, ending: str) -> None:
    """Whatever a file is called, the error says what it is."""
    file = tmp_path / f"article{ending}"
    file.write_bytes(data)

    with pytest.raises(SourceError, match=f"is {kind}") as caught:
        read_source(file)

    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "ID3 tags, explained for people who still have files.",
        "The ftyp box is the first one of a film.",
        "GIF89a is a format of 1989.",
        "PK is what the archive's inventor was called.",
        "RIFF raff, says the sign.",
        "OggS is how each page begins.",
        "BMW builds cars, and MZ built motorcycles.",
        "%PDF is the mark of a document.",
        "A document begins with %PDF-1.7, and ends with its mark.",
    ],
)
def test_a_sentence_that_begins_like_a_file_is_read(text: str, tmp_path: Path) -> None:
    """Letters alone do not make a file of another kind."""
    file = tmp_path / "a.txt"
    file.write_text(text)

    assert decode(text.encode(), "a.txt") == text
    assert text in [block.text for block in read_source(file).blocks]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Mon\0day", "Monday"),
        ("Mon\x07day\x01", "Monday"),
        ("Monday\0\0\0", "Monday"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_stray_controls_are_left_out_and_said(
    before: str, after: str, encoding: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A text with a few of them is a text, and the warning counts them."""
    text = f"{before} in the café: {PROSE}"

    assert decode(text.encode(encoding), "a.txt") == f"{after} in the café: {PROSE}"
    assert "control character" in caplog.text


def test_a_page_with_a_nul_is_read() -> None:
    """On a page, too, a NUL is no reason to refuse anything."""
    page = read_page(f"<p>{PROSE}</p>".replace("Monday", "Mon\0day").encode())

    assert page.article.blocks[0].text == PROSE


def test_a_page_in_utf16_without_a_mark_is_read() -> None:
    """Half of its bytes are NULs, and it is a page all the same."""
    page = read_page(f"<p>{PROSE} A café.</p>".encode("utf-16-le"))

    assert page.article.blocks[0].text == f"{PROSE} A café."


def test_the_command_refuses_a_picture_called_html(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends with 3, and no file is left behind."""
    monkeypatch.chdir(tmp_path)
    Path("story.html").write_bytes(b"\x89PNG\r\n\x1a\n" + NOISE)
    done = narrate("speak", "story.html", "-e", "tone")

    assert done.returncode == 3
    assert "story.html is a PNG image" in done.stderr
    assert not list(tmp_path.rglob("*.mp3"))


@given(st.binary(max_size=80))
def test_any_bytes_are_refused_or_not(data: bytes) -> None:
    """However a file begins, and however it breaks off, there is an answer."""
    for start in (b"", b"PK\x03\x04", b"PK\x05\x06", b"RIFF"):
        try:
            refuse_other_files(start + data, "a.txt")
        except SourceError as error:
            assert error.hint
