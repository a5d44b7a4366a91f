"""`narrate cache` as a user types it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from support.command import narrate

from narrate.cli.commands.cache import age_s
from narrate.core.cache.leases import leased
from narrate.core.cache.space import files_in
from narrate.core.errors import ConfigError


@pytest.fixture
def cache() -> Path:
    """A cache folder in which a run has kept something."""
    Path("a.txt").write_text("A Light at Sea\n\nThe keeper climbs.\n\nThe lamp is lit.\n")
    assert narrate("speak", "a.txt", "--engine", "tone", "--cover", "none").returncode == 0
    return Path(os.environ["NARRATE_CACHE_DIR"])


def test_where_it_is_and_what_is_in_it(cache: Path) -> None:
    """For people and for machines, and both say the same."""
    (cache / "notes.txt").write_text("mine")

    shown, told = narrate("cache"), json.loads(narrate("cache", "--json").stdout)

    lines = shown.stdout.splitlines()
    own = [one for one in files_in(cache) if one.kind]
    assert lines[0] == told["folder"] == str(cache)
    assert [line.split()[0] for line in lines[1:-1]] == [heap["kind"] for heap in told["kinds"]]
    assert [heap["kind"] for heap in told["kinds"]] == ["clips", "sounds", "episodes", "pace", "locks", "others"]
    assert lines[-1].endswith("of 5.0 GB (cache_limit_mb)")
    assert told["limit_bytes"] == 5_000_000_000
    assert (told["files"], told["size_bytes"]) == (len(own), sum(one.size_bytes for one in own))
    assert told["kinds"][0]["newest"].startswith(time.strftime("%Y-", time.gmtime()))
    assert (shown.returncode, shown.stderr) == (0, "")


def test_a_cache_that_is_not_there() -> None:
    """Is empty, and is not made by looking."""
    shown = narrate("cache")

    assert shown.returncode == 0
    assert "in all" in shown.stdout
    assert narrate("cache", "clear").stdout == "freed 0 B; 0 B left\n"
    assert not Path(os.environ["NARRATE_CACHE_DIR"]).exists()


def test_clearing(cache: Path) -> None:
    """Says what it will free, frees it without a question, and the next run makes it again."""
    rehearsed = narrate("cache", "clear", "clips", "sounds", "--dry-run")
    assert "would free" in rehearsed.stdout
    assert len(list(cache.rglob("*.clip"))) == 3

    cleared = narrate("cache", "clear", "clips", "sounds")
    assert cleared.stdout == rehearsed.stdout.replace("would free", "freed")
    assert list(cache.rglob("*.clip")) == []

    told = json.loads(narrate("cache", "clear", "--json").stdout)
    assert [heap["kind"] for heap in told["removed"]] == ["episodes", "pace"]
    again = narrate("speak", "a.txt", "--engine", "tone", "--cover", "none")
    assert (again.returncode, again.stdout) == (0, "output/a-light-at-sea.mp3\n")
    assert len(list(cache.rglob("*.clip"))) == 3


def test_what_is_young_stays(cache: Path) -> None:
    """Where an age is given."""
    old = next(cache.rglob("*.clip"))
    os.utime(old, (time.time() - 31 * 86_400,) * 2)

    narrate("cache", "clear", "--older-than", "30d")

    assert not old.exists()
    assert len(list(cache.rglob("*.clip"))) == 2


def test_what_another_run_uses_stays_and_is_said(cache: Path) -> None:
    """On standard error; the figures are on standard output."""
    with leased(cache):
        cleared = narrate("cache", "clear")

    assert cleared.stdout.startswith("freed 0 B;")
    assert "in use by another run" in cleared.stderr
    assert len(list(cache.rglob("*.clip"))) == 3


def test_a_limit(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is kept by each run that stores something, and at once by trim."""
    for path in cache.rglob("*.clip"):
        os.utime(path, (1_000_000_000,) * 2)
    big = cache / "clips" / "00" / f"{'0' * 64}.clip"
    big.parent.mkdir()
    big.write_bytes(b"x" * 1_990_000)
    os.utime(big, (2_000_000_000,) * 2)  # a clock was wrong
    monkeypatch.setenv("NARRATE_CACHE_LIMIT_MB", "2")

    assert narrate("cache").stdout.splitlines()[-1].endswith("of 2.0 MB (cache_limit_mb)")
    trimmed = narrate("cache", "trim")

    assert (trimmed.returncode, trimmed.stderr) == (0, "")
    assert not list(cache.rglob("*.clip"))
    assert sum(one.size_bytes for one in files_in(cache) if one.kind) <= 1_800_000
    monkeypatch.setenv("NARRATE_CACHE_LIMIT_MB", "0")
    assert "of any size" in narrate("cache").stdout
    assert narrate("cache", "trim").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("clear", "clip"), "the cache keeps no 'clip'"),
        (("clear", "others"), "the cache keeps no 'others'"),
        (("clear", "--older-than", "soon"), "'soon' is no age"),
        (("clear", "--older-than", "-1d"), "'-1d' is no age"),
    ],
)
def test_what_cannot_be_meant(arguments: tuple[str, ...], said: str) -> None:
    """Is said, with what could."""
    ended = narrate("cache", *arguments)

    assert ended.returncode == 2
    assert said in ended.stderr
    assert "hint: " in ended.stderr


def test_a_folder_that_is_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Holds nothing, and is left alone."""
    Path("file").write_text("mine")
    monkeypatch.setenv("NARRATE_CACHE_DIR", "file")

    assert narrate("cache").returncode == 0
    assert narrate("cache", "clear").returncode == 0
    trimmed = narrate("cache", "trim")

    assert (trimmed.returncode, Path("file").read_text()) == (6, "mine")
    assert "the cache file cannot be used" in trimmed.stderr


@pytest.mark.parametrize(("text", "seconds"), [("90m", 5400), ("12h", 43_200), ("30d", 2_592_000), (" 4W ", 2_419_200)])
def test_ages(text: str, seconds: float) -> None:
    """In minutes, hours, days and weeks."""
    assert age_s(text) == seconds


@pytest.mark.parametrize("text", ["", "5", "1.5h", "3 months", "d"])
def test_no_ages(text: str) -> None:
    """Say how one is written."""
    with pytest.raises(ConfigError, match="no age"):
        age_s(text)
