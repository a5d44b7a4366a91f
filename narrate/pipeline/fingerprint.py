"""What decides the bytes of an episode's files, as keys: the same key, the same bytes."""

from __future__ import annotations

import dataclasses

from narrate.audio.encoder import codec_version
from narrate.audio.mastering import Spool
from narrate.core.episode import Chapter, Narration
from narrate.core.system.files import sum_of_content
from narrate.core.version import __version__
from narrate.pipeline.plan import Plan
from narrate.speech.cache import content_key


def fingerprint(plan: Plan) -> str:
    """Return the key of everything that decides the bytes of all files of an episode."""
    settings, script = plan.settings, plan.script
    spoken = content_key(
        (plan.clip_key(piece), piece.pause_after_ms, piece.breaks, piece.chapter) for piece in plan.chunks
    )
    written = content_key((said.kind, said.level, said.written) for said in script.utterances)
    pictures = (settings.cover, sum_of_content(settings.cover), settings.sidecars, settings.srt_line_chars)
    tags = (plan.target.title, plan.cast, *dataclasses.astuple(script.meta), script.asides)
    # What a lenient run keeps is not good enough for a strict one.
    mastering = (settings.strict, *_mastering(plan))
    return content_key((__version__, codec_version(), spoken, written, mastering, pictures, _music(plan), tags))


def sound_key(plan: Plan, spool: Spool, narration: Narration, chapters: tuple[Chapter, ...]) -> str:
    """Return the key of everything that decides the bytes of the mastered sound, without its tags."""
    shown = (chapters, plan.cast.language) if plan.target.format.has_native_chapters else ()
    samples = (narration.rate_hz, spool.checksum())
    return content_key((__version__, codec_version(), *samples, *_mastering(plan), *_music(plan), *shown))


def _mastering(plan: Plan) -> tuple[object, ...]:
    settings, target = plan.settings, plan.target
    return settings.loudness_lufs, settings.true_peak_dbtp, target.format, target.bitrate_kbps, settings.stereo


def _music(plan: Plan) -> tuple[object, ...]:
    music = plan.settings.music
    return music, *map(sum_of_content, (music.before, music.after))
