"""The inbox at work: its entries spoken one after the other, with one engine, for as long as the server runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.errors import in_words
from narrate.library.inbox.entry import Entry, Made
from narrate.library.inbox.inbox import Inbox, made_of
from narrate.pipeline.engine import OtherEngines, open_engine
from narrate.pipeline.making import make_episode
from narrate.pipeline.many.entry_errors import called, told_from_afar
from narrate.pipeline.many.entry_source import source_of
from narrate.pipeline.many.passing import pause_s
from narrate.pipeline.shared import Company
from narrate.sources.fetch.polite_fetch import Visits

if TYPE_CHECKING:
    from narrate.core.episode import Episode
    from narrate.core.progress import Progress
    from narrate.core.settings.model import Settings
    from narrate.library.library import Library
    from narrate.speech.engines import Engine

logger = logging.getLogger(__name__)

# The engine's memory is given back after so long without an entry.
IDLE_S = 300.0


class _Unwanted(Exception):
    """The entry was taken away, or it is the end; nothing of its episode is written."""


@dataclass(slots=True)
class Speaker:
    """Speaks what is in an inbox.

    Attributes:
        inbox: Gives the entries, and learns what became of them.
        settings: Of everything; their output is the library's folder.
        made: Called after each episode, to publish it, before anybody is told of it.
        idle_s: The engine is closed after so long without an entry.
    """

    inbox: Inbox
    settings: Settings
    made: Callable[[], object] = lambda: None
    idle_s: float = IDLE_S
    _visits: Visits = field(init=False)
    _thread: threading.Thread | None = field(default=None, init=False)
    _is_ended: threading.Event = field(default_factory=threading.Event, init=False)

    def __post_init__(self) -> None:
        cache = self.settings.cache_folder if self.settings.cache else None
        self._visits = Visits(cache, allow_private=self.settings.allow_private)

    def start(self) -> None:
        """Begin, in a thread of its own, which nobody has to wait for."""
        self._thread = threading.Thread(target=self.run, name="narrate-inbox", daemon=True)
        self._thread.start()

    def stop(self, patience_s: float) -> bool:
        """End; return whether that was possible so soon: a clip that is being spoken cannot be cut short."""
        self._is_ended.set()
        self.inbox.end()
        self._visits.end()
        if self._thread:
            self._thread.join(patience_s)
        return self._thread is None or not self._thread.is_alive()

    def run(self) -> None:
        """Speak whatever comes, until `stop`; nothing that goes wrong with an entry ends it for the others."""
        while not self._is_ended.is_set():
            entry = self.inbox.next(self.idle_s)
            if entry is None:
                continue
            try:
                with ExitStack() as ends:
                    self._with_engine(entry, ends)
            except Exception as error:  # of the engine itself: it cannot be opened, or not be closed
                self._failed(entry, error)

    def _with_engine(self, entry: Entry, ends: ExitStack) -> None:
        """Speak an entry, and all that come while the engine is open."""
        engine = ends.enter_context(open_engine(self.settings, warm=True))
        others = OtherEngines()
        ends.callback(others.close)
        coming: Entry | None = entry
        while coming and not self._is_ended.is_set():
            self._speak(coming, engine, others)
            coming = self.inbox.next(self.idle_s)
        if coming:
            self.inbox.put_back(coming.id)

    def _speak(self, entry: Entry, engine: Engine, others: OtherEngines) -> None:
        try:
            path = self.inbox.payload(entry)
            source, settings, fetch = source_of(entry, path, self.settings, self._visits)
            episode = make_episode(
                source,
                settings,
                engine=engine,
                on_progress=partial(self._tell, entry),
                company=Company(fetch=fetch, open_other=others.open, library=self._library),
            )
        except _Unwanted:
            self.inbox.put_back(entry.id)
        except Exception as error:  # foreseen or not: the other entries have nothing to do with it
            self._failed(entry, error)
        else:
            # Also of one that was there: a process before this one may have been killed before it came to that.
            self._publish()
            self.inbox.settle(entry.id, self._episode(episode), is_new=not episode.unchanged)

    def _library(self, folder: Path) -> Library | None:
        own = self.inbox.library
        return own if folder == own.folder else None

    def _tell(self, entry: Entry, progress: Progress) -> None:
        if not self.inbox.tell(entry.id, progress.estimate):
            raise _Unwanted

    def _failed(self, entry: Entry, error: Exception) -> None:
        logger.debug("an entry of the inbox failed", exc_info=error)
        said = told_from_afar(
            in_words(error), entry, (self.inbox.payload(entry), self.inbox.spool), self.settings.output
        )
        logger.warning("%s: %s", called(entry), said.message)
        wait_s = pause_s(error, entry.failures)
        self.inbox.fail(entry.id, said, None if wait_s is None else timedelta(seconds=wait_s))

    def _episode(self, episode: Episode) -> Made:
        """Return what the inbox says of an episode; without sidecars there is no manifest that would know more."""
        if known := self.inbox.library.episode_at(episode.path):
            return made_of(known)
        return Made(episode.meta.title or episode.path.stem, episode.path.name)

    def _publish(self) -> None:
        try:
            self.made()
        except Exception as error:
            logger.warning("the feed is not renewed: %s", in_words(error).message)
