"""A look at an article that has its episode already, so that no model need be loaded for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrate.core.settings.model import Settings
    from narrate.library.library import Library


def library_of() -> Callable[[Path], Library]:
    """One for each folder, so that the manifests of a large one are read once."""
    from narrate.library.library import Library  # of all commands, this one alone has a use for it

    return cache(Library)


def was_spoken(source: str, settings: Settings, library_of: Callable[[Path], Library]) -> bool:
    """Most often nothing is left to speak then, and loading a model ahead would be the larger part of the run."""
    from narrate.core.formats import FORMATS
    from narrate.episode.naming import DEFAULT_FORMAT, episode_path, origin_of
    from narrate.sources.read.draft.origin import made_of

    folder = episode_path(settings.output, "", FORMATS[DEFAULT_FORMAT]).parent
    try:
        return bool(library_of(folder).knows(origin_of(made_of(source), folder)))
    except OSError:
        return False
