"""Seconds from the command to the first sound on standard output: `python benchmarks/first_sound.py [ARTICLE]`.

The model's optimised copy is in the cache from the second run on, no clip is. What counts is the first byte after which
a decoder gives something louder than silence, so the encoder's and the container's own delays are in it.
"""

from __future__ import annotations

import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np

from narrate.audio.codec import decode

ROUNDS = 5
ARTICLE = Path(__file__).parent.parent / "seeds" / "000_164dbe921457bdb8.txt"

# -40 dBFS; what a codec makes of silence is far below.
SOUND = 0.01

READ_BYTES = 4096


def main() -> None:
    """Print the first run, which makes the model's optimised copy, each round after it, and their median."""
    article = Path(sys.argv[1]) if len(sys.argv) > 1 else ARTICLE
    with tempfile.TemporaryDirectory() as cache:
        rounds = [measured(article, Path(cache)) for _ in range(1 + ROUNDS)]
    for first_byte_s, first_sound_s in rounds:
        print(f"first byte {first_byte_s:.2f} s, first sound {first_sound_s:.2f} s")
    print(f"median of {ROUNDS}, the first left out: {statistics.median(sound for _, sound in rounds[1:]):.2f} s")


def measured(article: Path, cache: Path) -> tuple[float, float]:
    """Seconds to the first byte and to the first sound of one run, which is then stopped and its clips forgotten."""
    command = [sys.executable, "-m", "narrate", "speak", str(article), "-o", "-"]
    own = {**os.environ, "NARRATE_CACHE_DIR": str(cache)}
    started_s = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=own) as run:
        first_byte_s = 0.0
        for heard in _heard(run):
            now_s = time.monotonic() - started_s
            first_byte_s = first_byte_s or now_s
            if _is_sound(heard):
                break
        else:
            raise SystemExit("the command ended without a sound")
        run.kill()
    shutil.rmtree(cache / "clips", ignore_errors=True)
    return first_byte_s, now_s


def _heard(run: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """All bytes up to now, each time that there are more."""
    assert isinstance(run.stdout, io.BufferedReader)
    data = b""
    while part := run.stdout.read1(READ_BYTES):
        data += part
        yield data


def _is_sound(data: bytes) -> bool:
    with suppress(ValueError):  # not enough for a decoder yet
        return bool(np.abs(decode(data).samples).max(initial=0.0) > SOUND)
    return False


if __name__ == "__main__":
    main()
