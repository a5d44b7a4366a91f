"""Words an error for those who sent something to an inbox: they have its page, and neither a terminal nor its files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from narrate.core.errors import NarrateError
from narrate.core.system.terminal_text import printable
from narrate.library.inbox.entry import Entry
from narrate.sources.fetch.addresses import SAVE_IT

SEND_TEXT = "send the page's text, copied from where you can read it"
SEND_ALL = "add all of the article's text"
_AT_A_TERMINAL = re.compile(r"\bsave (?:its?|the)\b|--partial")


def told_from_afar(error: NarrateError, entry: Entry, own: Iterable[Path | None], library: Path) -> NarrateError:
    """Return an error without names of this machine's files, and with a hint that the sender can follow.

    Args:
        error: As it would be told at a terminal.
        entry: The entry that failed.
        own: Files of the inbox, which are called by what was sent.
        library: The folder of the episodes.
    """
    message, hint = error.message, _followed_from_afar(error.hint, entry)
    names = [(path, entry.name or "the text") for path in own if path]
    for path, plain in (*names, (library, "the library")):
        for name in {str(path), printable(str(path)), str(path.absolute())}:
            message, hint = message.replace(name, plain), hint.replace(name, plain)
    return NarrateError(message, hint)


def called(entry: Entry) -> str:
    """Return what a terminal can show as the name of an entry."""
    return printable(entry.title or entry.url)


def _followed_from_afar(hint: str, entry: Entry) -> str:
    if entry.kind != "url":
        return SEND_ALL if "--partial" in hint else hint
    hint = hint.replace(SAVE_IT, SEND_TEXT)
    return SEND_TEXT if _AT_A_TERMINAL.search(hint) else hint
