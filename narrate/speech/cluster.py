"""Chunks spoken by a Dask cluster: an executor like a pool of threads, for `synthesise` and Company."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from narrate.core.article import Chunk
from narrate.core.episode import Clip
from narrate.core.errors import EngineUnavailable, NarrateError, SynthesisFailed
from narrate.core.system.installing import install_command
from narrate.speech.cluster_connection import Client, Roll, await_worker, connected
from narrate.speech.cluster_worker import UnfitWorker, packed_order, perform_all, unpacked_answer
from narrate.speech.respeaking import Attempt
from narrate.speech.synthesis import ClipMaker

if TYPE_CHECKING:
    from narrate.core.settings.model import Settings

logger = logging.getLogger(__name__)

# A scheduler on the same network answers in milliseconds; its first worker may still be loading Python.
CONNECT_S = 10.0
FIRST_WORKER_S = 60.0

# Of a chunk, once a worker has begun it: 30 s of sound, spoken seven times, on a core a quarter as fast as needed.
LIMIT_S = 900.0

# A worker that ended is started anew by its nanny within seconds.
AGAIN_S = 15.0
LOOK_S = 0.5

# How often dask does a chunk again where something other than narrate fails, as a broken connection.
RETRIES = 2

# Threads that take clips in: decoding and keeping one takes some 10 ms.
TAKERS = 2

SAME_HINT = "install the same versions on all machines, and start the workers again"

GONE_HINT = "start it again; the same command does only what is missing"


@contextmanager
def cluster_executor(
    address: str,
    settings: Settings,
    *,
    connect_s: float = CONNECT_S,
    first_worker_s: float = FIRST_WORKER_S,
    limit_s: float = LIMIT_S,
    again_s: float = AGAIN_S,
) -> Iterator[ClusterExecutor]:
    """Connect to a Dask scheduler, and leave it when the block ends.

    Args:
        address: Of the scheduler: "10.0.0.1:8786", "tcp://…", "tls://…" (keys as dask is configured).
        settings: What the engine on the workers is made of.
        connect_s: How long to wait for the scheduler.
        first_worker_s: How long to wait for a first worker.
        limit_s: Longest time for a chunk, once it is begun.
        again_s: How long to wait for a worker of the right versions, where all that were there are gone.

    Raises:
        ConfigError: The extra is not installed.
        EngineUnavailable: Nobody answers, or there is no worker.
    """
    client = connected(address, connect_s)
    try:
        await_worker(client, address, first_worker_s)
        executor = ClusterExecutor(client, settings, limit_s, again_s)
        try:
            with Roll(client):
                yield executor
        finally:
            executor.shutdown(wait=False, cancel_futures=True)
    finally:
        with suppress(OSError, TimeoutError):
            client.close()


class ClusterExecutor(Executor):
    """Hands chunks to the workers of a cluster; everything else runs here."""

    def __init__(self, client: Client, settings: Settings, limit_s: float, again_s: float = AGAIN_S) -> None:
        self._client = client
        self._remote: Executor = client.get_executor(pure=False, retries=RETRIES)
        self._takers = ThreadPoolExecutor(TAKERS, thread_name_prefix="narrate-take")
        self._suspects = ThreadPoolExecutor(1, thread_name_prefix="narrate-suspect")
        self._settings = settings
        self._limit_s, self._again_s = limit_s, again_s
        self._lock = threading.Lock()
        self._out: set[Future[tuple[Clip, ...]]] = set()
        self._unfit: set[str] = set()
        self._ended = False

    @property
    def parallel(self) -> int:
        """Chunks that the workers there are now speak at once; at least 1."""
        return max(1, sum(map(int, self._client.nthreads().values())))

    def _fit(self) -> list[str] | None:
        """Addresses of the workers that may be asked; None for all, also those that are still to come.

        Raises:
            EngineUnavailable: There is none, though one that is started anew was waited for.
        """
        if not self._unfit:
            return None
        until_s, is_said = time.monotonic() + self._again_s, False
        while True:
            there = list(self._client.nthreads())
            if fit := [address for address in there if address not in self._unfit]:
                return fit
            if time.monotonic() >= until_s:
                raise EngineUnavailable(f"none of the {len(there)} workers has the versions of this run", SAME_HINT)
            if not is_said:
                logger.warning("no worker with the versions of this run is left; waiting %.0f s for one", self._again_s)
                is_said = True
            time.sleep(LOOK_S)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Make clips: spoken by one worker, unless they are in this machine's cache, and then kept there.

        Args:
            fn: A ClipMaker.
            args: Its chunks.
            kwargs: None.
        """
        if not isinstance(fn, ClipMaker) or kwargs:
            raise TypeError("a cluster speaks chunks and does nothing else")
        parcel = _Parcel(fn, args, Future())
        with self._lock:
            if self._ended:
                raise RuntimeError("the cluster has been left")
            self._out.add(parcel.result)
        parcel.result.add_done_callback(self._forget)
        self._takers.submit(self._begin, parcel)
        return parcel.result

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take nothing more; workers finish the chunk that they are at."""
        with self._lock:
            self._ended = True
            left = list(self._out)
        for one in left if cancel_futures else ():
            one.cancel()
        if wait:
            for one in left:
                with suppress(CancelledError, NarrateError):
                    one.result()
        for threads in (self._takers, self._suspects):
            threads.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _forget(self, result: Future[tuple[Clip, ...]]) -> None:
        with self._lock:
            self._out.discard(result)

    def _begin(self, parcel: _Parcel) -> None:
        """Look in the cache, and send the rest away."""
        try:
            if parcel.result.cancelled():
                return
            known = {chunk: clip for chunk in parcel.chunks if (clip := parcel.maker.known(chunk))}
            missing = [chunk for chunk in parcel.chunks if chunk not in known]
            if not missing:
                return _settle(parcel.result, lambda: tuple(known.values()))
            orders = [packed_order(parcel.maker, chunk, self._settings, self._limit_s) for chunk in missing]
            sent = self._sent(orders)
            for chunk in missing:
                parcel.maker.begins(chunk)
            parcel.result.add_done_callback(lambda _: sent.cancel())
            sent.add_done_callback(lambda _: self._take_later(parcel, known, sent))
        except BaseException as error:
            _settle(parcel.result, _raising(error))

    def _sent(self, orders: list[bytes]) -> Future[list[bytes]]:
        try:
            fit = self._fit()
            # Others may be asked where all of these are gone: they refuse, and the chunks come back.
            only = {"workers": fit, "allow_other_workers": True} if fit else {}
            remote = self._client.get_executor(pure=False, retries=RETRIES, **only) if fit else self._remote
            sent: Future[list[bytes]] = remote.submit(perform_all, orders)
            return sent
        except NarrateError:
            raise
        except Exception as error:  # dask's own, once it has lost the scheduler
            raise EngineUnavailable("the Dask scheduler is gone", GONE_HINT) from error

    def _take_later(self, parcel: _Parcel, known: Known, sent: Future[list[bytes]]) -> None:
        """Take an answer in a thread that does not listen to the cluster."""
        with suppress(RuntimeError):  # the run is over
            self._takers.submit(self._take, parcel, known, sent)

    def _take(self, parcel: _Parcel, known: Known, sent: Future[list[bytes]]) -> None:
        """Take an answer; a worker with other versions is asked no more, and what it refused goes to the others."""
        try:
            missing = [chunk for chunk in parcel.chunks if chunk not in known]
            made = {chunk: _unpacked(answer) for chunk, answer in zip(missing, _answers(sent, missing[0]), strict=True)}
        except _Killed as error:
            # Dask blames all that a worker had been given when it ended: what is innocent has another chance.
            if parcel.is_suspect:
                return _settle(parcel.result, _raising(error))
            logger.warning("%s; it is handed out again", error.message)
            return self._again_alone(parcel)
        except BaseException as error:
            return _settle(parcel.result, _raising(error))
        for problem in made.values():
            if isinstance(problem, UnfitWorker):
                self._pass_over(problem)
                return self._begin(parcel)
        _settle(parcel.result, lambda: parcel.clips(known, made))

    def _again_alone(self, parcel: _Parcel) -> None:
        """Hand out one suspect at a time of all that may have ended a worker, so that none is blamed for another."""

        def begin_and_wait() -> None:
            self._begin(replace(parcel, is_suspect=True))
            wait([parcel.result])

        with suppress(RuntimeError):  # the run is over
            self._suspects.submit(begin_and_wait)

    def _pass_over(self, problem: UnfitWorker) -> None:
        with self._lock:
            is_new = problem.address not in self._unfit
            self._unfit.add(problem.address)
        if is_new:
            logger.warning("%s; it is passed over", problem.message)


Known = Mapping[Chunk, Clip]


@dataclass(frozen=True, slots=True)
class _Parcel:
    """The chunks that one worker speaks: one, or all those of a short article.

    Attributes:
        maker: What was handed in to make clips.
        chunks: Of what.
        result: The clips of all, in order.
        is_suspect: Workers ended that had been given it.
    """

    maker: ClipMaker
    chunks: tuple[Chunk, ...]
    result: Future[tuple[Clip, ...]]
    is_suspect: bool = False

    def clips(self, known: Known, made: Mapping[Chunk, Attempt | NarrateError]) -> tuple[Clip, ...]:
        """All clips; where one failed the others are kept before that is said."""
        clips, problems = dict(known), []
        for chunk, one in made.items():
            try:
                clips[chunk] = self.maker.finished(chunk, _good(one))
            except NarrateError as error:
                problems.append(error)
        if problems:
            raise problems[0]
        return tuple(clips[chunk] for chunk in self.chunks)


class _Killed(SynthesisFailed):
    """Several workers ended that had been given something."""


def _unpacked(answer: bytes) -> Attempt | NarrateError:
    try:
        return unpacked_answer(answer)
    except NarrateError as error:
        return error


def _good(made: Attempt | NarrateError) -> Attempt:
    if isinstance(made, NarrateError):
        raise made
    return made


def _settle(result: Future[tuple[Clip, ...]], make: Callable[[], tuple[Clip, ...]]) -> None:
    if result.set_running_or_notify_cancel():
        try:
            result.set_result(make())
        except BaseException as error:
            result.set_exception(error)


def _raising(error: BaseException) -> Callable[[], tuple[Clip, ...]]:
    def make() -> tuple[Clip, ...]:
        raise error

    return make


def _answers(sent: Future[list[bytes]], chunk: Chunk) -> list[bytes]:
    """Return a worker's answers, or raise in narrate's words why none came; `chunk` is the first that was sent."""
    try:
        return sent.result()
    except CancelledError as error:
        raise EngineUnavailable("the Dask scheduler is gone, or dropped a chunk", GONE_HINT) from error
    except Exception as error:  # whatever dask, its transport or a worker without narrate raises
        what = f"{type(error).__name__}: {error}".splitlines()[0][:300]
        if type(error).__name__ == "KilledWorker":
            message = f"worker after worker ended while it spoke {chunk.text[:60]!r}"
            raise _Killed(message, "look for what ended them in the workers' logs; memory, most often") from error
        hint = f"do all workers have the same narrate? it is here by: {install_command('cluster')}"
        raise EngineUnavailable(f"the cluster could not speak {chunk.text[:60]!r}: {what}", hint) from error
