"""The engine of a run: opened before the first article, replaced where it cannot be reached, cast for each text."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from narrate.core.cache.space import at_work
from narrate.core.errors import EngineError, EngineUnavailable
from narrate.pipeline.shared import Request

if TYPE_CHECKING:
    from narrate.core.settings.model import Settings
    from narrate.speech.engines import Engine

Made = TypeVar("Made")

logger = logging.getLogger(__name__)


@contextmanager
def open_engine(settings: Settings, *, warm: bool = False, at_once: bool = False) -> Iterator[Engine]:
    """The engine that the settings name, to be shared by any number of episodes.

    Args:
        settings: Name it.
        warm: Begin to load it now, in a thread of its own, while the text is read.
        at_once: Somebody waits for the first sound: speak a chunk on all cores, and not several at a time.

    Raises:
        ConfigError: There is no such engine, fallback or voice; before anything is read.
        EngineError: It cannot be made.
    """
    from narrate.speech.engines import make_engine, require_cast
    from narrate.speech.engines.abilities import begin_loading

    engine = make_engine(settings)
    try:
        require_cast(engine, settings)
        if warm:
            begin_loading(engine, at_once=at_once)
        yield engine
    except BaseException:
        with suppress(EngineError):  # what ended the run is more to the point
            engine.close()
        raise
    engine.close()


def with_fallback(
    request: Request, settings: Settings, engine: Engine, speak: Callable[[Settings, Engine], Made]
) -> Made:
    """Return what comes of it with the engine, else with the other one; nobody hears a beginning twice.

    While it works, no other process takes from the cache what it will need.

    Args:
        request: Whether somebody listens, and who opens the other engine.
        settings: Name the other engine.
        engine: The one to begin with.
        speak: Does the work, with the settings and the engine that it is given.

    Raises:
        EngineUnavailable: The engine cannot be reached, and there is no other, or its beginning was heard.
    """
    with at_work(settings.cache_folder if settings.cache else None, settings.cache_limit_bytes):
        return _first_or_other(request, settings, engine, speak)


def _first_or_other(
    request: Request, settings: Settings, engine: Engine, speak: Callable[[Settings, Engine], Made]
) -> Made:
    try:
        return speak(settings, engine)
    except EngineUnavailable as error:
        if settings.fallback in (None, engine.name) or (request.listener and request.listener.has_begun):
            raise
        logger.warning("%s; going on with %s, from the beginning", error.message, settings.fallback)
    # Voices are an engine's own, so the other one chooses by the article's language.
    other = replace(
        settings, engine=settings.fallback or "", voice=None, own_voice=False, quote_voice="", fallback=None
    )
    with (request.company.open_other or open_engine)(other) as made:
        return speak(other, made)


class OtherEngines:
    """Engines that are fallen back on: opened once, at the first need, for all articles."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, Engine] = {}
        self._ends = ExitStack()

    @contextmanager
    def open(self, settings: Settings) -> Iterator[Engine]:
        """The one of these settings; it stays open for the next article."""
        with self._lock:
            if settings.engine not in self._open:
                self._open[settings.engine] = self._ends.enter_context(open_engine(settings))
        yield self._open[settings.engine]

    def close(self) -> None:
        """Close all of them."""
        with self._lock:
            self._open.clear()
            self._ends.close()
