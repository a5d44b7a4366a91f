"""What the commands for many articles do: gather, speak, report; once, or whenever there is something new."""

from __future__ import annotations

import logging
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from narrate.cli.batch_progress import batch_shown
from narrate.cli.console import errors_shown, is_typed, show_error, tell_to_type, unheard_of, working
from narrate.cli.display import undisturbed
from narrate.cli.flags import settings_from
from narrate.cli.output import print_episode, print_same
from narrate.cli.request import Asked
from narrate.core.errors import ConfigError, NarrateError
from narrate.core.formats import format_of_ending
from narrate.core.settings.loading import user_folders
from narrate.core.system.cores import one_blas_thread
from narrate.core.system.memory import give_back_early
from narrate.core.version import __version__
from narrate.pipeline.batch import Failed, speak_all
from narrate.pipeline.engine import open_engine
from narrate.pipeline.outcomes import HEADER, Outcome, Report, append_line, open_report
from narrate.pipeline.preflight import require_usable
from narrate.pipeline.stages import LEXICON_NAME
from narrate.sources.fetch.polite_fetch import Visits
from narrate.sources.gather import Gathered, Unusable, Wanted, gathered
from narrate.sources.read.source import STANDARD_INPUT
from narrate.speech.cache import content_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narrate.core.settings.model import Settings
    from narrate.pipeline.watch import Notes
    from narrate.speech.cluster import ClusterExecutor

logger = logging.getLogger(__name__)

# A longer table is shortened to what failed.
TABLE_ROWS = 40

_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def speak_many(
    asked: Asked, settings: Settings, *, report: Path | None, cluster: str, as_json: bool, debug: bool
) -> None:
    """Speak all that is asked for; exit 8 where one of them failed."""
    if format_of_ending(settings.output.suffix):
        count = f"{len(asked.sources)} articles" if len(asked.sources) > 1 else "many articles"
        raise ConfigError(f"{count} do not fit in {settings.output}", "give a folder with -o")
    if not (asked.sources or asked.lists or asked.feeds):
        raise ConfigError("no SOURCE was named", "name an article, or --from LIST, or --feed FEED")
    if cluster and settings.jobs:
        logger.warning(
            "jobs = %d does not matter with --cluster, which speaks as much at once as it can", settings.jobs
        )
    with ExitStack() as ends:
        engine = ends.enter_context(open_engine(settings))
        visits = _visits(settings)
        ends.callback(visits.end)
        stream = ends.enter_context(_opened(report)) if report else None
        executor = ends.enter_context(_cluster(cluster, settings)) if cluster else None
        is_typing = STANDARD_INPUT in (*asked.lists, *asked.sources) and is_typed()
        if is_typing:
            tell_to_type()
        found: Iterable[str | Failed] = _sources(_gathered(asked, settings, visits))
        # A pipe may be written to for hours, and its first article need not wait for that. Others are counted.
        if STANDARD_INPUT not in asked.lists:
            with working("looking for articles", only_on_screen=is_typing):
                found = list(found)
        rows, total = Rows(), len(found) if isinstance(found, list) else None

        def on_outcome(outcome: Outcome) -> None:
            progress.on_outcome(outcome)
            rows.add(outcome)
            if stream:
                append_line(stream, outcome)
            _say(outcome, as_json=as_json, debug=debug)

        fetch = _polite(visits, asked.sources)
        progress = ends.enter_context(batch_shown(total, in_place=not is_typing))
        done = speak_all(
            found,
            settings,
            engine=engine,
            on_progress=progress.on_progress,
            on_outcome=on_outcome,
            fetch=fetch,
            executor=executor,
        )
    with unheard_of(sys.stderr):
        print("\n".join([*rows.shown(), done.total()]), file=sys.stderr, flush=True)
    if done.exit_code:
        raise typer.Exit(done.exit_code)


class Rows:
    """The table at the end: all of a short one, what failed of a long one."""

    def __init__(self) -> None:
        self._all: list[str] = []
        self._failed: list[str] = []

    def add(self, outcome: Outcome) -> None:
        """Take note of an article."""
        if len(self._all) <= TABLE_ROWS:
            self._all.append(outcome.row())
        if outcome.status == "failed":
            self._failed.append(outcome.row())

    def shown(self) -> list[str]:
        """Lines to print."""
        rows = self._all if len(self._all) <= TABLE_ROWS else self._failed
        return [HEADER, *rows] if rows else []


def _say(outcome: Outcome, *, as_json: bool, debug: bool) -> None:
    if outcome.same_as:
        print_same(outcome.source, outcome.same_as, outcome.path, as_json=as_json)
        return
    if outcome.episode is None:
        show_error(NarrateError(outcome.error, outcome.hint), about=outcome.source, debug=debug)
        return
    with (
        undisturbed(sys.stdout),
        suppress(BrokenPipeError),
    ):  # nobody reads the paths any more; the other articles are spoken all the same
        print_episode(outcome.source, outcome.episode, as_json=as_json)
        sys.stdout.flush()


def _opened(report: Path) -> Any:
    try:
        return open_report(report)
    except OSError as error:
        message = f"the report {report} cannot be written: {error.strerror or error}"
        raise ConfigError(message, "name another file with --report") from error


@contextmanager
def _cluster(address: str, settings: Settings) -> Iterator[ClusterExecutor]:
    from narrate.speech.cluster import cluster_executor  # only with an extra

    with ExitStack() as ends:
        with working(f"waiting for the cluster at {address}"):
            executor = ends.enter_context(cluster_executor(address, settings))
        yield executor


def _visits(settings: Settings) -> Visits:
    return Visits(settings.cache_folder if settings.cache else None, allow_private=settings.allow_private)


def _gathered(asked: Asked, settings: Settings, visits: Visits) -> Iterable[Gathered]:
    visit = None if settings.offline else visits.feed
    return gathered(asked.sources, lists=asked.lists, feeds=asked.feeds, visit=visit, newest=asked.newest)


def _sources(found: Iterable[Gathered]) -> Iterable[str | Failed]:
    for one in found:
        if not isinstance(one, Unusable):
            yield one.source
        elif one.is_fault:
            yield one.source, one.error
        else:
            logger.info("%s is left out: %s", one.source, one.error.message)


def _dated(found: Iterable[Gathered], dates: dict[str, datetime]) -> Iterator[Gathered]:
    """The same, and when each was changed, as far as its feed says so."""
    for one in found:
        if isinstance(one, Wanted) and one.updated:
            dates[one.source] = one.updated
        yield one


def _polite(visits: Visits, named: Iterable[str]) -> Callable[..., Any]:
    """Fetches in turn; robots.txt is not for an address that somebody typed."""
    asked = frozenset(named)

    def fetch(url: str, **options: Any) -> Any:
        return visits.fetch(url, asked=url in asked, **options)

    return fetch


def watch(
    places: tuple[str, ...], given: Mapping[str, Any], *, every: str, newest: int | None, once: bool, debug: bool
) -> None:
    """Speak what is new in folders and feeds, and renew the podcast's feed; once, or for ever."""
    from narrate.pipeline.watch import Watch, state_of

    with errors_shown(debug=debug):
        settings, every_s = settings_from(given), seconds_of(every)
        give_back_early()
        one_blas_thread()
        if format_of_ending(settings.output.suffix) or str(settings.output) == "-":
            raise ConfigError(f"many articles do not fit in {settings.output}", "give a folder with -o")
        _require_watchable(settings)
        folders = tuple(place for place in places if Path(place).is_dir())
        asked = Asked(folders, (), tuple(place for place in places if place not in folders), newest)
        asked.require_newest()
        stop = _until_told()
        visits = _visits(settings)

        def speak(sources: Iterable[str | Failed], note: Callable[[Outcome], None]) -> Report:
            def on_outcome(outcome: Outcome) -> None:
                progress.on_outcome(outcome)
                note(outcome)
                if outcome.status != "unchanged":
                    _say(outcome, as_json=False, debug=debug)

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
                    fetch=_polite(visits, ()),
                )

        dates: dict[str, datetime] = {}
        watching = Watch(
            lambda: _sources(_dated(_gathered(asked, settings, visits), dates)),
            speak,
            lambda: _renew(settings),
            stop=stop,
            pause=partial(_pause, stop),
            notes=_notes(settings, folders) if settings.cache else None,
            state=lambda name: (0, int(dates[name].timestamp())) if name in dates else state_of(name),
        )
        if not once:
            watching.for_ever(every_s)
        elif code := watching.once().exit_code:
            raise typer.Exit(code)


def _require_watchable(settings: Settings) -> None:
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


def _pause(stop: threading.Event, seconds: float) -> bool:
    """Wait, and say whether to end; a terminal shows that it has not hung."""
    until = (datetime.now() + timedelta(seconds=seconds)).strftime("%H:%M:%S")
    with working(f"waiting; the next look is at {until}", only_on_screen=True):
        return stop.wait(seconds)


def _notes(settings: Settings, folders: Iterable[str]) -> Notes:
    """Those of a process before this one, where it would have made the same episodes, with the same files."""
    from narrate.pipeline.watch import Notes, state_of

    lexicons = [*settings.lexicon, *(folder / LEXICON_NAME for folder in (*user_folders(), *map(Path, folders)))]
    made_with = [*lexicons, settings.cover, settings.music.before, settings.music.after]
    states = [(path, state_of(str(path))) for path in made_with if path]
    key = content_key(("watch", __version__, settings, Path.cwd(), *states))
    return Notes(settings.cache_folder / "watch" / f"{key[:32]}.json")


def _renew(settings: Settings) -> None:
    """The feed, where it has an address; before the first episode there is nothing to publish."""
    from narrate.core.file_names import MANIFEST
    from narrate.publish.site import publish

    if settings.podcast.base_url and any(settings.output.glob(f"*{MANIFEST}")):
        for problem in publish(settings.output, settings.podcast).problems:
            logger.warning("%s: %s, so the feed is without it", problem.name, problem.message)


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
