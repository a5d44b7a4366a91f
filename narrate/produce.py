"""One script on its way to one episode: chunks, clips, the file and what lies beside it."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.article import BlockKind, Chunk, Script
from narrate.audio import codec_version
from narrate.beds import Beds, load_beds
from narrate.cache import ClipCache, EpisodeRecords, clip_key, content_key
from narrate.chunk import chunk
from narrate.config import Settings
from narrate.contents import chapters_of
from narrate.cover import Cover, drawn_cover, picture_cover
from narrate.engines import Engine, Voice
from narrate.episode import Chapter, Clip, Episode, Narration
from narrate.errors import ConfigError, OutputError
from narrate.files import replacing, sha256_of
from narrate.formats import require_bitrate
from narrate.join import LEAD_IN_MS, TAIL_MS, join
from narrate.locks import exclusive, writing
from narrate.master import master, open_spool
from narrate.naming import episode_format, episode_guid, episode_path, episode_title
from narrate.progress import OnProgress, Progress
from narrate.sidecars import sidecar_path, sidecar_paths, sidecars_of
from narrate.synthesise import synthesise
from narrate.tag import tag
from narrate.timing import transcribe
from narrate.version import __version__

if TYPE_CHECKING:
    from narrate.master import Spool

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who speaks.

    Attributes:
        voice: The episode's voice.
        language: BCP 47 tag of the text.
        quote_voice: Another one for block quotes; None for the same.
    """

    voice: Voice
    language: str
    quote_voice: Voice | None = None

    @property
    def by_kind(self) -> Mapping[BlockKind, str]:
        """Names of other voices than the episode's, by the kind of block they speak."""
        other = self.quote_voice
        return {"quote": other.name} if other and other.name != self.voice.name else {}

    @property
    def speakers(self) -> Mapping[str, str]:
        """What a transcript calls each voice, by its name in a chunk; nothing where there is one only."""
        if not self.by_kind:
            return {}
        return {"": _shown(self.voice.name), **{name: _shown(name) for name in self.by_kind.values()}}


def _shown(voice: str) -> str:
    """ "af_heart" is called Heart; "en-GB" stays what it is."""
    names = (part.split(":")[0] for part in voice.split("+"))
    return " + ".join(name.rpartition("_")[2].capitalize() if "_" in name else name for name in names)


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

        Raises:
            ConfigError: Settings do not go together.
            OutputError: The episode's path is taken.
        """
        self.script = script
        self.settings = settings
        self.engine = engine
        self.cast = cast
        self.find_picture = find_picture
        self.on_progress = on_progress
        self.format = episode_format(settings.output, settings.format)
        self.bitrate_kbps = require_bitrate(self.format, settings.bitrate_kbps)
        self.title = episode_title(script)
        self.path = episode_path(settings.output, self.title, self.format)
        if self.path in taken:
            hint = "give one of them another name: narrate speak SOURCE -o NAME.mp3"
            raise OutputError(f"{self.path} is already the episode of another article of this run", hint)
        self.clips = ClipCache(settings.cache_folder) if settings.cache else None
        self.records = EpisodeRecords(settings.cache_folder) if settings.cache else None
        self.chunks = chunk(
            script,
            partial(engine.fits, voice=cast.voice.name),
            settings.pauses,
            by_sentence=not engine.word_timings,
            voices=cast.by_kind,
        )

    def episode(self) -> Episode:
        """Make the episode, unless it is already what this would make.

        Raises:
            NarrateError: See narrate.errors.
        """
        cache_folder = self.settings.cache_folder if self.settings.cache else None
        with exclusive(self.path, sidecar_paths(self.path), cache_folder):
            fingerprint = self._fingerprint()
            if self.records and (known := self.records.find(fingerprint, self.path)) is not None:
                return self._result(known, unchanged=True)
            duration_ms, endings = self._write()
            self._record(fingerprint, duration_ms, endings)
            return self._result((duration_ms, endings), unchanged=False)

    def _record(self, fingerprint: str, duration_ms: int, endings: Collection[str]) -> None:
        """The episode is finished whether or not its record can be kept; without one it is only made again."""
        try:
            if self.records:
                files = {ending: sidecar_path(self.path, ending) for ending in endings}
                self.records.store(fingerprint, self.path, duration_ms, files)
        except OutputError as error:
            logger.warning("%s; the next run will make this episode again", error.message)

    def _write(self) -> tuple[int, tuple[str, ...]]:
        """Write the file and its sidecars; their endings and the length in milliseconds."""
        settings = self.settings
        spool_folder = settings.cache_folder if settings.cache else self.path.parent
        with ExitStack() as files:
            files.enter_context(writing(self.path))
            # The file is opened before the first word, so that nobody waits an hour to learn that it cannot be.
            # What is opened last is finished first: the episode appears after what lies beside it.
            part = files.enter_context(replacing(self.path))
            cover, beds = self._cover(), load_beds(settings.music)
            spool = files.enter_context(open_spool(spool_folder))
            narration = join(
                self._spoken(), spool.add, lead_in_ms=beds.lead_in_ms(LEAD_IN_MS), tail_ms=beds.tail_ms(TAIL_MS)
            )
            chapters = chapters_of(self.script, narration)
            self._master(spool, narration, chapters, beds, part)
            self._tag(part, narration, chapters, cover)
            sidecars = self._sidecars(narration, chapters, cover)
            for ending, content in sidecars.items():
                files.enter_context(replacing(sidecar_path(self.path, ending))).write_bytes(content)
        self._remove_stale(sidecars)
        return round(narration.duration_samples * 1000 / narration.rate_hz), tuple(sidecars)

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
            on_encoded=lambda done: self.on_progress(Progress("encode", done, narration.duration_samples)),
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

    def _sidecars(
        self, narration: Narration, chapters: tuple[Chapter, ...], cover: Cover | None
    ) -> Mapping[str, bytes]:
        if not self.settings.sidecars:
            return {}
        language, speakers = self.cast.language, self.cast.speakers
        transcript = transcribe(self.script, narration, language=language, speakers=speakers)
        line_chars = self.settings.srt_line_chars
        meta = self.script.meta
        return sidecars_of(transcript, chapters, cover, meta, title=self.title, srt_line_chars=line_chars)

    def _remove_stale(self, sidecars: Mapping[str, bytes]) -> None:
        """A transcript or cover of an earlier version would belong to another sound."""
        for path in sidecar_paths(self.path) if self.settings.sidecars else ():
            if path not in (sidecar_path(self.path, ending) for ending in sidecars):
                with writing(path):
                    path.unlink(missing_ok=True)

    def _cover(self) -> Cover | None:
        if self.settings.cover == "none":
            return None
        meta = self.script.meta
        picture = self.find_picture()
        cover = picture_cover(picture) if picture else None
        if picture and not cover:
            if self.settings.cover != "auto":
                hint = "use a JPEG, PNG or WebP of at least 300 pixels on each side"
                raise ConfigError(f"{self.settings.cover} cannot be made into a cover", hint)
            logger.warning("the article's picture cannot be made into a cover, and one is drawn")
        return cover or drawn_cover(
            self.title, site=meta.site or "", author=meta.author or "", language=self.cast.language
        )

    def _spoken(self) -> Iterator[Clip]:
        clips = synthesise(
            self.chunks,
            self.engine,
            voice=self.cast.voice.name,
            speed=self.settings.speed,
            cache=self.clips,
            jobs=self.settings.jobs or self.engine.parallel,
        )
        done_chars, total_chars = 0, sum(len(piece.text) for piece in self.chunks)
        self.on_progress(Progress("speak", 0, total_chars))
        for clip in clips:
            yield clip
            done_chars += len(clip.chunk.text)
            self.on_progress(Progress("speak", done_chars, total_chars))

    def _fingerprint(self) -> str:
        """Everything that decides the bytes of the files."""
        settings = self.settings
        spoken = [(self._clip_key(piece), piece.pause_after_ms, piece.breaks, piece.chapter) for piece in self.chunks]
        written = [(said.kind, said.level, said.written) for said in self.script.utterances]
        mastering = (settings.loudness_lufs, settings.true_peak_dbtp, self.format, self.bitrate_kbps, settings.stereo)
        pictures = (settings.cover, _content(settings.cover), settings.sidecars, settings.srt_line_chars)
        music = (settings.music, _content(settings.music.before), _content(settings.music.after))
        tags = (self.title, self.cast, *dataclasses.astuple(self.script.meta))
        return content_key((__version__, codec_version(), spoken, written, mastering, pictures, music, tags))

    def _clip_key(self, piece: Chunk) -> str:
        engine, voice = self.engine, piece.voice or self.cast.voice.name
        return clip_key(piece.text, engine.name, engine.version, voice, self.settings.speed, piece.sounds)

    def _result(self, made: tuple[int, tuple[str, ...]], *, unchanged: bool) -> Episode:
        duration_ms, endings = made
        guid = episode_guid(self.script.meta, self.title)
        beside = tuple(sidecar_path(self.path, ending) for ending in endings)
        return Episode(self.path, self.script.meta, duration_ms, self.path.stat().st_size, guid, unchanged, beside)


def _content(file: Path | str | None) -> str:
    """The checksum of a file that goes into an episode; "" where there is none, which is reported when it is used."""
    try:
        return sha256_of(Path(file).expanduser()) if file else ""
    except (OSError, ValueError, RuntimeError):
        return ""
