"""Who is at work with the cache folder."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from narrate.core.cache.leases import LOCKS, gate_of, in_use_since_s, leased

CACHE = Path("cache")

HOLDER = """
import sys, time
from pathlib import Path
from narrate.core.cache.leases import leased
with leased(Path("cache")):
    print("held", flush=True)
    sys.stdin.readline()
"""


def leases() -> list[Path]:
    """Those that lie there, of the living and the dead."""
    return sorted((CACHE / LOCKS).glob("run-*.lock"))


def test_a_lease_says_when_the_work_began() -> None:
    """A lease says when the work began, and is gone afterwards, also where the work failed."""
    before_s = time.time()
    with pytest.raises(ValueError, match="broken"), leased(CACHE):
        began_s = in_use_since_s(CACHE)
        assert before_s - 1 <= began_s <= time.time()
        raise ValueError("broken")

    assert in_use_since_s(CACHE) == math.inf
    assert leases() == []


def test_the_oldest_counts() -> None:
    """However many there are, and whoever asks."""
    with leased(CACHE):
        first_s = in_use_since_s(CACHE)
        time.sleep(0.01)
        with leased(CACHE):
            assert len(leases()) == 2
            assert in_use_since_s(CACHE) == first_s
    assert in_use_since_s(Path("nowhere")) == math.inf


@pytest.mark.parametrize("ending", ["let go", "killed"])
def test_a_process_that_ends_holds_nothing(ending: str) -> None:
    """However it ends; what a killed one left is cleared away by whoever looks."""
    with subprocess.Popen([sys.executable, "-c", HOLDER], stdin=-1, stdout=-1, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        assert in_use_since_s(CACHE) < math.inf
        assert len(leases()) == 1
        if ending == "killed":
            process.kill()
        else:
            process.communicate("\n")
        process.wait()

    assert len(leases()) == (1 if ending == "killed" else 0)
    assert in_use_since_s(CACHE) == math.inf
    assert leases() == []


def test_what_only_looks_like_a_lease() -> None:
    """Is nobody's work, and stays."""
    (CACHE / LOCKS).mkdir(parents=True)
    names = ("run-x-0123456789abcdef.lock", "run-1-2.lock", "notes.txt", f"{'a' * 32}.lock")
    for name in names:
        (CACHE / LOCKS / name).touch()

    assert in_use_since_s(CACHE) == math.inf
    assert sorted(os.listdir(CACHE / LOCKS)) == sorted(names)


def test_a_folder_that_cannot_be_written_keeps_nobody_from_work() -> None:
    """Whoever needs to write there will say so."""
    CACHE.write_text("a file where the folder should be")

    with leased(CACHE):
        assert CACHE.read_text().startswith("a file")


def test_nobody_begins_behind_the_gate() -> None:
    """Two may not hold it at once, and it opens again."""
    (CACHE / LOCKS).mkdir(parents=True)
    with gate_of(CACHE), pytest.raises(TimeoutError), gate_of(CACHE, timeout_s=0):
        pass
    with gate_of(CACHE, timeout_s=0):
        pass


def test_a_gate_that_does_not_open_is_waited_for_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that was stopped while it held it stops no other."""
    monkeypatch.setattr("narrate.core.cache.leases.GATE_TIMEOUT_S", 0.0)
    (CACHE / LOCKS).mkdir(parents=True)
    with gate_of(CACHE), leased(CACHE):
        assert len(leases()) == 1
