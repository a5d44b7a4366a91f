"""What a command takes: time, processor time, memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Used:
    """What one run took.

    Attributes:
        wall_s: From start to end.
        cpu_s: Of all threads, user and system.
        peak_mb: Resident at most.
        said: Standard output and error.
    """

    wall_s: float
    cpu_s: float
    peak_mb: float
    said: str


def run(name: str, command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Used:
    """Run a command to its end in a folder; figures are those that the system counts (POSIX only).

    Raises:
        RuntimeError: It failed; with the end of what it said.
    """
    with (folder / f"{name}.log").open("w+b") as log:
        began_s = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        _, status, used = os.wait4(process.pid, 0)
        wall_s = time.monotonic() - began_s
        log.seek(0)
        said = log.read().decode(errors="replace")
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{name} ended with {process.returncode}: {said[-800:]}")
    kilobyte = 1 if sys.platform == "darwin" else 1024
    return Used(wall_s, used.ru_utime + used.ru_stime, used.ru_maxrss * kilobyte / 1e6, said)
