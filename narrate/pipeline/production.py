"""One script on its way to one episode: chunks, clips, the file and what lies beside it."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.audio.encoder import codec_version
from narrate.audio.live_gain import Listener, Sink, also_heard
from narrate.audio.mastering import master, open_spool
from narrate.audio.music_plan import Beds, load_beds
from narrate.audio.timeline import LEAD_IN_MS, TAIL_MS, join
from narrate.core.article import Chunk, Script
from narrate.core.cache.keys import content_key
from narrate.core.chapters import in_ms
from narrate.core.clean_text import one_line
from narrate.core.episode import Chapter, Clip, Episode, Narration, Transcript
from narrate.core.errors import OutputError
from narrate.core.file_names import MANIFEST
from narrate.core.forecast import Forecast
from narrate.core.formats import require_bitrate
from narrate.core.progress import OnProgress, Progress
from narrate.core.settings.declaration import Decides
from narrate.core.settings.model import Settings, values_that_decide
from narrate.core.system.files import sum_of_content
from narrate.core.timecode import to_ms
from narrate.core.version import __version__
from narrate.episode.accounting import require_all_chunked, require_all_heard
from narrate.episode.chapters import chapters_of
from narrate.episode.cover.artwork import artwork, is_named
from narrate.episode.manifest import Edition, Maker, Manifest, added_now, filed
from narrate.episode.naming import episode_format, episode_path, episode_title, origin_of
from narrate.episode.provenance import record_of
from narrate.episode.reading_order import reading
from narrate.episode.sidecars import sidecar_path, sidecars_of
from narrate.episode.tags import tag
from narrate.episode.word_timing import transcribe
from narrate.library.identity import Identity, own_words
from narrate.library.locks import writing
from narrate.library.transactions import Change
from narrate.pipeline.cast import Cast
from narrate.pipeline.destination import Place
from narrate.pipeline.finished import EpisodeRecords, SoundCache
from narrate.pipeline.shared import ALONE, Company
from narrate.speech.chunking import chunk
from narrate.speech.clip_cache import ClipCache, clip_key
from narrate.speech.engines import Engine
from narrate.speech.pace import PaceNotes, Pacing
from narrate.speech.speech_bands import expected_lufs
from narrate.speech.synthesis import synthesise

if TYPE_CHECKING:
    from narrate.audio.mastering import Spool
    from narrate.episode.cover.cover import Cover

logger = logging.getLogger(__name__)


class Production:
    """Everything that one episode is made of; `episode` makes it."""

    def __init__(
        self,
        script: Script,
        settings: Settings,
        engine: Engine,
        cast: Cast,
        *,
        find_picture: Callable[[], bytes | None],
        on_progress: OnProgress,
        taken: Collection[Path] = (),
        source: str | Path = "-",
        company: Company = ALONE,
        listener: Listener | None = None,
    ) -> None:
        """Plan the episode; nothing is spoken or written yet.

        Args:
            script: What is said.
            settings: Everything else.
            engine: Speaks; the caller closes it.
            cast: Who speaks.
            find_picture: Gets the picture for the cover, None to draw one; asked only if the episode is made.
            on_progress: Called from this thread as work is finished.
            taken: Files that belong to other articles of the same run.
            source: Where the article came from.
            company: Articles that are spoken at the same time.
            listener: Hears the voice, without music, while it is spoken.

        Raises:
            ConfigError: Settings do not go together.
        """
        self.script, self.settings, self.engine, self.cast = script, settings, engine, cast
        self.find_picture, self.on_progress = find_picture, on_progress
        self.company, self.listener = company, listener
        self.format = episode_format(settings.output, settings.format)
        self.bitrate_kbps = require_bitrate(self.format, settings.bitrate_kbps)
        self.title = episode_title(script)
        path = episode_path(settings.output, self.title, self.format)
        article = Identity(
            one_line(self.title),
            script.meta.url or "",
            origin_of(source, path.parent),
            script.meta.published,
            own_words((utterance.kind, utterance.written) for utterance in script.utterances),
        )
        self.place = Place(path, article, self._edition(), settings, taken, company.library(path.parent))
        self.clips = ClipCache(settings.cache_folder) if settings.cache else None
        self.records = EpisodeRecords(settings.cache_folder) if settings.cache else None
        self.sounds = SoundCache(settings.cache_folder) if settings.cache and self.bitrate_kbps else None
        notes = PaceNotes(settings.cache_folder) if settings.cache and not company.is_elsewhere else None
        self.pacing = Pacing(notes, engine.name, engine.version, settings.speed, settings.jobs or engine.parallel)
        self.forecast = Forecast({})
        self.chunks = chunk(
            script,
            partial(engine.fits, voice=cast.voice.name),
            settings.pauses,
            by_sentence=not engine.word_timings,
            voices=cast.by_kind,
        )
        require_all_chunked(script, self.chunks)

    def _edition(self) -> Edition:
        quotes = self.cast.quote_voice.name if self.cast.quote_voice else ""
        return Edition(self.format.media_type, self.engine.name, self.cast.voice.name, quotes, self.settings.speed)

    @property
    def path(self) -> Path:
        """The episode's file; settled when the making begins."""
        return self.place.path

    def episode(self) -> Episode:
        """Make the episode, unless it is already what this would make.

        Raises:
            NarrateError: See narrate.core.errors.
        """
        self.company.before_claim(self.path)
        with self.place.claimed() as known:
            self.company.after_claim()
            if known and self.place.is_repeated:
                return self._result(known, (known.duration_ms, tuple(known.sidecars)), unchanged=True)
            fingerprint = self._fingerprint()
            made = self.records.find(fingerprint, self.path, self.place.stem) if self.records else None
            if made and self.place.is_filed(known, made[1]):
                return self._result(known, made, unchanged=True)
            manifest = self._write(known, fingerprint)
            return self._result(manifest, (manifest.duration_ms, tuple(manifest.sidecars)), unchanged=False)

    def stream(self) -> Narration:
        """Speak to the listener alone; no file is made, and the clips are those of an episode.

        Raises:
            NarrateError: See narrate.core.errors.
            OSError: The listener is gone.
        """
        narration = join(self._spoken(), self._also_heard(lambda samples, rate_hz: None))
        require_all_heard(self.chunks, narration)
        self.pacing.finish(self.forecast)
        return narration

    def _also_heard(self, sink: Sink, missed_ms: int = 0) -> Sink:
        if self.listener is None:
            return sink
        self.listener.expect(expected_lufs(self.engine.name, self.cast.voice.name))
        return also_heard(sink, self.listener, missed_ms)

    def _record(self, fingerprint: str, manifest: Manifest, parts: Mapping[str, Path]) -> None:
        """The episode is finished whether or not its record can be kept; without one it is only made again.

        It is kept before the files have their names: by its record the next run knows that they are narrate's.
        """
        try:
            if self.records:
                beside = {ending: parts[file.name] for ending, file in manifest.sidecars.items()}
                self.records.store(fingerprint, parts[self.path.name], manifest.duration_ms, beside)
        except OutputError as error:
            logger.warning("%s; the next run will make this episode again", error.message)

    def _write(self, known: Manifest | None, fingerprint: str) -> Manifest:
        """Write the file and what lies beside it; give what the manifest says."""
        settings = self.settings
        spool_folder = settings.cache_folder if settings.cache else self.path.parent
        with ExitStack() as files:
            files.enter_context(writing(self.path))
            # The file is opened before the first word, so that nobody waits an hour to learn that it cannot be.
            change = files.enter_context(self.place.changing())
            part = change.new(self.path.name)
            beds = load_beds(settings.music)
            cover = cache(self._cover)  # made when it is first asked for
            if is_named(settings.cover):
                cover()
            spool = files.enter_context(open_spool(spool_folder))
            lead_in_ms = beds.lead_in_ms(LEAD_IN_MS)
            sink = self._also_heard(spool.add, lead_in_ms - LEAD_IN_MS)
            # Whoever listens is not kept waiting for a picture.
            clips = self._spoken() if self.listener else self._spoken(cover)
            narration = join(clips, sink, lead_in_ms=lead_in_ms, tail_ms=beds.tail_ms(TAIL_MS))
            require_all_heard(self.chunks, narration)
            chapters = chapters_of(self.script, narration)
            self._sound(spool, narration, chapters, beds, part)
            self._tag(part, narration, chapters, cover())
            guid = known.guid if known else self.place.new_guid()
            transcript = transcribe(self.script, narration, language=self.cast.language, speakers=self.cast.speakers)
            parts = {self.path.name: part, **self._lay_beside(change, transcript, chapters, cover(), guid)}
            manifest = self._manifest(guid, known, narration, chapters, parts)
            record = record_of(self.script, settings, transcript, narration.placed)
            self.place.file(change, manifest, known, record)
            self._record(fingerprint, manifest, parts)
        self.place.filed()
        self.pacing.finish(self.forecast)
        return manifest

    def _sound(self, spool: Spool, narration: Narration, chapters: tuple[Chapter, ...], beds: Beds, part: Path) -> None:
        """Master the timeline, unless the cache has what that would give; what loses nothing is large and not kept."""
        article = self.place.article
        own = content_key((article.url or article.title, self.format.name))
        shown = (chapters, self.cast.language) if self.format.has_native_chapters else ()
        samples = (narration.rate_hz, spool.checksum())
        key = content_key((__version__, codec_version(), *samples, *self._mastering(), *shown))
        if self.sounds and self.sounds.load(own, key, part):
            return
        self._master(spool, narration, chapters, beds, part)
        try:
            if self.sounds:
                self.sounds.store(own, key, part)
        except OutputError as error:
            logger.warning("%s; the next run will encode this sound again", error.message)

    def _master(
        self, spool: Spool, narration: Narration, chapters: tuple[Chapter, ...], beds: Beds, part: Path
    ) -> None:
        master(
            spool,
            narration.rate_hz,
            part,
            loudness_lufs=self.settings.loudness_lufs,
            true_peak_dbtp=self.settings.true_peak_dbtp,
            bitrate_kbps=self.bitrate_kbps,
            format=self.format,
            stereo=self.settings.stereo,
            chapters=chapters,
            language=self.cast.language,
            mix=beds.mixer(narration),
            on_encoded=partial(self._tell_encoded, narration.duration_samples),
        )

    def _tag(self, part: Path, narration: Narration, chapters: tuple[Chapter, ...], cover: Cover | None) -> None:
        tag(
            part,
            self.script.meta,
            title=self.title,
            language=self.cast.language,
            format=self.format,
            chapters=chapters,
            rate_hz=narration.rate_hz,
            cover_jpeg=cover.small if cover else None,
            text="\n\n".join(utterance.written for utterance in self.script.utterances),
        )

    def _lay_beside(
        self, change: Change, transcript: Transcript, chapters: tuple[Chapter, ...], cover: Cover | None, guid: str
    ) -> Mapping[str, Path]:
        """Write the sidecars; their temporary files by the name that each will have."""
        if not self.settings.sidecars:
            return {}
        contents = sidecars_of(
            transcript,
            chapters,
            cover,
            self.script,
            title=self.place.article.title,
            audio_name=self.path.name,
            media_type=self.format.media_type,
            guid=guid,
            srt_line_chars=self.settings.srt_line_chars,
            stem=self.place.stem,
        )
        parts = {self.place.stem + ending: content for ending, content in contents.items()}
        made = {name: change.new(name) for name in parts}
        for name, content in parts.items():
            made[name].write_bytes(content)
        return made

    def _manifest(
        self,
        guid: str,
        known: Manifest | None,
        narration: Narration,
        chapters: tuple[Chapter, ...],
        parts: Mapping[str, Path],
    ) -> Manifest:
        audio, *beside = (filed(part, name) for name, part in parts.items())
        form = self.place.edition
        return Manifest(
            guid=guid,
            title=self.place.article.title,
            language=self.cast.language,
            added=known.added if known else added_now(),
            duration_ms=to_ms(narration.duration_samples, narration.rate_hz),
            media_type=self.format.media_type,
            audio=audio,
            sidecars={file.name.removeprefix(self.place.stem): file for file in beside},
            meta=self.script.meta,
            origin=self.place.article.origin,
            chapters=in_ms(chapters, narration.rate_hz),
            text=tuple(passage for passage, _ in reading(self.script)),
            maker=Maker(__version__, form.engine, self.engine.version, form.voice, form.quote_voice, form.speed),
        )

    def _cover(self) -> Cover | None:
        meta = self.script.meta
        words = {"title": self.title, "site": meta.site or "", "author": meta.author or ""}
        return artwork(self.settings.cover, self.find_picture, **words, language=self.cast.language)

    def _spoken(self, meanwhile: Callable[[], object] = lambda: None) -> Iterator[Clip]:
        self.forecast = self.pacing.forecast(self.chunks, self.clips, self._clip_key)
        clips = synthesise(
            self.chunks,
            self.engine,
            voice=self.cast.voice.name,
            speed=self.settings.speed,
            cache=self.clips,
            jobs=self.pacing.jobs,
            strict=self.settings.strict,
            executor=self.company.executor,
            heard=self.listener is not None,
            whole_chars=self.company.whole_chars,
            meanwhile=meanwhile,
            forecast=self.forecast,
        )
        done_chars, total_chars = 0, sum(len(piece.text) for piece in self.chunks)
        self.on_progress(Progress("speak", 0, total_chars, self.forecast))
        for clip in clips:
            yield clip
            done_chars += len(clip.chunk.text)
            self.on_progress(Progress("speak", done_chars, total_chars, self.forecast))

    def _tell_encoded(self, total_samples: int, done_samples: int) -> None:
        self.forecast.encoded(done_samples / total_samples if total_samples else 1.0)
        self.on_progress(Progress("encode", done_samples, total_samples, self.forecast))

    def _fingerprint(self) -> str:
        """Everything that decides the bytes of the files."""
        settings = self.settings
        spoken = content_key(
            (self._clip_key(piece), piece.pause_after_ms, piece.breaks, piece.chapter) for piece in self.chunks
        )
        written = content_key((said.kind, said.level, said.written) for said in self.script.utterances)
        beside = (*self._deciding(Decides.FILE), sum_of_content(settings.cover))
        tags = (self.title, self.cast, *dataclasses.astuple(self.script.meta), self.script.asides)
        # What a lenient run keeps is not good enough for a strict one.
        mastering = (settings.strict, *self._mastering())
        return content_key((__version__, codec_version(), spoken, written, mastering, beside, tags))

    def _mastering(self) -> tuple[object, ...]:
        """What decides the mastered sound of given clips: format and bit rate as they were settled, music's content."""
        music = self.settings.music
        return self.format, *self._deciding(Decides.SOUND), *map(sum_of_content, (music.before, music.after))

    def _deciding(self, stage: Decides) -> Iterator[tuple[str, object]]:
        settled = dataclasses.replace(self.settings, format=self.format.name, bitrate_kbps=self.bitrate_kbps)
        return values_that_decide(settled, stage)

    def _clip_key(self, piece: Chunk) -> str:
        engine, voice = self.engine, piece.voice or self.cast.voice.name
        return clip_key(piece.text, engine.name, engine.version, voice, self.settings.speed, piece.sounds)

    def _result(self, manifest: Manifest | None, made: tuple[int, tuple[str, ...]], *, unchanged: bool) -> Episode:
        duration_ms, endings = made
        guid = manifest.guid if manifest else self.place.new_guid()
        noted = (MANIFEST,) if self.settings.sidecars else ()
        beside = tuple(sidecar_path(self.path, ending, self.place.stem) for ending in (*endings, *noted))
        return Episode(self.path, self.script.meta, duration_ms, self.path.stat().st_size, guid, unchanged, beside)
