"""Processor time and memory an article against the number of articles; also of a run that is killed and begun again.

    python benchmarks/many.py --articles 1000 3000 10000

Each article is a title and four words, four seconds of `tone`, so what is measured is what narrate does around sound.
POSIX only.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from measured import run

HEADER = f"{'articles':>9}  {'run':<14}{'cpu/article':>12}{'peak':>9}{'episodes':>10}"


@dataclass(frozen=True, slots=True)
class Row:
    """One run over a folder.

    Attributes:
        articles: In the folder.
        name: Which run it is.
        cpu_s: Processor time of all of it.
        peak_mb: Memory at most.
        episodes: There at its end.
    """

    articles: int
    name: str
    cpu_s: float
    peak_mb: float
    episodes: int

    def line(self) -> str:
        """Of the table."""
        each_ms = self.cpu_s / self.articles * 1000
        return f"{self.articles:>9,}  {self.name:<14}{each_ms:>9.1f} ms{self.peak_mb:>6.0f} MB{self.episodes:>10,}"


def command(output: str) -> tuple[str, ...]:
    """Speak the folder `in`."""
    return (sys.executable, "-m", "narrate", "speak", "in", "-e", "tone", "--cover", "none", "-o", output)


def episodes(folder: Path) -> int:
    """How many a folder has."""
    return sum(name.endswith(".manifest.json") and not name.startswith(".") for name in os.listdir(folder))


def killed(folder: Path, output: str, environment: dict[str, str], half: int) -> tuple[float, int]:
    """Kill a run as soon as so many episodes are there; the seconds of processor time that it took, and how many."""
    (folder / output).mkdir()
    with (folder / "killed.log").open("wb") as log:
        process = subprocess.Popen(
            command(output), cwd=folder, env={**os.environ, **environment}, stdout=log, stderr=log
        )
        while episodes(folder / output) < half and process.poll() is None:
            time.sleep(0.5)
        process.send_signal(signal.SIGKILL)
        _, _, used = os.wait4(process.pid, 0)
    process.returncode = -signal.SIGKILL
    return used.ru_utime + used.ru_stime, episodes(folder / output)


def measured(count: int, folder: Path, *, killed_only: bool) -> Iterator[Row]:
    """A first run, a second one, and one that is killed in the middle and finished by the same command."""
    (folder / "in").mkdir()
    for number in range(count):
        (folder / "in" / f"{number:06d}.txt").write_text(f"Note {number}\n\nThe lamp is lit.\n", encoding="utf-8")
    for name in () if killed_only else ("first", "second"):
        used = run(name, command("out"), folder, {"NARRATE_CACHE_DIR": str(folder / "cache")})
        yield Row(count, name, used.cpu_s, used.peak_mb, episodes(folder / "out"))
    environment = {"NARRATE_CACHE_DIR": str(folder / "cache-killed")}
    before_s, before = killed(folder, "out-killed", environment, count // 2)
    yield Row(count, "killed", before_s, 0.0, before)
    for name in ("finished", "once more"):
        used = run(name, command("out-killed"), folder, environment)
        yield Row(count, name, used.cpu_s, used.peak_mb, episodes(folder / "out-killed"))


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description="Processor time and memory against the number of articles.")
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 3000, 10_000])
    parser.add_argument("--killed-only", action="store_true", help="leave out the runs that end by themselves")
    given = parser.parse_args()
    print(HEADER, flush=True)
    for count in given.articles:
        with tempfile.TemporaryDirectory() as name:
            for row in measured(count, Path(name), killed_only=given.killed_only):
                print(row.line(), flush=True)


if __name__ == "__main__":
    main()
