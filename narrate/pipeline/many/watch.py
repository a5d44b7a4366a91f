"""Folders and feeds looked at again and again: what is new becomes an episode, and the podcast's feed is renewed."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from narrate.core.errors import in_words
from narrate.core.parsed import count, items, mapping, text
from narrate.core.system.files import FileState, file_state, write_whole
from narrate.pipeline.many.batch import Failed
from narrate.pipeline.many.outcomes import Outcome, Report
from narrate.pipeline.many.passing import growing_s
from narrate.sources.read.documents.chapters import file_of

logger = logging.getLogger(__name__)

# A file that changes within this time is still being written, and waits for the next round.
SETTLE_S = 2.0

# What failed is tried again after so long, then twice as long each time, a day at most.
FIRST_PAUSE_S = 15 * 60.0
LONGEST_PAUSE_S = 24 * 3600.0

# Size and time of a file; 0 and when its feed says that it changed, for an address; None where nothing tells.
State = FileState | None
Speak = Callable[[Iterable[str | Failed], Callable[[Outcome], None]], Report]


@dataclass(slots=True)
class _Known:
    """The outcome of a source, as it is noted.

    Attributes:
        state: Of the file when it was spoken.
        failures: In a row; 0 once it is an episode.
        not_before_s: When it is tried again.
        episode: Its path, "" where there is none.
    """

    state: State
    failures: int = 0
    not_before_s: float = 0.0
    episode: str = ""


# By source: its state when it was spoken, and the path of its episode.
Spoken = dict[str, tuple[State, str]]


@dataclass(slots=True)
class Notes:
    """Notes of what was spoken, in a file for the next process; without it, all is read again and nothing is lost.

    Attributes:
        path: Of the file, in the cache; another one for each folder and each set of settings.
    """

    path: Path
    _kept: Spoken = field(default_factory=dict)

    def load(self) -> Spoken:
        """Return what has an episode still; nothing where the file is missing or damaged."""
        try:
            noted = mapping(json.loads(self.path.read_bytes()))
            found = {name: _as_spoken(one) for name, one in noted.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
            logger.debug("%s cannot be used, and all is read again: %s", self.path, error)
            return {}
        self._kept = {name: value for name, value in found.items() if state_of(value[1])}
        return dict(self._kept)

    def store(self, spoken: Spoken) -> None:
        """Keep it, if it has changed; the disk being full is no reason to stop."""
        if spoken == self._kept:
            return
        try:
            write_whole(self.path, json.dumps(spoken).encode())
            self._kept = spoken
        except OSError as error:
            logger.warning("%s cannot be written, so all is read again after a restart: %s", self.path, error)


@dataclass(slots=True)
class Waiting:
    """The wait between rounds, and what ends it.

    Attributes:
        stop: Set it to end.
        now_s: A clock that no change of the time of day moves.
        pause: Waits, and says whether to end; by `stop` where left out.
    """

    stop: threading.Event = field(default_factory=threading.Event)
    now_s: Callable[[], float] = time.monotonic
    pause: Callable[[float], bool] | None = None

    def wait(self, seconds: float) -> bool:
        """Wait, and say whether to end."""
        return self.pause(seconds) if self.pause else self.stop.wait(seconds)


@dataclass(slots=True)
class Watch:
    """The state that goes on from round to round; after a restart only what the notes do not know is read again.

    Attributes:
        find: The sources that there are now, and what is wrong with others.
        speak: Speaks some of them, and calls back with each outcome.
        renew: Writes the feed; called at the end of each round, since a run may have been killed before it.
        waiting: Between the rounds.
        notes: Of the process before; None to read all again, and the library knows what is spoken.
        state: Of a source, by its name, once it was found.
    """

    find: Callable[[], Iterable[str | Failed]]
    speak: Speak
    renew: Callable[[], object]
    waiting: Waiting = field(default_factory=Waiting)
    notes: Notes | None = None
    state: Callable[[str], State] = field(default_factory=lambda: state_of)
    _known: dict[str, _Known] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        if self.notes:
            self._known = {name: _Known(state, episode=path) for name, (state, path) in self.notes.load().items()}

    def for_ever(self, every_s: float) -> None:
        """A round every so many seconds, until told to stop; nothing that goes wrong in one ends the others."""
        while not self.waiting.stop.is_set():
            began_s = self.waiting.now_s()
            try:
                self.once()
            except Exception as error:
                logger.debug("a round failed", exc_info=True)
                logger.warning("%s; the next round tries again", in_words(error).message)
            if self.waiting.wait(max(1.0, every_s - (self.waiting.now_s() - began_s))):
                return

    def once(self) -> Report:
        """One round.

        Raises:
            NarrateError: Sources could not be listed, or the feed could not be written.
        """
        due, listed = self._due()
        states = self._settled(due)
        try:
            report = self.speak([due[name] for name in states], lambda outcome: self._note(outcome, states))
            self._known = {name: known for name, known in self._known.items() if name in listed}
        finally:  # also where it was told to end in the middle
            self._keep()
        self.renew()
        return report

    def _due(self) -> tuple[dict[str, str | Failed], set[str]]:
        """Return what is new, changed, or to be tried again; and the names of all that there is."""
        due: dict[str, str | Failed] = {}
        listed = set()
        for source in self.find():
            name = source if isinstance(source, str) else source[0]
            listed.add(name)
            known = self._known.get(name)
            is_same = known is not None and known.state == self.state(name)
            if not (known and is_same and (not known.failures or self.waiting.now_s() < known.not_before_s)):
                due[name] = source
        return due, listed

    def _settled(self, due: Iterable[str]) -> dict[str, State]:
        """Return the files that nobody is writing to, with their states."""
        before = {name: self.state(name) for name in due}
        if any(map(state_of, due)):
            self.waiting.wait(SETTLE_S)
        return {
            name: state
            for name, state in before.items()
            if not self.waiting.stop.is_set() and self.state(name) == state
        }

    def _note(self, outcome: Outcome, states: dict[str, State]) -> None:
        name = outcome.source
        if outcome.status != "failed":
            self._known[name] = _Known(states[name], episode=outcome.path)
            return
        known = self._known.get(name)
        failures = known.failures + 1 if known and known.state == states[name] else 1
        pause_s = growing_s(FIRST_PAUSE_S, failures - 1, LONGEST_PAUSE_S)
        self._known[name] = _Known(states[name], failures, self.waiting.now_s() + pause_s)

    def _keep(self) -> None:
        if self.notes:
            known = self._known.items()
            self.notes.store({name: (one.state, one.episode) for name, one in known if one.episode})


def state_of(name: str) -> State:
    """None for what is no file, or is none any more."""
    try:
        return file_state(file_of(name))
    except (OSError, ValueError):
        return None


def _as_spoken(found: object) -> tuple[State, str]:
    """A state and an episode's path as JSON has them.

    Raises:
        ValueError: They are none.
    """
    state, episode = items(found)
    return _as_state(state), text(episode)


def _as_state(found: object) -> State:
    if found is None:
        return None
    size_bytes, time_ns = items(found)
    if not isinstance(time_ns, int):  # before 1970 it is below nought
        raise ValueError(f"it is damaged: {time_ns!r} should be a time")
    return count(size_bytes), time_ns
