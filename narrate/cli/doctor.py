"""`narrate doctor`: tries each part a run needs, on this machine, and says which one fails."""

from __future__ import annotations

import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from narrate.core.cache.space import estimated_bytes
from narrate.core.errors import NarrateError
from narrate.core.formats import format_of_ending
from narrate.core.settings.loading import Settings
from narrate.core.system.installing import reinstall_command
from narrate.core.system.terminal_text import size_of

PACKAGES = (
    "onnxruntime",
    "phonemizer",
    "espeakng-loader",
    "av",
    "pydub",
    "mutagen",
    "gTTS",
    "num2words",
    "numpy",
    "typer",
)

TEST_SENTENCE = "This is a test of the narrator."


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a check.

    Attributes:
        name: What was tried.
        passed: Whether it works.
        detail: A figure or version, or what is wrong.
        hint: What to do if it does not work.
    """

    name: str
    passed: bool
    detail: str
    hint: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Run every check in turn; none stops the others."""
    for name, check in CHECKS:
        try:
            yield Finding(name, True, check(settings))
        except NarrateError as error:
            yield Finding(name, False, error.message, error.hint)
        except OSError as error:
            yield Finding(name, False, str(error), "check permissions and free space")
        except Exception as error:  # a broken package may raise anything, and the other checks still say something
            yield Finding(name, False, f"{type(error).__name__}: {error}", reinstall_command())


def _python(settings: Settings) -> str:
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def _packages(settings: Settings) -> str:
    from narrate.speech.engines.kokoro_model import missing

    found = {name: next(iter(metadata.distributions(name=name)), None) for name in PACKAGES}
    for name, distribution in found.items():
        if distribution is None:
            raise missing(name)
    return ", ".join(f"{name} {distribution.version}" for name, distribution in found.items() if distribution)


def _cache_folder(settings: Settings) -> str:
    """The size as it was noted: doctor walks through no hundred thousand files."""
    folder, limit_bytes = settings.cache_folder, settings.cache_limit_bytes
    size_bytes = estimated_bytes(folder)
    size = "" if size_bytes is None else f", about {size_of(size_bytes)}"
    return f"{_writable(folder)}{size}{f' of {size_of(limit_bytes)}' if size and limit_bytes else ''}"


def _output_folder(settings: Settings) -> str:
    folder = settings.output.parent if format_of_ending(settings.output.suffix) else settings.output
    if folder.exists():
        return _writable(folder)
    return (
        f"{folder} will be made in {_writable(next(parent for parent in folder.absolute().parents if parent.exists()))}"
    )


def _writable(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        return str(folder)


def _mp3(_: Settings) -> str:
    import numpy as np

    from narrate.audio.codec import measure_file
    from narrate.audio.encoder import encode
    from narrate.core.formats import FORMATS

    tone = (8000 * np.sin(np.arange(24_000) * 0.06)).astype(np.int16)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test.mp3"
        encode([tone], 24_000, path, format=FORMATS["mp3"], gain_db=0.0, limit_db=-1.5)
        return f"encodes and decodes, {measure_file(path).integrated_lufs:.1f} LUFS"


def _engine(settings: Settings) -> str:
    from narrate.speech.engines import check_speech, choose_voice, make_engine

    engine = make_engine(settings)
    try:
        voice = choose_voice(engine, settings.voice, gender=settings.gender).name
        # The first call loads the model, so only the second one tells how fast speaking is.
        for _ in range(2):
            started = time.perf_counter()
            speech = engine.synthesise(TEST_SENTENCE, voice=voice, speed=settings.speed)
            elapsed_s = time.perf_counter() - started
        check_speech(speech, TEST_SENTENCE, settings.speed)
    finally:
        engine.close()
    ratio = elapsed_s / speech.audio.duration_s
    return f"{engine.name} speaks as {voice}, {ratio:.2f} s for each second of speech on one core"


CHECKS: tuple[tuple[str, Callable[[Settings], str]], ...] = (
    ("python", _python),
    ("packages", _packages),
    ("cache folder", _cache_folder),
    ("output folder", _output_folder),
    ("mp3", _mp3),
    ("engine", _engine),
)
