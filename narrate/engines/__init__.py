"""Fifth stage: engines turn chunks into speech. This module finds them; each adapter has a file of its own."""

from __future__ import annotations

import difflib
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from narrate.config import Settings
from narrate.engines import plugin
from narrate.engines.base import Engine, Voice, check_speech, find_voice
from narrate.engines.choice import choose_voice, sample_line, speaks
from narrate.errors import ConfigError, EngineNotInstalled, UnknownEngine

__all__ = [
    "Engine",
    "Voice",
    "check_speech",
    "choose_voice",
    "engine_names",
    "find_voice",
    "guarded_instance",
    "make_engine",
    "sample_line",
    "speaks",
]

# A package adds an engine with an entry point in this group: a function that takes Settings and
# returns an Engine.
ENTRY_POINT_GROUP = "narrate.engines"


def engine_names() -> tuple[str, ...]:
    """Names of all registered engines."""
    return tuple(sorted(_registered()))


def make_engine(settings: Settings) -> Engine:
    """Make the engine that the settings name; its packages are imported now and not before.

    Raises:
        UnknownEngine: No such engine is registered.
        EngineNotInstalled: One of its packages is missing.
        EngineError: It is another package's, and raises something or is no engine (plugin.py).
        ConfigError: It needs the network and the run is offline.
    """
    registered = _registered()
    if settings.engine not in registered:
        near = difflib.get_close_matches(settings.engine, registered, n=1)
        known = f"engines: {', '.join(sorted(registered))}"
        raise UnknownEngine(f"no engine {settings.engine!r}", f"did you mean {near[0]}? {known}" if near else known)
    engine = _load(registered[settings.engine], settings)
    if engine.online and settings.offline:
        hint = "leave --offline out, or use --engine kokoro"
        raise ConfigError(f"the engine {engine.name} needs the network and this run is offline", hint)
    return engine


def _registered() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=ENTRY_POINT_GROUP)}


def guarded_instance(engine: Engine) -> Engine:
    """Return an engine that a caller made, behind a guard unless it is one of narrate's (plugin.py).

    Raises:
        EngineError: It is no engine: something is missing or of a wrong type.
    """
    kind = type(engine)
    return engine if plugin.is_own(kind.__module__) else plugin.guard(engine, kind.__qualname__, kind.__module__)


def _load(entry: EntryPoint, settings: Settings) -> Engine:
    package = plugin.package_of(entry)
    with plugin.blamed(entry.name, package, "to load"):
        try:
            made = entry.load()(settings)
        except ImportError as error:
            raise _not_installed(entry, error) from error
    return cast(Engine, made) if plugin.is_own(entry.module) else plugin.guard(made, entry.name, package)


def _not_installed(entry: EntryPoint, error: ImportError) -> EngineNotInstalled:
    missing = error.name or str(error)
    hint = f"install it: python3 -m pip install '{entry.dist.name if entry.dist else 'narrate'}'"
    return EngineNotInstalled(f"the engine {entry.name} cannot be loaded: {missing} is missing", hint)
