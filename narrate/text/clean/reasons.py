"""Says in words why a line was dropped: the features that decided, from reasons.toml, and how certain that is."""

from __future__ import annotations

from collections.abc import Sequence

from narrate.core.resources import packaged_table
from narrate.text.clean.evidence import look_of
from narrate.text.clean.judging import REASONS_MAX, Verdict
from narrate.text.clean.line_features import Line

CERTAINTY_MAX = 0.99


def said_of(name: str) -> str | None:
    """Return what the name of a feature means, "" for what is not worth saying; None for a name without words.

    "place:after prose 3 short" is looked for as it is, then without its last word, and so on.
    """
    group, _, value = name.partition(":")
    words = value.split(" ")
    table = packaged_table(__package__ or "", "reasons.toml").get(group, {})
    shorter = (" ".join(words[:count]) for count in range(len(words), -1, -1))
    return next((str(table[key]) for key in shorter if key in table), None)


def in_words(line: Line, verdict: Verdict) -> str:
    """Return why a line was dropped: "short line, after the last paragraph, few words of the text; 0.97"."""
    looks = packaged_table(__package__ or "", "reasons.toml")["look"]
    said = dict.fromkeys([str(looks[look_of(line)]), *_said(verdict.reasons)])
    # Nothing is as certain as 1.00 would look.
    return f"{', '.join(list(said)[: REASONS_MAX + 1])}; {min(1.0 - verdict.probability, CERTAINTY_MAX):.2f}"


def _said(names: Sequence[str]) -> list[str]:
    return [words for name in names if (words := said_of(name))]
