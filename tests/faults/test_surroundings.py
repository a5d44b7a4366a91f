"""Machines without what a program may expect: a home, a path, streams, a locale, space for files, memory."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.command import Forks, start_forks

from faults.bench import ARTICLE, COMMAND, Bench


@pytest.mark.parametrize(
    ("variables", "gone"),
    [
        ({}, "HOME"),
        ({"HOME": ""}, ""),
        ({"HOME": "/nonexistent/home"}, ""),
        ({"HOME": "article.txt"}, ""),
        ({"PATH": ""}, ""),
        ({}, "PATH"),
        ({"TMPDIR": "/nonexistent", "TMP": "/nonexistent", "TEMP": "/nonexistent"}, ""),
        ({"LC_ALL": "C"}, "LANG"),
    ],
    ids=["no home", "empty home", "home missing", "home a file", "empty path", "no path", "no tmpdir", "locale C"],
)
def test_without_what_is_usual(
    bench: Bench, undisturbed: dict[str, bytes], variables: dict[str, str], gone: str
) -> None:
    """The run needs none of it."""
    environment = {name: value for name, value in bench.variables().items() if name != gone} | variables

    ended = bench.run(environment=environment)

    assert ended.code == 0, ended.err
    assert bench.files() == undisturbed


def test_a_home_that_holds_no_cache(bench: Bench) -> None:
    """Is an error that names the folder and the ways round it."""
    environment = {name: value for name, value in bench.variables().items() if name != "NARRATE_CACHE_DIR"}

    ended = bench.run(environment=environment | {"HOME": str(bench.folder / "article.txt")})

    assert ended.code == 6
    assert "article.txt/" in ended.err
    assert "NARRATE_CACHE_DIR" in ended.err
    assert bench.run("--no-cache", environment=environment).code == 0


@pytest.mark.parametrize("epoch", ["1000000000", "0", "yesterday", ""])
def test_a_clock_that_goes_backwards(bench: Bench, epoch: str) -> None:
    """An episode keeps the day that it had, and one that is finished is left alone."""
    bench.run()
    before = bench.files()
    bench.environment["SOURCE_DATE_EPOCH"] = epoch

    assert bench.run().code == 0
    assert bench.files() == before
    bench.write("A Light at Sea\n\nThe keeper climbs.\n\nThe lamp is lit. She sleeps.\n")
    assert bench.run().code == 0
    assert b'"2023-11-14T22:13:20Z"' in (bench.output / "a-light-at-sea.manifest.json").read_bytes()


def test_a_date_that_is_none(bench: Bench) -> None:
    """Is known in words."""
    bench.environment["SOURCE_DATE_EPOCH"] = "9" * 20

    ended = bench.run()

    assert ended.code == 2
    assert "SOURCE_DATE_EPOCH" in ended.err


@pytest.mark.parametrize("files", [16, 32])
def test_few_files_may_be_open(bench: Bench, undisturbed: dict[str, bytes], files: int) -> None:
    """A dozen are enough."""
    assert bench.run(limits={"RLIMIT_NOFILE": files}).code == 0
    assert bench.files() == undisturbed


def test_too_few_files_may_be_open(bench: Bench, undisturbed: dict[str, bytes]) -> None:
    """Is an error in words."""
    ended = bench.run(limits={"RLIMIT_NOFILE": 4})

    assert ended.code == 6
    assert os.strerror(errno.EMFILE) in ended.err
    assert bench.run().code == 0
    assert bench.files() == undisturbed


def _started(bench: Bench, prepare: Callable[[], object] | None = None, **options: object) -> int:
    """The command as a user starts it: a Python of its own, its standard streams as told."""
    command = [sys.executable, "-m", "narrate", *COMMAND]
    given = {"env": bench.variables(), "cwd": bench.folder, "stdin": -3, "timeout": 120} | options
    return subprocess.run(command, preexec_fn=prepare, check=False, **given).returncode  # type: ignore[call-overload, no-any-return]


def _closed(*streams: int) -> Callable[[], None]:
    def close() -> None:
        for stream in streams:
            os.close(stream)

    return close


@pytest.mark.parametrize(
    ("streams", "code"), [((1,), 0), ((2,), 0), pytest.param((0, 1, 2), 0, marks=pytest.mark.long)], ids=str
)
def test_closed_streams(bench: Bench, undisturbed: dict[str, bytes], streams: tuple[int, ...], code: int) -> None:
    """Whoever closed them does not want to hear of it; no file of the episode takes their place."""
    assert _started(bench, _closed(*streams)) == code
    assert bench.files() == undisturbed


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(("stream", "code"), [("stdout", 6), ("stderr", 0)])
def test_streams_that_lead_to_a_full_disk(bench: Bench, undisturbed: dict[str, bytes], stream: str, code: int) -> None:
    """The episode is made; that its path could not be told is an error, that its progress could not is none."""
    with open("/dev/full", "w") as full:
        assert _started(bench, **{stream: full}) == code
    assert bench.files() == undisturbed


def test_progress_that_nobody_reads_any_more(bench: Bench, undisturbed: dict[str, bytes]) -> None:
    """As in `narrate speak … 2>&1 | head -1`: the episode is made all the same."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        assert _started(bench, stderr=pipe) == 0
    assert bench.files() == undisturbed


def test_permissions_are_those_of_the_umask(bench: Bench) -> None:
    """Nobody else may read what is nobody else's."""
    assert _started(bench, lambda: os.umask(0o077)) == 0

    made = [path for folder in (bench.output, bench.cache) for path in (folder, *folder.rglob("*"))]
    assert len(made) > 15
    assert not [path for path in made if path.stat().st_mode & 0o077]


def test_names_of_files_that_this_system_cannot_write(bench: Bench) -> None:
    """Where the locale is an old one and Python was told to believe it."""
    bench.write("海\n\nThe lamp is lit.\n")
    old = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    log = bench.folder / "log"

    with log.open("w") as stderr:
        assert _started(bench, env=bench.variables() | old, stderr=stderr) == 6

    assert "PYTHONUTF8=1" in log.read_text(encoding="utf-8")
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the limit does not bind")
@pytest.mark.parametrize("spare_mb", [10, pytest.param(25, marks=pytest.mark.long)])
def test_too_little_memory(bench: Bench, undisturbed: dict[str, bytes], spare_mb: int) -> None:
    """Ends the run in words: here for an article of 50 MB, as one of a page is made with 10 MB to spare.

    With next to none, a thread may end before Python hears that it has begun, and Python waits for it; so 0 is no case.
    """
    bench.write("The keeper climbs. " * 2_600_000)

    ended = bench.run(spare_bytes=spare_mb * 1_000_000)

    assert ended.code == 1, ended.err
    assert "Traceback" not in ended.err
    assert "there is not enough memory" in ended.err
    bench.write(ARTICLE)
    assert bench.run().code == 0
    assert bench.files() == undisturbed


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the limit does not bind")
def test_little_memory_is_enough(bench: Bench, undisturbed: dict[str, bytes]) -> None:
    """A short article takes less than 40 MB more than what is imported; 8 of them are reserved for each thread."""
    assert bench.run(spare_bytes=40_000_000).code == 0
    assert bench.files() == undisturbed


@pytest.fixture(scope="module")
def other_forks() -> Iterator[Forks]:
    """For runs that go on beside others."""
    with start_forks() as process:
        yield process
        assert process.stdin
        process.stdin.close()


@pytest.mark.parametrize(
    ("step", "then"), [(18, "SIGKILL"), (50, "SIGCONT"), (95, "SIGKILL"), (122, "SIGKILL"), (122, "SIGCONT")]
)
def test_two_runs_of_one_article(
    bench: Bench, other_forks: Forks, undisturbed: dict[str, bytes], step: int, then: str
) -> None:
    """The second waits for the first and says so; when that is done, or was killed, it goes on."""
    pid = bench.folder.with_name("pid")
    first = Bench(bench.folder, other_forks)
    first.start(harm={"step": step, "signal": "SIGSTOP", "pid": str(pid)})
    _until(lambda: pid.exists() and pid.read_text() != "")
    bench.start()
    _until(lambda: bench.stderr.exists() and "another run" in bench.stderr.read_text())
    os.kill(int(pid.read_text()), getattr(signal, then))

    assert first.end().code == (0 if then == "SIGCONT" else -signal.SIGKILL)
    ended = bench.end()
    assert (ended.code, ended.out) == (0, "output/a-light-at-sea.mp3\n")
    assert bench.files() == undisturbed


def _until(is_so: Callable[[], bool]) -> None:
    give_up_s = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < give_up_s
        time.sleep(0.02)
