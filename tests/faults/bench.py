"""A working folder with an article, and runs of the command in it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support.command import Forks

from narrate.core.cache.space import SIZE_NAME

ARTICLE = "A Light at Sea\n\nThe keeper climbs.\n\nThe lamp is lit.\n"
LOCK = ".narrate.lock"
COMMAND = ("speak", "article.txt", "--engine", "tone", "--cover", "none", "--jobs", "1", "--speed", "2")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its exit code, or minus the signal, and what it printed."""

    code: int
    out: str
    err: str


@dataclass(slots=True)
class Bench:
    """Runs of the command in one folder.

    Attributes:
        folder: Where it runs; output and cache lie in it.
        forks: The process that forks runs, see support/forks.py.
        environment: Variables of the runs, beside those that every run has.
    """

    folder: Path
    forks: Forks
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.write(ARTICLE)

    def write(self, text: str) -> None:
        """The article; its date goes into the episode."""
        (self.folder / "article.txt").write_text(text)
        os.utime(self.folder / "article.txt", (1_700_000_000, 1_700_000_000))

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    def variables(self) -> dict[str, str]:
        """Those of every run; a date, so that manifests are equal."""
        home = str(self.folder / "home")
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
        own = {"HOME": home, "NARRATE_CACHE_DIR": str(self.cache), "SOURCE_DATE_EPOCH": "1700000000"}
        return kept | own | self.environment

    def run(self, *more: str, **request: Any) -> Ended:
        """Run the command with more arguments, and with faults: see support/forks.py."""
        self.start(*more, **request)
        return self.end()

    def start(self, *more: str, **request: Any) -> None:
        """Begin a run; `end` waits for it."""
        self.stdout.unlink(missing_ok=True)
        self.stderr.unlink(missing_ok=True)
        full = {
            "folder": str(self.folder),
            "arguments": [*COMMAND, *more],
            "environment": self.variables(),
            "harm": {},
            "stdout": str(self.stdout),
            "stderr": str(self.stderr),
            **request,
        }
        assert self.forks.stdin
        self.forks.stdin.write(json.dumps(full) + "\n")
        self.forks.stdin.flush()

    def end(self) -> Ended:
        """Wait for the run that was begun."""
        assert self.forks.stdout
        code = int(self.forks.stdout.readline())
        return Ended(code, self.stdout.read_text(errors="replace"), self.stderr.read_text(errors="replace"))

    @property
    def stdout(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.stdout.{self.forks.pid}")

    @property
    def stderr(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.stderr.{self.forks.pid}")

    def files(self, *folders: Path) -> dict[str, bytes]:
        """Every file of the output and the cache, but for locks, the cache's size, and the pace."""
        found = [path for folder in folders or (self.output, self.cache) for path in folder.rglob("*")]
        passing = self.cache / "pace"
        kept = (path for path in found if path.is_file() and path.parent != passing)
        kept = (path for path in kept if path.suffix != ".lock" and SIZE_NAME not in path.name)
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in sorted(kept)}
