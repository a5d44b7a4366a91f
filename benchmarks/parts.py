"""Start-up, runs that change nothing, an edit of one paragraph, and joining, in one run, as medians.

    python benchmarks/parts.py seeds/000_164dbe921457bdb8.txt --rounds 5

Joining is compared with pydub's way (`sound += clip`), on as many clips as an hour has; both end with samples in
memory or in a file, and nothing is encoded.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from measured import run

from narrate.audio.mastering import open_spool
from narrate.audio.timeline import join
from narrate.core.article import Chunk
from narrate.core.episode import Audio, Clip

RATE_HZ = 24_000
CLIPS = 400
CLIP_S = 9


def started(article: Path, folder: Path) -> dict[str, Callable[[], float]]:
    """What a user waits for, by name: each gives seconds."""
    environment = {"NARRATE_CACHE_DIR": str(folder / "cache")}
    edited = folder / "article.txt"
    text = article.read_text(encoding="utf-8")
    edits, folders = iter(range(1000)), iter(range(1000))

    def narrate(*arguments: str) -> float:
        return run("narrate", (sys.executable, "-m", "narrate", *arguments), folder, environment).wall_s

    def with_an_edit() -> float:
        paragraphs = text.rstrip().split("\n\n")
        middle = len(paragraphs) // 2
        paragraphs[middle] += f" That was edit {next(edits)}."
        edited.write_text("\n\n".join(paragraphs), encoding="utf-8")
        return narrate("speak", str(edited))

    def into_another_folder() -> float:
        # The cache has one sound of each article, and the edit that was measured before this has the same title.
        for _ in range(2):
            taken_s = narrate("speak", str(article), "-o", f"folder-{next(folders)}")
        return taken_s

    edited.write_text(text, encoding="utf-8")
    narrate("speak", str(article), "-o", "same")
    return {
        "narrate --help": lambda: narrate("--help"),
        "narrate script": lambda: narrate("script", str(article)),
        "nothing changed": lambda: narrate("speak", str(article), "-o", "same"),
        "nothing changed, another folder": into_another_folder,
        "one paragraph edited": with_an_edit,
    }


def joined(folder: Path) -> dict[str, Callable[[], float]]:
    """An hour of clips, joined by narrate and by pydub, where it is there: each gives seconds."""
    noise = np.random.default_rng(0).normal(0, 0.1, RATE_HZ * CLIP_S).astype(np.float32)
    clips = [Clip(Chunk(n, "x", 0, 0, 1, 300), Audio(noise, RATE_HZ)) for n in range(CLIPS)]

    def by_narrate() -> float:
        began_s = time.monotonic()
        with open_spool(folder) as spool:
            join(clips, spool.add)
            spool.loudness()
        return time.monotonic() - began_s

    def by_pydub() -> float:
        from pydub import AudioSegment

        began_s = time.monotonic()
        sound = AudioSegment.silent(180, RATE_HZ)
        pause = AudioSegment.silent(300, RATE_HZ)
        for clip in clips:
            data = (clip.audio.samples * 32767).astype(np.int16).tobytes()
            sound += AudioSegment(data, frame_rate=RATE_HZ, sample_width=2, channels=1)
            sound += pause
        return time.monotonic() - began_s

    return {"an hour joined, loudness measured": by_narrate} | (
        {"an hour joined by pydub": by_pydub} if find_spec("pydub") else {}
    )


def table(found: dict[str, Sequence[float]]) -> str:
    """Medians and extremes."""
    return "\n".join(
        f"{name:<36}{statistics.median(times_s):>8.2f} s   ({min(times_s):.2f} to {max(times_s):.2f})"
        for name, times_s in found.items()
    )


def main() -> None:
    """Run each in turn, as often as asked."""
    parser = argparse.ArgumentParser(description="Measure narrate's parts.")
    parser.add_argument("article", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measures = started(given.article.absolute(), folder) | joined(folder)
        found: dict[str, list[float]] = {one: [] for one in measures}
        for _ in range(given.rounds):
            for one, measure in measures.items():
                found[one].append(measure())
    print(table(found))


if __name__ == "__main__":
    main()
