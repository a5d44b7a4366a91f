"""How far a run is between its chunks, on simulated engines and on traces of a real one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.forecast import Course, Estimate, Forecast, Pace, along, estimate, measured_pace
from narrate.core.progress import Progress

TRACES = Path(__file__).parents[1] / "data" / "traces"


@dataclass(frozen=True)
class Run:
    """What happened, and when: each chunk's characters, beginning and end, and the end of all."""

    chunks: tuple[tuple[int, float, float], ...]
    end_s: float
    jobs: int = 1
    kept: tuple[int, ...] = ()


@dataclass(frozen=True)
class Moment:
    now_s: float
    told: Estimate


def traced(name: str) -> Run:
    """A run of Kokoro on two shared cores, as it was recorded."""
    noted = json.loads((TRACES / f"{name}.json").read_text())
    return Run(tuple(map(tuple, noted["chunks"])), noted["end_s"], noted["jobs"])


def simulated(sizes: Sequence[int], paces: Sequence[float], *, jobs: int = 1, encode_s: float = 0.0) -> Run:
    """Chunks one after the other on so many threads, each at its own pace in seconds for a character."""
    free_s, chunks = [0.0] * jobs, []
    for size, pace in zip(sizes, paces, strict=True):
        thread = free_s.index(min(free_s))
        chunks.append((size, free_s[thread], free_s[thread] + size * pace))
        free_s[thread] = chunks[-1][2]
    return Run(tuple(chunks), max(free_s) + encode_s, jobs)


def watched(run: Run, *, prior: Pace | None = None, step_s: float = 0.5) -> list[Moment]:
    """What is told at each moment of a run."""
    now = [0.0]
    sizes = {number: size for number, (size, _, _) in enumerate(run.chunks)}
    forecast = Forecast(sizes, kept=run.kept, jobs=run.jobs, prior=prior, clock=lambda: now[0])
    events = [(began_s, False, number) for number, (_, began_s, _) in enumerate(run.chunks) if number not in run.kept]
    events += [(ended_s, True, number) for number, (_, _, ended_s) in enumerate(run.chunks)]
    waiting, spoken_s = sorted(events, reverse=True), max(ended_s for _, _, ended_s in run.chunks)
    moments = []
    for step in range(int(run.end_s / step_s) + 1):
        at_s = step * step_s
        while waiting and waiting[-1][0] <= at_s:
            now[0], is_end, number = waiting.pop()
            (forecast.ended if is_end else forecast.began)(number)
        now[0] = at_s
        if at_s >= spoken_s:
            forecast.encoded((at_s - spoken_s) / max(run.end_s - spoken_s, step_s))
        moments.append(Moment(at_s, forecast.estimate()))
    forecast.end()
    moments.append(Moment(run.end_s, forecast.estimate()))
    return moments


def errors(run: Run, moments: list[Moment]) -> list[float]:
    """By how much the foretold end is wrong after the first fifth, as a part of the whole run, sorted."""
    late = [one for one in moments if one.now_s >= run.end_s / 5 and one.told.share < 1]
    return sorted(abs(one.now_s + (one.told.left_s or 0.0) - run.end_s) / run.end_s for one in late)


SIZES = (120, 200, 250, 180, 90, 240, 210, 160, 230, 140)
RUNS = {
    "one pace": simulated(SIZES, [0.05] * 10, encode_s=2.0),
    "two at once": simulated(SIZES, [0.05] * 10, jobs=2, encode_s=2.0),
    "a slow start": simulated(SIZES, [0.06, 0.055, *[0.05] * 8], encode_s=2.0),
    "a slow chunk": simulated(SIZES, [0.05] * 5 + [0.15] + [0.05] * 4, encode_s=2.0),
    "slower and slower": simulated(SIZES, [0.05 + 0.003 * step for step in range(10)], encode_s=2.0),
}


@pytest.mark.parametrize("name", RUNS)
def test_the_end_is_foretold(name: str) -> None:
    """From the first fifth on, within a quarter of the whole, without knowing anything of a run before."""
    assert errors(RUNS[name], watched(RUNS[name]))[-1] < 0.25


@pytest.mark.parametrize("name", ["short-two-jobs", "long-two-jobs", "long-two-jobs-again"])
def test_the_end_of_a_real_run_is_foretold(name: str) -> None:
    """Of Kokoro on two cores that others used as well."""
    run = traced(name)

    assert errors(run, watched(run))[-1] < 0.25


def test_a_start_that_is_very_slow_is_made_good() -> None:
    """A first chunk at a third of the pace misleads until there are others."""
    run = simulated(SIZES, [0.15, 0.08, *[0.05] * 8], encode_s=2.0)
    half = [one for one in watched(run) if one.now_s > run.end_s / 2]

    assert errors(run, half)[-1] < 0.25


def test_a_machine_that_becomes_faster() -> None:
    """Half way through this one the other programs on it ended: nobody can foretell that, and it is put right."""
    run = traced("short-one-job")
    wrong = errors(run, watched(run))

    assert wrong[len(wrong) // 2] < 0.1
    assert wrong[-1] < 0.4


@pytest.mark.parametrize("name", RUNS)
def test_it_moves_between_chunks(name: str) -> None:
    """Nothing stands still for longer than two seconds once the first chunk has told the pace."""
    run = RUNS[name]
    first_s = min(ended_s for _, _, ended_s in run.chunks)
    shares = [one.told.share for one in watched(run) if one.now_s > first_s]

    assert all(later > share for share, later in zip(shares[:-4], shares[4:], strict=True))


def test_without_a_pace_no_time_is_told() -> None:
    """A first run on a machine does not guess; with what the last one left, it moves from the beginning."""
    run = RUNS["one pace"]
    first_s = run.chunks[0][2]
    unknown = [one.told for one in watched(run) if one.now_s < first_s]
    known = [one.told for one in watched(run, prior=Pace(0.05, 0.001)) if one.now_s < first_s]

    assert {(one.share, one.left_s) for one in unknown} == {(0.0, None)}
    assert known[0].left_s == pytest.approx(run.end_s, rel=0.05)
    assert [one.share for one in known] == sorted({one.share for one in known})


def test_clips_that_are_kept_take_no_time() -> None:
    """Neither all of them nor some of them are taken for a pace."""
    kept = tuple(range(6))
    chunks = tuple((size, 0.0, 0.01) for size in SIZES[:6])
    rest = simulated(SIZES[6:], [0.05] * 4)
    mixed = Run((*chunks, *rest.chunks), rest.end_s + 2.0, kept=kept)
    moments = watched(mixed, prior=Pace(0.05))

    assert errors(mixed, moments)[-1] < 0.25
    assert moments[2].told.share < 0.2
    whole = watched(Run(chunks, 5.0, kept=kept))
    assert whole[5].told.share == pytest.approx(0.625, abs=0.01)


def test_a_kept_clip_that_was_damaged_is_spoken() -> None:
    """It counts among the spoken ones then, and nothing goes back."""
    now = [0.0]
    forecast = Forecast({0: 100, 1: 100}, kept=[0, 1], clock=lambda: now[0])
    forecast.ended(0)
    shares = [forecast.estimate().share]
    forecast.began(1)
    shares.append(forecast.estimate().share)
    now[0] = 5.0
    forecast.ended(1)
    shares.append(forecast.estimate().share)

    assert shares == sorted(shares)
    pace = forecast.end()
    assert pace is not None
    assert pace.speak_s == pytest.approx(0.05)


def test_what_it_is_at() -> None:
    """The voice is loaded before the first chunk only, and the same chunk twice counts once."""
    forecast = Forecast({0: 10, 1: 10})
    phases = [forecast.phase]
    for step in (
        forecast.loading,
        lambda: forecast.began(0),
        forecast.loading,
        lambda: forecast.ended(0),
        lambda: forecast.ended(0),
        lambda: forecast.ended(99),
        lambda: forecast.encoded(0.0),
        forecast.end,
    ):
        step()
        phases.append(forecast.phase)

    assert phases == ["speak", "load", "speak", "speak", "speak", "speak", "speak", "encode", "end"]
    assert forecast.estimate() == Estimate(1.0, 0.0)


@given(
    sizes=st.lists(st.integers(1, 400), min_size=1, max_size=12),
    paces=st.lists(st.floats(0.001, 1.0), min_size=12, max_size=12),
    jobs=st.integers(1, 4),
    kept=st.sets(st.integers(0, 11)),
    prior=st.none() | st.builds(Pace, st.floats(1e-6, 10.0), st.none() | st.floats(1e-6, 10.0)),
)
def test_it_never_goes_back(
    sizes: list[int], paces: list[float], jobs: int, kept: set[int], prior: Pace | None
) -> None:
    """Whatever a run does: it stays between 0 and 1, and is 1 at the end only."""
    made = simulated(sizes, paces[: len(sizes)], jobs=jobs, encode_s=1.0)
    run = Run(made.chunks, made.end_s, jobs, tuple(number for number in kept if number < len(sizes)))
    moments = watched(run, prior=prior, step_s=max(0.1, run.end_s / 50))
    shares = [one.told.share for one in moments]

    assert shares == sorted(shares)
    assert all(0 <= share < 1 for share in shares[:-1])
    assert shares[-1] == 1
    assert all(one.told.left_s is None or one.told.left_s >= 0 for one in moments)


@given(elapsed_s=st.floats(0, 1e6), more_s=st.floats(0, 1e6), expected_s=st.floats(1e-3, 1e4))
def test_a_chunk_never_reaches_its_end_by_itself(elapsed_s: float, more_s: float, expected_s: float) -> None:
    """It moves on for ever, and only its clip finishes it."""
    assert 0 <= along(elapsed_s, expected_s) <= along(elapsed_s + more_s, expected_s) < 1


def test_the_pace_follows_what_was_measured_last() -> None:
    """The last run's counts as long as there is little else."""
    prior = Pace(1.0)
    slow, fast = (500, 50.0), (500, 5.0)

    assert measured_pace(Course()) is None
    assert measured_pace(Course(prior=prior)) == pytest.approx(1.0)
    assert measured_pace(Course(spoken=(slow, fast))) < measured_pace(Course(spoken=(fast, slow)))  # type: ignore[operator]
    assert measured_pace(Course(spoken=(fast,) * 20, prior=prior)) == pytest.approx(0.01, abs=0.11)


def test_the_longest_chunk_is_waited_for() -> None:
    """Two threads do not share one chunk."""
    course = Course(running=((300, 0.0), (20, 0.0)), jobs=2, prior=Pace(0.1, 0.0001))

    told = estimate(course)
    assert told.left_s == pytest.approx(30.0, rel=0.01)


def test_progress_tells_it() -> None:
    """With a forecast the whole run's share, without one that of the stage."""
    forecast = Forecast({0: 10})
    forecast.end()

    assert Progress("speak", 3, 10, forecast).estimate() == Estimate(1.0, 0.0)
    assert Progress("listen", 3, 10).estimate() == Estimate(0.3)
    assert Progress("listen", 0, 0).estimate() == Estimate(0.0)
    assert Progress("speak", 3, 10, forecast) == Progress("speak", 3, 10)
