"""How far a run is, in words."""

from __future__ import annotations

import io
import os
import tempfile

from narrate.console import PlainProgress, unheard_of
from narrate.pipeline import Progress


class Clock:
    """Time that passes when it is told to."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_plain_progress_is_rare_and_measured() -> None:
    """A line at the start of each stage and one in ten seconds; the rest follows from what the stage took so far."""
    stream, clock = io.StringIO(), Clock()
    show = PlainProgress("a.txt", stream, clock)
    for second in range(0, 50, 2):
        clock.now_s = float(second)
        show(Progress("speak", second * 10, 1000))
    for second in range(50, 64, 2):
        clock.now_s = float(second)
        show(Progress("encode", (second - 50) * 10, 200))

    assert stream.getvalue().splitlines() == [
        "speaking a.txt",
        "speaking a.txt: 10%, about 1:30 left",
        "speaking a.txt: 20%, about 1:20 left",
        "speaking a.txt: 30%, about 1:10 left",
        "speaking a.txt: 40%, about 1:00 left",
        "encoding a.txt",
        "encoding a.txt: 50%, about 0:10 left",
    ]


def test_progress_that_cannot_be_shown() -> None:
    """Stops no work, and what was not shown is no error later on."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as stream:
        show = PlainProgress("a.txt", stream)
        show(Progress("speak", 0, 10))
        show(Progress("encode", 0, 10))


def test_other_errors_are_heard_of() -> None:
    """Only the stream's own are let go."""
    with tempfile.TemporaryFile("w") as stream, unheard_of(stream):
        print("told", file=stream, flush=True)
        assert stream.tell() == 5
