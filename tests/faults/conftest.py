"""Benches to run the command on, and what it makes when nothing happens to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.command import Forks, start_forks

from faults.bench import Bench

if os.name == "nt":
    collect_ignore_glob = ["test_*.py"]  # no fork, no signals


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """The process that runs are forked from."""
    process = start_forks()
    with process:
        yield process
        assert process.stdin
        process.stdin.close()


@pytest.fixture
def bench(tmp_path: Path, forks: Forks) -> Bench:
    """An article in a folder of its own."""
    return Bench(tmp_path / "bench", forks)


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, forks: Forks) -> dict[str, bytes]:
    """Every file that a run makes to which nothing happens."""
    bench = Bench(tmp_path_factory.mktemp("undisturbed") / "bench", forks)
    assert bench.run().code == 0
    return bench.files()
