"""Memory does not grow with the article."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no resource module")

RUNNER = """
import resource, sys
from pathlib import Path
from narrate.config import Settings
from narrate.pipeline import make_episode

episode = make_episode(sys.argv[1], Settings(engine="tone", cache=False, cache_dir=Path("cache")))
unit = 1 if sys.platform == "darwin" else 1024
print(episode.duration_ms, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)
"""

SENTENCES = "The keeper climbs the stairs, lights the lamp, and writes a line in the book that nobody will read. "


@pytest.mark.slow
def test_half_an_hour_takes_hardly_more_than_a_minute() -> None:
    """An episode of half an hour adds no more than 30 MB to what one of a minute needs."""

    def made(name: str, paragraphs: int) -> tuple[int, int]:
        Path(name).write_text("A Light at Sea\n\n" + "\n\n".join(f"Day. {SENTENCES * 3}" for _ in range(paragraphs)))
        output = subprocess.run([sys.executable, "-c", RUNNER, name], capture_output=True, check=True).stdout
        duration_ms, peak_bytes = map(int, output.split())
        return duration_ms, peak_bytes

    minute_ms, minute_bytes = made("minute.txt", 3)
    long_ms, long_bytes = made("long.txt", 88)

    assert 55_000 < minute_ms < 75_000
    assert long_ms > 1_800_000
    assert long_bytes - minute_bytes <= 30_000_000
