"""Proposals of a shell for the values of flags; where none can be made that is no error, and nothing is printed.

Everything is imported when the shell asks, for the command line itself takes none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from narrate.core.settings.model import Settings

# A value, and a few words on it for shells that show them.
Proposal = tuple[str, str]


def _whole(proposals: Callable[[], Iterable[Proposal]]) -> list[Proposal]:
    """All proposals, or none: a shell that asks shows no errors, and a broken engine must not spoil the line."""
    try:
        return list(proposals())
    except Exception:
        return []


def _names(names: Callable[[], Iterable[str]]) -> list[Proposal]:
    """Return all names as proposals, or none; they need no words."""
    return _whole(lambda: ((name, "") for name in names()))


def engines(incomplete: str) -> list[Proposal]:
    """Every registered engine."""
    from narrate.speech.engines import engine_names

    return _names(engine_names)


def among(choices: Sequence[str]) -> Callable[[str], list[Proposal]]:
    """Return what proposes the choices of a setting that is one of a few words."""

    def proposed(incomplete: str) -> list[Proposal]:
        return _names(lambda: choices)

    return proposed


def rules(incomplete: str) -> list[Proposal]:
    """Every cleaning rule."""
    from narrate.text.clean import RULES

    return _names(lambda: (name for name, _ in RULES))


def languages(incomplete: str) -> list[Proposal]:
    """Languages of two letters with their names; behind a hyphen, those of each country."""
    from narrate.core.language.tags import common_tags

    return _whole(lambda: common_tags(incomplete))


def voices(ctx: typer.Context, incomplete: str) -> list[Proposal]:
    """Voices of the engine that the line names, else of that in the settings; after a "+", the next part of a blend."""
    blend = incomplete[: incomplete.rfind("+") + 1]
    return _whole(lambda: ((f"{blend}{name}", words) for name, words in _voices_of(ctx.params.get("engine"))))


def _voices_of(engine_name: str | None) -> Iterator[Proposal]:
    from narrate.speech.engines import make_engine

    engine = make_engine(_settings(engine_name))
    try:
        yield from ((voice.name, f"{voice.language} {voice.gender}".strip()) for voice in engine.voices())
    finally:
        engine.close()


def _settings(engine_name: str | None) -> Settings:
    from narrate.core.settings.loading import load_settings

    return load_settings({"engine": engine_name})
