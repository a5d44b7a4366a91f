"""Progress of a run of many articles: a bar and what is running on a terminal; lines for a log file, or a journal."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import TextIO

from narrate.cli.console import PLAIN_LINE_EVERY_S, STAGES, unheard_of
from narrate.cli.display import Row, Ticker, is_screen, on_screen
from narrate.core.progress import Progress
from narrate.core.system.terminal_text import printable
from narrate.core.timecode import rounded_clock
from narrate.pipeline.many.outcomes import Outcome

# Of what is running, a terminal shows so much; a cluster has up to 64 articles in work.
RUNNING_ROWS = 5


class BatchProgress:
    """A display of what is finished, the time left and what is running: a line every ten seconds, or rows.

    Any thread may call it. Articles that were there already cost next to nothing and do not count for the pace.
    """

    def __init__(
        self, stream: TextIO | None, total: int | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Nothing is printed yet.

        Args:
            stream: Where lines go; None for none.
            total: How many articles there are; None where nobody knows, and no time left is told then.
            clock: Seconds, never jumping back.
        """
        self._stream = stream
        self._total = total
        self._clock = clock
        self._lock = threading.Lock()
        self._began_s = self._last_s = clock()
        self._running: dict[str, Progress] = {}
        self._done = self._failed = self._unchanged = 0
        self._share = 0.0

    def on_progress(self, source: str, progress: Progress) -> None:
        """Take what `speak_all` tells of an article's progress."""
        with self._lock:
            self._running[source] = progress
            if progress.stage == "encode" and progress.done >= progress.total:
                del self._running[source]
            self._say()

    def on_outcome(self, outcome: Outcome) -> None:
        """Take what `speak_all` tells of an article that is finished."""
        with self._lock:
            self._running.pop(outcome.source, None)
            self._done += 1
            self._failed += outcome.status == "failed"
            self._unchanged += outcome.status in ("unchanged", "same")
            self._say()

    def tick(self) -> None:
        """Call it each second: a long chunk is no reason to say nothing."""
        with self._lock:
            self._say()

    def _say(self) -> None:
        now_s = self._clock()
        if self._stream is None or now_s - self._last_s < PLAIN_LINE_EVERY_S:
            return
        self._last_s = now_s
        with unheard_of(self._stream):
            print(self.line(now_s), file=self._stream, flush=True)

    def line(self, now_s: float) -> str:
        """Return the line that is printed at a time of the clock."""
        left_s = self._left_s(now_s)
        left = "" if left_s is None else f", about {rounded_clock(1000 * left_s, with_hours=True)} left"
        running = [f"{_stage(one)} {printable(name)} {_share(one):.0%}" for name, one in self._running.items()]
        return "; ".join([f"{self._counts()}{left}", *running])

    def rows(self) -> Sequence[Row]:
        """Return the rows of a terminal: all of the run in the first, then what is running, no more than fits."""
        with self._lock:
            left_s = self._left_s(self._clock())
            left = "" if left_s is None else f"about {rounded_clock(1000 * left_s)} left"
            running = list(self._running.items())
            if self._total:
                worked = self._done + sum(_share(one) for _, one in running)
                self._share = max(self._share, min(1.0, worked / self._total))
            first = Row(self._counts(), self._share if self._total else None, left, has_bar=bool(self._total))
        shown = [Row(f"  {_stage(one)} {_short(name)}", _share(one)) for name, one in running[:RUNNING_ROWS]]
        more = len(running) - len(shown)
        return [first, *shown, *([Row(f"  and {more} more", has_bar=False)] if more else [])]

    def _counts(self) -> str:
        of = f" of {self._total}" if self._total is not None else ""
        return f"{self._done}{of} articles" + (f", {self._failed} failed" if self._failed else "")

    def _left_s(self, now_s: float) -> float | None:
        worked = self._done - self._unchanged + sum(_share(one) for one in self._running.values())
        if self._total is None or worked <= 0:
            return None
        to_do = max(0.0, self._total - self._unchanged - worked)
        return (now_s - self._began_s) / worked * to_do


@contextmanager
def batch_shown(total: int | None, *, in_place: bool = True) -> Iterator[BatchProgress]:
    """Show how far a run of so many articles is, None where nobody knows: on a terminal in place, else as lines.

    With `in_place` false these are lines on a terminal, too: somebody is typing there.
    """
    if in_place and is_screen(sys.stderr):
        progress = BatchProgress(None, total)
        with on_screen(progress.rows, sys.stderr):
            yield progress
    else:
        progress = BatchProgress(sys.stderr, total)
        with Ticker(progress.tick):
            yield progress


def _stage(progress: Progress) -> str:
    return STAGES[progress.forecast.phase if progress.forecast else progress.stage]


def _short(source: str) -> str:
    """The last part of a path or an address tells articles apart; the others are most often the same."""
    return printable(PurePath(source).name or source)


def _share(progress: Progress) -> float:
    if progress.forecast:
        return progress.estimate().share
    return progress.done / progress.total if progress.stage == "speak" and progress.total else 1.0
