"""Sources are opened, or refused in words a user can act on."""

from __future__ import annotations

import io
import os
import sys
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from support.site import reply, site

from narrate.core.errors import SourceError
from narrate.core.settings.loading import Settings
from narrate.sources.read import read_source
from narrate.sources.read import source as module


def test_seed_article(seed: Path) -> None:
    """The first article has its title and all its lines."""
    article = read_source(seed)

    assert article.meta.title == "Elon Musk’s Alleged Talks With Putin Raise National Security Concerns"
    assert len(article.blocks) == 11
    assert article.blocks[2].text.startswith("Elon Musk, now the second-largest donor")


def test_metadata_of_a_file(article: Path) -> None:
    """The name without its folder, and the day it was last changed."""
    meta = read_source(article).meta

    assert meta.source == "lighthouse.txt"
    assert meta.modified in (date.today(), datetime.now(UTC).date())


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash reads what is piped in, and names no file."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Title\r\n\r\nSome text.".encode("utf-16"))))

    article = read_source("-")

    assert [block.text for block in article.blocks] == ["Title", "Some text."]
    assert article.meta.source is None


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.txt", None, "does not exist"),
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("marks.txt", b"----\n\n====\n", "holds no text"),
        ("picture.png", b"\x89PNG\r\n\x1a\n....", "PNG image"),
        ("page.html", b"<!DOCTYPE html><html><body></body></html>", "holds no article"),
        ("page.txt", b"\n <html lang='en'>", "holds no article"),
        ("notes.md", b"<!-- nothing -->", "holds no text"),
        ("paper.pdf", b"%PDF-1.7 ...", "no PDF that can be read"),
    ],
)
def test_what_cannot_be_read_is_named_with_a_hint(name: str, content: bytes | None, message: str) -> None:
    """One line says what is wrong with which file, another what to do."""
    if content is not None:
        Path(name).write_bytes(content)

    with pytest.raises(SourceError, match=message) as caught:
        read_source(name)

    assert name in caught.value.message
    assert caught.value.hint
    assert "\n" not in caught.value.message


def test_folder_is_refused(tmp_path: Path) -> None:
    """A folder is no article."""
    with pytest.raises(SourceError, match="is a folder"):
        read_source(tmp_path)


PROSE = "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book of the house."
PAGE = f"<html><head><title>A Light at Sea</title></head><body><h1>A Light at Sea</h1><p>{PROSE}</p></body></html>"
NOTES = f"# A Light at Sea\n\n{PROSE}\n"


@pytest.mark.parametrize(
    ("name", "content", "kinds"),
    [
        ("page.html", PAGE, ["title", "paragraph"]),
        ("page.htm", PAGE, ["title", "paragraph"]),
        ("saved-page", PAGE, ["title", "paragraph"]),
        ("notes.md", NOTES, ["title", "paragraph"]),
        ("notes.md", f"{NOTES}\n> A *quote*.", ["title", "paragraph", "quote"]),
        ("notes.txt", f"{NOTES}\n[A link](https://example.com).", ["title", "paragraph", "paragraph"]),
        ("notes.txt", f"{NOTES}\n```\nlamp.on()\n```", ["title", "paragraph", "code"]),
        ("notes.txt", f"A Light at Sea\n\n{PROSE}", ["title", "paragraph"]),
    ],
)
def test_the_form_is_seen(name: str, content: str, kinds: list[str]) -> None:
    """By the ending, or by what only such a file holds."""
    Path(name).write_text(content, encoding="utf-8")

    article = read_source(name)

    assert [block.kind for block in article.blocks] == kinds
    assert article.meta.title == "A Light at Sea"
    assert article.meta.source == name
    assert article.meta.language == "en"


@pytest.mark.parametrize(("read_as", "first"), [("text", "A [light](sea)"), ("markdown", "A light")])
def test_the_form_can_be_told(read_as: str, first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing tells it: --as."""
    text = f"A [light](sea)\n\n{PROSE}"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    assert read_source("-", Settings(read_as=read_as)).blocks[0].text == first


def test_a_page_in_another_language_than_it_says() -> None:
    """Templates say English of any text; a declared region is kept."""
    german = (
        "Die Wärterin steigt jeden Abend die Treppe hinauf, zündet die Lampe an und schreibt eine Zeile in das Buch."
    )
    Path("page.html").write_text(f"<html lang='en'><body><p>{german}</p></body></html>", encoding="utf-8")
    Path("british.html").write_text(PAGE.replace("<html>", "<html lang='en-GB'>"), encoding="utf-8")

    assert read_source("page.html").meta.language == "de"
    assert read_source("british.html").meta.language == "en-GB"


def test_a_teaser_is_refused_unless_asked_for() -> None:
    """What a page says of itself: there is more than is here."""
    data = '{"@type": "NewsArticle", "headline": "A Light at Sea", "isAccessibleForFree": false, "wordCount": 1240}'
    Path("page.html").write_text(
        PAGE.replace("</head>", f'<script type="application/ld+json">{data}</script></head>'), encoding="utf-8"
    )

    with pytest.raises(SourceError, match="only the beginning") as caught:
        read_source("page.html")

    assert "--partial" in caught.value.hint
    assert read_source("page.html", Settings(partial=True)).blocks[-1].text == PROSE


@pytest.mark.parametrize("address", ["https://example.com/a", "http://127.0.0.1:1/"])
def test_offline_refuses_addresses(address: str) -> None:
    """Before anything is asked of the network."""
    with pytest.raises(SourceError, match="--offline"):
        read_source(address, Settings(offline=True))


@pytest.mark.parametrize("address", ["ftp://example.com/a", "file:///etc/hosts", "data:text/html,hi"])
def test_only_the_web_is_fetched(address: str) -> None:
    """Other schemes are refused by name, not taken for a path that does not exist."""
    with pytest.raises(SourceError, match="http"):
        read_source(address)


@pytest.mark.parametrize(
    ("path", "content_type", "body", "title"),
    [
        ("/a", "text/html; charset=iso-8859-1", PAGE.replace("Light", "Lümen").encode("latin-1"), "A Lümen at Sea"),
        ("/a.md", "text/markdown", NOTES.encode(), "A Light at Sea"),
        ("/a.md", "", NOTES.encode(), "A Light at Sea"),
        ("/a", "text/plain; charset=utf-16", f"A Light at Sea\n\n{PROSE}".encode("utf-16"), "A Light at Sea"),
        ("/a", "", PAGE.encode(), "A Light at Sea"),
    ],
)
def test_a_page_on_the_web(path: str, content_type: str, body: bytes, title: str) -> None:
    """Served on loopback; the server's word on type and charset counts."""
    with site() as web:
        web.answers[path] = reply(body, content_type=content_type)
        address = web.url(path, host="127.0.0.1")
        article = read_source(address, Settings(allow_private=True))

    assert article.meta.title == title
    assert article.meta.url == address
    assert article.blocks[-1].text == PROSE
    assert article.meta.source is None


@pytest.mark.parametrize(
    "text",
    ["<!--a-->" * 60 + PROSE, "[" * 400_000 + PROSE, "[a" * 200_000 + PROSE, "#" * 400_000, "\n" * 400_000 + PROSE],
    ids=["comments", "brackets", "half links", "number signs", "empty lines"],
)
def test_telling_what_a_text_is_takes_no_longer_than_reading_it(text: str) -> None:
    """Found by fuzzing: sixty comments would have been parted in 2**60 ways, a row of brackets gone over for hours."""
    Path("a.txt").write_text(text, encoding="utf-8")

    try:
        assert read_source("a.txt").blocks
    except SourceError as error:
        assert error.hint


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
def test_file_name_that_is_no_text(tmp_path: Path) -> None:
    """Found by fuzzing: bytes that are no UTF-8 went into the manifest, which could not be written."""
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text(PROSE, encoding="utf-8")

    assert read_source(path).meta.source == "caf\ufffd.txt"


def test_file_name_of_two_lines_is_named_on_one(tmp_path: Path) -> None:
    """Found by fuzzing: a message is one line, and nothing in it moves the cursor."""
    with pytest.raises(SourceError) as caught:
        read_source(tmp_path / "two\nlines\x1b[31m.txt")

    assert caught.value.message.endswith("two\\nlines\\x1b[31m.txt does not exist")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.md", "|a|b|\n|-|-|\n" + "|1|2|\n" * 150_000, "more than 500,000 lines, cells and other marks"),
        ("a.txt", "The night was calm. " * 500_001, "more than 10,000,000 characters"),
        ("a.html", "<p>" + "The night was calm. " * 500_001, "more than 10,000,000 characters"),
    ],
    ids=["table", "text", "page"],
)
def test_more_than_any_article_has_is_refused(name: str, text: str, said: str) -> None:
    """Found by fuzzing: a table of a million cells took 1.5 GB, and ten times as much the whole machine."""
    Path(name).write_text(text, encoding="utf-8")

    with pytest.raises(SourceError, match=said) as caught:
        read_source(name)

    assert caught.value.hint.startswith("split it")


def _sparse(path: Path, size_bytes: int) -> Path:
    with path.open("wb") as file:
        file.truncate(size_bytes)
    return path


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """By the size that it tells; a terabyte takes no memory and no time."""
    path = _sparse(tmp_path / "huge.txt", 2**40)
    tracemalloc.start()
    try:
        with pytest.raises(SourceError, match=r"huge\.txt is larger than 64 MB"):
            read_source(path)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_small_file_takes_little_memory(tmp_path: Path) -> None:
    """What may be read is not set aside beforehand."""
    path = tmp_path / "a.txt"
    path.write_text(PROSE, encoding="utf-8")
    tracemalloc.start()
    try:
        assert module._bytes_of(path) == PROSE.encode()
        assert tracemalloc.get_traced_memory()[1] < 2 * module.PIECE_BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("told_bytes", [0, 3, 99, 100])
@pytest.mark.parametrize(("size_bytes", "is_refused"), [(100, False), (101, True), (5000, True)])
def test_a_file_that_grows_is_counted(
    told_bytes: int, size_bytes: int, is_refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is read, or of a kind that does not tell its size, as those of /proc."""
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    monkeypatch.setattr(module, "PIECE_BYTES", 7)
    stream = io.BytesIO(bytes(range(100)) * 50)
    stream.truncate(size_bytes)

    if is_refused:
        with pytest.raises(SourceError, match=r"a\.txt is larger"):
            module._bounded(stream, "a.txt", told_bytes)
        assert stream.tell() <= 110
    else:
        assert module._bounded(stream, "a.txt", told_bytes) == stream.getvalue()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_a_device_without_end_is_refused() -> None:
    """After as much as is allowed."""
    with pytest.raises(SourceError, match="larger than 64 MB"):
        read_source("/dev/zero")


def test_standard_input_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `yes | narrate speak -`."""
    endless = io.TextIOWrapper(io.BufferedReader(_Endless()))  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "stdin", endless)

    with pytest.raises(SourceError, match="standard input is larger than 64 MB"):
        read_source("-")


class _Endless(io.RawIOBase):
    """Says yes."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        buffer[:] = b"y\n" * (len(buffer) // 2) + b"y" * (len(buffer) % 2)
        return len(buffer)
