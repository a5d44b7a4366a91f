"""Write narrate/speech/engines/data/kokoro-voices.npz from the voices of the npm package kokoro-js.

    npm pack kokoro-js@1.2.1 && tar xzf kokoro-js-1.2.1.tgz
    python3 scripts/make_kokoro_voices.py package/voices

The voices are by hexgrad (Kokoro-82M, Apache-2.0). The 41 kept are those whose language espeak-ng can
turn into phonemes; the Japanese and Mandarin ones need other front ends. float16 halves the file and
differs from float32 by less than the model's own int8 rounding.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parent.parent / "narrate" / "speech" / "engines" / "data" / "kokoro-voices.npz"
LANGUAGES = "abefhip"
SHAPE = (510, 256)


def main(folder: Path) -> None:
    voices = {
        path.stem: np.fromfile(path, dtype="<f4").reshape(SHAPE).astype(np.float16)
        for path in sorted(folder.glob("*.bin"))
        if path.stem[0] in LANGUAGES
    }
    if len(voices) != 41:
        raise SystemExit(f"{folder} holds {len(voices)} usable voices instead of 41")
    np.savez_compressed(TARGET, **voices)
    print(f"{TARGET}: {len(voices)} voices, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
