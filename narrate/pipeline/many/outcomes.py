"""Outcomes of many articles: a line of JSON as each finishes, and a table at the end."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TextIO

from narrate.core.episode import Episode
from narrate.core.errors import EXIT_SOME_FAILED, NarrateError
from narrate.core.system.terminal_text import printable
from narrate.core.timecode import rounded_clock

WIDTH = 80

# Columns of times stay as wide as they are.
_clock = partial(rounded_clock, with_hours=True)

HEADER = f"{'':<10}{'length':>9}{'took':>9}  episode"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of an article.

    Attributes:
        source: As it was given.
        status: "made", "unchanged", "failed", or "same" as a source before it in this run.
        path: Of the episode, "" where there is none.
        title: Of the article.
        duration_ms: Length of the episode.
        took_ms: From the beginning of reading to the end of writing.
        error: What went wrong.
        hint: What to do.
        exit_code: Of the error, see narrate.core.errors.
        same_as: That other source, "" for none.
        episode: What was made or found; not in the report, which is for other programs.
    """

    source: str
    status: str
    path: str = ""
    title: str = ""
    duration_ms: int = 0
    took_ms: int = 0
    error: str = ""
    hint: str = ""
    exit_code: int = 0
    same_as: str = ""
    episode: Episode | None = None

    @classmethod
    def failure(cls, source: str, error: NarrateError, took_ms: int = 0) -> Outcome:
        """Return the outcome of an article that no episode came of."""
        return cls(source, "failed", took_ms=took_ms, error=error.message, hint=error.hint, exit_code=error.exit_code)

    def to_json(self) -> str:
        """One line, without its end."""
        return json.dumps({name: value for name, value in asdict(self).items() if name != "episode"})

    def row(self) -> str:
        """A line of the table, 80 columns at most."""
        about = self.path or (self.error if self.source in self.error else f"{self.source}: {self.error}")
        if self.same_as:
            about = f"{self.source}: the same as {self.same_as}"
        line = f"{self.status:<10}{_clock(self.duration_ms):>9}{_clock(self.took_ms):>9}  {printable(about)}"
        return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"


@dataclass(slots=True)
class Report:
    """The sum of a run; single outcomes are not kept, as there may be a hundred thousand.

    Attributes:
        counts: Articles by status.
        duration_ms: Length of what was made in this run.
    """

    counts: Counter[str] = field(default_factory=Counter)
    duration_ms: int = 0
    began_s: float = field(default_factory=time.monotonic)

    def add(self, outcome: Outcome) -> None:
        self.counts[outcome.status] += 1
        self.duration_ms += outcome.duration_ms if outcome.status == "made" else 0

    @property
    def exit_code(self) -> int:
        """0, or 8 where an article failed."""
        return EXIT_SOME_FAILED if self.counts["failed"] else 0

    def total(self, now_s: float | None = None) -> str:
        """One line: how many of each; what was made, how long that took, and the pace."""
        took_ms = round(((time.monotonic() if now_s is None else now_s) - self.began_s) * 1000)
        counts = ", ".join(f"{self.counts[status]} {status}" for status in ("made", "unchanged", "failed"))
        counts += f", {self.counts['same']} same" if self.counts["same"] else ""
        if not self.duration_ms:
            return f"{counts} in {_clock(took_ms)}"
        pace = self.counts["made"] * 3_600_000 / max(took_ms, 1)
        return f"{counts}; {_clock(self.duration_ms)} of sound in {_clock(took_ms)}, {pace:,.0f}/h"


def append_line(stream: TextIO, outcome: Outcome) -> None:
    """Write an outcome so that it is there also if the run is killed."""
    stream.write(outcome.to_json() + "\n")
    stream.flush()


def open_report(path: Path) -> TextIO:
    """Open a report of this run for `append_line`; an older one is replaced.

    Raises:
        OSError: It cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("w", encoding="utf-8", newline="\n")
