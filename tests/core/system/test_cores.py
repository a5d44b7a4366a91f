"""How many cores there really are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from narrate.core.system.cores import available_cores, one_blas_thread


@pytest.fixture(autouse=True)
def _eight_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of eight cores that has affinities."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(8)), raising=False)


def cores(folder: Path, own: str) -> int:
    """Of a process whose groups are those."""
    (folder / "own").write_text(own)
    return available_cores(folder / "groups", folder / "own")


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


def test_nothing_limits(tmp_path: Path) -> None:
    """All cores by affinity, with and without a file that says so."""
    assert available_cores(tmp_path / "none", tmp_path / "nothing") == 8
    write(tmp_path / "groups" / "cpu.max", "max 100000\n")
    assert cores(tmp_path, "0::/\n") == 8


@pytest.mark.parametrize(
    ("quota", "expected"), [("200000 100000", 2), ("150000 100000", 2), ("10000 100000", 1), ("9900000 100000", 8)]
)
def test_a_container(tmp_path: Path, quota: str, expected: int) -> None:
    """Its own group is the outermost that it sees; a part of a core counts as one."""
    write(tmp_path / "groups" / "cpu.max", quota)

    assert cores(tmp_path, "0::/\n") == expected


def test_a_group_inside_a_group(tmp_path: Path) -> None:
    """The tightest limit holds."""
    write(tmp_path / "groups" / "user.slice" / "cpu.max", "300000 100000")
    write(tmp_path / "groups" / "user.slice" / "job" / "cpu.max", "max 100000")

    assert cores(tmp_path, "0::/user.slice/job\n") == 3


def test_version_1(tmp_path: Path) -> None:
    """Files of older systems, in the folder of the controller."""
    write(tmp_path / "groups" / "cpu,cpuacct" / "docker" / "x" / "nothing", "")
    write(tmp_path / "groups" / "cpu" / "docker" / "cpu.cfs_quota_us", "400000")
    write(tmp_path / "groups" / "cpu" / "docker" / "cpu.cfs_period_us", "100000")

    assert cores(tmp_path, "3:cpu,cpuacct:/docker/x\n1:name=systemd:/docker/x\n") == 4


def test_what_cannot_be_read_is_no_limit(tmp_path: Path) -> None:
    """Damaged files count for nothing."""
    write(tmp_path / "groups" / "cpu.max", "many")
    write(tmp_path / "groups" / "cpu" / "cpu.cfs_quota_us", "-1")

    assert cores(tmp_path, "what is this") == 8


def test_without_affinities(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All cores of the machine, and one where it does not know."""
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)

    assert available_cores(tmp_path / "none", tmp_path / "nothing") == 1


# What `narrate speak` has imported when it says how many threads it wants, and then the threads that numpy makes.
SPEAKING = """
import os, sys
import narrate.cli.commands.speak as commands

def too_late():
    print("numpy" in sys.modules, end=" ")
    raise SystemExit

commands.one_blas_thread = too_late
try:
    commands.speak(None, {}, play=False, report=None, cluster="", as_json=False, debug=True)
except SystemExit:
    pass
from narrate.core.system.cores import one_blas_thread
one_blas_thread()
import numpy
print(len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
def test_numpy_makes_no_threads() -> None:
    """`speak` says so before it imports numpy."""
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    command = [sys.executable, "-c", SPEAKING]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    assert said.split() == ["False", "1"]


def test_the_users_own_number_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has set it knows why."""
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")

    one_blas_thread()

    assert os.environ["OPENBLAS_NUM_THREADS"] == "3"
