"""Fifth stage: engines turn chunks into speech. This module finds them; each adapter has a file of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from narrate.core.casting import parse_casting
from narrate.core.errors import ConfigError, EngineNotInstalled, EngineUnavailable, UnknownEngine
from narrate.core.near_names import did_you_mean
from narrate.core.settings.loading import Settings
from narrate.core.system.installing import DISTRIBUTION, install_command
from narrate.core.version import __version__
from narrate.speech.engines import plugin
from narrate.speech.engines.base import Engine, Voice, check_speech, find_voice
from narrate.speech.engines.choice import choose_voice, require_choice, sample_line, speaks
from narrate.speech.engines.declaration import API_VERSION, EngineFactory, Run
from narrate.speech.engines.options import assigned, deciding, options_in, received, require_none_given, sent

logger = logging.getLogger(__name__)

__all__ = [
    "Engine",
    "Voice",
    "check_speech",
    "choose_voice",
    "engine_names",
    "find_voice",
    "guarded_instance",
    "make_engine",
    "options_to_send",
    "require_cast",
    "sample_line",
    "settings_received",
    "speaks",
]

# A package adds an engine with an entry point in this group: an EngineFactory, or, as all were before there was one, a
# function that takes Settings and returns an Engine.
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
    engine = _load(_entry(settings.engine), settings)
    if engine.online and settings.offline:
        hint = "leave --offline out, or use --engine kokoro"
        raise ConfigError(f"the engine {engine.name} needs the network and this run is offline", hint)
    return engine


def require_cast(engine: Engine, settings: Settings) -> None:
    """Check who is to speak, before anything is read: an hour of speech is not lost for a slip in a name.

    Args:
        engine: The one that the settings name. One that cannot list its voices now, for its service is down, is let
            pass; that is said when it is to speak.
        settings: Their voices must be this engine's; their fallback is made and closed again.

    Raises:
        UnknownVoice: No article could be spoken with one of the voices.
        UnknownEngine: The fallback is no engine.
        EngineNotInstalled: One of the fallback's packages is missing.
    """
    if settings.fallback not in (None, engine.name):
        # Also in a run that is offline: what the fallback is for cannot happen then.
        other = replace(settings, engine=settings.fallback or "", offline=False)
        _load(_entry(other.engine, " to fall back on"), other).close()
    with suppress(EngineUnavailable):
        require_choice(engine, settings.voice, gender=settings.gender, language=settings.language)
        if settings.quote_voice:
            require_choice(engine, settings.quote_voice, language=settings.language)
        for _, voice in parse_casting(settings.cast).voices:
            require_choice(engine, voice, language=settings.language)
        if settings.voice and settings.gender:
            chosen = choose_voice(engine, settings.voice, gender=settings.gender, language=settings.language)
            if chosen.gender not in ("", settings.gender):
                message = "the gender %s does not matter: the voice %s, which is asked for, is %s"
                logger.warning(message, settings.gender, chosen.name, chosen.gender)


def _entry(name: str, purpose: str = "") -> EntryPoint:
    registered = _registered()
    if name not in registered:
        known = f"engines: {', '.join(sorted(registered))}"
        raise UnknownEngine(f"no engine {name!r}{purpose}", f"{did_you_mean(name, registered)} {known}".strip())
    return registered[name]


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
    settings = assigned(settings, _registered())
    package, factory = plugin.package_of(entry), _factory(entry)
    if not isinstance(factory, EngineFactory):
        require_none_given(settings, entry.name)
        return _guarded(entry, package, lambda: factory(settings))
    options = options_in(settings, factory)
    run = Run(settings.cache_folder_if_any, settings.cache, settings.offline)
    engine = _guarded(entry, package, lambda: factory.make(options, run))
    if engine.name != entry.name:
        raise plugin.unfit(entry.name, package, f"it says that its name is {engine.name!r}")
    if digest := deciding(options, factory):
        engine.version = f"{engine.version}+{digest}"
    return engine


def _factory(entry: EntryPoint) -> EngineFactory | Callable[[Settings], object]:
    """Return the factory of an engine, imported and looked at.

    Raises:
        EngineNotInstalled: A package is missing.
        EngineError: It is written for another version of the contract, or is nothing that makes engines.
    """
    package = plugin.package_of(entry)
    found = _blamed(entry, package, entry.load)
    if not isinstance(found, EngineFactory):
        if not callable(found):
            raise plugin.unfit(entry.name, package, "its entry point names nothing that makes an engine")
        return cast(Callable[[Settings], object], found)
    if found.api_version != API_VERSION:
        written = f"it is written for version {found.api_version} of the contract, and narrate {__version__} has"
        hint = "install a version of both that fit: docs/engines.md says which contract there is"
        raise plugin.unfit(entry.name, package, f"{written} version {API_VERSION}", hint)
    if found.name != entry.name:
        raise plugin.unfit(entry.name, package, f"it is declared with the name {found.name!r}")
    return found


def _guarded(entry: EntryPoint, package: str, make: Callable[[], object]) -> Engine:
    made = _blamed(entry, package, make)
    return cast(Engine, made) if plugin.is_own(entry.module) else plugin.guard(made, entry.name, package)


def _blamed(entry: EntryPoint, package: str, make: Callable[[], object]) -> object:
    with plugin.blamed(entry.name, package, "to load"):
        try:
            return make()
        except ImportError as error:
            raise _not_installed(entry, error) from error


def options_to_send(settings: Settings, name: str) -> dict[str, object]:
    """Return the settings of an engine's own, as JSON takes them, for a machine that is to make the same one.

    Args:
        settings: Hold what was given.
        name: Of the engine; of one that is not registered, or declares none, nothing is sent.

    Raises:
        ConfigError: One cannot be used.
    """
    registered = _registered()
    factory = _factory(registered[name]) if name in registered else None
    return sent(assigned(settings, registered), factory) if isinstance(factory, EngineFactory) else {}


def settings_received(own: Settings, name: str, values: Mapping[str, object]) -> Settings:
    """Return the settings to make an engine with that another machine has: those sent, and secrets of this one.

    Raises:
        UnknownEngine: It is not here.
        EngineNotInstalled: One of its packages is missing here.
    """
    factory = _factory(_entry(name))
    engines = received(values, assigned(own, _registered()), factory) if isinstance(factory, EngineFactory) else ()
    return Settings(engine=name, engines=engines)


def _not_installed(entry: EntryPoint, error: ImportError) -> EngineNotInstalled:
    missing = error.name or str(error)
    hint = f"install it: {install_command(package=entry.dist.name if entry.dist else DISTRIBUTION)}"
    return EngineNotInstalled(f"the engine {entry.name} cannot be loaded: {missing} is missing", hint)
