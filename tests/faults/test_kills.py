"""A run that is ended at any step on the file system loses nothing, and the next one ends where it would have."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from faults.bench import ARTICLE, Bench

# More than there are (163); a run that has ended before its step was not disturbed.
STEPS = 190

# The first at which all files are ready, but the journal is not in place.
COMMIT_FROM = 123

# The last of the commit; what follows is about the size of the cache.
COMMIT_TO = 142

SIGNALS = ("SIGKILL", "SIGTERM", "SIGINT")


def places() -> list[object]:
    """A run in a signal and a step; in a quick run a step in twelve, and a step in four of the commit."""
    found: list[object] = []
    for number in range(1, STEPS + 1):
        for offset, name in enumerate(SIGNALS):
            is_commit = COMMIT_FROM <= number <= COMMIT_TO and name == "SIGKILL"
            is_quick = number % 4 == 0 if is_commit else number % 36 == 12 * offset
            found.append(pytest.param(name, "step", number, marks=() if is_quick else pytest.mark.long))
    found += [pytest.param(name, "frame", 1 + offset) for offset, name in enumerate(SIGNALS)]
    return found


@pytest.mark.parametrize(("name", "kind", "number"), places())
def test_ended_at_any_step(bench: Bench, undisturbed: dict[str, bytes], name: str, kind: str, number: int) -> None:
    """The next run makes the same files, byte for byte, and leaves nothing else."""
    ended = bench.run(harm={kind: number, "signal": name})

    assert ended.code in ((0, 130) if name == "SIGINT" else (0, -getattr(signal, name)))
    assert "Traceback" not in ended.err
    if ended.code == 130:
        assert "finished clips are kept" in ended.err
    again = bench.run()
    assert (again.code, again.out) == (0, "output/a-light-at-sea.mp3\n")
    assert bench.files() == undisturbed


def test_every_step_is_tried(bench: Bench) -> None:
    """There are enough of them, and no more than the table has."""
    log = bench.folder.with_name("log")

    bench.run(harm={"log": str(log)})

    steps = log.read_text().splitlines()
    assert steps.count("frame ") >= len(SIGNALS)
    assert COMMIT_TO < len(steps) - steps.count("frame ") <= STEPS
    at = COMMIT_FROM + steps.count("frame ")
    assert not [step for step in steps[:at] if step.startswith("os.rename") and "a-light-at-sea" in step]


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory, forks: object) -> Path:
    """A bench whose article has been spoken."""
    bench = Bench(tmp_path_factory.mktemp("spoken") / "bench", forks)  # type: ignore[arg-type]
    bench.run()
    return bench.folder


CHANGED = f"{ARTICLE}\nThe keeper sleeps.\n"


@pytest.fixture(scope="session")
def changed(spoken: Path, tmp_path_factory: pytest.TempPathFactory, forks: object) -> dict[str, bytes]:
    """What becomes of it when the article changes."""
    folder = tmp_path_factory.mktemp("changed") / "bench"
    shutil.copytree(spoken, folder)
    bench = Bench(folder, forks)  # type: ignore[arg-type]
    bench.write(CHANGED)
    bench.run()
    return bench.files()


@pytest.mark.parametrize(
    "number", [pytest.param(n, marks=() if n % 14 == 0 else pytest.mark.long) for n in range(40, STEPS)]
)
def test_killed_while_an_episode_is_replaced(
    bench: Bench, spoken: Path, changed: dict[str, bytes], number: int
) -> None:
    """The folder holds the old episode or the new one, whole; the next run ends with the new one."""
    shutil.copytree(spoken, bench.folder, dirs_exist_ok=True)
    old = bench.files(bench.output)
    new = {name: content for name, content in changed.items() if name.startswith("output")}
    bench.write(CHANGED)

    bench.run(harm={"step": number, "signal": "SIGKILL"})
    if not list(bench.output.glob(".*.commit")):
        left = {name: content for name, content in bench.files(bench.output).items() if not name.endswith(".part")}
        assert left in (old, new)

    assert bench.run().code == 0
    assert bench.files() == changed
