"""An entry of the inbox, as it is kept: what was given, and what became of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Literal, get_args

from narrate.core.errors import NarrateError, SourceError
from narrate.core.parsed import count, mapping, text
from narrate.core.web.addresses import is_web_address

Kind = Literal["url", "text", "file"]
# What is in work is so in memory alone: after a kill it waits again.
State = Literal["waiting", "failed", "done", "known"]

# Microseconds since 1970, so that names sort by time, and four random bytes.
ID = re.compile(r"[0-9]{16}-[0-9a-f]{8}")
# A plain name of a file, which names neither another folder nor a part of a document.
PAYLOAD = re.compile(r"[^./\\:#\x00-\x1f][^./\\:#\x00-\x1f]{0,120}(?:\.[a-z0-9]{1,12})?")

# An entry of another number was written by a later narrate.
VERSION = 1
# No entry has so much to say; a larger file is none.
MAX_BYTES = 100_000


class InboxFull(NarrateError):
    """The inbox is full: nothing more is taken for now."""


class TooLarge(SourceError):
    """A thing that was given is larger than anything that is taken."""


class WrongKind(SourceError):
    """A file cannot be read aloud: it is a picture, a film, an archive."""


@dataclass(frozen=True, slots=True)
class Said:
    """An error in words: what happened, and what to do."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """The episode that came of an entry: its title and the names of its sound and of its page, "" for none."""

    title: str
    audio: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the inbox.

    Attributes:
        id: See ID.
        kind: What was given.
        added: When, UTC.
        state: What became of it.
        url: The article's address, "" for none.
        title: The best that is known: a title, else the first words of a text; "" for an address alone.
        name: The name that a file had where it came from, for people only.
        payload: The name of the file that holds what was given, in the entry's folder; "" for an address alone.
        size_bytes: Of that file.
        checksum: Of that file, SHA-256.
        error: Why it failed; of one that waits, why it has to wait.
        failures: How often it failed in passing.
        begun: How often it was begun since anything was heard of it; more than 0 where the process was killed.
        not_before: When it is tried again, UTC; None for at once.
        settled: When it was done, known or failed, UTC.
        episode: What came of it.
        instead: The entry whose place it takes, "" for none.
    """

    id: str
    kind: Kind
    added: datetime
    state: State = "waiting"
    url: str = ""
    title: str = ""
    name: str = ""
    payload: str = ""
    size_bytes: int = 0
    checksum: str = ""
    error: Said | None = None
    failures: int = 0
    begun: int = 0
    not_before: datetime | None = None
    settled: datetime | None = None
    episode: Made | None = None
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of what an inbox takes and keeps.

    Attributes:
        file_bytes: Of a file that is given.
        text_bytes: Of a text, and of a page's HTML.
        waiting: Entries that wait at once.
        payload_bytes: All that was given and is still kept.
        kept: Entries that are done or known and still shown.
        kept_days: So long they are.
        failed: Entries that failed and are still shown.
    """

    file_bytes: int = 25_000_000
    text_bytes: int = 10_000_000
    waiting: int = 200
    payload_bytes: int = 500_000_000
    kept: int = 50
    kept_days: int = 7
    failed: int = 500


def to_json(entry: Entry) -> bytes:
    """Return an entry as its file holds it."""
    values: dict[str, object] = {"narrate_inbox": VERSION}
    for name, value in asdict(entry).items():
        if value not in (None, ""):
            values[name] = value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def from_json(data: bytes) -> Entry:
    """Read an entry back; the folder may have come from somebody else, so nothing in it is believed.

    Raises:
        ValueError: It is damaged, or a later narrate's.
    """
    try:
        found = mapping(json.loads(data))
    except RecursionError as error:
        raise ValueError("it is damaged") from error
    if found.get("narrate_inbox") != VERSION:
        raise ValueError("it is none of this version of narrate")
    values = {item.name: found[item.name] for item in fields(Entry) if item.name in found}
    try:
        entry = Entry(**{name: _READERS.get(name, text)(value) for name, value in values.items()})  # type: ignore[arg-type]
    except TypeError as error:
        raise ValueError(f"it is damaged: {error}") from error
    if not ID.fullmatch(entry.id) or (entry.instead and not ID.fullmatch(entry.instead)):
        raise ValueError("it is damaged: its name is none")
    if entry.url and not is_web_address(entry.url):
        raise ValueError("it is damaged: its address is none of the web")
    if (entry.payload and not PAYLOAD.fullmatch(entry.payload)) or not (entry.url or entry.payload):
        raise ValueError("it is damaged: there is nothing to read")
    return entry


def _one_of(choices: tuple[str, ...], value: object) -> str:
    if text(value) not in choices:
        raise ValueError(f"it is damaged: {value!r} should be one of {', '.join(choices)}")
    return str(value)


def _moment(value: object) -> datetime:
    found = datetime.fromisoformat(text(value))
    if found.tzinfo is None:
        raise ValueError(f"it is damaged: {value!r} should be a moment in UTC")
    try:
        return found.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"it is damaged: {value!r} is beyond all calendars") from error


def _texts(value: object) -> Mapping[str, str]:
    return {name: text(one) for name, one in mapping(value).items()}


_READERS: Mapping[str, Callable[[object], object]] = {
    "kind": lambda value: _one_of(get_args(Kind), value),
    "state": lambda value: _one_of(get_args(State), value),
    "added": _moment,
    "not_before": _moment,
    "settled": _moment,
    "size_bytes": count,
    "failures": count,
    "begun": count,
    "error": lambda value: Said(**_texts(value)),
    "episode": lambda value: Made(**_texts(value)),
}
