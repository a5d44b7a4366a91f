"""A run that is killed loses nothing, and the next one ends where an undisturbed one would."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

ARTICLE = "A Light at Sea\n\n" + "\n\n".join(f"This is paragraph number {n} of them all." for n in "abcde")

# The real pipeline in a process of its own. It appends each text to a file before speaking it and again
# after its clip is in the cache, and kills itself at the place it is told.
RUNNER = """
import os, signal, sys
from pathlib import Path
from narrate.pipeline.finished import EpisodeRecords
from narrate.speech.clip_cache import ClipCache
from narrate.audio import mastering
from narrate.pipeline import filing
from narrate.core.system import files
from narrate.core.settings.loading import Settings
from narrate.speech.engines.tone import ToneEngine
from narrate.pipeline.making import make_episode

place, count = sys.argv[1], int(sys.argv[2])
left = {place: count}

def reach(name):
    if name in left:
        left[name] -= 1
        if left[name] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

def note(name, text):
    with open(name, "a") as file:
        file.write(text + "\\n")

def around(owner, name, before, after):
    plain = getattr(owner, name)
    def wrapped(*args, **kwargs):
        reach(before)
        result = plain(*args, **kwargs)
        reach(after)
        return result
    setattr(owner, name, wrapped)

class Engine(ToneEngine):
    def synthesise(self, text, *, voice, speed, sounds=()):
        reach("speaking")
        note("spoken.txt", text)
        return super().synthesise(text, voice=voice, speed=speed)

around(ClipCache, "store", "before clip", "after clip")
around(mastering.Spool, "add", "joining", "never")
around(mastering, "encode", "before encoding", "after encoding")
around(mastering.PacketMeter, "finish", "never", "measured")
around(filing, "tag", "before tags", "after tags")
around(EpisodeRecords, "store", "before record", "after record")
around(files, "_flush_to_disk", "before replace", "flushed")

episode = make_episode("article.txt", Settings(cache_dir=Path("cache"), cover="none"), engine=Engine())
print(episode.path)
"""

# So that manifests are the same, too.
DATE = {"SOURCE_DATE_EPOCH": "1700000000"}

PLACES = [
    ("speaking", 1),
    ("speaking", 4),
    ("speaking", 6),
    ("before clip", 3),
    ("after clip", 3),
    ("before replace", 2),
    ("flushed", 5),
    ("before replace", 8),
    ("flushed", 9),
    ("joining", 1),
    ("joining", 7),
    ("before encoding", 1),
    ("after encoding", 1),
    ("measured", 1),
    ("before tags", 1),
    ("after tags", 1),
    ("before record", 1),
    ("after record", 1),
]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("undisturbed")
    return _finish(folder)


def _run(folder: Path, place: str, count: int) -> subprocess.CompletedProcess[bytes]:
    article = folder / "article.txt"
    if not article.exists():
        article.write_text(ARTICLE)
        os.utime(article, (1_700_000_000, 1_700_000_000))
    command = [sys.executable, "-c", RUNNER, place, str(count)]
    return subprocess.run(command, cwd=folder, env={**os.environ, **DATE}, capture_output=True, timeout=60, check=False)


def _finish(folder: Path) -> dict[str, bytes]:
    """The content of every file in the output folder."""
    result = _run(folder, "nowhere", 0)
    assert result.returncode == 0, result.stderr.decode()
    assert (folder / result.stdout.decode().strip()).is_file()
    return {path.name: path.read_bytes() for path in (folder / "output").iterdir()}


# Each takes two processes from their start; tests/faults does the same at every step of the file system.
IN_QUICK_RUNS = ("after clip", "joining", "after encoding", "after record")


@pytest.mark.parametrize(
    ("place", "count"),
    [pytest.param(*at, marks=() if at[0] in IN_QUICK_RUNS else pytest.mark.long) for at in PLACES],
)
def test_a_killed_run_goes_on_where_it_was(
    tmp_path: Path, undisturbed: dict[str, bytes], place: str, count: int
) -> None:
    """No clip that was finished is spoken twice, every file is the same byte for byte, and nothing else is left."""
    folder = tmp_path / "work"

    killed = _run(folder, place, count)
    kept = len(list((folder / "cache" / "clips").rglob("*.clip")))
    spoken_before = _lines(folder / "spoken.txt")

    assert killed.returncode == -signal.SIGKILL
    assert _finish(folder) == undisturbed
    spoken_after = _lines(folder / "spoken.txt")[len(spoken_before) :]
    assert len(spoken_after) == 6 - kept
    assert len(set(spoken_after)) == len(spoken_after)


def test_the_command_killed_at_any_moment(tmp_path: Path, undisturbed: dict[str, bytes]) -> None:
    """The command killed from outside at any moment leaves a whole episode or none."""
    folder = tmp_path / "work"
    (folder / "article.txt").write_text(ARTICLE)
    os.utime(folder / "article.txt", (1_700_000_000, 1_700_000_000))
    command = [sys.executable, "-m", "narrate", "speak", "article.txt", "--engine", "tone", "--cover", "none"]
    environment = {**os.environ, **DATE, "NARRATE_CACHE_DIR": str(folder / "cache")}
    codes: list[int] = []
    for delay_s in (0.2, 0.5, 0.8, 1.1, 1.4):
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=-3, stderr=-3)
        time.sleep(delay_s)
        process.kill()
        codes.append(process.wait())

    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, timeout=60)

    assert -signal.SIGKILL in codes
    left = {path.name: path.read_bytes() for path in (folder / "output").iterdir()}
    assert left == undisturbed


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []
