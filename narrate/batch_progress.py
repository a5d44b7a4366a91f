"""How far a run of many articles is, as lines: for a terminal, a log file, or a service's journal."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TextIO

from narrate.console import PLAIN_LINE_EVERY_S, STAGES, unheard_of
from narrate.printable import printable
from narrate.progress import Progress
from narrate.report import Outcome


class BatchProgress:
    """Prints a line every ten seconds: what is finished, the time left as measured so far, and what is running.

    Any thread may call it. Articles that were there already cost next to nothing and do not count for the pace.
    """

    def __init__(self, stream: TextIO, total: int | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing is printed yet.

        Args:
            stream: Where lines go.
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

    def on_progress(self, source: str, progress: Progress) -> None:
        """For speak_all."""
        with self._lock:
            self._running[source] = progress
            if progress.stage == "encode" and progress.done >= progress.total:
                del self._running[source]
            self._say()

    def on_outcome(self, outcome: Outcome) -> None:
        """For speak_all."""
        with self._lock:
            self._running.pop(outcome.source, None)
            self._done += 1
            self._failed += outcome.status == "failed"
            self._unchanged += outcome.status in ("unchanged", "same")
            self._say()

    def _say(self) -> None:
        now_s = self._clock()
        if now_s - self._last_s < PLAIN_LINE_EVERY_S:
            return
        self._last_s = now_s
        with unheard_of(self._stream):
            print(self.line(now_s), file=self._stream, flush=True)

    def line(self, now_s: float) -> str:
        """What is printed at a time of the clock."""
        of = f" of {self._total}" if self._total is not None else ""
        failed = f", {self._failed} failed" if self._failed else ""
        running = [f"{STAGES[one.stage]} {printable(name)} {_share(one):.0%}" for name, one in self._running.items()]
        return "; ".join([f"{self._done}{of} articles{failed}{self._left(now_s)}", *running])

    def _left(self, now_s: float) -> str:
        worked = self._done - self._unchanged + sum(_share(one) for one in self._running.values())
        if self._total is None or worked <= 0:
            return ""
        to_do = max(0.0, self._total - self._unchanged - worked)
        left_s = round((now_s - self._began_s) / worked * to_do)
        return f", about {left_s // 3600}:{left_s // 60 % 60:02d}:{left_s % 60:02d} left"


def _share(progress: Progress) -> float:
    return progress.done / progress.total if progress.stage == "speak" and progress.total else 1.0
