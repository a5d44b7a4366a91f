"""Abilities that an engine may have beside those of every engine; the one place where they are looked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol, cast, runtime_checkable


@runtime_checkable
class Warms(Protocol):
    """An engine that takes a while to load, and can begin with it before there is anything to speak."""

    def warm(self, *, at_once: bool = False) -> None:
        """Begin to load and return; what goes wrong is said when the first chunk is spoken.

        Args:
            at_once: Somebody waits for the first sound: have it as soon as can be, at the cost of the other chunks.
        """
        ...


@runtime_checkable
class Loads(Protocol):
    """An engine that can be waited for; that time is not taken for the first chunk's, and whoever waits is told so."""

    def load(self) -> None:
        """Return when the engine is ready.

        Raises:
            EngineNotInstalled: Something that it needs is missing or damaged.
        """
        ...


@runtime_checkable
class Pronounces(Protocol):
    """An engine that makes phonemes of a text: they tell how long it takes to say, and which words are doubtful."""

    def pronounce(self, text: str, *, voice: str) -> str:
        """Return the phonemes (IPA) that the voice would speak the text with; no sound is made for it."""
        ...


@runtime_checkable
class Blends(Protocol):
    """An engine whose `synthesise` takes blends of its voices, such as "af_heart:0.6+af_bella:0.4".

    Attributes:
        blends: False for one that takes none after all.
    """

    blends: bool


# What each is called; an engine of another package has it behind its guard, too (plugin.py).
METHODS = ("warm", "load", "pronounce")


def begin_loading(engine: object, *, at_once: bool = False) -> None:
    """Have an engine begin to load now, if it can."""
    if _has(engine, "warm"):
        cast(Warms, engine).warm(at_once=at_once)


def loader_of(engine: object) -> Callable[[], None] | None:
    """Return what waits until an engine is ready; None for one that always is."""
    return cast(Loads, engine).load if _has(engine, "load") else None


def pronouncer_of(engine: object, voice: str) -> Callable[[str], str] | None:
    """Return what gives the phonemes of a text in one of an engine's voices; None for one that knows none."""
    return partial(cast(Pronounces, engine).pronounce, voice=voice) if _has(engine, "pronounce") else None


def _has(engine: object, name: str) -> bool:
    """Tell whether an engine has the method now; a protocol keeps what it was told of a class, and a guard's differ."""
    return callable(getattr(engine, name, None))


def can_blend(engine: object) -> bool:
    """Tell whether an engine speaks with blends of its voices."""
    return isinstance(engine, Blends) and bool(engine.blends)
