"""Filing of an episode: tags, sidecars, manifest, and the record that is kept of its making."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.chapters import in_ms
from narrate.core.episode import Episode, Transcript
from narrate.core.errors import OutputError
from narrate.core.file_names import MANIFEST
from narrate.core.version import __version__
from narrate.episode.manifest import Maker, Manifest, added_now, filed
from narrate.episode.reading_order import reading
from narrate.episode.sidecars import sidecar_path, sidecars_of
from narrate.episode.tags import tag
from narrate.library.transactions import Change
from narrate.pipeline.destination import Place
from narrate.pipeline.finished import EpisodeRecords
from narrate.pipeline.plan import Plan
from narrate.pipeline.sound import Timeline

if TYPE_CHECKING:
    from narrate.episode.cover.cover import Cover

logger = logging.getLogger(__name__)


def already_made(plan: Plan, place: Place, known: Manifest | None, fingerprint: str) -> Episode | None:
    """Return the episode that is there, where this run would make the same; else None.

    Args:
        plan: What would be made.
        place: Claimed.
        known: The manifest of the article's episode.
        fingerprint: Of everything that decides the bytes.
    """
    if known and place.is_repeated:
        return result(plan, place, known, (known.duration_ms, tuple(known.sidecars)), unchanged=True)
    records = EpisodeRecords(plan.cache_folder) if plan.cache_folder else None
    made = records.find(fingerprint, place.path, place.stem) if records else None
    if made and place.is_filed(known, made[1]):
        return result(plan, place, known, made, unchanged=True)
    return None


def write_tags(plan: Plan, part: Path, timeline: Timeline, cover: Cover | None) -> None:
    """Write title, source, chapters, cover and text into the sound's file.

    Raises:
        OutputError: The file cannot be written.
    """
    tag(
        part,
        plan.script.meta,
        title=plan.target.title,
        language=plan.cast.language,
        format=plan.target.format,
        chapters=timeline.chapters,
        rate_hz=timeline.narration.rate_hz,
        cover_jpeg=cover.small if cover else None,
        text="\n\n".join(said.shown for said in plan.script.utterances if said.kind != "speaker"),
    )


def write_sidecars(
    plan: Plan,
    place: Place,
    change: Change,
    transcript: Transcript,
    timeline: Timeline,
    *,
    cover: Cover | None,
    guid: str,
) -> Mapping[str, Path]:
    """Write what lies beside the sound; return the temporary files by the name that each will have."""
    if not plan.settings.sidecars:
        return {}
    contents = sidecars_of(
        transcript,
        timeline.chapters,
        cover,
        plan.script,
        title=place.article.title,
        audio_name=place.path.name,
        media_type=plan.target.format.media_type,
        guid=guid,
        srt_line_chars=plan.settings.srt_line_chars,
        stem=place.stem,
    )
    parts = {place.stem + ending: content for ending, content in contents.items()}
    made = {name: change.new(name) for name in parts}
    for name, content in parts.items():
        made[name].write_bytes(content)
    return made


def manifest_of(
    plan: Plan, place: Place, timeline: Timeline, parts: Mapping[str, Path], *, guid: str, known: Manifest | None
) -> Manifest:
    """Return what the manifest says of an episode.

    Args:
        plan: What was made.
        place: Where it goes.
        timeline: What is heard.
        parts: Its files, the sound first, by the name that each will have.
        guid: Its identity.
        known: The manifest before, which says when the episode was added.
    """
    audio, *beside = (filed(part, name) for name, part in parts.items())
    form, narration = place.edition, timeline.narration
    return Manifest(
        guid=guid,
        title=place.article.title,
        language=plan.cast.language,
        added=known.added if known else added_now(),
        duration_ms=timeline.duration_ms,
        media_type=plan.target.format.media_type,
        audio=audio,
        sidecars={file.name.removeprefix(place.stem): file for file in beside},
        meta=plan.script.meta,
        origin=place.article.origin,
        chapters=in_ms(timeline.chapters, narration.rate_hz),
        text=tuple(passage for passage, _ in reading(plan.script)),
        maker=Maker(__version__, form.engine, plan.engine.version, form.voice, form.quote_voice, form.speed),
        speakers=plan.cast.by_speaker,
    )


def keep_record(plan: Plan, place: Place, manifest: Manifest, parts: Mapping[str, Path], fingerprint: str) -> None:
    """Keep what the episode was made of, for a run that would change nothing.

    The episode is finished whether or not its record can be kept; without one it is only made again. It is kept
    before the files have their names: by its record the next run knows that they are narrate's.
    """
    if not plan.cache_folder:
        return
    beside = {ending: parts[file.name] for ending, file in manifest.sidecars.items()}
    try:
        records = EpisodeRecords(plan.cache_folder)
        records.store(fingerprint, parts[place.path.name], manifest.duration_ms, beside)
    except OutputError as error:
        logger.warning("%s; the next run will make this episode again", error.message)


def result(
    plan: Plan, place: Place, manifest: Manifest | None, made: tuple[int, tuple[str, ...]], *, unchanged: bool
) -> Episode:
    """Return what the caller learns of an episode that lies in its folder.

    Args:
        plan: What was made.
        place: Where it lies.
        manifest: Of it, where it has one.
        made: Its length in milliseconds, and the endings of its sidecars.
        unchanged: It was there before.
    """
    duration_ms, endings = made
    guid = manifest.guid if manifest else place.new_guid()
    noted = (MANIFEST,) if plan.settings.sidecars else ()
    beside = tuple(sidecar_path(place.path, ending, place.stem) for ending in (*endings, *noted))
    size_bytes = place.path.stat().st_size
    return Episode(place.path, plan.script.meta, duration_ms, size_bytes, guid, unchanged, beside)
