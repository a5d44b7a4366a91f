"""Sentences of a draft made on the spot, with the voice and the clips of its episode."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from narrate.audio.codec import encode_flac
from narrate.core.article import Article, Chunk, Edit, Script, Utterance
from narrate.core.episode import Audio, Clip
from narrate.pipeline.cast import cast_for, with_marked_voices
from narrate.pipeline.plan import Plan, chunked, target_of
from narrate.publish.review.reviewed import Conflict
from narrate.speech.chunking import chunk
from narrate.speech.clip_cache import ClipCache
from narrate.speech.synthesis import synthesise

if TYPE_CHECKING:
    from narrate.core.settings.model import Settings
    from narrate.speech.engines import Engine

# Behind the last word no more silence is kept than this.
_LAST_PAUSE_MS = 200


class Overtaken(Conflict):
    """Something else is to be heard now."""

    def __init__(self) -> None:
        super().__init__("something else is heard now")


@dataclass(frozen=True, slots=True)
class Heard:
    """A stretch to be heard.

    Attributes:
        script: What is said of its block, as the episode has it.
        start_char: Where it begins in the block's written words.
        end_char: Where it ends (exclusive); with 0 all of the block is heard.
    """

    script: Script
    start_char: int = 0
    end_char: int = 0


def flac_of(heard: Heard, settings: Settings, engine: Engine, is_wanted: Callable[[], bool]) -> bytes:
    """Return the sound of a stretch, as FLAC.

    Args:
        heard: What of it.
        settings: Speed, pauses and the cache, where clips are looked for and kept.
        engine: Speaks.
        is_wanted: Asked before each clip.

    Raises:
        Overtaken: It is not wanted any more.
        EngineError: It cannot be spoken.
    """
    pieces, plan = _pieces(heard, settings, engine)
    cache = ClipCache(plan.cache_folder) if plan.cache_folder else None
    clips: list[Clip] = []
    for piece in pieces:
        if not is_wanted():
            raise Overtaken
        voice = plan.cast.voice.name
        clips += synthesise([piece], engine, voice=voice, speed=settings.speed, cache=cache, jobs=1, strict=False)
    return encode_flac(_joined(clips))


def _pieces(heard: Heard, settings: Settings, engine: Engine) -> tuple[Sequence[Chunk], Plan]:
    """Return the chunks to speak: those of the episode for a whole block, else the sentences that are asked for."""
    cast = cast_for(engine, settings, Article(heard.script.meta, ()))
    chunks = chunked(heard.script, settings, engine, cast)
    plan = Plan(heard.script, chunks, settings, engine, cast, target_of(heard.script, settings))
    if not heard.end_char or len(heard.script.utterances) != 1:
        return chunks, plan
    utterance = heard.script.utterances[0]
    start, end = (spoken_char(utterance.edits, at) for at in (heard.start_char, heard.end_char))
    return [one for one in _by_sentence(plan) if one.start_char < end and start < one.end_char] or chunks, plan


def _by_sentence(plan: Plan) -> Sequence[Chunk]:
    """Return chunks of a sentence each."""
    script, fits = with_marked_voices(plan.script, plan.engine), partial(plan.engine.fits, voice=plan.cast.voice.name)
    return chunk(script, fits, plan.settings.pauses, by_sentence=True, voices=plan.cast.by_kind)


def spoken_char(edits: Sequence[Edit], written_char: int) -> int:
    """Return the place in spoken words that a place in the written ones has; the start of an edit for inside of it."""
    moved = 0
    for edit in edits:
        if edit.end_char <= written_char:
            moved += len(edit.after) - (edit.end_char - edit.start_char)
        elif edit.start_char < written_char:
            return edit.start_char + moved
    return written_char + moved


def _joined(clips: Sequence[Clip]) -> Audio:
    """Return clips behind each other, with the pauses between them."""
    rate_hz = clips[0].audio.rate_hz if clips else 24_000
    parts: list[np.ndarray[tuple[int], np.dtype[np.float32]]] = []
    for number, clip in enumerate(clips, start=1):
        pause_ms = clip.chunk.pause_after_ms if number < len(clips) else _LAST_PAUSE_MS
        parts += [clip.audio.samples, np.zeros(rate_hz * pause_ms // 1000, np.float32)]
    return Audio(np.concatenate(parts) if parts else np.zeros(rate_hz // 10, np.float32), rate_hz)


def only_block(script: Script, utterances: Sequence[Utterance]) -> Script:
    """Return a script of some of another's utterances."""
    numbered = tuple(replace(one, block=number) for number, one in enumerate(utterances))
    return replace(script, utterances=numbered)
