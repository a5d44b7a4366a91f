"""Lists name a source a line, in any spelling that editors write, and what is no source is said with its line."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.sources.gather.gathered import Gathered, Unusable, Wanted
from narrate.sources.gather.lists import LINE_MAX_CHARS, listed, read_list

POSIX = pytest.mark.skipif(os.name == "nt", reason="paths of POSIX")


def read(data: bytes, folder: str = "") -> list[Gathered]:
    return list(read_list(io.BufferedReader(io.BytesIO(data)), "links.txt", Path(folder), "links.txt"))


def sources(data: bytes, folder: str = "") -> list[str]:
    return [item.source for item in read(data, folder) if isinstance(item, Wanted)]


LIST = "# My list\n\nhttps://example.com/a#part  # of Monday\n  article one.txt \n#x\n\tb#1.md\n"


@pytest.mark.parametrize(
    "data",
    [
        LIST.encode(),
        LIST.encode("utf-8-sig"),
        LIST.replace("\n", "\r\n").encode(),
        LIST.replace("\n", "\r").encode(),
        LIST.strip().encode(),
        LIST.encode("utf-16"),
        b"\xfe\xff" + LIST.encode("utf-16-be"),
    ],
)
def test_list(data: bytes) -> None:
    """Comments, empty lines, spaces, marks and line ends of all systems."""
    assert sources(data) == ["https://example.com/a#part", "article one.txt", "b#1.md"]
    assert len(read(data)) == 3


@POSIX
@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("a.txt", "lists/a.txt"),
        ("../a.txt", "lists/../a.txt"),
        ("/x/a.txt", "/x/a.txt"),
        ("file:///x/a%20b.txt", "/x/a b.txt"),
        ("file://localhost/x/a.txt", "/x/a.txt"),
        ("FILE:/x/a.txt", "/x/a.txt"),
        ("folder/", "lists/folder/"),
        ("*.md", "lists/*.md"),
        ("notes:1.txt", "lists/notes:1.txt"),
        ("HTTP://EXAMPLE.COM/a", "HTTP://EXAMPLE.COM/a"),
    ],
)
def test_paths(line: str, source: str) -> None:
    """Relative ones are meant from the list's folder, and addresses of files are paths."""
    assert sources(line.encode(), "lists") == [source]


@POSIX
def test_bytes_of_paths() -> None:
    """A name that is not UTF-8 is found as it is on the disk."""
    assert os.fsencode(sources(b"caf\xe9.txt\n")[0]) == b"caf\xe9.txt"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("-", "standard input"),
        ("ftp://example.com/a", "neither a path nor an address"),
        ("mailto:anna@example.com", "neither a path nor an address"),
        ("https://example.com/a b", "a space in it"),
        ("https://example.com/a\tb", "characters in it"),
        ("a\x1b[31m.txt", "characters in it"),
        ("file://server/a.txt", "not on this machine"),
        ("file:///a%00b", "no file"),
        ("x" * (LINE_MAX_CHARS + 1), "longer than"),
        ("x" * (LINE_MAX_CHARS * 3), "longer than"),
    ],
)
def test_nonsense(line: str, message: str) -> None:
    """The line is named with its number, once, and those after it are read."""
    first, wrong, last = read(f"a.txt\n{line}\nb.txt\n".encode())

    assert isinstance(first, Wanted) and isinstance(last, Wanted) and last.source == "b.txt"
    assert isinstance(wrong, Unusable) and wrong.source == "links.txt:2" and wrong.is_fault
    assert wrong.error.message.startswith("links.txt, line 2: ") and message in wrong.error.message
    assert wrong.error.message.isprintable() and len(wrong.error.message) < 400 and wrong.error.hint


def test_no_text() -> None:
    """Of a file that is no text, one line is enough."""
    items = read(b"\x89PNG\0\n" + b"\0\1\2\n" * 1000)

    assert len(items) == 1 and isinstance(items[0], Unusable)


def test_files() -> None:
    """A list is a file, and one that is not there, or a folder, is an error."""
    Path("lists").mkdir()
    Path("lists/l.txt").write_text("a.txt\n")

    assert list(listed("lists/l.txt")) == [Wanted(os.path.join("lists", "a.txt"), listed_in="lists/l.txt")]
    for name in ("missing.txt", "lists", "nul\0.txt"):
        [wrong] = listed(name)
        assert isinstance(wrong, Unusable) and "cannot be read" in wrong.error.message and wrong.listed_in == name


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are given on as they come, while the writer is still writing."""
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as stdin, os.fdopen(writer, "wb", buffering=0) as pipe:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stdin))
        items = listed("-")
        pipe.write(b"https://example.com/1\nhttps://")
        assert next(items) == Wanted("https://example.com/1", listed_in="-")
        pipe.write(b"example.com/2\n")
        assert next(items) == Wanted("https://example.com/2", listed_in="-")
        pipe.close()
        assert list(items) == []


def test_closed_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is none, that is said."""
    monkeypatch.setattr(sys, "stdin", None)

    [wrong] = listed("-")
    assert isinstance(wrong, Unusable) and "closed" in wrong.error.message


@given(st.binary(max_size=200))
def test_anything(data: bytes) -> None:
    """Whatever bytes a list has, each line gives one source or one error at most, and neither has a line end in it."""
    items = read(data)

    assert len(items) <= data.count(b"\n") + data.count(b"\r") + 1
    for item in items:
        text = item.source if isinstance(item, Wanted) else item.error.message
        assert text.strip() and "\n" not in text and "\0" not in text


names = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=["Cc", "Cf", "Zs"]), min_size=1)


@POSIX
@given(st.lists(names.filter(lambda name: name[0] != "#" and ":" not in name and name != "-")))
def test_every_name_comes_back(paths: list[str]) -> None:
    """What was written, one a line, is what is read."""
    assert sources("\n".join(paths).encode()) == paths
