"""Fifth stage: chunks become clips, several at once, from the cache where they were spoken before."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

from narrate import audio
from narrate.article import Chunk
from narrate.cache import ClipCache, clip_key
from narrate.engines.base import Engine, check_speech
from narrate.episode import Audio, Clip, Speech
from narrate.onsets import estimated_words, settle

# Chunks handed out beyond those being spoken, so that no worker waits for the clips to be taken in
# order; each waiting clip costs up to 3 MB.
AHEAD = 4


def synthesise(
    chunks: Iterable[Chunk],
    engine: Engine,
    *,
    voice: str,
    speed: float,
    cache: ClipCache | None,
    jobs: int,
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

    Raises:
        EngineError: A chunk could not be spoken; clips made so far stay in the cache.
        OutputError: The cache cannot be written.
    """

    def clip(chunk: Chunk) -> Clip:
        speaker = chunk.voice or voice
        key = clip_key(chunk.text, engine.name, engine.version, speaker, speed, chunk.sounds)
        speech = cache.load(key) if cache else None
        if speech is None:
            spoken = engine.synthesise(chunk.text, voice=speaker, speed=speed, sounds=chunk.sounds)
            speech = _as_kept(check_speech(spoken, chunk.text, speed))
            if cache:
                cache.store(key, speech)
        timed = _timed(speech, chunk.text)
        return Clip(chunk, timed.audio, timed.words, timed.estimated)

    with _executor(jobs) as executor:
        yield from _in_order(executor, clip, chunks, jobs + AHEAD)


def _as_kept(speech: Speech) -> Speech:
    """Round to the 16 bit that the cache keeps, so that a clip is the same on the first and every later run."""
    samples = audio.from_int16(audio.to_int16(speech.audio.samples))
    return replace(speech, audio=Audio(samples, speech.audio.rate_hz))


def _timed(speech: Speech, text: str) -> Speech:
    """Words where they are heard; the cache has them as the engine gave them, so a better way needs no new clips."""
    if speech.words:
        return settle(speech, text)
    return Speech(speech.audio, estimated_words(speech.audio, text), estimated=True)


def _in_order(
    executor: Executor, make: Callable[[Chunk], Clip], chunks: Iterable[Chunk], window: int
) -> Iterator[Clip]:
    """Any executor of concurrent.futures will do; no more than `window` chunks are out at a time."""
    waiting = iter(chunks)
    running: list[Future[Clip]] = [executor.submit(make, chunk) for chunk in itertools.islice(waiting, window)]
    while running:
        done = running.pop(0).result()
        running += [executor.submit(make, chunk) for chunk in itertools.islice(waiting, 1)]
        yield done


@contextmanager
def _executor(jobs: int) -> Iterator[Executor]:
    executor = ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="narrate")
    wait = True
    try:
        yield executor
    except KeyboardInterrupt:
        wait = False  # an inference takes seconds, and whoever pressed Ctrl-C has waited long enough
        raise
    finally:
        executor.shutdown(wait=wait, cancel_futures=True)
