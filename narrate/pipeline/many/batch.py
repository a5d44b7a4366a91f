"""Many articles, several at once: one engine, one pool of threads, and results that do not depend on timing."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sized
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from narrate.core.errors import ConfigError, NarrateError, in_words
from narrate.core.formats import format_of_ending
from narrate.core.progress import Progress
from narrate.core.system.prefetch import one_by_one
from narrate.pipeline.making import make_episode
from narrate.pipeline.many.articles import Fates, Order, Shared
from narrate.pipeline.many.fair_pool import FairPool
from narrate.pipeline.many.outcomes import Outcome, Report
from narrate.pipeline.shared import Company, Turn, Workers

if TYPE_CHECKING:
    from narrate.core.episode import Episode
    from narrate.core.settings.model import Settings
    from narrate.sources.fetch.web import Fetch
    from narrate.speech.cluster import ClusterExecutor
    from narrate.speech.engines import Engine

logger = logging.getLogger(__name__)

# Articles in flight: one that speaks, one that is mastered, one that is read. Each costs its clips that are ahead.
FLYING = 3

# About a minute of speech: on a cluster, articles up to here are spoken by one worker each, if they are enough for all.
WHOLE_CHARS = 1000

# Articles in flight for a cluster at most; each costs a thread, and its clips.
MOST_FLYING = 64

# Results that wait for an earlier, longer article; they are small.
WAITING = 1000

OnArticle = Callable[[str, Progress], None]
Failed = tuple[str, NarrateError]


def require_folder(settings: Settings, articles: str = "many articles") -> None:
    """Make sure that the output is a folder.

    Raises:
        ConfigError: It is one file, or standard output.
    """
    if format_of_ending(settings.output.suffix) or str(settings.output) == "-":
        raise ConfigError(f"{articles} do not fit in {settings.output}", "give a folder with -o")


def speak_all(
    sources: Iterable[str | Failed],
    settings: Settings,
    *,
    engine: Engine,
    jobs: int | None = None,
    flying: int = FLYING,
    on_progress: OnArticle = lambda source, progress: None,
    on_outcome: Callable[[Outcome], None] = lambda outcome: None,
    fetch: Fetch | None = None,
    executor: ClusterExecutor | None = None,
    made_before: Callable[[str], Episode | None] = lambda source: None,
) -> Report:
    """Speak each article into the folder; one that fails stops no other.

    Names, and the order of results, are those of speaking one after the other.

    Args:
        sources: Paths and addresses, or what is known not to be one, with its error; asked for as they are needed. One
            that comes twice, by whatever name, is spoken once, and the outcome of the second is "same".
        settings: Everything else; their output is a folder.
        engine: Speaks all of them; the caller closes it.
        jobs: Chunks spoken at once, of all articles; as the settings or the engine say where left out.
        flying: Articles in work at once.
        on_progress: Called with the source, from several threads.
        on_outcome: Called in the order of the sources, from this thread, as soon as all before it are finished.
        fetch: Gets pages and pictures, see Company.
        executor: Speaks chunks elsewhere; `jobs` does not matter then.
        made_before: Returns the episode that a source is known to have, so that it is not read at all.

    Raises:
        ConfigError: The output is a file.
    """
    require_folder(settings)
    report = Report()
    # Without a cache there are no locks that keep two articles of one name apart.
    flying = flying if settings.cache else 1
    whole_chars = 0
    if executor:
        settings = replace(settings, jobs=executor.parallel)
        # Whoever masters one article must not keep the workers waiting for the next.
        flying = max(flying, min(flying + executor.parallel, MOST_FLYING)) if settings.cache else 1
        is_enough = not isinstance(sources, Sized) or len(sources) >= executor.parallel
        whole_chars = WHOLE_CHARS if is_enough else 0
    pool = FairPool(0 if executor else jobs or settings.jobs or engine.parallel)
    batch = _Batch(settings, engine, _Force(pool, executor, whole_chars), on_progress, Shared(fetch, made_before))
    for outcome in map(batch.fates.told, _in_order(batch, enumerate(sources), flying)):
        report.add(outcome)
        on_outcome(outcome)
    return report


def _in_order(batch: _Batch, sources: Iterator[tuple[int, str | Failed]], flying: int) -> Iterator[Outcome]:
    """Outcomes as soon as they are there, also while nobody knows when the next source will come."""
    executor = ThreadPoolExecutor(max_workers=flying, thread_name_prefix="narrate-article")
    asked = one_by_one(sources)
    coming: Future[tuple[int, str | Failed] | None] | None = next(asked)
    waiting: deque[Future[Outcome]] = deque()
    try:
        while coming or waiting:
            while waiting and waiting[0].done():
                yield waiting.popleft().result()
            running: list[Future[Any]] = [one for one in waiting if not one.done()]
            if coming and len(running) < flying and len(waiting) < WAITING:
                wait([coming, *running], return_when=FIRST_COMPLETED)
                if coming.done():
                    given = coming.result()
                    coming = next(asked) if given else None
                    waiting += [batch.begun(executor, *given)] if given else []
            elif running:
                wait(running, return_when=FIRST_COMPLETED)
    finally:
        batch.end()
        executor.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Force:
    """The speakers of the chunks of all articles: threads of this process, or a cluster.

    Attributes:
        pool: The threads.
        executor: The cluster's; None to speak here.
        whole_chars: An article with no more characters goes to the cluster in one piece.
    """

    pool: FairPool
    executor: Executor | None
    whole_chars: int

    @contextmanager
    def workers(self) -> Iterator[Workers]:
        """Lend the workers to one article, until it is finished."""
        lane = self.pool.lane()
        try:
            yield Workers(self.executor or lane, self.whole_chars, is_elsewhere=self.executor is not None)
        finally:
            lane.shutdown(wait=False, cancel_futures=True)


@dataclass(slots=True)
class _Batch:
    """A run's articles and what speaks them."""

    settings: Settings
    engine: Engine
    force: _Force
    on_progress: OnArticle
    shared: Shared
    fates: Fates = field(default_factory=lambda: Fates(Order()))

    def begun(self, executor: Executor, number: int, source: str | Failed) -> Future[Outcome]:
        """Begin with an article, unless it was named before; called in the order of the sources."""
        if not isinstance(source, str):
            return executor.submit(self.speak, number, source)
        first = self.fates.first_of(source)
        if first is None:
            return executor.submit(self.speak, number, source)
        self.fates.order.finished(number)
        same: Future[Outcome] = Future()
        same.set_result(Outcome(source, "same", same_as=first))
        return same

    def speak(self, number: int, source: str | Failed) -> Outcome:
        """Never raises: what goes wrong is in the outcome."""
        began_s = time.monotonic()
        name = source if isinstance(source, str) else source[0]
        try:
            if not isinstance(source, str):
                raise source[1]
            episode = self.shared.made_before(source) or self._episode(number, source)
            first = self.fates.written.setdefault(episode.path, source)
            if first is not source:
                return Outcome(name, "same", took_ms=_since(began_s), same_as=first)
            status = "unchanged" if episode.unchanged else "made"
            title = episode.meta.title or episode.path.stem
            return Outcome(
                name, status, str(episode.path), title, episode.duration_ms, _since(began_s), episode=episode
            )
        except Exception as error:  # foreseen or not: the other articles have nothing to do with it
            logger.debug("%s failed", name, exc_info=True)
            return Outcome.failure(name, in_words(error), _since(began_s))
        finally:
            self.fates.order.finished(number)

    def _episode(self, number: int, source: str) -> Episode:
        order, shared = self.fates.order, self.shared
        turn = Turn(partial(order.before_claim, number), partial(order.passed, number))
        with self.force.workers() as workers:
            return make_episode(
                source,
                self.settings,
                engine=self.engine,
                on_progress=partial(self.on_progress, source),
                taken=self.fates.written,
                company=Company(workers, turn, shared.fetch, shared.others.open, shared.library),
            )

    def end(self) -> None:
        self.fates.order.end()
        self.force.pool.end()
        self.shared.others.close()


def _since(began_s: float) -> int:
    return round((time.monotonic() - began_s) * 1000)
