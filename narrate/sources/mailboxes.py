"""Mailboxes (RFC 4155): files with a mail after the other, each of which is an article of its own.

A mail in one is named by its number: `letters.mbox#2`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from narrate.core.errors import SourceError
from narrate.core.system.terminal_text import printable

ENDING = ".mbox"

_NUMBERED = re.compile(r"(?P<path>.+)#(?P<number>[1-9]\d{0,6})", re.DOTALL)
# A mail begins with a line of its own, at the file's beginning or behind a blank line.
_ENVELOPE = re.compile(rb"(?:\A\s*|\r?\n\r?\n)(?=From [^\r\n]{2,200}\d\d:\d\d[^\r\n]{0,80}\r?\n[!-9;-~]{1,80}[ \t]*:)")
# A line of a mail that would look like one has a ">" before it.
_QUOTED = re.compile(rb"^>(?=>*From )", re.MULTILINE)


def member_of(source: str) -> tuple[Path, int] | None:
    """Return the mailbox and the number of the mail that a source names; None where it names a file or an address."""
    found = _NUMBERED.fullmatch(source)
    if not found or not found["path"].lower().endswith(ENDING) or os.path.lexists(source):
        return None
    return Path(found["path"]), int(found["number"])


@lru_cache(maxsize=1)
def _starts(data: bytes) -> tuple[int, ...]:
    """Return where mails begin; those of a mailbox are asked for one after the other, and it is looked through once."""
    starts = tuple(found.end() for found in _ENVELOPE.finditer(data))
    return starts if len(starts) > 1 else (0,)


def mails_in(data: bytes) -> int:
    """Return how many mails are in a mailbox; what is no mailbox is one mail."""
    return len(_starts(data))


def mail_in(data: bytes, number: int, name: str) -> bytes:
    """Return a mail of a mailbox, with the line that begins it; what is no mailbox is its first mail as it is.

    Args:
        data: The mailbox.
        number: Which, from 1.
        name: What to call the mailbox in an error.

    Raises:
        SourceError: It has fewer.
    """
    starts = _starts(data)
    if number > len(starts):
        count = "one mail" if len(starts) == 1 else f"{len(starts):,} mails"
        raise SourceError(f"{name} holds {count}, and none has the number {number}", f"name {name}#{len(starts)}")
    if len(starts) == 1:
        return _unquoted(data)
    end = starts[number] if number < len(starts) else len(data)
    return _unquoted(data[starts[number - 1] : end])


def _unquoted(mail: bytes) -> bytes:
    """Return a mail as it was before a mailbox took it; what no mailbox's line begins is as it was."""
    return _QUOTED.sub(b"", mail) if _ENVELOPE.match(mail) or mail.startswith(b"From ") else mail


def first_mail(data: bytes, name: str) -> tuple[bytes, str | None]:
    """Return the first mail of a mailbox, and what to tell of the others; None where there are none."""
    count = mails_in(data)
    if count == 1:
        return _unquoted(data), None
    shown = printable(name)
    others = f"{shown} holds {count:,} mails, and the first is read; name {shown}#2 for the next one"
    return mail_in(data, 1, name), others


def sources_in(path: Path) -> Iterator[str]:
    """Yield what to name for each mail of a mailbox; of a file that is none, or cannot be read, the file.

    Numbers are given to a mailbox of one mail, too: when more come, its first one keeps its name.
    """
    try:
        count = mails_in(path.read_bytes()) if path.name.lower().endswith(ENDING) else 0
    except OSError:  # whoever reads the file says what is wrong with it
        count = 0
    yield from (f"{path}#{number}" for number in range(1, count + 1)) if count else (str(path),)
