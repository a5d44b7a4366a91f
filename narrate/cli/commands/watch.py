"""`narrate watch`: speak whenever there is something new."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import typer

from narrate.cli.batch_progress import batch_shown
from narrate.cli.commands.batch import say
from narrate.cli.commands.rounds import notes_of, renew, require_watchable
from narrate.cli.commands.sources import dated, gathered_by, watched
from narrate.cli.console import errors_shown, working
from narrate.cli.flags import settings_from
from narrate.core.errors import ConfigError
from narrate.core.system.cores import one_blas_thread
from narrate.core.system.memory import give_back_early
from narrate.pipeline.engine import open_engine
from narrate.pipeline.many.batch import Failed, require_folder, speak_all
from narrate.pipeline.many.gathering import polite, sources_of, visits_of
from narrate.pipeline.many.outcomes import Outcome, Report

_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def watch(
    places: tuple[str, ...], given: Mapping[str, object], *, every: str, newest: int | None, once: bool, debug: bool
) -> None:
    """Speak what is new in folders, lists and feeds, and renew the podcast's feed; once, or for ever."""
    from narrate.pipeline.many.watch import Waiting, Watch, state_of

    with errors_shown(debug=debug):
        settings, every_s = settings_from(given), seconds_of(every)
        give_back_early()
        one_blas_thread()
        require_folder(settings)
        require_watchable(settings)
        folders = tuple(place for place in places if Path(place).is_dir())
        asked = watched(places, folders, newest)
        asked.require_newest()
        stop = _until_told()
        visits = visits_of(settings)

        def speak(sources: Iterable[str | Failed], note: Callable[[Outcome], None]) -> Report:
            def on_outcome(outcome: Outcome) -> None:
                progress.on_outcome(outcome)
                note(outcome)
                if outcome.status != "unchanged":
                    say(outcome, as_json=False, debug=debug)

            waiting = list(sources)
            if not waiting:
                return Report()
            with open_engine(settings) as engine, batch_shown(len(waiting)) as progress:
                return speak_all(
                    waiting,
                    settings,
                    engine=engine,
                    on_progress=progress.on_progress,
                    on_outcome=on_outcome,
                    fetch=polite(visits, ()),
                )

        dates: dict[str, datetime] = {}
        watching = Watch(
            lambda: sources_of(dated(gathered_by(asked, settings, visits), dates)),
            speak,
            lambda: renew(settings),
            Waiting(stop, pause=partial(_pause, stop)),
            notes=notes_of(settings, folders) if settings.cache else None,
            state=lambda name: (0, int(dates[name].timestamp())) if name in dates else state_of(name),
        )
        if not once:
            watching.for_ever(every_s)
        elif code := watching.once().exit_code:
            raise typer.Exit(code)


def _pause(stop: threading.Event, seconds: float) -> bool:
    """Wait, and say whether to end; a terminal shows that it has not hung."""
    until = (datetime.now() + timedelta(seconds=seconds)).strftime("%H:%M:%S")
    with working(f"waiting; the next look is at {until}", only_on_screen=True):
        return stop.wait(seconds)


def _until_told() -> threading.Event:
    """Set by SIGTERM, which also ends what is being spoken, as Ctrl-C does; finished clips are kept."""
    stop = threading.Event()

    def end(*_: object) -> None:
        stop.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    return stop


def seconds_of(text: str) -> float:
    """A time such as "90s", "15m", "2h" or "1d" in seconds.

    Raises:
        ConfigError: It is none, or less than a second.
    """
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)\s*([smhd])", text.strip().lower())
    if not found or (seconds := float(found[1]) * _UNITS_S[found[2]]) < 1:
        raise ConfigError(f"{text!r} is no time to wait", "write 90s, 15m, 2h or 1d")
    return seconds
