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
@pytest.mark.parametrize(
    ("minutes", "more_bytes"), [(5, 10_000_000), pytest.param(60, 30_000_000, marks=pytest.mark.long)]
)
def test_a_long_episode_takes_hardly_more_than_a_minute(minutes: int, more_bytes: int) -> None:
    """Five minutes add no more than 10 MB to what one minute needs, an hour no more than 30."""

    def made(name: str, paragraphs: int) -> tuple[int, int]:
        Path(name).write_text("A Light at Sea\n\n" + "\n\n".join(f"Day. {SENTENCES * 3}" for _ in range(paragraphs)))
        output = subprocess.run([sys.executable, "-c", RUNNER, name], capture_output=True, check=True).stdout
        duration_ms, peak_bytes = map(int, output.split())
        return duration_ms, peak_bytes

    minute_ms, minute_bytes = made("minute.txt", 3)
    long_ms, long_bytes = made("long.txt", 3 * minutes)

    assert 55_000 < minute_ms < 75_000
    assert long_ms > 60_000 * minutes
    assert long_bytes - minute_bytes <= more_bytes
