"""Leases on the cache folder: a locked file for each piece of work, which the system unlocks when that work dies."""

from __future__ import annotations

import logging
import math
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import BaseFileLock

logger = logging.getLogger(__name__)

LOCKS = "locks"

# Whoever holds the gate lets nobody begin; a few hundred files are gone within a second.
GATE_NAME = "cache.lock"
GATE_TIMEOUT_S = 5.0
POLL_S = 0.005

# The name says when the work began: a lock is opened to be tried, and that may change the file's own time.
_LEASE = re.compile(r"run-(\d{1,15})-[0-9a-f]{16}\.lock")


@contextmanager
def leased(folder: Path) -> Iterator[None]:
    """Be at work with a cache folder: what is used from now on is not evicted.

    Where the folder cannot be written there is no lease; whoever needs to write says so.

    Args:
        folder: The cache folder; made where it is missing.
    """
    with ExitStack() as held:
        try:
            _take(folder, held)
        except OSError as error:
            logger.debug("no lease on %s: %s", folder, error)
        yield


def _take(folder: Path, held: ExitStack) -> None:
    locks = folder / LOCKS
    locks.mkdir(parents=True, exist_ok=True)
    with ExitStack() as gate:
        with suppress(TimeoutError):  # a gate that does not open keeps nobody from speaking
            gate.enter_context(gate_of(folder, GATE_TIMEOUT_S))
        path = locks / f"run-{time.time_ns() // 1_000_000}-{secrets.token_hex(8)}.lock"
        lock = _lock(path)
        lock.acquire(timeout=0)
        held.callback(_give_back, path, lock)


def _give_back(path: Path, lock: BaseFileLock) -> None:
    """Removed before it is let go, so that nobody finds a dead one; an open file cannot be removed on Windows."""
    try:
        path.unlink()
    except FileNotFoundError:
        pass
    except OSError:
        lock.release()
        with suppress(OSError):
            path.unlink()
    lock.release()


@contextmanager
def gate_of(folder: Path, timeout_s: float = GATE_TIMEOUT_S) -> Iterator[None]:
    """Let nobody begin to work with a cache folder for a moment.

    Raises:
        TimeoutError: Somebody else has held the gate for so long; filelock's Timeout is one.
        OSError: The folder cannot be written.
    """
    lock = _lock(folder / LOCKS / GATE_NAME)
    lock.acquire(timeout=timeout_s, poll_interval=POLL_S)
    try:
        yield
    finally:
        lock.release()


def in_use_since_s(folder: Path) -> float:
    """Return when the oldest work began that still goes on, in seconds since 1970; infinity where there is none.

    Call it behind the gate. Leases of processes that have died are removed.

    Raises:
        OSError: The folder cannot be read.
    """
    locks = folder / LOCKS
    found = os.listdir(locks) if locks.is_dir() else ()
    leases = {name: int(match[1]) / 1000 for name in found if (match := _LEASE.fullmatch(name))}
    return min((began_s for name, began_s in leases.items() if _is_alive(locks / name)), default=math.inf)


def _is_alive(path: Path) -> bool:
    """Tell whether somebody holds the lease; one that nobody holds is removed."""
    lock = _lock(path)
    try:
        lock.acquire(timeout=0)
    except OSError:  # Timeout among them
        return path.exists()
    _give_back(path, lock)
    return False


def _lock(path: Path) -> BaseFileLock:
    from filelock import FileLock

    return FileLock(path)
