"""Many articles, several at once: one engine, one pool of threads, and results that do not depend on timing."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sized
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from narrate.core.errors import ConfigError, NarrateError, in_words
from narrate.core.formats import format_of_ending
from narrate.core.progress import Progress
from narrate.core.system.prefetch import one_by_one
from narrate.library.identity import source_key
from narrate.library.library import Library
from narrate.pipeline.outcomes import Outcome, Report
from narrate.pipeline.shared import Company
from narrate.pipeline.stages import make_episode, open_engine

if TYPE_CHECKING:
    from narrate.core.settings.model import Settings
    from narrate.speech.cluster import ClusterExecutor
    from narrate.speech.engines import Engine

logger = logging.getLogger(__name__)

_Given = TypeVar("_Given")

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


def speak_all(
    sources: Iterable[str | Failed],
    settings: Settings,
    *,
    engine: Engine,
    jobs: int | None = None,
    flying: int = FLYING,
    on_progress: OnArticle = lambda source, progress: None,
    on_outcome: Callable[[Outcome], None] = lambda outcome: None,
    fetch: Callable[..., Any] | None = None,
    executor: ClusterExecutor | None = None,
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

    Raises:
        ConfigError: The output is a file.
    """
    if format_of_ending(settings.output.suffix):
        raise ConfigError(f"many articles do not fit in {settings.output}", "give a folder with -o")
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
    batch = _Batch(settings, engine, pool, on_progress, _Order(), fetch, executor, whole_chars)
    for outcome in map(batch.told, _in_order(batch, enumerate(sources), flying)):
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


class _Others:
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
        with self._lock:
            self._open.clear()
            self._ends.close()


@dataclass(slots=True)
class _Batch:
    """What the articles of a run share.

    Attributes:
        written: Whose each episode is.
        seen: The first source of each key; hashes, so that a hundred thousand of them take few megabytes.
        paths: The episode of each source.
    """

    settings: Settings
    engine: Engine
    pool: FairPool
    on_progress: OnArticle
    order: _Order
    fetch: Callable[..., Any] | None
    executor: Executor | None
    whole_chars: int
    written: dict[Path, str] = field(default_factory=dict)
    seen: dict[int, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    libraries: dict[Path, Library] = field(default_factory=dict)
    others: _Others = field(default_factory=_Others)

    def library(self, folder: Path) -> Library:
        """One for all articles that go into a folder."""
        return self.libraries.setdefault(folder, Library(folder))

    def begun(self, executor: Executor, number: int, source: str | Failed) -> Future[Outcome]:
        """Begin with an article, unless it was named before; called in the order of the sources."""
        if not isinstance(source, str):
            return executor.submit(self.speak, number, source)
        known = len(self.seen)
        first = self.seen.setdefault(hash(source_key(source)), source)
        if len(self.seen) > known:
            return executor.submit(self.speak, number, source)
        self.order.finished(number)
        same: Future[Outcome] = Future()
        same.set_result(Outcome(source, "same", same_as=first))
        return same

    def told(self, outcome: Outcome) -> Outcome:
        """An outcome whose turn it is: what has the fate of another source has it now."""
        if not outcome.same_as:
            self.paths[outcome.source] = outcome.path
            return outcome
        if path := self.paths.get(outcome.same_as):
            self.paths[outcome.source] = path
            return replace(outcome, path=path)
        error = NarrateError(f"it is the same as {outcome.same_as}, which failed", "see what that one says")
        return Outcome.failure(outcome.source, error)

    def speak(self, number: int, source: str | Failed) -> Outcome:
        """Never raises: what goes wrong is in the outcome."""
        began_s = time.monotonic()
        name = source if isinstance(source, str) else source[0]
        lane = self.pool.lane()
        order = self.order
        company = Company(
            self.executor or lane,
            partial(order.before_claim, number),
            partial(order.passed, number),
            self.fetch,
            self.whole_chars,
            self.others.open,
            self.library,
            self.executor is not None,
        )
        try:
            if not isinstance(source, str):
                raise source[1]
            progress = partial(self.on_progress, source)
            episode = make_episode(
                source, self.settings, engine=self.engine, on_progress=progress, taken=self.written, company=company
            )
            first = self.written.setdefault(episode.path, source)
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
            lane.shutdown(wait=False, cancel_futures=True)
            self.order.finished(number)

    def end(self) -> None:
        self.order.end()
        self.pool.end()
        self.others.close()


def _since(began_s: float) -> int:
    return round((time.monotonic() - began_s) * 1000)


class _Order:
    """Lets articles take their names in the order of the sources, one after the other where they want one name."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._next = 0
        self._passed: set[int] = set()
        self._held: dict[int, Path] = {}
        self._ended = False

    def before_claim(self, number: int, path: Path) -> None:
        """Wait for all earlier articles to have a name, and for those who want this one to be finished."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._may(number, path))
            if self._ended:
                raise NarrateError("the run was ended")
            self._held[number] = path

    def _may(self, number: int, path: Path) -> bool:
        others = (held for holder, held in self._held.items() if holder != number)
        return self._next >= number and path not in others

    def passed(self, number: int) -> None:
        """It has a name, or will never have one."""
        with self._changed:
            if number >= self._next:
                self._passed.add(number)
            while self._next in self._passed:
                self._passed.remove(self._next)
                self._next += 1
            self._changed.notify_all()

    def finished(self, number: int) -> None:
        with self._changed:
            self._held.pop(number, None)
        self.passed(number)

    def end(self) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify_all()


class FairPool:
    """Threads that take from each article in turn, so that a book does not hold up a note."""

    def __init__(self, jobs: int) -> None:
        self._changed = threading.Condition()
        self._lanes: deque[_Lane] = deque()
        self._ended = False
        for number in range(jobs):
            # Daemons: after Ctrl-C nobody waits for an inference.
            threading.Thread(target=self._work, name=f"narrate-{number}", daemon=True).start()

    def lane(self) -> _Lane:
        """An executor for one article; shut it down when the article is finished."""
        lane = _Lane(self._changed, self._lanes)
        with self._changed:
            self._lanes.append(lane)
        return lane

    def end(self) -> None:
        """Begin nothing more; what waits is cancelled."""
        with self._changed:
            self._ended = True
            lanes = list(self._lanes)
            self._changed.notify_all()
        for lane in lanes:
            lane.shutdown(wait=False, cancel_futures=True)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._ended or any(lane.tasks for lane in self._lanes))
                if self._ended:
                    return
                future, call = self._next()
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(call())
                except BaseException as error:
                    future.set_exception(error)

    def _next(self) -> _Task:
        """From the lane that waited longest."""
        lane = next(lane for lane in self._lanes if lane.tasks)
        self._lanes.remove(lane)
        self._lanes.append(lane)
        task = lane.tasks.popleft()
        for one in [one for one in self._lanes if one.closed and not one.tasks]:
            self._lanes.remove(one)
        return task


_Task = tuple[Future[Any], Callable[[], Any]]


class _Lane(Executor):
    """The chunks of one article that wait for a thread."""

    def __init__(self, changed: threading.Condition, lanes: deque[_Lane]) -> None:
        self.tasks: deque[_Task] = deque()
        self.closed = False
        self._changed = changed
        self._lanes = lanes

    def submit(self, fn: Callable[..., _Given], /, *args: Any, **kwargs: Any) -> Future[_Given]:
        future: Future[_Given] = Future()
        with self._changed:
            if self.closed:
                raise RuntimeError("the article is finished")
            self.tasks.append((future, partial(fn, *args, **kwargs)))
            self._changed.notify()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        with self._changed:
            self.closed = True
            left = list(self.tasks) if cancel_futures else []
            if cancel_futures:
                self.tasks.clear()
            if not self.tasks and self in self._lanes:
                self._lanes.remove(self)
        for future, _ in left:
            future.cancel()
