"""Fingerprints of all that decides the bytes of an episode's files: the same key, the same bytes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from narrate.audio.encoder import codec_version
from narrate.audio.mastering import Spool
from narrate.core.article import Metadata
from narrate.core.cache.keys import content_key
from narrate.core.episode import Chapter, Narration
from narrate.core.settings.chosen import values_that_decide
from narrate.core.settings.declaration import Decides
from narrate.core.system.files import sum_of_content
from narrate.core.version import __version__
from narrate.pipeline.plan import Plan
from narrate.speech.marked_stretches import opening_pause_ms

# Facts that are part of every fingerprint, in this order.
ALWAYS = ("title", "author", "published", "language", "url", "site", "cover_url", "source", "modified")


def fingerprint(plan: Plan) -> str:
    """Return the key of everything that decides the bytes of all files of an episode."""
    settings, script = plan.settings, plan.script
    spoken = content_key(
        (plan.clip_key(piece), piece.pause_after_ms, piece.breaks, piece.chapter, *_if_any(exact=piece.is_pause_exact))
        for piece in plan.chunks
    )
    written = content_key((said.kind, said.level, said.shown) for said in script.utterances)
    beside = (*_deciding(plan, Decides.FILE), sum_of_content(settings.cover))
    people = _if_any(by_speaker=dict(plan.cast.by_speaker), opening_pause_ms=opening_pause_ms(script))
    tags = (plan.target.title, plan.cast, *_known(script.meta), script.asides, *people)
    # What a lenient run keeps is not good enough for a strict one.
    mastering = (settings.strict, *_mastering(plan))
    return content_key((__version__, codec_version(), spoken, written, mastering, beside, tags))


def _known(meta: Metadata) -> tuple[object, ...]:
    """Return what is known of an article: what every article has, then what only some of them say of themselves."""
    facts = {one.name: getattr(meta, one.name) for one in dataclasses.fields(meta)}
    return (*(facts.pop(name) for name in ALWAYS), *_if_any(**facts))


def _if_any(**values: object) -> Iterator[tuple[str, object]]:
    """Yield the values that say something, so that what an episode does without does not make it anew."""
    return ((name, value) for name, value in values.items() if value)


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
