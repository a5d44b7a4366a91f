"""State that the articles of one run have in common: their order, what became of each, folders and engines."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.errors import NarrateError
from narrate.library.identity import source_key
from narrate.library.library import Library
from narrate.pipeline.engine import OtherEngines
from narrate.pipeline.many.outcomes import Outcome

if TYPE_CHECKING:
    from narrate.core.episode import Episode
    from narrate.sources.fetch.web import Fetch


class Order:
    """Lets articles take their names in the order of the sources, one after the other where they want one name."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._next = 0
        self._passed: set[int] = set()
        self._held: dict[int, Path] = {}
        self._ended = False

    def before_claim(self, number: int, path: Path) -> None:
        """Wait for all earlier articles to have a name, and for those who want this one to be finished."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._may(number, path))
            if self._ended:
                raise NarrateError("the run was ended")
            self._held[number] = path

    def _may(self, number: int, path: Path) -> bool:
        others = (held for holder, held in self._held.items() if holder != number)
        return self._next >= number and path not in others

    def passed(self, number: int) -> None:
        """Let the next article take its name: this one has its own, or will never have one."""
        with self._changed:
            if number >= self._next:
                self._passed.add(number)
            while self._next in self._passed:
                self._passed.remove(self._next)
                self._next += 1
            self._changed.notify_all()

    def finished(self, number: int) -> None:
        """Let go of its name."""
        with self._changed:
            self._held.pop(number, None)
        self.passed(number)

    def end(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()


@dataclass(slots=True)
class Shared:
    """The means that the articles of a run use together: what fetches, which need none, folders, other engines."""

    fetch: Fetch | None
    made_before: Callable[[str], Episode | None] = lambda source: None
    libraries: dict[Path, Library] = field(default_factory=dict)
    others: OtherEngines = field(default_factory=OtherEngines)

    def library(self, folder: Path) -> Library:
        """One for all articles that go into a folder."""
        return self.libraries.setdefault(folder, Library(folder))


@dataclass(slots=True)
class Fates:
    """The outcome of each source, and those that are the same as an earlier one.

    Attributes:
        order: In which the articles take their names.
        written: Whose each episode is.
        seen: The first source of each key; hashes, so that a hundred thousand of them take few megabytes.
        paths: The episode of each source.
    """

    order: Order
    written: dict[Path, str] = field(default_factory=dict)
    seen: dict[int, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)

    def first_of(self, source: str) -> str | None:
        """The earlier source that is the same; None for the first one, which is remembered."""
        known = len(self.seen)
        first = self.seen.setdefault(hash(source_key(source)), source)
        return first if len(self.seen) == known else None

    def told(self, outcome: Outcome) -> Outcome:
        """An outcome whose turn it is: what has the fate of another source has it now."""
        if not outcome.same_as:
            self.paths[outcome.source] = outcome.path
            return outcome
        if path := self.paths.get(outcome.same_as):
            self.paths[outcome.source] = path
            return replace(outcome, path=path)
        error = NarrateError(f"it is the same as {outcome.same_as}, which failed", "see what that one says")
        return Outcome.failure(outcome.source, error)
