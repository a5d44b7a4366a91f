"""`narrate speak` with many articles: gather, speak, report."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from narrate.cli.batch_progress import batch_shown
from narrate.cli.commands.rounds import made_before_of
from narrate.cli.commands.sources import gathered_by, linked
from narrate.cli.console import is_typed, show_error, tell_to_type, unheard_of, working
from narrate.cli.display import undisturbed
from narrate.cli.output import print_episode, print_same
from narrate.cli.request import Asked
from narrate.core.errors import ConfigError, NarrateError
from narrate.pipeline.engine import open_engine
from narrate.pipeline.many.batch import Failed, require_folder, speak_all
from narrate.pipeline.many.gathering import polite, sources_of, visits_of
from narrate.pipeline.many.outcomes import HEADER, Outcome, append_line, open_report
from narrate.sources.read.source import STANDARD_INPUT

if TYPE_CHECKING:
    from narrate.core.settings.model import Settings
    from narrate.speech.cluster import ClusterExecutor

logger = logging.getLogger(__name__)

# A longer table is shortened to what failed.
TABLE_ROWS = 40


def speak_many(
    asked: Asked, settings: Settings, *, report: Path | None, cluster: str, as_json: bool, debug: bool
) -> None:
    """Speak all that is asked for; exit 8 where one of them failed."""
    require_folder(settings, f"{len(asked.sources)} articles" if len(asked.sources) > 1 else "many articles")
    if not (asked.sources or asked.lists or asked.feeds):
        raise ConfigError("no SOURCE was named", "name an article, or --from LIST, or --feed FEED")
    if cluster and settings.jobs:
        logger.warning(
            "jobs = %d does not matter with --cluster, which speaks as much at once as it can", settings.jobs
        )
    with ExitStack() as ends:
        engine = ends.enter_context(open_engine(settings))
        visits = visits_of(settings)
        ends.callback(visits.end)
        stream = ends.enter_context(_opened(report)) if report else None
        executor = ends.enter_context(_cluster(cluster, settings)) if cluster else None
        is_typing = STANDARD_INPUT in (*asked.lists, *asked.sources) and is_typed()
        if is_typing:
            tell_to_type()
        made_before = made_before_of(settings)
        ends.callback(made_before.store)
        found: Iterable[str | Failed] = sources_of(linked(gathered_by(asked, settings, visits), asked, made_before))
        # A pipe may be written to for hours, and its first article need not wait for that. Others are counted.
        if STANDARD_INPUT not in asked.lists:
            with working("looking for articles", only_on_screen=is_typing):
                found = list(found)
        rows, total = Rows(), len(found) if isinstance(found, list) else None

        def on_outcome(outcome: Outcome) -> None:
            progress.on_outcome(outcome)
            rows.add(outcome)
            made_before.note(outcome)
            if stream:
                append_line(stream, outcome)
            say(outcome, as_json=as_json, debug=debug)

        fetch = polite(visits, asked.sources)
        progress = ends.enter_context(batch_shown(total, in_place=not is_typing))
        done = speak_all(
            found,
            settings,
            engine=engine,
            on_progress=progress.on_progress,
            on_outcome=on_outcome,
            fetch=fetch,
            executor=executor,
            made_before=made_before.episode_of,
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


def say(outcome: Outcome, *, as_json: bool, debug: bool) -> None:
    """Print what became of an article: its episode, or what went wrong."""
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


def _opened(report: Path) -> TextIO:
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
