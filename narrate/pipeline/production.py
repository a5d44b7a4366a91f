"""The production of one episode: the order of all stages, from the source to the files in the folder."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from narrate.audio.mastering import open_spool
from narrate.episode.provenance import record_of
from narrate.pipeline import filing
from narrate.pipeline.cast import cast_for, quoted, show_of
from narrate.pipeline.engine import with_fallback
from narrate.pipeline.fingerprint import fingerprint
from narrate.pipeline.picture import cover_of
from narrate.pipeline.plan import Plan, chunked, place_of, target_of
from narrate.pipeline.sound import music_of, timeline_of, transcript_of, write_sound
from narrate.pipeline.speaking import Speaking
from narrate.pipeline.stages import cleaned_request, spoken_script

if TYPE_CHECKING:
    from narrate.core.episode import Episode
    from narrate.core.settings.model import Settings
    from narrate.pipeline.shared import Request
    from narrate.speech.engines import Engine


def produce(request: Request, settings: Settings, engine: Engine) -> Episode:
    """Return the episode of a source: made now, or there before and unchanged. All stages stand here in their order.

    Raises:
        NarrateError: See narrate.core.errors.
    """
    turn = request.company.turn
    cleaned = cleaned_request(request, settings)

    def episode_by(settings: Settings, engine: Engine) -> Episode:
        cast = cast_for(engine, settings, cleaned.article, show_of(settings))
        said = quoted(cleaned, settings, cast)
        script = spoken_script(said, request, settings, cast.voice.language, cast.alike)
        chunks = chunked(script, settings, engine, cast)
        plan = Plan(script, chunks, settings, engine, cast, target_of(script, settings))
        place = place_of(plan, request)
        speaking = Speaking(plan, request)
        turn.before_claim(place.path)
        with place.claimed() as known:
            turn.after_claim()
            key = fingerprint(plan)
            if there := filing.already_made(plan, place, known, key):
                return there
            with place.changing() as change:
                # The file is opened before the first word, so that nobody waits an hour to learn that it cannot be.
                part = change.new(place.path.name)
                beds = music_of(plan)
                cover = cover_of(plan, request)
                with open_spool(plan.cache_folder or place.path.parent) as spool:
                    clips = speaking.clips(meanwhile=cover)  # synthesise
                    narration = speaking.joined(clips, spool.add, beds)  # join
                    timeline = timeline_of(plan, narration, beds)
                    write_sound(plan, spool, timeline, part, speaking.tell_encoded)  # master
                    filing.write_tags(plan, part, timeline, cover())  # tag
                    guid = known.guid if known else place.new_guid()
                    transcript = transcript_of(plan, narration)
                    beside = partial(filing.write_sidecars, plan, place, change, transcript, timeline)  # sidecars
                    parts = {place.path.name: part, **beside(cover=cover(), guid=guid)}
                    manifest = filing.manifest_of(plan, place, timeline, parts, guid=guid, known=known)
                    place.file(change, manifest, known, record_of(script, settings, transcript, narration.placed))
                    filing.keep_record(plan, place, manifest, parts, key)
            # Publish: where the change ended, all files have their names in the folder, or none.
            place.filed()
            speaking.finish()
            made = manifest.duration_ms, tuple(manifest.sidecars)
            return filing.result(plan, place, manifest, made, unchanged=False)

    return with_fallback(request, settings, engine, episode_by)


def stream(request: Request, settings: Settings, engine: Engine) -> None:
    """Speak a source to the listener alone; no file is made, and the clips are those of an episode.

    Raises:
        NarrateError: See narrate.core.errors.
        OSError: The listener is gone.
    """
    cleaned = cleaned_request(request, settings)

    def told_by(settings: Settings, engine: Engine) -> None:
        cast = cast_for(engine, settings, cleaned.article)
        said = quoted(cleaned, settings, cast)
        script = spoken_script(said, request, settings, cast.voice.language, cast.alike)
        chunks = chunked(script, settings, engine, cast)
        speaking = Speaking(Plan(script, chunks, settings, engine, cast, target_of(script, settings)), request)
        speaking.told(speaking.clips())
        speaking.finish()

    with_fallback(request, settings, engine, told_by)
