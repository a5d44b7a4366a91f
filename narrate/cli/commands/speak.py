"""`narrate speak`: one article spoken, or handed to those who speak it live, or many."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from narrate.cli.commands.spoken_before import library_of, was_spoken
from narrate.cli.console import errors_shown, progress_shown, tell_to_type
from narrate.cli.flags import settings_from
from narrate.cli.live import is_live, speak_live
from narrate.cli.output import print_episode
from narrate.cli.request import Asked
from narrate.core.errors import ConfigError
from narrate.core.system.cores import one_blas_thread
from narrate.core.system.memory import give_back_early
from narrate.pipeline.engine import open_engine
from narrate.pipeline.making import make_episode
from narrate.pipeline.preflight import require_usable
from narrate.pipeline.shared import Company


def speak(
    asked: Asked,
    given: Mapping[str, object],
    *,
    play: bool,
    report: Path | None,
    cluster: str | None,
    as_json: bool,
    debug: bool,
) -> None:
    """Speak one article, or each of many; one that fails does not stop the others."""
    with errors_shown(debug=debug):
        settings = settings_from(given)
        give_back_early()
        one_blas_thread()
        if cluster == "":  # as of a variable that is not set
            raise ConfigError("--cluster names no scheduler", "give HOST:PORT")
        asked.require_newest()
        require_usable(settings)
        if is_live(settings, play=play):
            speak_live(asked, settings, play=play, report=report, cluster=cluster or "", as_json=as_json)
            return
        if asked.is_one and report is None and not cluster:
            (source,) = asked.sources
            tell_to_type(source)
            libraries = library_of()
            company = Company(library=libraries)
            is_new = not was_spoken(source, settings, libraries)
            with open_engine(settings, warm=is_new) as engine:
                with progress_shown(Path(source).name) as on_progress:
                    episode = make_episode(source, settings, engine=engine, on_progress=on_progress, company=company)
                print_episode(source, episode, as_json=as_json)  # also where the engine cannot be closed
            return
        from narrate.cli.commands.batch import speak_many

        speak_many(asked, settings, report=report, cluster=cluster or "", as_json=as_json, debug=debug)
