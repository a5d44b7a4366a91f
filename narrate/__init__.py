"""narrate: an article goes in, an episode comes out.

    >>> import narrate
    >>> narrate.speak("article.txt").path            # doctest: +SKIP
    PosixPath('output/title-of-the-article.mp3')

Public are the names in `__all__`, and those of `narrate.engine` for packages with a voice engine; docs/stability.md
says what is promised of them. Everything else is an implementation detail and may change with any version.
"""

from __future__ import annotations

from importlib import import_module
from types import FunctionType
from typing import TYPE_CHECKING

from narrate.core.system import telemetry
from narrate.core.version import __version__

# Before any module that could import onnxruntime: nothing of narrate is imported before this line is run.
telemetry.switch_off()

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.core.article import Block, Chunk, Drop, Edit, Metadata, Script, Utterance
    from narrate.core.episode import Episode
    from narrate.core.errors import (
        ConfigError,
        EngineError,
        EngineNotInstalled,
        EngineUnavailable,
        NarrateError,
        NothingToSay,
        OutputError,
        SourceError,
        SynthesisFailed,
        UnknownEngine,
        UnknownVoice,
    )
    from narrate.core.progress import OnProgress, Progress
    from narrate.core.settings.loading import load_settings
    from narrate.core.settings.model import Settings
    from narrate.core.settings.tables import BlockPolicies, CleanChoices, Music, Pauses
    from narrate.speech.engines import Engine

__all__ = [
    "Block",
    "BlockPolicies",
    "Chunk",
    "CleanChoices",
    "ConfigError",
    "Drop",
    "Edit",
    "EngineError",
    "EngineNotInstalled",
    "EngineUnavailable",
    "Episode",
    "Metadata",
    "Music",
    "NarrateError",
    "NothingToSay",
    "OnProgress",
    "OutputError",
    "Pauses",
    "Progress",
    "Script",
    "Settings",
    "SourceError",
    "SynthesisFailed",
    "UnknownEngine",
    "UnknownVoice",
    "Utterance",
    "__version__",
    "load_settings",
    "script",
    "speak",
]

# Where each name lives. It is imported when somebody asks for it: the command line, which needs few of them to
# print its help, would wait 0.1 s for the others.
_HOMES = {
    "narrate.core.article": ("Block", "Chunk", "Drop", "Edit", "Metadata", "Script", "Utterance"),
    "narrate.core.settings.loading": ("load_settings",),
    "narrate.core.episode": ("Episode",),
    "narrate.core.errors": (
        "ConfigError",
        "EngineError",
        "EngineNotInstalled",
        "EngineUnavailable",
        "NarrateError",
        "NothingToSay",
        "OutputError",
        "SourceError",
        "SynthesisFailed",
        "UnknownEngine",
        "UnknownVoice",
    ),
    "narrate.core.progress": ("OnProgress", "Progress"),
    "narrate.core.settings.model": ("Settings",),
    "narrate.core.settings.tables": ("BlockPolicies", "CleanChoices", "Music", "Pauses"),
}


def __getattr__(name: str) -> object:
    """A public name, from the module it lives in."""
    for home, names in _HOMES.items():
        if name in names:
            found: object = getattr(import_module(home), name)
            return found
    raise AttributeError(f"module 'narrate' has no attribute {name!r}")


def script(source: str | Path, settings: Settings | None = None) -> Script:
    """Everything that will be said of an article, and everything that will not; needs no audio library.

    Args:
        source: Path of a text, Markdown or HTML file, an address, or "-" for standard input.
        settings: From `load_settings` where left out: narrate.toml and NARRATE_* variables are heeded.

    Returns:
        The utterances in spoken form with every edit, and the dropped blocks with their rules.

    Raises:
        SourceError: The source cannot be read.
        NothingToSay: No words are left.
        ConfigError: A configuration file or variable cannot be used.
    """
    from narrate.core.settings.checks import a_source, require
    from narrate.core.settings.loading import Settings, load_settings
    from narrate.pipeline.stages import make_script

    require("settings", settings, Settings, "Settings, as load_settings gives them")
    return make_script(a_source(source), settings or load_settings())


def speak(
    source: str | Path,
    output: str | Path | None = None,
    *,
    engine: str | Engine | None = None,
    voice: str | None = None,
    speed: float | None = None,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
) -> Episode:
    """Speak an article into an episode: -16 LUFS, tagged, with transcripts, chapters and a cover beside it.

    Args:
        source: Path of a text, Markdown or HTML file, an address, or "-" for standard input.
        output: A folder, or a path that ends in .mp3, .m4b, .opus, .flac or .wav; the folder "output" by default.
        engine: Name of an engine, or an instance, which stays open; "kokoro" by default.
        voice: One of the engine's voices, a blend, or a language or gender to choose by; by the article's language
            where left out.
        speed: 0.5 to 2.0; 1.0 is the voice's own rate.
        settings: From `load_settings` where left out; the arguments above win over them.
        on_progress: Called in this thread as work is finished; see Progress.

    Returns:
        Path, duration in milliseconds, size in bytes, metadata and identity of the episode, and the files beside it.

    Raises:
        SourceError: The source cannot be read.
        NothingToSay: No words are left.
        EngineError: Speech could not be made; finished clips stay in the cache.
        OutputError: The episode could not be written; nothing is left half-written.
        ConfigError: A setting cannot be used, or an argument has a wrong type.
    """
    from narrate.core.settings.checks import a_path, a_source, require
    from narrate.core.settings.loading import Settings, load_settings
    from narrate.pipeline.making import make_episode
    from narrate.pipeline.preflight import require_usable
    from narrate.speech.engines import require_cast

    require("settings", settings, Settings, "Settings, as load_settings gives them")
    require("voice", voice, str, "the name of a voice")
    require("speed", speed, (int, float), "a number")
    if not callable(on_progress):
        require("on_progress", on_progress, FunctionType, "a function that is called with a Progress")
    read, instance = a_source(source), _instance(engine)
    name = instance.name if instance else engine
    flags = {"output": a_path("output", output), "engine": name, "voice": voice, "speed": speed}
    chosen = load_settings(flags, base=settings)
    require_usable(chosen)
    if instance:
        require_cast(instance, chosen)
    return make_episode(read, chosen, engine=instance, on_progress=on_progress)


def _instance(engine: str | Engine | None) -> Engine | None:
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
