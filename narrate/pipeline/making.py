"""One source spoken: into an episode, or to a listener alone.

The order of the stages is in production.py. It is imported with the audio half when the first episode is made, so
that the text half starts in an instant, and a model can load meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.article import Article
from narrate.core.progress import OnProgress
from narrate.pipeline.engine import open_engine
from narrate.pipeline.shared import ALONE, Company, request_for, silent

if TYPE_CHECKING:
    from narrate.audio.live_gain import Listener
    from narrate.core.episode import Episode
    from narrate.core.settings.model import Settings
    from narrate.speech.engines import Engine


def make_episode(
    source: str | Path | Article,
    settings: Settings,
    *,
    engine: Engine | None = None,
    on_progress: OnProgress | None = None,
    taken: Collection[Path] = (),
    company: Company = ALONE,
    listener: Listener | None = None,
) -> Episode:
    """Speak a source into an episode.

    An episode that already is what this run would make is left as it is. The file appears whole or not
    at all, and clips that were spoken before, also by a run that was killed, are not spoken again.

    Args:
        source: Path or address, or "-" for standard input, or an article.
        settings: Everything else.
        engine: One that is already made, to share it among episodes; the caller closes it.
        on_progress: Called from this thread as clips are finished.
        taken: Files that belong to other articles of the same run.
        company: Articles that are spoken at the same time.
        listener: Hears the voice while it is spoken; nothing of an episode that is left as it is.

    Raises:
        NarrateError: See narrate.core.errors.
    """
    if engine is None:
        with open_engine(settings) as made:
            return make_episode(
                source, settings, engine=made, on_progress=on_progress, taken=taken, company=company, listener=listener
            )
    from narrate.pipeline.production import produce

    asked = replace(
        request_for(source), on_progress=on_progress or silent, taken=taken, company=company, listener=listener
    )
    return produce(asked, settings, engine)


def stream_episode(
    source: str | Path | Article,
    settings: Settings,
    listener: Listener,
    *,
    engine: Engine,
    on_progress: OnProgress | None = None,
) -> None:
    """Speak a source to a listener and make no file; finished clips are kept as they are for an episode.

    Args:
        source: Path or address, or "-" for standard input, or an article.
        settings: Everything else.
        listener: Hears the voice, without music.
        engine: Speaks; the caller closes it.
        on_progress: Called from this thread as clips are finished.

    Raises:
        NarrateError: See narrate.core.errors.
        OSError: The listener is gone.
    """
    from narrate.pipeline.production import stream

    stream(replace(request_for(source), on_progress=on_progress or silent, listener=listener), settings, engine)
