"""Arguments of Python's callers, looked at before anything is done: a wrong one is named."""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path

    from narrate.core.article import Article
    from narrate.core.settings.model import Settings
    from narrate.speech.engines import Engine


def chosen_by(
    settings: Settings | None,
    output: str | PathLike[str] | None,
    engine: str | Engine | None,
    voice: str | None,
    speed: float | None,
) -> tuple[Settings, Engine | None]:
    """Return the settings with the arguments on top of them, and the engine that the caller has, if any.

    Raises:
        ConfigError: An argument has a wrong type or value.
        EngineError: The engine lacks something.
    """
    from narrate.core.settings.checks import a_path, require
    from narrate.core.settings.loading import Settings, load_settings
    from narrate.pipeline.preflight import require_usable
    from narrate.speech.engines import require_cast

    require("settings", settings, Settings, "Settings, as load_settings gives them")
    require("voice", voice, str, "the name of a voice")
    require("speed", speed, (int, float), "a number")
    instance = instance_of(engine)
    name = instance.name if instance else engine
    flags = {"output": a_path("output", output), "engine": name, "voice": voice, "speed": speed}
    chosen = load_settings(flags, base=settings)
    require_usable(chosen)
    if instance:
        require_cast(instance, chosen)
    return chosen, instance


def instance_of(engine: str | Engine | None) -> Engine | None:
    """The engine, unless it is only named.

    Raises:
        ConfigError: It is neither a name nor an engine.
        EngineError: It is one that lacks something.
    """
    if engine is None or isinstance(engine, str):
        return None
    from narrate.core.settings.checks import require
    from narrate.speech.engines import guarded_instance

    if not callable(getattr(engine, "synthesise", None)):
        require("engine", engine, str, "the name of an engine, or an engine")
    return guarded_instance(engine)


def source_of(
    source: str | PathLike[str] | Article | None, text: str | None, settings: Settings
) -> str | Path | Article:
    """Return what is to be spoken, read already where it is a text.

    Raises:
        ConfigError: There is neither a source nor a text, or both.
        SourceError: There is nothing in the text to speak.
    """
    from narrate.core.article import Article
    from narrate.core.settings.checks import a_source
    from narrate.sources.read import read_text_given

    require_source(source, text)
    if text is not None:
        return read_text_given(text, settings)
    return source if isinstance(source, Article) else a_source(source)


def require_source(source: object, text: object) -> None:
    """Check the arguments that say what is spoken, before anything is done.

    Raises:
        ConfigError: They are none, or two.
    """
    from narrate.core.article import Article
    from narrate.core.settings.checks import a_source

    require_one(source, text)
    if text is None and not isinstance(source, Article):
        a_source(source)


def require_one(source: object, text: object) -> None:
    """Check that not both are given, and that the text is one.

    Raises:
        ConfigError: They are, or it is something else.
    """
    from narrate.core.errors import ConfigError
    from narrate.core.settings.checks import require

    require("text", text, str, "an article as text")
    if source is not None and text is not None:
        raise ConfigError("source and text are both given", "give one of them")


def require_function(name: str, value: object, what: str) -> None:
    """Check that an argument can be called, or is left out.

    Raises:
        ConfigError: It cannot.
    """
    from narrate.core.settings.checks import require

    if not callable(value):
        require(name, value, FunctionType, what)


def path_of(name: str, value: object) -> Path:
    """Return a path that must be given.

    Raises:
        ConfigError: It is none.
    """
    from narrate.core.errors import ConfigError
    from narrate.core.settings.checks import a_path

    found = a_path(name, value)
    if found is None:
        raise ConfigError(f"{name} takes a path, and there is none", "name a folder or a file")
    return found
