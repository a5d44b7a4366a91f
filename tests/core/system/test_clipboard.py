"""The clipboard is read by whatever program is there for it, as a page where one was copied."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from support.command import narrate

from narrate.core.errors import SourceError
from narrate.core.system.clipboard import clipboard_text

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="stand-ins are shell scripts of Linux")

PAGE = '<meta charset="utf-8"><p>The <b>lamp</b> is lit.</p><p>It burns.</p>'


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that alone is on the path, for programs."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return folder


def program(folder: Path, name: str, text: bytes, html: bytes | None = None) -> None:
    """Make a program that prints a text, or a page where its arguments ask for HTML."""
    (folder / "texts").mkdir(exist_ok=True)
    (folder / "texts" / f"{name}.txt").write_bytes(text)
    (folder / "texts" / f"{name}.html").write_bytes(html or b"")
    fails = "exit 1" if html is None else f"exec /bin/cat {folder}/texts/{name}.html"
    script = f'#!/bin/sh\ncase "$*" in\n*[hH][tT][mM][lL]*) {fails};;\nesac\nexec /bin/cat {folder}/texts/{name}.txt\n'
    (folder / name).write_text(script)
    (folder / name).chmod(0o755)


@pytest.mark.parametrize("name", ["wl-paste", "xclip", "xsel", "pbpaste", "powershell"])
def test_plain_text(programs: Path, name: str) -> None:
    """Any of the programs will do."""
    program(programs, name, "Der Leuchtturm brännt.".encode())

    assert clipboard_text() == "Der Leuchtturm brännt."


@pytest.mark.parametrize("name", ["wl-paste", "xclip", "powershell"])
def test_a_page_comes_before_its_text(programs: Path, name: str) -> None:
    """Paragraphs and links are known then; what is before the page's marks is Windows's own."""
    before = b"Version:0.9\r\nStartHTML:00000097\r\n" if name == "powershell" else b""
    program(programs, name, b"The lamp is lit. It burns.", before + PAGE.encode())

    assert clipboard_text() == f"<!DOCTYPE html>\n{PAGE}"


def test_a_page_in_two_bytes_a_letter(programs: Path) -> None:
    """X's clipboard has UTF-16 from some browsers."""
    program(programs, "xclip", b"", b"\xff\xfe" + PAGE.encode("utf-16-le"))

    assert clipboard_text() == f"<!DOCTYPE html>\n{PAGE}"


def test_a_page_in_digits(programs: Path) -> None:
    """The clipboard of macOS prints a page in hexadecimal digits."""
    program(programs, "pbpaste", b"Plain.")
    program(programs, "osascript", b"", f"«data HTML{PAGE.encode().hex().upper()}»\n".encode())

    assert clipboard_text() == f"<!DOCTYPE html>\n{PAGE}"


@pytest.mark.parametrize("html", [b"", b"   ", b"<p></p>", b"no page"])
def test_no_page(programs: Path, html: bytes) -> None:
    """The text is taken where the page has no words."""
    program(programs, "xclip", b"Plain.", html)

    assert clipboard_text() == "Plain."


def test_the_screen_decides(programs: Path) -> None:
    """Under Wayland its own program is asked first."""
    program(programs, "wl-paste", b"Wayland.")
    program(programs, "xclip", b"X.")

    assert clipboard_text({"WAYLAND_DISPLAY": "wayland-0"}) == "Wayland."
    assert clipboard_text({}) == "X."


def test_nothing_there(programs: Path) -> None:
    """No program, no text, or a program that fails: each is said, with what to do."""
    with pytest.raises(SourceError, match="no program") as caught:
        clipboard_text()
    assert "xclip" in caught.value.hint
    program(programs, "xclip", b" \n")
    with pytest.raises(SourceError, match="holds no text"):
        clipboard_text()
    (programs / "xclip").write_text('#!/bin/sh\necho "Can\'t open display" >&2\nexit 1\n')
    with pytest.raises(SourceError, match="xclip says"):
        clipboard_text()


def test_a_copied_piece_of_a_page(programs: Path) -> None:
    """All of it is wanted: nothing chooses what of it is the article."""
    program(programs, "xclip", b"", PAGE.encode())
    done = narrate("script", "--clipboard")

    assert (done.returncode, done.stdout) == (0, "The lamp is lit.\n\nIt burns.\n")
