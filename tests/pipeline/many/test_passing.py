"""Errors that pass are told from others, and the pauses before the next try grow."""

from __future__ import annotations

import pytest

from narrate.core.errors import EngineUnavailable, NarrateError, OutputError, SourceError
from narrate.pipeline.many.passing import LONGEST_PAUSE_S, TRIES_MAX, is_passing, pause_s
from narrate.sources.fetch.addresses import Unreachable
from narrate.sources.fetch.web import Refused


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Unreachable("x"), True),
        (Refused("x", "", 500, ""), True),
        (Refused("x", "", 429, ""), True),
        (Refused("x", "", 404, ""), False),
        (Refused("x", "", 403, ""), False),
        (EngineUnavailable("x"), True),
        (OutputError("x"), True),
        (SourceError("x"), False),
        (ValueError("x"), False),
    ],
)
def test_what_passes(error: Exception, expected: bool) -> None:
    """A later try may succeed; the reason may lie behind another error."""
    assert is_passing(error) is expected
    outer = NarrateError("outer")
    outer.__cause__ = error
    assert is_passing(outer) is expected


def test_pauses_grow_to_an_end() -> None:
    """Twice as long each time, an hour at most, and then no more."""
    pauses = [pause_s(Unreachable("x"), failures) for failures in range(TRIES_MAX + 1)]

    assert pauses[:3] == [60, 120, 240]
    assert pauses[-3:] == [LONGEST_PAUSE_S, None, None]
    assert pause_s(SourceError("x"), 0) is None


@pytest.mark.parametrize(("asked", "expected"), [("5", 60), ("600", 600), ("999999", LONGEST_PAUSE_S), ("soon", 60)])
def test_a_server_may_ask_for_more(asked: str, expected: float) -> None:
    """It is left alone for so long, an hour at most."""
    assert pause_s(Refused("x", "", 503, "", asked), 0) == expected
