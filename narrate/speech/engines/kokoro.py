"""The embedded engine and the default: Kokoro-82M in int8 on the CPU, with no network at any time."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from narrate.core.article import Sound
from narrate.core.episode import Audio, Speech, Word
from narrate.core.errors import ConfigError, EngineNotInstalled, NarrateError, SynthesisFailed
from narrate.core.system.cores import available_cores
from narrate.speech.engines import alignment, blend, kokoro_model, phonemes, word_symbols
from narrate.speech.engines.base import Voice, faster
from narrate.speech.engines.declaration import Run, engine_factory, option
from narrate.speech.engines.kokoro_voices import ordered

if TYPE_CHECKING:
    import onnxruntime

RATE_HZ = 24_000

# What the model counts durations in: 25 ms.
FRAME_SAMPLES = 600

# Some voices reach 1.19 (if_sara), and sound beyond 1.0 would be cut off. The episode's loudness is set later.
HEADROOM = np.float32(0.8)

# The model itself garbles words when it is hurried: Whisper's word error rate is 8.0 % at 1.5 and 25 % at 2.0, against
# 1.3 and 6.2 % when speech at its own pace is shortened afterwards; up to 1.2 the two are equal.
FASTEST_OWN_SPEED = 1.2

# How far before its own frames a symbol is heard; see _heard_edges.
LONGEST_LEAD_FRAMES = 4
EARLY_SAMPLES = 240

# The model takes 510, but memory follows the longest call (two at once: 570 MB at 300), and on very long calls the
# voice fades and loses its last words (Kokoro issue #249).
# 300 keeps 97 sentences in a hundred whole; see docs/decisions/0002-kokoro.md.
MAX_PHONEMES = 300
MAX_TOKENS = 450

# No text this long has so few phonemes, and phonemising a whole book to learn that it is too long is slow.
MAX_CHARS = 4 * MAX_PHONEMES

# Each call in flight costs about 0.2 GB.
MAX_PARALLEL = 4

# First letter of a voice's name -> BCP 47 tag and espeak-ng's name of the language.
LANGUAGES = {
    "a": ("en-US", "en-us"),
    "b": ("en-GB", "en-gb"),
    "e": ("es", "es"),
    "f": ("fr", "fr-fr"),
    "h": ("hi", "hi"),
    "i": ("it", "it"),
    "p": ("pt-BR", "pt-br"),
}
GENDERS: dict[str, Literal["female", "male"]] = {"f": "female", "m": "male"}

_TYPES = {"tensor(float)": np.float32, "tensor(float16)": np.float16, "tensor(int32)": np.int32}


class KokoroEngine:
    """One onnxruntime session, loaded at the first call and shared by all threads.

    Each call runs on one thread of its own: onnxruntime releases the GIL, and two calls at once on two
    cores are faster than one call on both.
    """

    name = "kokoro"
    online = False
    default_voice = "af_heart"
    word_timings = True
    blends = True

    def __init__(
        self, cache_folder: Path | None, model: Path | None = None, voices: Path | None = None, *, keep: bool = True
    ) -> None:
        """Load nothing yet.

        Args:
            cache_folder: Where the model is kept; None for nowhere, see kokoro_model.model_in.
            model: Another one.
            voices: Another file of them.
            keep: Put the model into the cache folder where it is missing.
        """
        self._cache_folder, self._keep = cache_folder, keep
        self._model = model
        self._voices = voices or kokoro_model.shipped_voices()
        self._lock = threading.Lock()
        self._loaded: _Model | None = None
        self._threads = 1
        self._loading: threading.Thread | None = None
        self._styles = lru_cache(maxsize=8)(lambda name: kokoro_model.load_voice(self._voices, name))
        self._phonemes = lru_cache(maxsize=4096)(_model_phonemes)
        self.parallel = min(available_cores(), MAX_PARALLEL)
        self.version = self._version()

    def voices(self) -> Sequence[Voice]:
        """Every voice whose language espeak-ng can turn into phonemes."""
        names = ordered([name for name in kokoro_model.voice_names(self._voices) if name[:1] in LANGUAGES])
        return [Voice(name, LANGUAGES[name[0]][0], GENDERS.get(name[1:2], "")) for name in names]

    def fits(self, text: str, *, voice: str) -> bool:
        """Up to 300 phonemes, stress and punctuation marks counted."""
        return len(text) <= MAX_CHARS and len(self.pronounce(text, voice=voice)) <= MAX_PHONEMES

    def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[Sound] = ()) -> Speech:
        """Speak a text that fits; float32 at 24 kHz."""
        if not _can_read(text, voice):
            hint = "use a --voice of the text's language, or --engine gtts and its voice for that language"
            raise SynthesisFailed(f"the voice {voice} cannot read the script of {text[:40]!r}", hint)
        symbols = self._phonemes(text, LANGUAGES[voice[0]][1], tuple(sounds))
        if not symbols:
            return _nothing_for(text)
        if len(symbols) > MAX_TOKENS:
            raise SynthesisFailed(f"{len(symbols)} phonemes are more than Kokoro takes at once", "ask `fits` first")
        own_speed = min(speed, FASTEST_OWN_SPEED)
        samples, frames = self._model_in_use().run(symbols, self._styles(voice), own_speed)
        words = self._words(text, symbols, tuple(sounds), voice, frames)
        return faster(Speech(Audio(samples * HEADROOM, RATE_HZ), words), speed / own_speed)

    def _words(
        self, text: str, symbols: str, sounds: tuple[Sound, ...], voice: str, frames: NDArray[np.int64]
    ) -> tuple[Word, ...]:
        """Return when each word is heard, by the model's count of frames for each symbol; none without that count."""
        if len(frames) != len(symbols) + 2:
            return ()
        edges = _heard_edges(frames)
        language = LANGUAGES[voice[0]][1]
        found = word_symbols.word_symbols(text, symbols, sounds, lambda word, own: self._phonemes(word, language, own))
        return tuple(
            Word(word.start_char, word.end_char, int(edges[word.start_symbol]), int(edges[word.end_symbol]))
            for word in found
        )

    def pronounce(self, text: str, *, voice: str) -> str:
        """The phonemes that a text would be spoken with; no model is needed for it."""
        return self._phonemes(text, LANGUAGES[voice[0]][1])

    def warm(self, *, at_once: bool = False) -> None:
        """Begin to load the model, in a thread of its own; what goes wrong is said when the first chunk is spoken.

        A model that is still to be put together, which takes seconds, waits until there is something to speak.

        Args:
            at_once: Speak one chunk on all cores instead of several on one each, which takes a sixth longer in all.
                The samples are the same, bit for bit, in all texts that were compared (docs/decisions/0022).
        """
        if at_once:
            self._threads, self.parallel = self.parallel, 1
        if self._model or kokoro_model.is_made(self._cache_folder):
            self._loading = threading.Thread(target=self._warm, name="load", daemon=True)
            self._loading.start()

    def _warm(self) -> None:
        with suppress(NarrateError, OSError):
            self._model_in_use()

    def load(self) -> None:
        """Return when the model is loaded.

        Raises:
            EngineNotInstalled: It is missing or damaged.
        """
        self._model_in_use()

    def close(self) -> None:
        """Release the session and its memory."""
        if self._loading:
            self._loading.join()
        with self._lock:
            self._loaded = None

    def _model_in_use(self) -> _Model:
        with self._lock:
            if self._loaded is None:
                own = kokoro_model.model_in(self._cache_folder, keep=self._keep)
                with nullcontext(self._model) if self._model else own as path:
                    self._loaded = _Model(path, is_optimised=self._model is None, threads=self._threads)
            return self._loaded

    def _version(self) -> str:
        model = kokoro_model.file_version(self._model) if self._model else kokoro_model.MODEL_SHA256[:12]
        parts = {
            # A change in what the model is given must not meet clips made before it.
            "adapter": kokoro_model.file_version(*(Path(str(module.__file__)) for module in _ADAPTER), Path(__file__)),
            "model": model,
            "voices": kokoro_model.file_version(self._voices),
            "onnxruntime": metadata.version("onnxruntime"),
            "espeak": metadata.version("espeakng-loader"),
        }
        return " ".join(f"{name}={value}" for name, value in parts.items())


# What decides the sound besides weights and voices; _version tells one state of these from another.
_ADAPTER = (phonemes, kokoro_model, blend, alignment, word_symbols)


class _Model:
    """A session and the names and types of its inputs, which differ between exports of Kokoro."""

    def __init__(self, path: Path, *, is_optimised: bool, threads: int = 1) -> None:
        self._session = _session(path, is_optimised=is_optimised, threads=threads)
        types = {item.name: _TYPES.get(item.type, np.int64) for item in self._session.get_inputs()}
        self._tokens_name = "input_ids" if "input_ids" in types else "tokens"
        self._types = types
        self._vocab = kokoro_model.shipped_vocab()

    def run(
        self, sounds: str, styles: NDArray[np.float32], speed: float
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """One inference: float32, shape (n,), 24 kHz; and frames of each input token, none if the model keeps them."""
        tokens = [0, *(self._vocab[symbol] for symbol in sounds), 0]
        style = styles[min(len(sounds), len(styles)) - 1]
        inputs = {
            self._tokens_name: np.array([tokens], dtype=self._types[self._tokens_name]),
            "style": style[np.newaxis].astype(self._types["style"]),
            "speed": np.array([speed], dtype=self._types["speed"]),
        }
        try:
            audio, *others = self._session.run(None, inputs)
        except Exception as error:  # onnxruntime's own exceptions share no base but Exception
            raise SynthesisFailed(f"Kokoro could not speak {sounds!r}: {error}", "try a smaller --jobs") from error
        frames = np.asarray(others[0] if others else (), dtype=np.int64).ravel()
        return np.asarray(audio, dtype=np.float32).ravel(), frames


def _heard_edges(frames: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each symbol begins to be heard, and after them where the last ends, in samples.

    The input begins with a pad, so the symbol at i is given the frames after the first i + 1 counts. It is
    heard earlier: the loudness of vowels, consonants and stops fits the sound best, for each of five voices and
    speeds tried, when a symbol begins 10 ms before the frames of the one before it, unless that one is long.
    """
    counted = np.cumsum(frames)[:-1]
    early = np.minimum(frames[:-1], LONGEST_LEAD_FRAMES)
    return np.maximum((counted - early) * FRAME_SAMPLES - EARLY_SAMPLES, 0)


def _session(path: Path, *, is_optimised: bool, threads: int) -> onnxruntime.InferenceSession:
    onnxruntime = kokoro_model.runtime()
    options = onnxruntime.SessionOptions()
    if is_optimised:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Memory patterns are kept for every input length seen, so memory would grow with the article:
    # 1,224 MB against 947 MB after twice the seed.
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # as above
        raise EngineNotInstalled(f"{path} is not a Kokoro model: {error}", "check kokoro_model") from error


def _model_phonemes(text: str, espeak_language: str, sounds: tuple[Sound, ...] = ()) -> str:
    """The phonemes that the model knows; espeak's few others are modifiers it was not trained with."""
    vocab = kokoro_model.shipped_vocab()
    return "".join(symbol for symbol in phonemes.phonemise(text, espeak_language, sounds) if symbol in vocab)


def _can_read(text: str, voice: str) -> bool:
    """espeak names each letter of a script that is not its language's ("Chinese letter, Chinese letter")."""
    letters = [char for char in text if char.isalpha()]
    scripts = ("LATIN", "DEVANAGARI") if voice[0] == "h" else ("LATIN",)
    foreign = sum(1 for char in letters if char > "\x7f" and not unicodedata.name(char, "").startswith(scripts))
    return foreign * 2 <= len(letters)


def _nothing_for(text: str) -> Speech:
    if any(char.isalnum() for char in text):
        raise SynthesisFailed(f"Kokoro has no sounds for {text!r}", "use a --voice of the text's language")
    return Speech(Audio(np.zeros(RATE_HZ // 20, dtype=np.float32), RATE_HZ))


@dataclass(frozen=True)
class KokoroOptions:
    """Files in place of those that are installed; the engine's version has their content."""

    model: Path | None = option(
        None, meaning="another Kokoro ONNX model file", decides_sound=False, formerly="kokoro_model"
    )
    voices: Path | None = option(
        None,
        meaning="another Kokoro voices file (.npz, or .bin of the same form)",
        decides_sound=False,
        formerly="kokoro_voices",
    )


@engine_factory("kokoro", options=KokoroOptions)
def make(options: KokoroOptions, run: Run) -> KokoroEngine:
    """Entry point. Nothing heavy is imported until the first chunk is spoken.

    Raises:
        EngineNotInstalled: A package is missing; narrate itself requires them all.
        ConfigError: A file that the settings name is not there.
    """
    for module in ("onnxruntime", "phonemizer", "espeakng_loader"):
        if find_spec(module) is None:
            raise kokoro_model.missing(module.replace("_", "-"))
    if options.model is None:
        kokoro_model.require_parts()
    for path in (options.model, options.voices):
        if path is not None and not path.is_file():
            raise ConfigError(f"{path} does not exist", "check model and voices below [engines.kokoro]")
    return KokoroEngine(run.cache_folder, options.model, options.voices, keep=run.keep)
