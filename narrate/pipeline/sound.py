"""The sound of an episode: a timeline mastered into a file, unless the cache has what that would give."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from narrate.audio.codec import Loudness
from narrate.audio.mastering import Spool, master
from narrate.audio.music_plan import Beds, load_beds
from narrate.core.cache.keys import content_key
from narrate.core.clean_text import one_line
from narrate.core.episode import Chapter, Narration, Transcript
from narrate.core.errors import OutputError
from narrate.core.settings.model import Settings
from narrate.core.timecode import to_ms
from narrate.episode.chapters import chapters_of
from narrate.episode.word_timing import transcribe
from narrate.pipeline.fingerprint import sound_key
from narrate.pipeline.finished import SoundCache
from narrate.pipeline.plan import Plan, Target

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The timeline of an episode: what was spoken, when it is heard, and what is heard beside it.

    Attributes:
        narration: Every chunk with its place; the samples are in the spool.
        chapters: On the same timeline.
        beds: The music.
    """

    narration: Narration
    chapters: tuple[Chapter, ...]
    beds: Beds

    @property
    def duration_ms(self) -> int:
        """Length of the episode."""
        return to_ms(self.narration.duration_samples, self.narration.rate_hz)


def music_of(plan: Plan) -> Beds:
    """Return the music before and after the reading; an empty one where there is none.

    Raises:
        NarrateError: A file cannot be used.
    """
    return load_beds(plan.settings.music)


def timeline_of(plan: Plan, narration: Narration, beds: Beds) -> Timeline:
    """Return the timeline with its chapters."""
    return Timeline(narration, chapters_of(plan.script, narration), beds)


def transcript_of(plan: Plan, narration: Narration) -> Transcript:
    """Return when each written word is heard."""
    return transcribe(plan.script, narration, language=plan.cast.language, speakers=plan.cast.speakers)


def write_sound(
    plan: Plan, spool: Spool, timeline: Timeline, part: Path, on_encoded: Callable[[int, int], None]
) -> None:
    """Write the mastered sound; what loses nothing is large, and not kept in the cache.

    Args:
        plan: In which format, and how loud.
        spool: The samples.
        timeline: What they are.
        part: The file; what is in it is replaced.
        on_encoded: Called with the samples there are in all, and with those that are encoded.

    Raises:
        OutputError: The file cannot be written.
    """
    cache = SoundCache(plan.cache_folder) if plan.cache_folder and plan.target.bitrate_kbps else None
    own = content_key((plan.script.meta.url or one_line(plan.target.title), plan.target.format.name))
    key = sound_key(plan, spool, timeline.narration, timeline.chapters)
    if cache and cache.load(own, key, part):
        return
    _master(plan, spool, timeline, part, on_encoded)
    try:
        if cache:
            cache.store(own, key, part)
    except OutputError as error:
        logger.warning("%s; the next run will encode this sound again", error.message)


def _master(plan: Plan, spool: Spool, timeline: Timeline, part: Path, on_encoded: Callable[[int, int], None]) -> None:
    narration = timeline.narration
    master_to(plan.settings, plan.target, plan.cast.language)(
        spool,
        narration.rate_hz,
        part,
        stereo=plan.settings.stereo,
        chapters=timeline.chapters,
        mix=timeline.beds.mixer(narration),
        on_encoded=partial(on_encoded, narration.duration_samples),
    )


def master_to(settings: Settings, target: Target, language: str) -> Callable[..., Loudness]:
    """Return `master` with the loudness, format and bit rate that are asked for; it wants a spool, a rate and a file.

    Args:
        settings: Loudness and true peak.
        target: Format and bit rate.
        language: BCP 47 tag of what is spoken.
    """
    return partial(
        master,
        loudness_lufs=settings.loudness_lufs,
        true_peak_dbtp=settings.true_peak_dbtp,
        format=target.format,
        bitrate_kbps=target.bitrate_kbps,
        language=language,
    )
