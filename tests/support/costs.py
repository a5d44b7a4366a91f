"""What work costs as its input grows: steps counted, processor time as a ratio, memory of a process of its own.

Seconds are never compared with a limit, only with those of a smaller input: that holds on any machine. Two measures,
as each is blind where the other sees. Steps (lines of Python that are run) are the same in each run, but one step may
be a regular expression or a parser in C that goes through all the text; time sees those, and is noisy. So time is the
least of several runs, at sizes where a run takes a while, over four times the input, and a growth that is too steep is
measured again before it is believed: noise passes, a square does not.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import TypeVar

from narrate.core.errors import NarrateError

if sys.platform != "win32":
    import resource

# Twice the input may be so many times the work; a square is 4, n log n is 2.2 at most at these sizes.
DOUBLING_MAX = 2.5

# Memory beyond what the process takes before it reads: so much, and so many times the input.
MEMORY_BYTES = 200_000_000
MEMORY_FACTOR = 20
# No more is given to a process that is measured, so that the machine survives what eats its memory.
ADDRESS_BYTES = 4_000_000_000

# Time is compared over so many times the input, which is two doublings.
_TIMES = 4
# How often noise may spoil a measure. What is too steep at the first size is measured at the second anyway.
_TRIES_FIRST = 2
_TRIES = 6

Given = TypeVar("Given")
Make = Callable[[int], Given]
"""Makes an input of about so many characters or bytes."""
Work = Callable[[Given], object]
"""What is measured; a refusal (NarrateError) is an answer like any other."""


@dataclass(frozen=True, slots=True)
class TimeGrowth:
    """What doubling the input does to the processor time.

    Attributes:
        ratio: For twice the input.
        size: Of the smaller input, in what `make` counts.
        least_s: What the smaller one took.
    """

    ratio: float
    size: int
    least_s: float


def steps(work: Work[Given], given: Given) -> int:
    """Return how many lines of Python are run, those of libraries too: the same number each time."""
    count = 0

    def on_event(frame: FrameType, event: str, arg: object) -> object:
        nonlocal count
        count += 1
        return on_event

    before = sys.gettrace()
    sys.settrace(on_event)
    try:
        _done(work, given)
    finally:
        sys.settrace(before)
    return count


def step_growth(make: Make[Given], work: Work[Given], size: int, doublings: int = 3) -> float:
    """Return how many times the steps are run for twice the input: the least of several doublings, one after the other.

    A larger input may take another way than a smaller one, which makes one step in the row a high one. A square
    makes all of them high. What is read once and kept is read before.
    """
    _done(work, make(size))
    counts = [steps(work, make(size))]
    least = float("inf")
    for doubling in range(1, doublings + 1):
        counts.append(steps(work, make(size * 2**doubling)))
        least = min(least, counts[-1] / counts[-2])
        if least <= DOUBLING_MAX:
            break
    return least


def processor_s(work: Work[Given], given: Given, runs: int = 3) -> float:
    """Return the least processor time of several runs, without the collector of garbage."""
    least_s = float("inf")
    for _ in range(runs):
        gc.collect()
        gc.disable()
        try:
            began_s = time.thread_time()
            _done(work, given)
            least_s = min(least_s, time.thread_time() - began_s)
        finally:
            gc.enable()
    return least_s


def time_growth(
    make: Make[Given], work: Work[Given], size: int = 1_000, *, at_least_s: float = 0.05, size_max: int = 2**18
) -> TimeGrowth:
    """Return what twice the input does to the time, at the first size from `size` on that takes `at_least_s`.

    What is faster than that even at `size_max` is not compared: its ratio is 0, as noise is all it would say. A growth
    that is too steep is measured once more from twice the size: where a larger input only takes another way than a
    smaller one, it is not steep there, and a square is.
    """
    _done(work, make(size))
    while (least_s := processor_s(work, make(size), 1)) < at_least_s:
        size *= 2
        if size > size_max:
            return TimeGrowth(0.0, size // 2, least_s)
    growth = TimeGrowth(_ratio(work, make(size), make(_TIMES * size), least_s, _TRIES_FIRST), size, least_s)
    if growth.ratio <= DOUBLING_MAX:
        return growth
    size, least_s = 2 * size, processor_s(work, make(2 * size), 1)
    again = TimeGrowth(_ratio(work, make(size), make(_TIMES * size), least_s), size, least_s)
    return min(growth, again, key=lambda one: one.ratio)


def _ratio(work: Work[Given], small: Given, large: Given, small_s: float, tries: int = _TRIES) -> float:
    """The growth for one doubling, measured until it is as it should be, at most some times."""
    large_s = processor_s(work, large, 1)
    for _ in range(tries):
        if large_s <= small_s * DOUBLING_MAX ** (_TIMES // 2):
            break
        if large_s > small_s * _TIMES**2 / 1.5:
            # A square, beyond any noise, which may take minutes to measure again; one look at the smaller one does.
            small_s = max(small_s, processor_s(work, small, 3))
            if large_s > small_s * _TIMES**2 / 1.5:
                break
        small_s, large_s = min(small_s, processor_s(work, small)), min(large_s, processor_s(work, large, 2))
    return (large_s / small_s) ** (1 / (_TIMES // 2))


def memory_bytes(work: Work[Given], given: Given) -> int:
    """Return what memory the work takes at its most, beyond what the process has, in a process of its own.

    It forks, so call it where there is one thread.

    Raises:
        MemoryError: It took more than ADDRESS_BYTES, or ended in an error that is no NarrateError.
    """
    result, answer = os.pipe()
    child = os.fork()
    if not child:
        with suppress(BaseException):
            os.write(answer, str(_taken_bytes(work, given)).encode())
        os._exit(0)
    os.close(answer)
    with open(result, "rb") as file:
        taken = file.read()
    os.waitpid(child, 0)
    if not taken:
        raise MemoryError(f"it took more than {ADDRESS_BYTES:,} bytes, or ended in an error")
    return int(taken)


def _taken_bytes(work: Work[Given], given: Given) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_BYTES, ADDRESS_BYTES))
    before_bytes = _peak_bytes()
    _done(work, given)
    return _peak_bytes() - before_bytes


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _done(work: Work[Given], given: Given) -> None:
    with suppress(NarrateError):
        work(given)
