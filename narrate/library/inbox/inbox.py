"""The inbox of a library: takes entries, knows those it has, gives them out to be spoken, keeps what became of them."""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from narrate.core.errors import NarrateError, OutputError, SourceError
from narrate.core.file_names import PAGE
from narrate.core.forecast import Estimate
from narrate.episode.manifest import Manifest
from narrate.episode.naming import origin_of
from narrate.library.identity import Identity, plain_address
from narrate.library.inbox.admission import Admitted, Given, admitted
from narrate.library.inbox.entry import Entry, InboxFull, Limits, Made, Said
from narrate.library.inbox.folder import InboxFolder
from narrate.library.library import Library

logger = logging.getLogger(__name__)

USUAL = Limits()

# Nobody waits longer than this for the worker to notice that an entry's pause is over.
_LOOK_EVERY_S = 30.0

# No pause is longer: a later end was written by a clock that was ahead of this one.
PAUSE_MAX = timedelta(hours=1)

# What was in work so often when the process was killed may be what kills it, by taking all the memory, say.
KILLS_MAX = 3
_KILLED = Said(
    f"narrate was ended {KILLS_MAX} times while it was at work at this",
    "it may need more memory than there is: try again when there is more, or add it in parts",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as it is at this moment.

    Attributes:
        entry: As it is kept.
        state: As it is kept, or "working".
        estimate: How far the work is; None where that is not known.
    """

    entry: Entry
    state: Literal["waiting", "working", "failed", "done", "known"]
    estimate: Estimate | None = None


@dataclass(slots=True)
class _Work:
    """The entry that is being spoken, and what tells how far that is."""

    id: str
    estimate: Callable[[], Estimate] | None = None


def _now() -> datetime:
    return datetime.now(UTC)


class Inbox:
    """An inbox, for any number of threads; `opened` gives one."""

    def __init__(
        self, library: Library, folder: InboxFolder, limits: Limits, clock: Callable[[], datetime] = _now
    ) -> None:
        """Read what is kept.

        Args:
            library: Its episodes.
            folder: The files, held by this process.
            limits: What it takes and keeps.
            clock: The time of day, UTC.

        Raises:
            OutputError: The folder cannot be used.
        """
        self.library, self.limits = library, limits
        self._folder, self._clock = folder, clock
        self._changed = threading.Condition(threading.RLock())
        self._entries = {entry.id: entry for entry in folder.load()}
        self._work: _Work | None = None
        self._is_ended = False
        with self._changed:
            self._set_aside()
            self._prune()

    @property
    def spool(self) -> Path:
        """The folder where what is on its way in may lie, for its owner alone and on the same disk."""
        return self._folder.path

    def add(self, given: Given) -> tuple[Shown, bool]:
        """Take what was given, unless it is known; return its entry, and whether there is something to do now.

        Raises:
            InboxFull: Too much waits.
            SourceError: It cannot be taken; TooLarge and WrongKind are such.
            OutputError: It cannot be kept.
        """
        with self._changed:
            old = self._replaceable(given.instead) if given.instead else None
        if old:
            given = replace(given, url=given.url or old.url, title=given.title or old.title)
        taken = admitted(given, self.limits)
        checksum = hashlib.sha256(taken.content).hexdigest() if taken.payload else ""
        episode = None if taken.payload else self._episode_of(taken.url)
        with self._changed:
            known = self._same(taken, checksum)
            if known and known.state == "failed":
                return self._again(known), True
            if known:
                return self._shown(known), False
            entry = self._new(taken, checksum, old)
            if episode:
                entry = replace(entry, state="known", episode=episode, title=episode.title, settled=entry.added)
            else:
                self._require_room(len(taken.content))
            self._folder.keep(entry, taken.content)
            self._entries[entry.id] = entry
            if old:
                self._forget(old)
            self._prune()
            self._changed.notify_all()
            return self._shown(entry), episode is None

    def entries(self) -> tuple[Shown, ...]:
        """Return all entries, the newest first."""
        with self._changed:
            return tuple(self._shown(self._entries[id]) for id in sorted(self._entries, reverse=True))

    def again(self, id: str) -> Shown | None:
        """Try an entry that failed again, at once; return it as it is then, None where there is none.

        Raises:
            OutputError: That cannot be kept.
        """
        with self._changed:
            entry = self._entries.get(id)
            if entry is None:
                return None
            is_due = entry.state == "failed" or (entry.state == "waiting" and entry.not_before is not None)
            return self._again(entry) if is_due else self._shown(entry)

    def remove(self, id: str) -> Shown | None:
        """Take an entry away, and end the work at it; return it as it was, None where there was none.

        Raises:
            OutputError: It cannot be removed.
        """
        with self._changed:
            entry = self._entries.get(id)
            if entry is None:
                return None
            shown = self._shown(entry)
            self._forget(entry)
            self._changed.notify_all()
            return shown

    def next(self, timeout_s: float) -> Entry | None:
        """Wait for an entry that is due and begin with it; None where none came in time, or it is the end.

        That it is begun is kept, so that one that kills the process is known by that.
        """
        until_s = time.monotonic() + timeout_s
        with self._changed:
            while not self._is_ended and (left_s := until_s - time.monotonic()) > 0:
                if entry := self._due():
                    self._work = _Work(entry.id)
                    return self._put(replace(entry, begun=entry.begun + 1))
                self._changed.wait(min(left_s, self._patience_s()))
            return None

    def payload(self, entry: Entry) -> Path | None:
        """Return the file with what was given, None where there is none any more."""
        return self._folder.payload(entry)

    def tell(self, id: str, estimate: Callable[[], Estimate]) -> bool:
        """Tell how far the work at an entry is; return whether it is still wanted."""
        with self._changed:
            if self._work and self._work.id == id:
                self._work.estimate = estimate
            return id in self._entries and not self._is_ended

    def settle(self, id: str, episode: Made, *, is_new: bool) -> None:
        """Note that an entry became an episode, or was one before.

        Where that cannot be written it is so until the end of the process; the next one finds the episode made.
        """
        with self._changed:
            self._work = None
            entry = self._entries.get(id)
            if entry is None:
                return
            made = replace(entry, state="done" if is_new else "known", episode=episode, title=episode.title)
            settled = replace(made, error=None, begun=0, not_before=None, settled=self._clock())
            self._put(settled)
            self._folder.drop_payload(settled)
            self._prune()

    def fail(self, id: str, error: NarrateError, pause: timedelta | None = None) -> None:
        """Note why an entry did not become an episode, and after which pause it is tried again; None for never."""
        with self._changed:
            self._work = None
            entry = self._entries.get(id)
            if entry is None or entry.state != "waiting":
                return
            said, entry = Said(error.message, error.hint), replace(entry, begun=0)
            if pause is None:
                self._put(replace(entry, state="failed", error=said, not_before=None, settled=self._clock()))
                self._prune()
            else:
                failures, due = entry.failures + 1, self._clock() + pause
                self._put(replace(entry, error=said, failures=failures, not_before=due))

    def put_back(self, id: str) -> None:
        """Let an entry wait again, as if nobody had begun with it."""
        with self._changed:
            self._work = None
            self._unbegin(id)
            self._changed.notify_all()

    def end(self) -> None:
        """Give out nothing more; whoever waits is woken, and what is in work is not to blame for the end."""
        with self._changed:
            self._is_ended = True
            if self._work:
                self._unbegin(self._work.id)
            self._changed.notify_all()

    def _unbegin(self, id: str) -> None:
        entry = self._entries.get(id)
        if entry and entry.begun:
            self._put(replace(entry, begun=0))

    def _set_aside(self) -> None:
        """Let what was in work at each of the last ends wait for somebody to look at it."""
        for entry in [one for one in self._entries.values() if one.state == "waiting" and one.begun >= KILLS_MAX]:
            self._put(replace(entry, state="failed", begun=0, error=_KILLED, not_before=None, settled=self._clock()))

    def _due(self) -> Entry | None:
        """Return the oldest entry that waits without a pause; what was in work at a kill comes after the others."""
        now = self._clock()
        due = [one for one in self._entries.values() if one.state == "waiting" and _is_over(one.not_before, now)]
        return min(due, key=lambda one: (one.begun, one.id), default=None)

    def _patience_s(self) -> float:
        """Return how long to wait: an entry whose pause ends is due though nobody says so."""
        now = self._clock()
        ends = [one.not_before for one in self._entries.values() if one.state == "waiting" and one.not_before]
        soonest_s = min(((end - now).total_seconds() for end in ends), default=_LOOK_EVERY_S)
        return min(max(0.05, soonest_s), _LOOK_EVERY_S)

    def _shown(self, entry: Entry) -> Shown:
        if self._work is None or self._work.id != entry.id:
            return Shown(entry, entry.state)
        return Shown(entry, "working", self._work.estimate() if self._work.estimate else None)

    def _replaceable(self, id: str) -> Entry:
        entry = self._entries.get(id)
        if entry is None or entry.error is None or self._shown(entry).state == "working":
            raise SourceError("there is no failed entry whose place this could take", "add it without one")
        return entry

    def _same(self, taken: Admitted, checksum: str) -> Entry | None:
        """Return an entry of the same address, or of the same words; one whose episode is gone is none."""
        for entry in (self._entries[id] for id in sorted(self._entries, reverse=True)):
            if taken.payload:
                is_same = entry.checksum == checksum and entry.url == taken.url
            else:
                is_same = not entry.payload and plain_address(entry.url) == plain_address(taken.url)
            if is_same and (entry.episode is None or self._is_there(entry.episode.audio)):
                return entry
        return None

    def _episode_of(self, url: str) -> Made | None:
        """Return the episode of an address, where it was spoken before."""
        known = self.library.from_origin(origin_of(url, self.library.folder)) or self.library.find(Identity("", url))
        return made_of(known) if known and self._is_there(known.audio.name) else None

    def _is_there(self, name: str) -> bool:
        return os.path.exists(self.library.folder / name)  # also of a name that no file can have

    def _new(self, taken: Admitted, checksum: str, old: Entry | None) -> Entry:
        return Entry(
            self._new_id(),
            taken.kind,
            self._clock(),
            url=taken.url,
            title=taken.title,
            name=taken.name,
            payload=taken.payload,
            size_bytes=len(taken.content),
            checksum=checksum,
            instead=old.id if old else "",
        )

    def _new_id(self) -> str:
        """Return a name after all others, also where the clock was set back; beside the last one that there can be."""
        last = int(max(self._entries, default="0").partition("-")[0])
        now_us = int(self._clock().timestamp() * 1_000_000)
        return f"{min(max(now_us, last + 1), 10**16 - 1):016d}-{secrets.token_hex(4)}"

    def _require_room(self, size_bytes: int) -> None:
        waiting = sum(entry.state == "waiting" for entry in self._entries.values())
        if waiting >= self.limits.waiting:
            raise InboxFull(f"{waiting} entries wait already", "wait until some of them are spoken, or remove some")
        kept_bytes = sum(one.size_bytes for one in self._entries.values() if one.state in ("waiting", "failed"))
        if kept_bytes + size_bytes > self.limits.payload_bytes:
            message = f"the inbox holds {kept_bytes // 1_000_000} MB of files already"
            raise OutputError(message, "wait until some of them are spoken, or remove what failed")

    def _again(self, entry: Entry) -> Shown:
        waiting = replace(entry, state="waiting", error=None, failures=0, begun=0, not_before=None, settled=None)
        self._folder.save(waiting)
        self._entries[entry.id] = waiting
        self._changed.notify_all()
        return self._shown(waiting)

    def _put(self, entry: Entry) -> Entry:
        """Keep an entry; where the disk is full it is so in memory, and what can be lost by that is found again."""
        self._entries[entry.id] = entry
        try:
            self._folder.save(entry)
        except OutputError as error:
            logger.warning("%s; %s", error.message, error.hint)
        self._changed.notify_all()
        return entry

    def _forget(self, entry: Entry) -> None:
        self._folder.remove(entry.id)
        self._entries.pop(entry.id, None)

    def _prune(self) -> None:
        """Let go of what was done long ago, or before many others, and of what failed before very many others."""
        since = self._clock() - timedelta(days=self.limits.kept_days)
        done, failed = self._settled("done", "known"), self._settled("failed")
        over = [one for one in done[: self.limits.kept] if (one.settled or one.added) < since]
        for entry in (*over, *done[self.limits.kept :], *failed[self.limits.failed :]):
            with suppress(OutputError):  # the next one tries again
                self._forget(entry)

    def _settled(self, *states: str) -> list[Entry]:
        """Return the entries that ended so, the last one first."""
        found = [one for one in self._entries.values() if one.state in states]
        return sorted(found, key=lambda one: (one.settled or one.added, one.id), reverse=True)


def made_of(known: Manifest) -> Made:
    """Return what the inbox says of an episode."""
    page = known.sidecars.get(PAGE)
    return Made(known.title, known.audio.name, page.name if page else "")


def _is_over(pause_end: datetime | None, now: datetime) -> bool:
    return pause_end is None or not now < pause_end <= now + PAUSE_MAX


@contextmanager
def opened(folder: Path, limits: Limits = USUAL, clock: Callable[[], datetime] = _now) -> Iterator[Inbox]:
    """Give the inbox of a folder of episodes, for one process at a time.

    Raises:
        ConfigError: Another process has it.
        OutputError: It cannot be written.
    """
    files = InboxFolder(folder)
    with files.held():
        yield Inbox(Library(folder), files, limits, clock)
