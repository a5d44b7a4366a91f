"""The cores that this process may really use: fewer than the machine has, in containers and under taskset."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")
OWN_CGROUPS = Path("/proc/self/cgroup")


def available_cores(cgroups: Path = CGROUPS, own_cgroups: Path = OWN_CGROUPS) -> int:
    """Cores by affinity, by the limits of control groups, or all; at least 1.

    Args:
        cgroups: Where Linux shows control groups, https://docs.kernel.org/admin-guide/cgroup-v2.html
        own_cgroups: Where it shows those of this process.
    """
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        cores = os.cpu_count() or 1
    return max(1, min([cores, *map(math.ceil, _quotas(cgroups, own_cgroups))]))


def one_blas_thread() -> None:
    """Let numpy's BLAS make no threads of its own; for programs, not for libraries, before numpy is imported.

    Nothing here multiplies matrices that are large. OpenBLAS makes a thread for each core all the same, and each spins
    for 70 ms before it sleeps: half a second of processor time on a machine of eight. What the user has set stands.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _quotas(cgroups: Path, own_cgroups: Path) -> Iterator[float]:
    """Cores' worth of time that each group around this process may use."""
    for folder in _own_folders(cgroups, own_cgroups):
        with suppress(OSError, ValueError):  # "max" is no number, and no limit
            quota, period = (folder / "cpu.max").read_text().split()
            yield int(quota) / int(period)
        with suppress(OSError, ValueError):  # version 1; -1 is no limit
            quota_us = int((folder / "cpu.cfs_quota_us").read_text())
            if quota_us > 0:
                yield quota_us / int((folder / "cpu.cfs_period_us").read_text())


def _own_folders(cgroups: Path, own_cgroups: Path) -> Iterator[Path]:
    """The groups of this process and those around them; in a container its own is the outermost that it sees."""
    yield from (cgroups, cgroups / "cpu")
    with suppress(OSError, ValueError):
        for line in own_cgroups.read_text().splitlines():
            _, controllers, own = line.split(":", 2)
            root = cgroups / controllers.split(",")[0] if controllers else cgroups
            for folder in (Path(own), *Path(own).parents):
                if folder.name:
                    yield root / folder.relative_to(folder.anchor)
