"""Forecasts of a run: its progress at any moment, between two finished chunks too, and the time it still takes.

A chunk takes a time that goes with its characters, so what is known of a machine is a pace: seconds for a character. It
is measured on the chunks that this run has finished; before the first one it is that of the last run. Without either
nothing is guessed: what is finished counts, and no time is told.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal

Phase = Literal["load", "speak", "encode", "end"]

# A clip that is kept is read in milliseconds, a hundredth of the time it takes to speak.
KEPT_COST = 0.01

# Of the time that speaking takes, where no run has told: two hundredths at a MP3's usual rate, and the covers.
ENCODE_COST = 0.03

# A chunk moves on at its pace for so much of its way, and then ever more slowly: nobody knows when it will be finished.
STEADY = 0.8

# The pace of the last run counts like so many characters of this one.
PRIOR_CHARS = 200

# What was measured so many characters ago counts for half: other programs come and go.
HALF_CHARS = 1_500

# A title of two words takes more time for each of its characters than a sentence; alone it tells no pace.
ENOUGH_CHARS = 30

# What is left when all is spoken and encoded: tags, transcripts and files that take their names.
BEFORE_THE_END = 0.995


@dataclass(frozen=True, slots=True)
class Pace:
    """The speed of a machine.

    Attributes:
        speak_s: Seconds that one thread takes to speak a character, while the others speak as well.
        encode_s: Seconds for each character of an article, from its last clip to its finished file; None if unknown.
    """

    speak_s: float
    encode_s: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """The progress of a whole run.

    Attributes:
        share: 0.0 to 1.0, which it is at the end only.
        left_s: Seconds until then; None where no pace is known.
    """

    share: float
    left_s: float | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A run at one moment; lengths in characters, times in seconds.

    Attributes:
        waiting: Of all chunks that are to be spoken and are not begun.
        running: Of each that is being spoken, and how long that has been going on.
        spoken: Of each that this run has spoken, and how long that took; in the order they were finished.
        kept: Of all that needed no speaking, as a clip of them was kept, and of those that will not.
        kept_done: The part of these that is there already.
        jobs: Chunks spoken at once.
        prior: The pace of the last run; None for a first one.
        encoding: How much of the sound is encoded, 0 to 1, and since when that goes on; None before.
    """

    waiting: int = 0
    running: tuple[tuple[int, float], ...] = ()
    spoken: tuple[tuple[int, float], ...] = ()
    kept: int = 0
    kept_done: int = 0
    jobs: int = 1
    prior: Pace | None = None
    encoding: tuple[float, float] | None = None

    @property
    def all_chars(self) -> int:
        """The whole article."""
        return self.kept + self.waiting + sum(chars for chars, _ in (*self.running, *self.spoken))


def measured_pace(course: Course) -> float | None:
    """Seconds that a thread takes for a character: what was measured last counts most; None where nobody knows."""
    weight, chars_sum, seconds_sum = 1.0, 0.0, 0.0
    for chars, seconds in reversed(course.spoken):
        chars_sum, seconds_sum = chars_sum + weight * chars, seconds_sum + weight * seconds
        weight *= 0.5 ** (chars / HALF_CHARS)
    if course.prior:
        chars_sum, seconds_sum = chars_sum + PRIOR_CHARS, seconds_sum + PRIOR_CHARS * course.prior.speak_s
    return seconds_sum / chars_sum if chars_sum >= ENOUGH_CHARS else None


def along(elapsed_s: float, expected_s: float) -> float:
    """Return the part of a chunk that is done after a time: at its pace at first, then ever more slowly; never all."""
    way = max(0.0, elapsed_s) / expected_s if expected_s > 0 else math.inf
    if way <= STEADY:
        return way
    rest = 1.0 - STEADY
    return 1.0 - rest * max(math.exp(-(way - STEADY) / rest), 1e-6)


def estimate(course: Course) -> Estimate:
    """Return a run's share and the time it still takes; below 1.0, as only the run itself knows that it is over."""
    pace = measured_pace(course)
    moving = [(chars, along(elapsed_s, chars * pace) if pace else 0.0) for chars, elapsed_s in course.running]
    spoken = sum(chars for chars, _ in course.spoken) + sum(chars * part for chars, part in moving)
    speaking = course.waiting + sum(chars for chars, _ in (*course.running, *course.spoken))
    encode = _encode_cost(course) * course.all_chars
    encoded = course.encoding[0] if course.encoding else 0.0
    done = spoken + KEPT_COST * course.kept_done + encode * encoded
    whole = speaking + KEPT_COST * course.kept + encode
    return Estimate(min(BEFORE_THE_END, done / whole if whole else 0.0), _left_s(course, pace, moving))


def _encode_cost(course: Course) -> float:
    """Return the cost of encoding as a part of one thread's speaking; it stays so from beginning to end of a run."""
    prior = course.prior
    known = prior.encode_s / prior.speak_s if prior and prior.encode_s and prior.speak_s else ENCODE_COST
    return known * course.jobs


def _left_s(course: Course, pace: float | None, moving: list[tuple[int, float]]) -> float | None:
    """Nobody waits for more than the longest chunk where all are begun, and for all of them together else."""
    if course.encoding:
        return _encode_left_s(course, *course.encoding)
    encode_s = course.prior.encode_s if course.prior else None
    if pace is None:
        return None
    rests_s = [chars * pace * (1.0 - part) for chars, part in moving]
    speak_s = max((course.waiting * pace + sum(rests_s)) / course.jobs, *rests_s, 0.0)
    return speak_s + course.all_chars * (encode_s if encode_s is not None else ENCODE_COST * pace)


def _encode_left_s(course: Course, share: float, elapsed_s: float) -> float | None:
    """Return seconds of encoding left, by what it took so far; before there is anything to measure, by the last run."""
    if share > 0:
        return elapsed_s * (1.0 - share) / share
    known = course.prior.encode_s if course.prior else None
    return None if known is None else max(0.0, course.all_chars * known - elapsed_s)


class Forecast:
    """Takes note of what begins and ends, in any thread, and tells at any moment how far the run is.

    What it tells never goes back, and is 1.0 from `end` on only.
    """

    def __init__(
        self,
        sizes_chars: Mapping[int, int],
        *,
        kept: Collection[int] = (),
        jobs: int = 1,
        prior: Pace | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing has begun.

        Args:
            sizes_chars: The length of each chunk, by its number.
            kept: Numbers of those whose clips are there already.
            jobs: Chunks spoken at once.
            prior: The pace of the last run.
            clock: Seconds, never jumping back.
        """
        self._sizes_chars, self._kept = dict(sizes_chars), frozenset(kept)
        self._jobs, self._prior, self._clock = max(1, jobs), prior, clock
        self._lock = threading.Lock()
        self._began_s: dict[int, float] = {}
        self._done: set[int] = set()
        self._spoken: list[tuple[int, float]] = []
        self._encode_began_s: float | None = None
        self._encoded = self._share = 0.0
        self._phase: Phase = "speak"

    @property
    def phase(self) -> Phase:
        """The phase that the run is in; "load" while all that wanted to speak wait for the voice."""
        return self._phase

    def loading(self) -> None:
        """Somebody waits for the engine to be ready."""
        with self._lock:
            if not self._began_s and not self._spoken and self._phase == "speak":
                self._phase = "load"

    def began(self, number: int) -> None:
        """A chunk is being spoken; a second time, it is spoken anew."""
        with self._lock:
            if self._phase == "load":
                self._phase = "speak"
            if number in self._sizes_chars and number not in self._done:
                self._began_s[number] = self._clock()

    def ended(self, number: int) -> None:
        """A chunk has its clip, spoken now or kept from before."""
        with self._lock:
            began_s = self._began_s.pop(number, None)
            if number in self._done or number not in self._sizes_chars:
                return
            self._done.add(number)
            if began_s is not None:
                self._spoken.append((self._sizes_chars[number], self._clock() - began_s))

    def encoded(self, share: float) -> None:
        """Note how much of the sound is encoded; the first call tells that this begins."""
        with self._lock:
            if self._encode_began_s is None:
                self._encode_began_s = self._clock()
            self._phase = "encode"
            self._encoded = max(self._encoded, min(1.0, share))

    def end(self) -> Pace | None:
        """The run is over; give the pace that it had, None if it spoke nothing."""
        with self._lock:
            self._phase = "end"
            chars, seconds = (sum(column) for column in zip(*self._spoken, strict=True)) if self._spoken else (0, 0.0)
            began_s, all_chars = self._encode_began_s, sum(self._sizes_chars.values())
            encode_s = (self._clock() - began_s) / all_chars if began_s is not None and all_chars else None
        return Pace(seconds / chars, encode_s) if chars and seconds > 0 else None

    def estimate(self) -> Estimate:
        """Return the run's progress as of now."""
        with self._lock:
            if self._phase == "end":
                return Estimate(1.0, 0.0)
            now = estimate(self._course(self._clock()))
            self._share = max(self._share, now.share)
            return Estimate(self._share, now.left_s)

    def _course(self, now_s: float) -> Course:
        sizes, done = self._sizes_chars, self._done
        kept = self._kept - self._began_s.keys()
        spoken_now = sum(chars for chars, _ in self._spoken)
        # A clip that was thought to be kept and had to be spoken counts among the spoken.
        kept_done = sum(sizes[number] for number in done) - spoken_now
        waiting = sum(
            chars for number, chars in sizes.items() if number not in done and number not in kept | self._began_s.keys()
        )
        running = tuple((sizes[number], now_s - began_s) for number, began_s in self._began_s.items())
        kept_left = sum(sizes[number] for number in kept if number in sizes and number not in done)
        encoding = None if self._encode_began_s is None else (self._encoded, now_s - self._encode_began_s)
        return Course(
            waiting, running, tuple(self._spoken), kept_done + kept_left, kept_done, self._jobs, self._prior, encoding
        )
