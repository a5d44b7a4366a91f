"""Chunks on their way to another machine and back: what is sent, what is done there, what comes back.

Both ways it is JSON, with the packed clip behind it: of objects, only the name of `perform_all` travels.
"""

from __future__ import annotations

import json
import threading
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

from narrate.core import errors
from narrate.core.article import Break, Chunk, Sound
from narrate.core.cache.space import at_work
from narrate.core.episode import Check
from narrate.core.errors import ConfigError, EngineNotInstalled, EngineUnavailable, NarrateError, SynthesisFailed
from narrate.core.settings.chosen import values_for_engine
from narrate.core.settings.loading import load_settings
from narrate.core.settings.model import Settings
from narrate.core.version import __version__
from narrate.speech.clip_cache import ClipCache, ClipStore, pack_clip, unpack_clip
from narrate.speech.engines import Engine, make_engine, options_to_send, settings_received
from narrate.speech.respeaking import Attempt
from narrate.speech.shared_clips import SharedClips
from narrate.speech.speech_checks import failure, is_playable
from narrate.speech.synthesis import ClipMaker


class UnfitWorker(EngineUnavailable):
    """A worker has another version of something, so that its clips would be others; `address` is where it listens."""

    def __init__(self, message: str, hint: str = "", address: str = "") -> None:
        super().__init__(message, hint)
        self.address = address


@dataclass(frozen=True, slots=True)
class Order:
    """The order that a worker is given, all of it plain.

    Attributes:
        narrate: The version that asks.
        engine: Name of the engine.
        engine_version: The client's; a worker's must be the same.
        make: What else the engine is made of: `offline`, and its own settings as `options`, paths as text, no secrets.
        voice: Who speaks.
        speed: 0.5 to 2.0.
        text: What is said.
        sounds: Pronunciations: start, end, IPA, rule.
        breaks: Where the voice pauses: place, milliseconds.
        cache: Whether the worker may take the clip from a cache and keep it there.
        shared_cache: Where that is, for all workers; "" for the worker's own.
        limit_s: Longest time that it may take, from when the worker begins.
    """

    narrate: str
    engine: str
    engine_version: str
    make: dict[str, object]
    voice: str
    speed: float
    text: str
    sounds: list[tuple[int, int, str, str]]
    breaks: list[list[int]]
    cache: bool
    shared_cache: str
    limit_s: float


def packed_order(maker: ClipMaker, chunk: Chunk, settings: Settings, limit_s: float) -> bytes:
    """The order for a chunk."""
    make = {name: value for name, value in values_for_engine(settings).items() if name != "engine"}
    order = Order(
        __version__,
        maker.engine.name,
        maker.engine.version,
        {**make, "options": options_to_send(settings, maker.engine.name)},
        chunk.voice or maker.voice,
        maker.speed,
        chunk.text,
        [(one.start_char, one.end_char, one.ipa, one.rule) for one in chunk.sounds],
        [[one.at_char, one.at_least_ms] for one in chunk.breaks],
        maker.cache is not None,
        settings.shared_cache,
        limit_s,
    )
    return json.dumps(asdict(order)).encode()


def unpacked_answer(data: bytes) -> Attempt:
    """Return the speech in a worker's answer.

    Raises:
        UnfitWorker: It has other versions.
        NarrateError: What it raised; or the answer cannot be read.
    """
    try:
        head, _, clip = data.partition(b"\n")
        noted = json.loads(head)
        problem = _error(noted["error"]) if "error" in noted else None
        if not problem:
            return Attempt(unpack_clip(clip), tuple(Check(**one) for one in noted["checks"]), noted["text"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise SynthesisFailed(f"a worker's answer cannot be read: {error}") from error
    raise problem


def _error(noted: dict[str, str]) -> NarrateError:
    if noted["kind"] == UnfitWorker.__name__:
        return UnfitWorker(noted["message"], noted["hint"], str(noted["address"]))
    kind = getattr(errors, noted["kind"], NarrateError)
    is_ours = isinstance(kind, type) and issubclass(kind, NarrateError)
    return (kind if is_ours else NarrateError)(noted["message"], noted["hint"])


def perform_all(orders: list[bytes]) -> list[bytes]:
    """Do what is asked, one after the other, on the worker; an answer for each order."""
    return [perform(order) for order in orders]


def perform(data: bytes, worker: str = "") -> bytes:
    """Do what is asked, on the worker: speak a chunk, or say what went wrong.

    Args:
        data: The order.
        worker: What the worker is called in errors; "" for its name in the cluster.
    """
    worker, address = (worker, "") if worker else _own_name()
    try:
        given = json.loads(data)
        _require_same("narrate", given.get("narrate"), __version__, worker)
        attempt = _in_time(Order(**given), worker)
        head = {"checks": [asdict(one) for one in attempt.checks], "text": attempt.text}
        return json.dumps(head).encode() + b"\n" + pack_clip(attempt.speech)
    except NarrateError as error:
        problem = error
    except Exception as error:  # once more elsewhere would end the same way, and the cause must not be lost
        problem = SynthesisFailed(f"worker {worker} failed: {type(error).__name__}: {error}")
    noted = {"kind": type(problem).__name__, "message": problem.message, "hint": problem.hint, "address": address}
    return json.dumps({"error": noted}).encode()


def _own_name() -> tuple[str, str]:
    """Return the worker's name in errors, and its address."""
    from distributed import get_worker  # an extra, and only workers get here

    worker = get_worker()
    address = str(worker.address)
    return (f"{worker.name} at {address}" if worker.name != address else address), address


def _require_same(what: str, wanted: object, own: str, worker: str) -> None:
    if wanted != own:
        message = f"worker {worker} has {what} {own}, and this run has {what} {wanted}"
        raise UnfitWorker(message, "install the same versions on all machines, and start the worker again")


def _in_time(order: Order, worker: str) -> Attempt:
    """An inference cannot be stopped: its thread, a daemon, is left alone when its time is over."""
    result: Future[Attempt] = Future()

    def run() -> None:
        try:
            result.set_result(_speak(order, worker))
        except BaseException as error:
            result.set_exception(error)

    threading.Thread(target=run, name="narrate-remote", daemon=True).start()
    try:
        return result.result(order.limit_s)
    except TimeoutError as error:
        if result.done():
            raise
        raise SynthesisFailed(
            f"worker {worker} did not speak {order.text[:60]!r} in {order.limit_s:g} s", "restart the worker"
        ) from error


def _speak(order: Order, worker: str) -> Attempt:
    own = load_settings()
    engine, turns = _required(order, own.cache_folder, worker)
    cache = _cache(order, own)
    maker = ClipMaker(engine, order.voice, order.speed, cache)
    kept_in = own.cache_folder if isinstance(cache, ClipCache) else None
    sounds, breaks = (Sound(*one) for one in order.sounds), (Break(*one) for one in order.breaks)
    chunk = Chunk(0, order.text, 0, 0, len(order.text), 0, None, tuple(sounds), tuple(breaks))
    with at_work(kept_in, own.cache_limit_bytes):
        with turns:
            attempt = maker.kept(chunk) or maker.speak(chunk)
        if not is_playable(attempt.speech):
            raise failure(attempt.faults, attempt.text)
        if cache and not attempt.faults:
            maker.keep(chunk, attempt.speech)
    return attempt


def _required(order: Order, cache_folder: Path, worker: str) -> tuple[Engine, AbstractContextManager[object]]:
    """The engine that is asked for.

    Raises:
        UnfitWorker: It is not here, or is another version, or cannot be made with the settings that were sent.
    """
    try:
        engine, turns = _engine_of(order.engine, json.dumps(order.make, sort_keys=True), cache_folder)
    except (ConfigError, EngineNotInstalled) as error:  # of which UnknownEngine is one
        raise UnfitWorker(
            f"worker {worker} cannot use the engine {order.engine}: {error.message}", error.hint
        ) from error
    _require_same(order.engine, order.engine_version, engine.version, worker)
    return engine, turns


def _cache(order: Order, own: Settings) -> ClipStore | None:
    if order.cache and order.shared_cache:
        return SharedClips(order.shared_cache)
    return ClipCache(own.cache_folder) if order.cache and own.cache else None


_making = threading.Lock()


def _engine_of(name: str, make: str, cache_folder: Path) -> tuple[Engine, AbstractContextManager[object]]:
    """The process's engine of that kind, made once, and who may speak with it now."""
    with _making:
        return _made(name, make, cache_folder)


@lru_cache(maxsize=4)
def _made(name: str, make: str, cache_folder: Path) -> tuple[Engine, AbstractContextManager[object]]:
    given = json.loads(make)
    received = settings_received(load_settings(), name, given.pop("options"))
    # What is not sent is the default: of the machine is its cache, and what of an engine's settings is a secret.
    engine = make_engine(load_settings(given, base=replace(received, cache_dir=cache_folder)))
    return engine, threading.BoundedSemaphore(engine.parallel)
