"""The plan of one episode: its script in chunks, who speaks them, and in which format; nothing is spoken yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from narrate.core.article import Chunk, Metadata, Script
from narrate.core.clean_text import one_line
from narrate.core.formats import Format, require_bitrate
from narrate.core.settings.model import Settings
from narrate.episode.accounting import require_all_chunked
from narrate.episode.manifest import Edition
from narrate.episode.naming import episode_format, episode_path, episode_title, origin_of
from narrate.library.identity import Identity, own_words
from narrate.pipeline.cast import Cast, with_marked_voices
from narrate.pipeline.destination import Place
from narrate.pipeline.shared import Request
from narrate.sources.read.draft.origin import made_of
from narrate.speech.chunking import chunk
from narrate.speech.clip_cache import clip_key
from narrate.speech.engines import Engine


@dataclass(frozen=True, slots=True)
class Target:
    """The file that is wanted.

    Attributes:
        title: Of the episode.
        format: Of the sound.
        bitrate_kbps: Of the sound; None where the format loses nothing.
    """

    title: str
    format: Format
    bitrate_kbps: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides what an episode will be.

    Attributes:
        script: What is said.
        chunks: The same in pieces that the engine takes, with the pauses between them.
        settings: Everything else.
        engine: Speaks; the caller closes it.
        cast: Who speaks.
        target: The file that is wanted.
    """

    script: Script
    chunks: Sequence[Chunk]
    settings: Settings
    engine: Engine
    cast: Cast
    target: Target

    @property
    def cache_folder(self) -> Path | None:
        """The folder where finished work is kept; None to keep none."""
        return self.settings.cache_folder if self.settings.cache else None

    def clip_key(self, piece: Chunk) -> str:
        """Name of a chunk's clip in the cache."""
        engine, voice = self.engine, piece.voice or self.cast.voice.name
        return clip_key(piece.text, engine.name, engine.version, voice, self.settings.speed, piece.sounds)


def target_of(script: Script, settings: Settings) -> Target:
    """Return the file that the settings ask for.

    Raises:
        ConfigError: Settings do not go together.
    """
    format = episode_format(settings.output, settings.format)
    return Target(episode_title(script), format, require_bitrate(format, settings.bitrate_kbps))


def chunked(script: Script, settings: Settings, engine: Engine, cast: Cast) -> Sequence[Chunk]:
    """Return the script in pieces that the engine takes in one call; no word of it is missing.

    Raises:
        MarkError: The text names a voice that the engine does not have.
        NarrateError: A word is too long for the engine, or would be lost.
    """
    script = with_marked_voices(script, engine)
    chunks = chunk(
        script,
        partial(engine.fits, voice=cast.voice.name),
        settings.pauses,
        by_sentence=not engine.word_timings,
        voices=cast.by_kind,
        speakers=cast.by_speaker,
    )
    require_all_chunked(script, chunks)
    return chunks


def place_of(plan: Plan, request: Request) -> Place:
    """Return where the episode goes in its folder; nothing is looked for yet."""
    script, title = plan.script, plan.target.title
    path = episode_path(plan.settings.output, title, plan.target.format)
    article = Identity(
        one_line(title),
        script.meta.url or "",
        _origin(request.source, script.meta, path.parent),
        script.meta.published,
        own_words((said.kind, said.shown) for said in script.utterances if said.kind != "speaker"),
    )
    library = request.company.library(path.parent)
    return Place(path, article, _edition(plan), plan.settings, request.taken, library)


def _origin(source: str | Path, meta: Metadata, folder: Path) -> str:
    """Return the article's origin, also of a draft: that of its article, as noted where the article is gone."""
    article = made_of(source)
    if article == source and meta.origin is not None:
        return meta.origin
    return origin_of(article, folder)


def _edition(plan: Plan) -> Edition:
    quotes = plan.cast.quote_voice.name if plan.cast.quote_voice else ""
    return Edition(plan.target.format.media_type, plan.engine.name, plan.cast.voice.name, quotes, plan.settings.speed)
