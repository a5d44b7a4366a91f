"""Proof by ear: an episode is recognised as speech and compared with its script, word by word."""

from __future__ import annotations

from narrate.check.listen.compare import Added, Difference, Missed, Report, compare
from narrate.check.listen.heard import HeardWord, hear, require_ear
from narrate.check.listen.listening import listen
from narrate.check.listen.page import write_report
from narrate.check.listen.report import lines
from narrate.check.listen.script import read_script

__all__ = [
    "Added",
    "Difference",
    "HeardWord",
    "Missed",
    "Report",
    "compare",
    "hear",
    "lines",
    "listen",
    "read_script",
    "require_ear",
    "write_report",
]
