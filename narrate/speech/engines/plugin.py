"""Engines of other packages behind a guard: what comes out of them is speech, or an EngineError that names them.

Their authors have the contract in base.py and nothing that checks it, so what they raise, lack or give back may be
anything; without the guard it would come to light far from its cause, as a fault of narrate's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields
from importlib.metadata import EntryPoint
from typing import ParamSpec, TypeGuard, TypeVar

from narrate.core.article import Sound
from narrate.core.episode import Audio, Speech, Word
from narrate.core.errors import EngineError, NarrateError
from narrate.speech.engines import abilities
from narrate.speech.engines.base import Engine, Voice

Checked = TypeVar("Checked")
Asked = ParamSpec("Asked")

# What every engine must have, and of which type.
ATTRIBUTES: dict[str, type] = {
    "name": str,
    "version": str,
    "parallel": int,
    "online": bool,
    "default_voice": str,
    "word_timings": bool,
}
METHODS = ("voices", "fits", "synthesise", "close")
GENDERS = ("female", "male", "")


def is_own(kind: str) -> bool:
    """Tell whether a module is one of narrate's, whose engines need no guard."""
    return kind == "narrate" or kind.startswith("narrate.")


def package_of(entry: EntryPoint) -> str:
    """Return what to call the package that an engine is from: its distribution and version, else its module."""
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.module


@contextmanager
def blamed(name: str, package: str, doing: str) -> Iterator[None]:
    """Turn whatever an engine raises, but an error of narrate's, into one that names the engine.

    Raises:
        EngineError: It raised something; that is the cause, so that --debug shows where.
    """
    try:
        yield
    except (NarrateError, MemoryError, KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:  # SystemExit, too: an engine does not end the run
        said = " ".join(str(error).split())[:300]
        what = f"{type(error).__name__}: {said}" if said else type(error).__name__
        raise EngineError(f"the engine {name} ({package}) failed {doing}: {what}", _hint(package)) from error


def unfit(name: str, package: str, why: str, hint: str = "") -> EngineError:
    """Return the error for an engine that breaks the contract.

    Args:
        name: What it was asked for by.
        package: Where it is from.
        why: Ends the sentence "the engine … cannot be used: ".
        hint: What to do; "" to tell the package's authors.
    """
    return EngineError(f"the engine {name} ({package}) cannot be used: {why}", hint or _hint(package))


def guard(engine: object, name: str, package: str) -> Engine:
    """Return an engine that behaves like another, and whose every fault is an EngineError.

    Args:
        engine: Anything.
        name: What it was asked for by.
        package: Where it is from.

    Raises:
        EngineError: It is no engine: something is missing or of a wrong type.
    """
    return _GuardedEngine(engine, name, package)


class _GuardedEngine:
    """An engine of another package whose every fault is an EngineError; made by `guard`."""

    name: str
    version: str
    parallel: int
    online: bool
    default_voice: str
    word_timings: bool

    def __init__(self, engine: object, name: str, package: str) -> None:
        self._package, self._asked_as = package, name
        self._take_attributes(engine)
        if not self._has_methods(engine):
            raise self._unfit("it is no engine")
        self._engine = engine
        self.blends = bool(self._optional("blends"))
        self._take_abilities()

    def voices(self) -> Sequence[Voice]:
        """Return its voices, each of which is one."""
        with self._blamed("to list its voices"):
            found = tuple(self._engine.voices())
        if not found:
            raise self._unfit("it has no voices")
        for voice in found:
            self._checked(voice, Voice, "a voice")
            for field in fields(Voice):
                self._checked(getattr(voice, field.name), str, f"a voice's {field.name}")
            if voice.gender not in GENDERS:
                raise self._unfit(f"the voice {voice.name} has the gender {voice.gender!r}, and not female or male")
        return found

    def fits(self, text: str, *, voice: str) -> bool:
        """Tell whether it takes the text."""
        with self._blamed(f"to say whether {_shown(text)} fits"):
            found = self._engine.fits(text, voice=voice)
            if found is not None:
                return bool(found)  # NumPy has truth values of its own
        raise self._unfit("`fits` gave back None, and must give True or False")

    def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[Sound] = ()) -> Speech:
        """Speak, and see that it is speech what comes back; whether it is good is for others to say."""
        with self._blamed(f"to speak {_shown(text)}"):
            speech = self._engine.synthesise(text, voice=voice, speed=speed, sounds=sounds)
        self._checked(speech, Speech, "what `synthesise` gave back")
        self._checked(speech.audio, Audio, "its audio")
        self._check_samples(speech.audio)
        with self._blamed("to give the words that it spoke"):
            words = tuple(speech.words)
        for word in words:
            self._check_word(word, len(text), len(speech.audio.samples))
        return Speech(speech.audio, words, bool(speech.estimated))

    def close(self) -> None:
        """Close it."""
        with self._blamed("to close"):
            self._engine.close()

    def _take_attributes(self, engine: object) -> None:
        for attribute, kind in ATTRIBUTES.items():
            setattr(self, attribute, self._checked(self._got(engine, attribute), kind, f"`{attribute}`"))
        if self.parallel < 1:
            raise self._unfit(f"`parallel` is {self.parallel}, and must be at least 1")

    def _has_methods(self, engine: object) -> TypeGuard[Engine]:
        """Tell whether it has, beside the attributes, all that an engine can be asked; name what it lacks."""
        for method in METHODS:
            if not callable(self._got(engine, method)):
                raise self._unfit(f"`{method}` is no method")
        return True

    def _take_abilities(self) -> None:
        """Have what the engine can do beyond the contract, guarded as well; what it cannot is not there."""
        for name in abilities.METHODS:
            method = self._optional(name)
            if method is not None:
                if not callable(method):
                    raise self._unfit(f"`{name}` is no method")
                setattr(self, name, self._guarded(method, name))

    def _optional(self, name: str) -> object:
        with self._blamed(f"when it was asked for `{name}`"):
            found: object = getattr(self._engine, name, None)
        return found

    def _guarded(self, method: Callable[Asked, object], name: str) -> Callable[Asked, object]:
        def call(*args: Asked.args, **options: Asked.kwargs) -> object:
            with self._blamed(f"in `{name}`"):
                found = method(*args, **options)
            return self._checked(found, str, f"what `{name}` gave back") if name == "pronounce" else found

        return call

    def _check_samples(self, audio: Audio) -> None:
        import numpy as np  # takes 0.1 s to import, and listing voices needs none of it

        samples = self._checked(audio.samples, np.ndarray, "its samples")
        if samples.ndim != 1 or samples.dtype != np.float32:
            raise self._unfit(f"its samples are {samples.dtype} of shape {samples.shape}, and must be float32 of (n,)")
        if self._checked(audio.rate_hz, int, "its rate") < 1:
            raise self._unfit(f"its rate is {audio.rate_hz} Hz")

    def _check_word(self, word: Word, chars: int, samples: int) -> None:
        self._checked(word, Word, "a word")
        for field in fields(Word):
            self._checked(getattr(word, field.name), int, f"a word's {field.name}")
        is_in_text = 0 <= word.start_char <= word.end_char <= chars
        if not (is_in_text and 0 <= word.start_sample <= word.end_sample <= samples):
            raise self._unfit(f"a word lies outside of the text or of the sound: {word}")

    def _got(self, engine: object, attribute: str) -> object:
        with self._blamed(f"when it was asked for `{attribute}`"):
            try:
                found: object = getattr(engine, attribute)
            except AttributeError as error:
                if hasattr(type(engine), attribute):  # a property that raised
                    raise
                raise self._unfit(f"it has no `{attribute}`") from error
        return found

    def _checked(self, value: object, kind: type[Checked], what: str) -> Checked:
        """The value, if it is of that type; a bool is no number."""
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self._unfit(f"{what} is {_kind(value)}, and must be {kind.__name__}")
        return value

    def _unfit(self, why: str) -> EngineError:
        return unfit(self._asked_as, self._package, why)

    def _blamed(self, doing: str) -> AbstractContextManager[None]:
        return blamed(self._asked_as, self._package, doing)


def _kind(value: object) -> str:
    return "None" if value is None else type(value).__name__


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")


def _hint(package: str) -> str:
    return f"that is for the authors of {package} to mend; --debug shows its traceback"
