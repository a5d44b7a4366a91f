"""Fifth stage: chunks become clips, several at once, from the cache where they were spoken before.

Each clip, an old one too, is held against the rules of speech_checks.py; what fails is spoken again in pieces.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace

from narrate.audio import codec
from narrate.core.article import Chunk
from narrate.core.episode import Audio, Check, Clip, Speech
from narrate.core.forecast import Forecast
from narrate.speech.clip_cache import ClipStore, clip_key
from narrate.speech.engines.abilities import loader_of
from narrate.speech.engines.base import Engine, sounds_of
from narrate.speech.respeaking import Attempt, Piece, speak_well
from narrate.speech.speech_checks import examine, failure, is_playable
from narrate.speech.word_edges import estimated_words, settle

logger = logging.getLogger(__name__)

# Chunks handed out beyond those being spoken, so that no worker waits for the clips to be taken in
# order, and so that the last ones can be handed out longest first; each waiting clip costs up to 3 MB.
AHEAD = 6


def synthesise(
    chunks: Iterable[Chunk],
    engine: Engine,
    *,
    voice: str,
    speed: float,
    cache: ClipStore | None,
    jobs: int,
    strict: bool = True,
    executor: Executor | None = None,
    heard: bool = False,
    whole_chars: int = 0,
    meanwhile: Callable[[], object] = lambda: None,
    forecast: Forecast | None = None,
) -> Iterator[Clip]:
    """Yield a clip for each chunk, in order, while later chunks are already being spoken.

    A clip is in the cache from the moment it is made, also when an earlier one is still missing or
    fails. When the caller stops, chunks that nobody has begun are not begun.

    Args:
        chunks: Each fits the engine.
        engine: Speaks them; shared by all jobs.
        voice: Name of one of its voices, for chunks that name none.
        speed: 0.5 to 2.0.
        cache: Where clips are looked for and kept; None to speak everything anew.
        jobs: Chunks spoken at once.
        strict: Stop at a clip that fails a check however it is cut; else the best attempt is kept, with what it
            failed in `checks`. Such clips are not cached, so that a later run tries again.
        executor: Threads that other articles share, and that stay, or a cluster's; it is handed a ClipMaker with one
            or more chunks. None for `jobs` threads of its own.
        heard: Somebody listens to the clips as they come, and none may be made before an earlier one.
        whole_chars: Chunks that have no more characters in all are one piece of work, and come together: an article
            that is one of many, for an executor with a long way to its workers.
        meanwhile: Called once, in this thread, when the first chunks are handed out: there is nothing to do here then.
        forecast: Told of each chunk, by its index, when it begins and ends.

    Raises:
        EngineError: A chunk could not be spoken; clips made so far stay in the cache.
        OutputError: The cache cannot be written.
    """

    make = ClipMaker(engine, voice, speed, cache, strict, forecast)
    with _own(jobs) if executor is None else nullcontext(executor) as threads:
        parcels, window = _parcels(tuple(chunks), whole_chars), jobs + AHEAD
        order = _handing_order(parcels, 0 if heard or jobs == 1 else window)
        yield from _in_order(threads, make, parcels, order, window, meanwhile)


@dataclass(frozen=True, slots=True)
class ClipMaker:
    """Makes clips of chunks; what an executor is handed, which may take the steps apart and do `speak` elsewhere.

    Attributes:
        engine: Speaks.
        voice: For chunks that name none.
        speed: 0.5 to 2.0.
        cache: Where clips are looked for and kept; None for nowhere.
        strict: Stop at a clip that fails a check.
        forecast: Told when a chunk begins and ends.
    """

    engine: Engine
    voice: str
    speed: float
    cache: ClipStore | None
    strict: bool = True
    forecast: Forecast | None = None

    def __call__(self, *chunks: Chunk) -> tuple[Clip, ...]:
        """The chunks' clips, from the cache or spoken.

        Raises:
            EngineError: One could not be spoken.
            OutputError: The cache cannot be written.
        """
        return tuple(self.known(chunk) or self.finished(chunk, self.speak(chunk)) for chunk in chunks)

    def known(self, chunk: Chunk) -> Clip | None:
        """The chunk's clip from the cache."""
        made = self.kept(chunk)
        if made and self.forecast:
            self.forecast.ended(chunk.index)
        return _clip(chunk, made) if made else None

    def kept(self, chunk: Chunk) -> Attempt | None:
        """Return a chunk's speech from the cache, as the engine gave it, if it is held to be good today."""
        speech = self.cache.load(self._key(chunk)) if self.cache else None
        made = Attempt(speech, self._speaker(chunk).examine(speech, _piece(chunk))) if speech else None
        return made if made and not made.faults else None

    def speak(self, chunk: Chunk) -> Attempt:
        """The best of several attempts; nothing is kept."""
        self._load()
        self.begins(chunk)
        speaker = self._speaker(chunk)
        return speak_well(_piece(chunk), speaker.speak, speaker.examine)

    def _load(self) -> None:
        """Wait for a model here, so that the wait is not taken for the time that the first chunk takes."""
        if load := loader_of(self.engine):
            if self.forecast:
                self.forecast.loading()
            load()

    def begins(self, chunk: Chunk) -> None:
        """Tell that the chunk is being spoken, here or elsewhere."""
        if self.forecast:
            self.forecast.began(chunk.index)

    def finished(self, chunk: Chunk, made: Attempt) -> Clip:
        """Return speech as a clip; a good one is kept in the cache."""
        if self.forecast:
            self.forecast.ended(chunk.index)
        if made.faults:
            return _clip(chunk, _kept_anyway(made, self.strict))
        self.keep(chunk, made.speech)
        return _clip(chunk, made)

    def keep(self, chunk: Chunk, speech: Speech) -> None:
        """Put good speech into the cache."""
        if self.cache:
            self.cache.store(self._key(chunk), speech)

    def _speaker(self, chunk: Chunk) -> _Speaker:
        return _Speaker(self.engine, chunk.voice or self.voice, self.speed)

    def _key(self, chunk: Chunk) -> str:
        engine, voice = self.engine, chunk.voice or self.voice
        return clip_key(chunk.text, engine.name, engine.version, voice, self.speed, chunk.sounds)


def _piece(chunk: Chunk) -> Piece:
    return Piece(chunk.text, chunk.sounds, chunk.breaks)


@dataclass(frozen=True, slots=True)
class _Speaker:
    """An engine with one of its voices and a speed."""

    engine: Engine
    voice: str
    speed: float

    def speak(self, piece: Piece) -> Speech:
        speech = self.engine.synthesise(piece.text, voice=self.voice, speed=self.speed, sounds=piece.sounds)
        return _as_kept(speech) if is_playable(speech) else speech

    def examine(self, speech: Speech, piece: Piece) -> tuple[Check, ...]:
        sounds = sounds_of(self.engine, piece.text, self.voice)
        return examine(speech, piece.text, engine=self.engine.name, voice=self.voice, speed=self.speed, sounds=sounds)


def _kept_anyway(attempt: Attempt, strict: bool) -> Attempt:
    """The attempt, for want of a better one, unless that is not allowed or there is nothing to hear."""
    problem = failure(attempt.faults, attempt.text)
    if strict or not is_playable(attempt.speech):
        raise problem
    logger.warning("%s; it is kept", problem.message)
    return attempt


def _clip(chunk: Chunk, made: Attempt) -> Clip:
    timed = _timed(made.speech, chunk.text)
    return Clip(chunk, timed.audio, timed.words, timed.estimated, made.checks)


def _as_kept(speech: Speech) -> Speech:
    """Round to the 16 bit that the cache keeps, so that a clip is the same on the first and every later run."""
    samples = codec.from_int16(codec.to_int16(speech.audio.samples))
    return replace(speech, audio=Audio(samples, speech.audio.rate_hz))


def _timed(speech: Speech, text: str) -> Speech:
    """Words where they are heard; the cache has them as the engine gave them, so a better way needs no new clips."""
    if speech.words:
        return settle(speech, text)
    return Speech(speech.audio, estimated_words(speech.audio, text), estimated=True)


def _parcels(chunks: tuple[Chunk, ...], whole_chars: int) -> Sequence[tuple[Chunk, ...]]:
    """Chunks that are made together: each alone, or all of a short article."""
    is_whole = 0 < sum(len(chunk.text) for chunk in chunks) <= whole_chars
    return [chunks] if is_whole else [(chunk,) for chunk in chunks]


def _in_order(
    executor: Executor,
    make: Callable[..., tuple[Clip, ...]],
    parcels: Sequence[tuple[Chunk, ...]],
    order: Iterable[int],
    window: int,
    meanwhile: Callable[[], object],
) -> Iterator[Clip]:
    """Any executor of concurrent.futures will do; no more than `window` parcels are out at a time."""
    waiting = iter(order)
    running: dict[int, Future[tuple[Clip, ...]]] = {}

    def hand_out(number: int) -> None:
        running.update((place, executor.submit(make, *parcels[place])) for place in itertools.islice(waiting, number))

    try:
        hand_out(window)
        meanwhile()
        for place in range(len(parcels)):
            done = running.pop(place).result()
            hand_out(1)
            yield from done
    finally:
        for one in running.values():  # nobody takes them any more
            one.cancel()


def _handing_order(parcels: Sequence[tuple[Chunk, ...]], last: int) -> list[int]:
    """Places of parcels as they are handed out: in reading order, but of the last ones the longest first.

    So all threads end at about the same time: with chunks of 30 to 300 phonemes two threads idle for 0.8 s in all
    behind the last one, and not for 2.8. No more may change their order than are out at a time, so that the one that
    is waited for is always among them.
    """

    def shortness(place: int) -> int:
        return -sum(len(chunk.text) for chunk in parcels[place])

    first = max(len(parcels) - last, 0)
    return [*range(first), *sorted(range(first, len(parcels)), key=shortness)]


@contextmanager
def _own(jobs: int) -> Iterator[Executor]:
    executor = ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="narrate")
    wait = True
    try:
        yield executor
    except KeyboardInterrupt:
        wait = False  # an inference takes seconds, and whoever pressed Ctrl-C has waited long enough
        raise
    finally:
        executor.shutdown(wait=wait, cancel_futures=True)
