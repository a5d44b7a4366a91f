"""Disks that are full, slow to say so, or may only be read."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.bench import Bench
from faults.test_kills import STEPS

ERRORS = {"full": errno.ENOSPC, "broken": errno.EIO, "forbidden": errno.EACCES}


def failures() -> list[object]:
    """Every error from every step on; in a quick run a full disk from a step in twenty, the others more rarely."""
    return [
        pytest.param(number, error, id=f"{name}-{number}", marks=() if number % every == 0 else pytest.mark.long)
        for (name, error), every in zip(ERRORS.items(), (20, 60, 60), strict=True)
        for number in range(6, STEPS)
    ]


@pytest.mark.parametrize(("number", "error"), failures())
def test_a_disk_that_fails_from_any_step_on(
    bench: Bench, undisturbed: dict[str, bytes], number: int, error: int
) -> None:
    """Is said in words with what to do; no part of an episode is there, and the next run goes on."""
    ended = bench.run(harm={"step": number, "error": error})

    assert "Traceback" not in ended.err
    assert ended.code in (0, 6)
    if ended.code == 6:
        assert os.strerror(error) in ended.err
        assert "hint: " in ended.err
    if not list(bench.output.glob(".*.commit")):
        assert len([name for name in bench.files() if name.startswith("output")]) in (0, 6)
    assert bench.run().code == 0
    assert bench.files() == undisturbed


@pytest.mark.parametrize("largest_bytes", [1_000, 4_000, 15_000, 34_000])
def test_no_file_may_grow(bench: Bench, undisturbed: dict[str, bytes], largest_bytes: int) -> None:
    """A quota (RLIMIT_FSIZE) reached in a clip, in the spool, in the sound."""
    ended = bench.run(limits={"RLIMIT_FSIZE": largest_bytes})

    assert ended.code == 6
    assert os.strerror(errno.EFBIG) in ended.err, ended.err
    assert "hint: " in ended.err
    assert not [name for name in bench.files() if name.startswith("output")]
    assert bench.run().code == 0
    assert bench.files() == undisturbed


@pytest.fixture
def mounts(tmp_path: Path) -> Iterator[list[Path]]:
    """Folders that are disks of their own; they go at the end."""
    made: list[Path] = []
    yield made
    for folder in made:
        subprocess.run(["umount", folder], check=True)


def mount(folder: Path, mounts: list[Path], kib: int) -> None:
    """A disk in memory; only root may, and not in every container."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "none", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs a system on which this user may mount a disk")
    mounts.append(folder)


def remount(folder: Path, options: str) -> None:
    """With other options."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


@pytest.mark.parametrize(
    ("which", "kib"),
    [
        ("output", 4),
        ("output", 16),
        ("output", 32),
        ("output", 40),
        ("output", 64),
        ("output", 72),
        ("cache", 4),
        ("cache", 12),
        ("cache", 28),
        ("cache", 60),
    ],
)
def test_a_disk_that_is_really_full(
    bench: Bench, undisturbed: dict[str, bytes], mounts: list[Path], which: str, kib: int
) -> None:
    """While clips, sound, tags or what lies beside are written; when there is space, the next run goes on."""
    folder = bench.folder / which
    mount(folder, mounts, kib)

    ended = bench.run()

    assert ended.code == 6
    assert "No space left on device" in ended.err
    assert "hint: " in ended.err
    assert "Traceback" not in ended.err
    assert not [name for name in bench.files() if name.startswith("output")]
    remount(folder, "size=10m")
    assert bench.run().code == 0
    assert bench.files() == undisturbed


@pytest.mark.parametrize(("which", "hint"), [("output", "-o"), ("cache", "--no-cache")])
def test_a_folder_that_may_only_be_read(
    bench: Bench, undisturbed: dict[str, bytes], mounts: list[Path], which: str, hint: str
) -> None:
    """Is named, with a way round it; what is there stays as it was, and an episode that is finished is no error."""
    folder = bench.folder / which
    mount(folder, mounts, 10_000)
    remount(folder, "ro")

    ended = bench.run()

    assert ended.code == 6
    assert "Read-only file system" in ended.err
    assert f"{which}" in ended.err
    assert hint in ended.err
    remount(folder, "rw")
    assert bench.run().code == 0
    assert bench.files() == undisturbed


def test_a_finished_episode_in_a_folder_that_may_only_be_read(bench: Bench, mounts: list[Path]) -> None:
    """Nothing is to be done, so nothing is wrong."""
    mount(bench.output, mounts, 10_000)
    bench.run()
    remount(bench.output, "ro")

    ended = bench.run()

    assert (ended.code, ended.out) == (0, "output/a-light-at-sea.mp3\n")
