"""The clipboard, read by the program that each platform has for it; nothing is installed for this."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from narrate.core.errors import SourceError

_TAGS = re.compile(r"<[^>]*+>")

# A program that does not answer, as one that waits for another window, is given up.
AT_MOST_S = 10.0


@dataclass(frozen=True, slots=True)
class Reader:
    """A program that prints what is on the clipboard.

    Attributes:
        html: The command for a page's piece, with its marks; () where the program has none.
        text: The command for plain text.
        encoding: Of what it prints.
    """

    html: tuple[str, ...]
    text: tuple[str, ...]
    encoding: str = "utf-8"


_WAYLAND = Reader(("wl-paste", "--no-newline", "--type", "text/html"), ("wl-paste", "--no-newline"))
_XCLIP = Reader(
    ("xclip", "-selection", "clipboard", "-out", "-target", "text/html"), ("xclip", "-selection", "clipboard", "-out")
)
_XSEL = Reader((), ("xsel", "--clipboard", "--output"))
_MAC = Reader(("osascript", "-e", "the clipboard as «class HTML»"), ("pbpaste",))
_UTF8 = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; "
_SHELL = ("powershell", "-NoProfile", "-NonInteractive", "-Command")
_WINDOWS = Reader((*_SHELL, f"{_UTF8}Get-Clipboard -TextFormatType Html -Raw"), (*_SHELL, f"{_UTF8}Get-Clipboard -Raw"))

_HINT = "install wl-clipboard, xclip or xsel, or pipe the text in: … | narrate speak -"


def clipboard_text(environ: Mapping[str, str] | None = None) -> str:
    """Return what is on the clipboard: as HTML where a program copied that, else as plain text.

    Args:
        environ: Says whether there is a Wayland or an X display; that of the process where left out.

    Raises:
        SourceError: There is no program that reads it, it holds no text, or the program fails; says which.
    """
    reader = next(_readers(os.environ if environ is None else environ), None)
    if reader is None:
        raise SourceError("the clipboard cannot be read: there is no program here that prints it", _HINT)
    if reader.html and (page := _page(_printed(reader.html, reader.encoding, is_needed=False))):
        return page
    text = _printed(reader.text, reader.encoding)
    if not text.strip():
        raise SourceError("the clipboard holds no text", "copy the article first")
    return text


def _readers(environ: Mapping[str, str]) -> Iterator[Reader]:
    """Yield the readers that are here, the one that fits the screen first."""
    if sys.platform == "win32":
        known = [_WINDOWS]
    elif sys.platform == "darwin":
        known = [_MAC]
    else:
        known = [_WAYLAND, _XCLIP, _XSEL] if environ.get("WAYLAND_DISPLAY") else [_XCLIP, _XSEL, _WAYLAND]
        known += [_MAC, _WINDOWS]  # as under WSL, where powershell is on the path, too
    for reader in known:
        if shutil.which(reader.text[0]):
            yield reader


def _printed(command: tuple[str, ...], encoding: str, *, is_needed: bool = True) -> str:
    """Return what a program prints; "" where it fails and is not needed, as for a clipboard without HTML.

    Raises:
        SourceError: It is needed, and fails.
    """
    try:
        done = subprocess.run(command, capture_output=True, timeout=AT_MOST_S, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        if not is_needed:
            return ""
        raise SourceError(f"the clipboard cannot be read: {command[0]} does not answer", _HINT) from error
    if done.returncode == 0:
        is_wide = done.stdout.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # as X has pages of some browsers
        return done.stdout.decode("utf-16" if is_wide else encoding, "replace")
    if not is_needed:
        return ""
    said = " ".join(done.stderr.decode("utf-8", "replace").split())[:200]
    hint = "copy the article first; the program has to reach your screen"
    raise SourceError(f"the clipboard cannot be read: {command[0]} says {said or 'nothing'!r}", hint)


def _page(printed: str) -> str:
    """Return HTML as a page that is known for one, "" where there is none.

    Windows puts lines about places before it (CF_HTML), macOS prints it in hexadecimal digits («data HTML3C…»).
    """
    html = _from_apple(printed.strip()) if printed.strip().startswith("«data HTML") else printed
    start = html.find("<")
    if start < 0 or not any(map(str.isalnum, _TAGS.sub("", html[start:]))):
        return ""
    return f"<!DOCTYPE html>\n{html[start:]}"


def _from_apple(printed: str) -> str:
    try:
        return bytes.fromhex(printed.removeprefix("«data HTML").removesuffix("»")).decode("utf-8", "replace")
    except ValueError:
        return ""
