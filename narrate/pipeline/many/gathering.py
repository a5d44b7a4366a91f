"""Sources gathered and spoken: folders, patterns, lists and feeds become the articles of a run, fetched by turns."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from narrate.pipeline.engine import open_engine
from narrate.pipeline.many.batch import Failed, OnArticle, speak_all
from narrate.pipeline.many.outcomes import Outcome, Report
from narrate.sources.fetch.polite_fetch import Visits
from narrate.sources.fetch.web import ARTICLE, Fetch, Page
from narrate.sources.fetch.web import Wanted as Kind
from narrate.sources.gather import Gathered, Unusable, gathered

if TYPE_CHECKING:
    from narrate.core.settings.model import Settings
    from narrate.speech.engines import Engine

logger = logging.getLogger(__name__)


def visits_of(settings: Settings) -> Visits:
    """Return the visits of a run to other hosts; whoever asks ends them."""
    return Visits(settings.cache_folder if settings.cache else None, allow_private=settings.allow_private)


def sources_of(found: Iterable[Gathered]) -> Iterable[str | Failed]:
    """Yield what is to be spoken, and what cannot be with its error; what is nobody's fault is left out."""
    for one in found:
        if not isinstance(one, Unusable):
            yield one.source
        elif one.is_fault:
            yield one.source, one.error
        else:
            logger.info("%s is left out: %s", one.source, one.error.message)


def polite(visits: Visits, named: Iterable[str]) -> Fetch:
    """Fetches in turn; robots.txt is not for an address that somebody typed."""
    asked = frozenset(named)

    def fetch(url: str, *, wanted: Kind = ARTICLE) -> Page:
        return visits.fetch(url, wanted=wanted, asked=url in asked)

    return fetch


def speak_sources(
    sources: Sequence[str],
    settings: Settings,
    *,
    engine: Engine | None = None,
    on_progress: OnArticle | None = None,
    on_outcome: Callable[[Outcome], None],
) -> Report:
    """Speak all that sources stand for into the folder of the settings.

    Args:
        sources: Paths, addresses, folders and patterns.
        settings: Everything else.
        engine: Speaks, and stays open; None for the one that the settings name.
        on_progress: As in `speak_all`.
        on_outcome: As in `speak_all`.

    Raises:
        ConfigError: The output is a file.
        EngineError: The engine cannot be opened.
    """
    with ExitStack() as ends:
        speaker = engine or ends.enter_context(open_engine(settings))
        visits = visits_of(settings)
        ends.callback(visits.end)
        return speak_all(
            list(sources_of(gathered(sources))),
            settings,
            engine=speaker,
            on_progress=on_progress or (lambda source, progress: None),
            on_outcome=on_outcome,
            fetch=polite(visits, sources),
        )
