"""narrate: an article goes in, an episode comes out.

    >>> import narrate
    >>> narrate.speak("article.txt").path            # doctest: +SKIP
    PosixPath('output/title-of-the-article.mp3')

Everything else is an implementation detail and may change between minor versions.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from narrate import telemetry
from narrate.version import __version__

# Before any module that could import onnxruntime: nothing of narrate is imported before this line is run.
telemetry.switch_off()

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.article import Block, Chunk, Drop, Edit, Metadata, Script, Utterance
    from narrate.config import load_settings
    from narrate.engines import Engine
    from narrate.episode import Episode
    from narrate.errors import (
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
    from narrate.progress import OnProgress, Progress
    from narrate.settings import BlockPolicies, CleanChoices, Music, Pauses, Settings

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
    "narrate.article": ("Block", "Chunk", "Drop", "Edit", "Metadata", "Script", "Utterance"),
    "narrate.config": ("load_settings",),
    "narrate.episode": ("Episode",),
    "narrate.errors": (
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
    "narrate.progress": ("OnProgress", "Progress"),
    "narrate.settings": ("BlockPolicies", "CleanChoices", "Music", "Pauses", "Settings"),
}


def __getattr__(name: str) -> Any:
    """A public name, from the module it lives in."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
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
    from narrate.config import load_settings
    from narrate.pipeline import make_script

    return make_script(source, settings or load_settings())


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
        ConfigError: A setting cannot be used.
    """
    from pathlib import Path

    from narrate.config import load_settings
    from narrate.engines import require_cast
    from narrate.pipeline import make_episode
    from narrate.preflight import require_usable

    name = engine if isinstance(engine, str) or engine is None else engine.name
    flags = {"output": output and Path(output), "engine": name, "voice": voice, "speed": speed}
    chosen = load_settings(flags, base=settings)
    instance = None if isinstance(engine, str) else engine
    require_usable(chosen)
    if instance:
        require_cast(instance, chosen)
    return make_episode(source, chosen, engine=instance, on_progress=on_progress)
