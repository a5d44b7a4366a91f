"""What is said of many articles."""

from __future__ import annotations

import json
from pathlib import Path

from narrate.core.errors import SourceError
from narrate.pipeline.many.outcomes import Outcome, Report, append_line, open_report

MADE = Outcome("a.txt", "made", "output/a.mp3", "A", 1_800_000, 60_000)
FAILED = Outcome.failure("b.txt", SourceError("it is gone\x1b[2J", "look elsewhere"), 5)


def test_a_report_has_a_line_for_each_article_at_once() -> None:
    """Also if the run is killed later."""
    with open_report(Path("reports/run.jsonl")) as stream:
        append_line(stream, MADE)
        (line,) = Path("reports/run.jsonl").read_text(encoding="utf-8").splitlines()
        append_line(stream, FAILED)

    assert json.loads(line)["path"] == "output/a.mp3"
    assert len(Path("reports/run.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_a_row_fits_a_terminal() -> None:
    """A row fits a terminal and cannot command it."""
    long = Outcome.failure("x" * 200, SourceError("no"))

    assert len(long.row()) == 80
    assert "\x1b" not in FAILED.row()
    assert MADE.row() == "made        0:30:00  0:01:00  output/a.mp3"


def test_the_sum_says_how_fast_it_was() -> None:
    """Only what was made in this run counts."""
    report = Report(began_s=0.0)
    for outcome in (MADE, FAILED, Outcome("c.txt", "unchanged", duration_ms=3_600_000)):
        report.add(outcome)

    assert report.total(1800.0) == "1 made, 1 unchanged, 1 failed; 0:30:00 of sound in 0:30:00, 2/h"
    assert report.exit_code == 8
    assert Report().exit_code == 0


def test_the_sum_of_nothing_has_no_pace() -> None:
    """Where nothing was made there is none."""
    report = Report(began_s=0.0)
    report.add(FAILED)

    assert report.total(3.0) == "0 made, 0 unchanged, 1 failed in 0:00:03"
