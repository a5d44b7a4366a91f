"""Sources are opened, or refused in words a user can act on."""

from __future__ import annotations

import io
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from narrate.errors import SourceError
from narrate.read import read_source


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
        ("page.html", b"<!DOCTYPE html><html><body>Hi</body></html>", "is HTML"),
        ("page.txt", b"\n <html lang='en'>", "is HTML"),
        ("notes.md", b"# Hi\n\nSome *text*.", "is Markdown"),
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


@pytest.mark.parametrize("address", ["https://example.com/a", "ftp://example.com/a", "file:///etc/hosts"])
def test_addresses_are_refused_for_now(address: str) -> None:
    """An address is not taken for a path that does not exist."""
    with pytest.raises(SourceError, match="is an address"):
        read_source(address)


def test_name_with_a_zero_byte() -> None:
    """A name no file can have is an error like any other."""
    with pytest.raises(SourceError, match="cannot be read"):
        read_source("a\0b")


def test_huge_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is not read to its end."""
    monkeypatch.setattr("narrate.read.source.MAX_BYTES", 1000)
    Path("big.txt").write_text("word " * 500)

    with pytest.raises(SourceError, match="larger than"):
        read_source("big.txt")
