"""How far a run of many articles is."""

from __future__ import annotations

import io

from narrate.cli.batch_progress import BatchProgress
from narrate.core.progress import Progress
from narrate.pipeline.many.outcomes import Outcome


def test_the_time_left_is_measured() -> None:
    """From what was spoken; what was there already does not count."""
    now = [0.0]
    stream = io.StringIO()
    shown = BatchProgress(stream, 10, lambda: now[0])
    shown.on_outcome(Outcome("a", "unchanged"))
    shown.on_outcome(Outcome("b", "failed"))
    now[0] = 60.0
    shown.on_progress("c\x1b", Progress("speak", 1, 2))

    (line,) = stream.getvalue().splitlines()
    assert line.startswith("2 of 10 articles, 1 failed, about 0:05:00 left; speaking c")
    assert line.endswith("50%")
    assert "\x1b" not in line


def test_lines_come_every_ten_seconds_only() -> None:
    """A log should not fill up; where nobody knows how many there are, no time is told."""
    now = [0.0]
    stream = io.StringIO()
    shown = BatchProgress(stream, clock=lambda: now[0])
    for second in range(25):
        now[0] = float(second)
        shown.on_outcome(Outcome(str(second), "made"))

    assert stream.getvalue().splitlines() == ["11 articles", "21 articles"]
