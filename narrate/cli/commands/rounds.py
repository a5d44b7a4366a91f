"""A round of watching: checks before the first, notes after each, and publishing at its end."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.cache.keys import content_key
from narrate.core.settings.loading import user_folders
from narrate.core.version import __version__
from narrate.pipeline.engine import open_engine
from narrate.pipeline.lexicons import LEXICON_NAME
from narrate.pipeline.preflight import require_usable

if TYPE_CHECKING:
    from narrate.core.settings.model import Settings
    from narrate.pipeline.many.watch import Notes

logger = logging.getLogger(__name__)


def require_watchable(settings: Settings) -> None:
    """Check all that is used in a round, and the feed after it, while somebody is there to read what is wrong.

    Raises:
        NarrateError: It cannot be used.
    """
    from narrate.publish.site import require_podcast

    require_usable(settings)
    with open_engine(settings):  # each round opens its own
        pass
    if settings.podcast.base_url:
        require_podcast(settings.podcast)


def notes_of(settings: Settings, folders: Iterable[str]) -> Notes:
    """Return the notes of a process before this one that would have made these episodes, with the same files."""
    from narrate.pipeline.many.watch import Notes, state_of

    lexicons = [*settings.lexicon, *(folder / LEXICON_NAME for folder in (*user_folders(), *map(Path, folders)))]
    made_with = [*lexicons, settings.cover, settings.music.before, settings.music.after]
    states = [(path, state_of(str(path))) for path in made_with if path]
    key = content_key(("watch", __version__, settings, Path.cwd(), *states))
    return Notes(settings.cache_folder / "watch" / f"{key[:32]}.json")


def renew(settings: Settings) -> None:
    """The feed, where it has an address; before the first episode there is nothing to publish."""
    from narrate.core.file_names import MANIFEST
    from narrate.publish.site import publish

    if settings.podcast.base_url and any(settings.output.glob(f"*{MANIFEST}")):
        for problem in publish(settings.output, settings.podcast).problems:
            logger.warning("%s: %s, so the feed is without it", problem.name, problem.message)
