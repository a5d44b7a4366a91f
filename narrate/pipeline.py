"""The only place where stages meet: a source in, a script or an episode out.

    read -> clean -> spoken -> chunk -> synthesise -> join -> master -> tag

The audio half is imported when the first episode is made, so that the text half starts in an instant.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from narrate.article import Chunk, Cleaned, Metadata, Script
from narrate.chunk import chunk
from narrate.clean import RULES, clean
from narrate.config import CleanChoices, Settings, user_folder
from narrate.errors import ConfigError, NothingToSay, OutputError
from narrate.language import primary_language
from narrate.lexicon import Lexicon, load_lexicon, shipped_lexicon
from narrate.naming import episode_guid, episode_path, episode_title
from narrate.policy import apply_policies
from narrate.read import read_source
from narrate.spoken import to_script

if TYPE_CHECKING:
    from filelock import FileLock

    from narrate.engines import Engine, Voice
    from narrate.episode import Clip, Episode

logger = logging.getLogger(__name__)

DEFAULT_LANGUAGE = "en"
LEXICON_NAME = "lexicon.toml"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        stage: "speak", counted in characters of spoken text, then "encode", counted in samples.
        done: What is finished of the stage.
        total: All of it.
    """

    stage: Literal["speak", "encode"]
    done: int
    total: int


OnProgress = Callable[[Progress], None]


def read_and_clean(source: str | Path, settings: Settings) -> Cleaned:
    """Read a source and drop what nobody wants to hear."""
    article = read_source(source, settings)
    choices = _choices(settings, article.meta)
    return clean(article, _language(settings, article.meta), keep=choices.keep, drop=choices.drop)


def _choices(settings: Settings, meta: Metadata) -> CleanChoices:
    """The user's own word on cleaning: what holds everywhere, and what holds for the article's site."""
    host = urlsplit(meta.url or "").hostname or ""
    sites = [own for site, own in settings.clean_sites if host == site or host.endswith(f".{site}")]
    keep = tuple(name for choices in (settings.clean, *sites) for name in choices.keep)
    drop = tuple(pattern for choices in (settings.clean, *sites) for pattern in choices.drop)
    known = [name for name, _ in RULES]
    if unknown := sorted(set(keep) - set(known)):
        raise ConfigError(f"there is no cleaning rule {unknown[0]!r} to keep", f"the rules: {', '.join(known)}")
    return CleanChoices(keep, drop)


def make_script(source: str | Path, settings: Settings, voice_language: str = "") -> Script:
    """Everything that will be said of a source, and everything that will not.

    Args:
        source: Path or address, or "-" for standard input.
        settings: Their language is that of the text.
        voice_language: Language of the voice, for a text whose language nobody names.

    Raises:
        SourceError: The source cannot be read.
        NothingToSay: No words are left.
    """
    script = script_of(read_and_clean(source, settings), settings, voice_language, lexicon_for(source, settings))
    return require_words(script, source)


def script_of(cleaned: Cleaned, settings: Settings, voice_language: str = "", lexicon: Lexicon | None = None) -> Script:
    """The script of an article that is already cleaned; it may be empty."""
    language = _language(settings, cleaned.article.meta, voice_language)
    return to_script(apply_policies(cleaned, settings.blocks, settings.table_max_cells, language), language, lexicon)


def lexicon_for(source: str | Path, settings: Settings) -> Lexicon:
    """The shipped lexicon, then the user's, then the one beside the article, then those of --lexicon; later ones win.

    Raises:
        ConfigError: A file cannot be used; says which line.
    """
    folders = [user_folder()]
    if isinstance(source, Path) or Path(source).is_file():
        folders.append(Path(source).parent)
    found = [folder / LEXICON_NAME for folder in folders if (folder / LEXICON_NAME).is_file()]
    return shipped_lexicon() + load_lexicon([*found, *settings.lexicon])


def require_words(script: Script, source: str | Path) -> Script:
    """Raise NothingToSay, in the name of the source, unless the script says something."""
    if not script.utterances:
        dropped = f"; blocks dropped: {len(script.drops)}" if script.drops else ""
        hint = f"narrate script --dropped {source} shows what was dropped" if script.drops else "check the file"
        raise NothingToSay(f"{source} has no words to speak{dropped}", hint)
    return script


def make_episode(
    source: str | Path,
    settings: Settings,
    *,
    engine: Engine | None = None,
    on_progress: OnProgress | None = None,
    taken: Collection[Path] = (),
) -> Episode:
    """Speak a source into an MP3.

    An episode that already is what this run would make is left as it is. The file appears whole or not
    at all, and clips that were spoken before, also by a run that was killed, are not spoken again.

    Args:
        source: Path or address, or "-" for standard input.
        settings: Everything else.
        engine: One that is already made, to share it among episodes; the caller closes it.
        on_progress: Called from this thread as clips are finished.
        taken: Files that belong to other articles of the same run.

    Raises:
        NarrateError: See narrate.errors.
    """
    if engine is None:
        with open_engine(settings) as made:
            return make_episode(source, settings, engine=made, on_progress=on_progress, taken=taken)
    from narrate.engines import find_voice

    voice = find_voice(engine, settings.voice)
    script = make_script(source, settings, voice.language)
    _warn_of_foreign_voice(_language(settings, script.meta, voice.language), voice)
    return _Run(script, settings, engine, voice, on_progress or _silent, taken).episode()


@contextmanager
def open_engine(settings: Settings) -> Iterator[Engine]:
    """The engine that the settings name, to be shared by any number of episodes."""
    from narrate.engines import make_engine

    engine = make_engine(settings)
    try:
        yield engine
    finally:
        engine.close()


def _language(settings: Settings, meta: Metadata, voice_language: str = "") -> str:
    """What the text is in: as told, as the article says, as the voice speaks ("und" speaks none), else English."""
    spoken = "" if voice_language == "und" else voice_language
    if settings.language or not spoken:
        return settings.language or meta.language or DEFAULT_LANGUAGE
    # A British voice reads an article that is in English, and says no more of itself, the British way.
    return spoken if meta.language in (None, primary_language(spoken)) else meta.language


def _warn_of_foreign_voice(language: str, voice: Voice) -> None:
    if voice.language != "und" and primary_language(language) != primary_language(voice.language):
        message = "the text is in %r, and the voice %s speaks %s; narrate voices lists the others"
        logger.warning(message, language, voice.name, voice.language)


class _Run:
    """One script on its way to one file."""

    def __init__(
        self,
        script: Script,
        settings: Settings,
        engine: Engine,
        voice: Voice,
        on_progress: OnProgress,
        taken: Collection[Path],
    ) -> None:
        from narrate.cache import ClipCache, EpisodeRecords

        self.script = script
        self.settings = settings
        self.engine = engine
        self.voice = voice
        self.on_progress = on_progress
        self.clips = ClipCache(settings.cache_folder) if settings.cache else None
        self.records = EpisodeRecords(settings.cache_folder) if settings.cache else None
        self.title = episode_title(script)
        self.language = _language(settings, script.meta, voice.language)
        self.path = episode_path(settings.output, self.title)
        if self.path in taken:
            hint = "give one of them another name: narrate speak SOURCE -o NAME.mp3"
            raise OutputError(f"{self.path} is already the episode of another article of this run", hint)
        self.chunks = chunk(script, engine.fits, settings.pauses)

    def episode(self) -> Episode:
        with _exclusive(self.path, self.settings):
            fingerprint = self._fingerprint()
            if self.records and (duration_ms := self.records.duration_ms(fingerprint, self.path)) is not None:
                return self._result(duration_ms, unchanged=True)
            duration_ms = self._write()
            self._record(fingerprint, duration_ms)
            return self._result(duration_ms, unchanged=False)

    def _record(self, fingerprint: str, duration_ms: int) -> None:
        """The episode is finished whether or not its record can be kept; without one it is only made again."""
        try:
            if self.records:
                self.records.store(fingerprint, self.path, duration_ms)
        except OutputError as error:
            logger.warning("%s; the next run will make this episode again", error.message)

    def _write(self) -> int:
        from narrate.files import replacing
        from narrate.join import join
        from narrate.master import master, open_spool
        from narrate.tag import tag

        settings = self.settings
        spool_folder = settings.cache_folder if settings.cache else self.path.parent
        # The file is opened before the first word, so that nobody waits an hour to learn that it cannot be.
        with _writing(self.path), replacing(self.path) as part, open_spool(spool_folder) as spool:
            narration = join(self._spoken(), spool.add)
            master(
                spool,
                narration.rate_hz,
                part,
                loudness_lufs=settings.loudness_lufs,
                true_peak_dbtp=settings.true_peak_dbtp,
                bitrate_kbps=settings.bitrate_kbps,
                on_encoded=lambda done: self.on_progress(Progress("encode", done, narration.duration_samples)),
            )
            tag(part, self.script.meta, title=self.title, language=self.language)
        return round(narration.duration_samples * 1000 / narration.rate_hz)

    def _spoken(self) -> Iterator[Clip]:
        from narrate.synthesise import synthesise

        clips = synthesise(
            self.chunks,
            self.engine,
            voice=self.voice.name,
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
        """Everything that decides the bytes of the file."""
        from narrate import __version__
        from narrate.audio import codec_version
        from narrate.cache import clip_key, content_key

        def key(piece: Chunk) -> str:
            engine, voice = self.engine, self.voice.name
            return clip_key(piece.text, engine.name, engine.version, voice, self.settings.speed, piece.sounds)

        spoken = [(key(piece), piece.pause_after_ms, piece.chapter) for piece in self.chunks]
        mastering = (self.settings.loudness_lufs, self.settings.true_peak_dbtp, self.settings.bitrate_kbps)
        tags = (self.title, self.language, *dataclasses.astuple(self.script.meta))
        return content_key((__version__, codec_version(), spoken, mastering, tags))

    def _result(self, duration_ms: int, *, unchanged: bool) -> Episode:
        from narrate.episode import Episode

        guid = episode_guid(self.script.meta, self.title)
        size_bytes = self.path.stat().st_size
        return Episode(self.path, self.script.meta, duration_ms, size_bytes, guid, unchanged)


@contextmanager
def _exclusive(path: Path, settings: Settings) -> Iterator[None]:
    """Let one process at a time write an episode, and clear away what a killed one left.

    Locks live in the cache folder; without a cache two runs do their work twice, each in a file of its own.
    """
    if not settings.cache:
        yield
        return
    from filelock import FileLock

    from narrate.cache import CACHE_HINT, content_key
    from narrate.files import remove_leftovers

    locks = settings.cache_folder / "locks"
    try:
        locks.mkdir(parents=True, exist_ok=True)
        lock = FileLock(locks / f"{content_key([path.absolute()])[:32]}.lock")
        _acquire(lock, path)
    except OSError as error:
        message = f"the cache folder {settings.cache_folder} cannot be used: {error}"
        raise OutputError(message, CACHE_HINT) from error
    try:
        with _writing(path):
            remove_leftovers(path)
        yield
    finally:
        lock.release()


def _acquire(lock: FileLock, path: Path) -> None:
    from filelock import Timeout

    try:
        lock.acquire(timeout=0)
    except Timeout:
        logger.warning("another run is writing %s; waiting for it", path)
        lock.acquire()


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "check the folder's permissions and free space, or choose another with -o"
        raise OutputError(f"{path} cannot be written: {reason}", hint) from error


def _silent(progress: Progress) -> None:
    """For callers that do not watch."""
