"""narrate: an article goes in, an episode comes out.

    >>> import narrate
    >>> narrate.speak("article.txt").path            # doctest: +SKIP
    PosixPath('output/title-of-the-article.mp3')

Public are the names in `__all__`, and those of `narrate.engine` for packages with a voice engine; docs/stability.md
says what is promised of them. Everything else is an implementation detail and may change with any version.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING

from narrate.core.system import telemetry
from narrate.core.version import __version__

# Whoever calls narrate from Python decides what becomes of its messages; without a handler they would be printed.
logging.getLogger(__name__).addHandler(logging.NullHandler())

# Before any module that could import onnxruntime: nothing of narrate is imported before this line is run.
telemetry.switch_off()

if TYPE_CHECKING:
    from narrate.calls.many import batch, feed, findings
    from narrate.calls.one import read, script, speak
    from narrate.check.finding import Finding
    from narrate.core.article import Article, Block, Chunk, Drop, Edit, Mark, Metadata, Script, Utterance
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
    from narrate.pipeline.many.outcomes import Outcome
    from narrate.publish.site import Published

__all__ = [
    "Article",
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
    "Finding",
    "Mark",
    "Metadata",
    "Music",
    "NarrateError",
    "NothingToSay",
    "OnProgress",
    "Outcome",
    "OutputError",
    "Pauses",
    "Progress",
    "Published",
    "Script",
    "Settings",
    "SourceError",
    "SynthesisFailed",
    "UnknownEngine",
    "UnknownVoice",
    "Utterance",
    "__version__",
    "batch",
    "feed",
    "findings",
    "load_settings",
    "read",
    "script",
    "speak",
]

# Where each name lives. It is imported when somebody asks for it: the command line, which needs few of them to
# print its help, would wait 0.1 s for the others.
_HOMES = {
    "narrate.calls.many": ("batch", "feed", "findings"),
    "narrate.calls.one": ("read", "script", "speak"),
    "narrate.check.finding": ("Finding",),
    "narrate.core.article": (
        "Article",
        "Block",
        "Chunk",
        "Drop",
        "Edit",
        "Mark",
        "Metadata",
        "Script",
        "Utterance",
    ),
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
    "narrate.pipeline.many.outcomes": ("Outcome",),
    "narrate.publish.site": ("Published",),
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
