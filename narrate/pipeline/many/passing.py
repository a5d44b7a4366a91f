"""Tells errors that pass from others, and how long to wait before the next try."""

from __future__ import annotations

from datetime import UTC, datetime

from narrate.core.errors import EngineUnavailable, OutputError
from narrate.core.web.retry_after import retry_after_s
from narrate.library.inbox.inbox import PAUSE_MAX
from narrate.sources.fetch.addresses import Unreachable
from narrate.sources.fetch.web import Refused

# What failed in passing is tried again after so long, then twice as long each time, an hour at most; ten times in all.
FIRST_PAUSE_S = 60.0
LONGEST_PAUSE_S = PAUSE_MAX.total_seconds()
TRIES_MAX = 10
_PASSING = frozenset({408, 425, 429})


def pause_s(error: BaseException, failures: int) -> float | None:
    """Return how many seconds to wait before what failed is tried again; None where that is of no use.

    Args:
        error: Why it failed; a server may say in it how long it wants to be left alone.
        failures: How often it failed in passing before.
    """
    if not is_passing(error) or failures + 1 >= TRIES_MAX:
        return None
    return max(growing_s(FIRST_PAUSE_S, failures, LONGEST_PAUSE_S), min(_asked_pause_s(error), LONGEST_PAUSE_S))


def growing_s(first_s: float, failures: int, longest_s: float) -> float:
    """Return a pause that is twice as long after each failure, in seconds.

    Args:
        first_s: After the first one.
        failures: How many came before the last one.
        longest_s: It grows no further.
    """
    grown_s: float = first_s * 2.0 ** min(failures, 10)
    return min(grown_s, longest_s)


def is_passing(error: BaseException) -> bool:
    """Tell whether a later try may succeed: the network or a server is down, a service is busy, the disk is full."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, Refused):
            return cause.status >= 500 or cause.status in _PASSING
        if isinstance(cause, (Unreachable, EngineUnavailable, OutputError)):
            return True
        cause = cause.__cause__
    return False


def _asked_pause_s(error: BaseException) -> float:
    """Return how long a server asks to be left alone; 0 where it says nothing."""
    if not isinstance(error, Refused):
        return 0.0
    return retry_after_s(error.retry_after, datetime.now(UTC)) or 0.0
