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
from narrate.core.settings.loading import Settings
from narrate.core.system.memory import give_back_early
from narrate.pipeline.making import make_episode

give_back_early()
settings = Settings(engine="tone", cache=False, cover="none", cache_dir=Path("cache"))
episode = make_episode(sys.argv[1], settings)
unit = 1 if sys.platform == "darwin" else 1024
print(episode.duration_ms, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)
"""

SENTENCES = "The keeper climbs the stairs, lights the lamp, and writes a line in the book that nobody will read. "


@pytest.mark.slow
@pytest.mark.parametrize(
    ("minutes", "more_bytes"), [(15, 15_000_000), pytest.param(60, 20_000_000, marks=pytest.mark.long)]
)
def test_a_long_episode_takes_hardly_more_than_a_short_one(minutes: int, more_bytes: int) -> None:
    """As soon as there are more clips than wait at once: nine more minutes, 26 MB of samples, add less than 15 MB."""

    def made(name: str, paragraphs: int) -> tuple[int, int]:
        Path(name).write_text("A Light at Sea\n\n" + "\n\n".join(f"Day. {SENTENCES * 3}" for _ in range(paragraphs)))
        output = subprocess.run([sys.executable, "-c", RUNNER, name], capture_output=True, check=True).stdout
        duration_ms, peak_bytes = map(int, output.split())
        return duration_ms, peak_bytes

    short_ms, short_bytes = made("short.txt", 3 * 6)
    long_ms, long_bytes = made("long.txt", 3 * minutes)

    assert 6 * 55_000 < short_ms < 6 * 75_000
    assert long_ms > 60_000 * minutes
    assert long_bytes - short_bytes <= more_bytes
