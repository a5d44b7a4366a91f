"""`narrate review` as a process, as people start it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RunningReview:
    """A review on loopback.

    Attributes:
        draft: The file that it edits.
        url: Its page.
        process: What answers.
    """

    draft: Path
    url: str
    process: subprocess.Popen[str]


@contextmanager
def review_of(folder: Path, source: str, *more: str) -> Iterator[RunningReview]:
    """A review of a source in a folder until the end of the block, with a voice of tones and no settings of our own."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("NARRATE_")}
    homes = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"), str(folder / "home"))
    command = [sys.executable, "-m", "narrate", "review", source, "--engine", "tone", "--no-open", *more]
    with (folder / "review.log").open("w+") as log:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=folder,
            env={**own, **homes, "NARRATE_CACHE_DIR": str(folder / "cache")},
        )
        try:
            assert process.stdout is not None
            draft, url = process.stdout.readline().strip(), process.stdout.readline().strip()
            assert url, (folder / "review.log").read_text()
            yield RunningReview(folder / draft, url, process)
        finally:
            process.kill()
            process.communicate()
