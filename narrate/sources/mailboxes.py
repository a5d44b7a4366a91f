"""Mailboxes (RFC 4155): files with a mail after the other, each of which is an article of its own.

A mail in one is named by its number: `letters.mbox#2`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
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


def file_of(source: str) -> Path:
    """Return the file that a source is in: the mailbox of a mail, or the source itself."""
    member = member_of(source)
    return member[0] if member else Path(source)


def mails_in(data: bytes) -> list[bytes]:
    """Return the mails in a mailbox, each with the line that begins it; what is no mailbox is one mail."""
    starts = [found.end() for found in _ENVELOPE.finditer(data)]
    if len(starts) < 2:
        return [data]
    return [_QUOTED.sub(b"", data[start:end]) for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]


def mail_in(data: bytes, number: int, name: str) -> bytes:
    """Return a mail of a mailbox.

    Args:
        data: The mailbox.
        number: Which, from 1.
        name: What to call the mailbox in an error.

    Raises:
        SourceError: It has fewer.
    """
    mails = mails_in(data)
    if number > len(mails):
        count = "one mail" if len(mails) == 1 else f"{len(mails):,} mails"
        raise SourceError(f"{name} holds {count}, and none has the number {number}", f"name {name}#{len(mails)}")
    return mails[number - 1]


def first_mail(data: bytes, name: str) -> tuple[bytes, str | None]:
    """Return the first mail of a mailbox, and what to tell of the others; None where there are none."""
    first, *others = mails_in(data)
    if not others:
        return data, None
    shown = printable(name)
    return first, f"{shown} holds {len(others) + 1:,} mails, and the first is read; name {shown}#2 for the next one"


def sources_in(path: Path) -> Iterator[str]:
    """Yield what to name for each mail of a mailbox; of a file that is none, or cannot be read, the file.

    Numbers are given to a mailbox of one mail, too: when more come, its first one keeps its name.
    """
    try:
        count = len(mails_in(path.read_bytes())) if path.name.lower().endswith(ENDING) else 0
    except OSError:  # whoever reads the file says what is wrong with it
        count = 0
    yield from (f"{path}#{number}" for number in range(1, count + 1)) if count else (str(path),)
