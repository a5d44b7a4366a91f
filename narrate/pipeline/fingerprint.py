"""Fingerprints of all that decides the bytes of an episode's files: the same key, the same bytes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from narrate.audio.encoder import codec_version
from narrate.audio.mastering import Spool
from narrate.core.cache.keys import content_key
from narrate.core.episode import Chapter, Narration
from narrate.core.settings.chosen import values_that_decide
from narrate.core.settings.declaration import Decides
from narrate.core.system.files import sum_of_content
from narrate.core.version import __version__
from narrate.pipeline.plan import Plan


def fingerprint(plan: Plan) -> str:
    """Return the key of everything that decides the bytes of all files of an episode."""
    settings, script = plan.settings, plan.script
    spoken = content_key(
        (plan.clip_key(piece), piece.pause_after_ms, piece.is_pause_exact, piece.breaks, piece.chapter)
        for piece in plan.chunks
    )
    written = content_key((said.kind, said.level, said.shown) for said in script.utterances)
    beside = (*_deciding(plan, Decides.FILE), sum_of_content(settings.cover))
    tags = (plan.target.title, plan.cast, *dataclasses.astuple(script.meta), script.asides)
    # What a lenient run keeps is not good enough for a strict one.
    mastering = (settings.strict, *_mastering(plan))
    return content_key((__version__, codec_version(), spoken, written, mastering, beside, tags))


def sound_key(plan: Plan, spool: Spool, narration: Narration, chapters: tuple[Chapter, ...]) -> str:
    """Return the key of everything that decides the bytes of the mastered sound, without its tags."""
    shown = (chapters, plan.cast.language) if plan.target.format.has_native_chapters else ()
    samples = (narration.rate_hz, spool.checksum())
    return content_key((__version__, codec_version(), *samples, *_mastering(plan), *shown))


def _mastering(plan: Plan) -> tuple[object, ...]:
    """Return what decides the mastered sound of given clips: format and bit rate as settled, the music's content."""
    music = plan.settings.music
    return plan.target.format, *_deciding(plan, Decides.SOUND), *map(sum_of_content, (music.before, music.after))


def _deciding(plan: Plan, stage: Decides) -> Iterator[tuple[str, object]]:
    target = plan.target
    settled = dataclasses.replace(plan.settings, format=target.format.name, bitrate_kbps=target.bitrate_kbps)
    return values_that_decide(settled, stage)
