"""The cast of an episode: its voices, and their language."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from narrate.core.article import Article, BlockKind, Cleaned, Mark, Metadata, Script
from narrate.core.casting import Casting
from narrate.core.errors import ConfigError, MarkError, UnknownVoice
from narrate.core.settings.model import Settings
from narrate.episode.naming import episode_format, episode_path
from narrate.library.show_cast import ShowCast
from narrate.pipeline.casting import casting_for, voices_of_speakers
from narrate.pipeline.stages import text_language
from narrate.speech.engines import Engine, Voice, choose_voice, find_voice, speaks
from narrate.text.quotations import with_quote_voice
from narrate.text.speakers import speakers_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cast:
    """The voices of an episode.

    Attributes:
        voice: The episode's voice.
        language: BCP 47 tag of the text.
        quote_voice: Another one for block quotes; None for the same.
        by_speaker: Names of the voices of those who speak in a dialogue, by their names; the episode's own for who has
            none. Empty where the article has one voice.
    """

    voice: Voice
    language: str
    quote_voice: Voice | None = None
    # A fingerprint has it by itself: an episode with one voice keeps the one that it had.
    by_speaker: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def by_kind(self) -> Mapping[BlockKind, str]:
        """Names of other voices than the episode's, by the kind of block they speak."""
        other = self.quote_voice
        return {"quote": other.name} if other and other.name != self.voice.name else {}

    @property
    def speakers(self) -> Mapping[str, str]:
        """The transcript's name of each voice, by its name in a chunk; nothing where there is one only."""
        if not self.by_kind:
            return {}
        return {"": _shown(self.voice.name), **{name: _shown(name) for name in self.by_kind.values()}}

    @property
    def alike(self) -> frozenset[str]:
        """Speakers who have the same voice as another one."""
        voices = Counter(self.by_speaker.values())
        return frozenset(name for name, voice in self.by_speaker.items() if voices[voice] > 1)


def cast_for(engine: Engine, settings: Settings, article: Article, show: ShowCast | None = None) -> Cast:
    """Return the voices: those that are named, else the best that the engine has for the article's language.

    An article's own voice is heeded unless a flag names another (`own_voice`).

    Args:
        engine: Who has the voices.
        settings: Which are wanted.
        article: What is spoken, with its speakers where a cast is asked for.
        show: The voices that speakers had in earlier episodes of the folder; those that get one now are kept.

    Raises:
        UnknownVoice: The engine has none like that.
        ConfigError: A name of the cast is nobody's in the article.
        OutputError: The show's cast cannot be read or kept.
    """
    meta = article.meta
    wanted = settings.language or meta.language
    if meta.voice and settings.own_voice:
        voice = _own_voice(engine, meta, wanted)
    else:
        voice = choose_voice(engine, settings.voice, gender=settings.gender, language=wanted)
    quotes = choose_voice(engine, settings.quote_voice, language=wanted) if settings.quote_voice else None
    language = text_language(settings, meta, voice.language)
    people = speakers_of(article.blocks)
    asked = casting_for(settings, meta) if people else Casting()
    others = frozenset(one.name for one in (voice, quotes) if one)
    by_speaker = voices_of_speakers(engine, asked, people, language, taken=others, show=show)
    for one in (voice, quotes):
        if one and not speaks(one, language):
            message = "the text is in %r, and the voice %s speaks %s; narrate voices lists the others"
            logger.warning(message, language, one.name, one.language)
    own = {name: by_speaker.get(name, voice.name) for name in people} if asked else {}
    return Cast(voice, language, quotes, own)


def show_of(settings: Settings) -> ShowCast:
    """Return the kept voices of the folder that an episode goes into."""
    format = episode_format(settings.output, settings.format)
    return ShowCast(episode_path(settings.output, "episode", format).parent)


def quoted(cleaned: Cleaned, settings: Settings, cast: Cast) -> Cleaned:
    """Return an article whose quotations in sentences have the quote voice, where that is asked for."""
    other = cast.by_kind.get("quote")
    return with_quote_voice(cleaned, other) if settings.inline_quotes and other else cleaned


def _own_voice(engine: Engine, meta: Metadata, language: str | None) -> Voice:
    try:
        return choose_voice(engine, meta.voice, gender=None, language=language)
    except UnknownVoice as error:
        where = f"{meta.source or 'the article'}: voice: {meta.voice} in the front matter cannot be used"
        raise UnknownVoice(f"{where}: {error.message}", f"{error.hint}; --voice wins over it") from error


def with_marked_voices(script: Script, engine: Engine) -> Script:
    """Return a script whose voice marks have names of the engine's.

    Raises:
        MarkError: The engine has no voice of a name; says in which line it stands.
    """
    if not any(mark.kind == "voice" for said in script.utterances for mark in said.marks):
        return script
    source = script.meta.source or script.meta.title or "the text"

    def named(mark: Mark) -> Mark:
        return replace(mark, value=_voice_of(mark, engine, source)) if mark.kind == "voice" else mark

    utterances = (replace(said, marks=tuple(map(named, said.marks))) for said in script.utterances)
    return replace(script, utterances=tuple(utterances))


def _voice_of(mark: Mark, engine: Engine, source: str) -> str:
    try:
        return find_voice(engine, mark.value).name
    except ConfigError as error:
        place = f"{source}, line {mark.line}" if mark.line else source
        raise MarkError(f"{place}: {error.message}", error.hint.replace("--voice ", "")) from error


def _shown(voice: str) -> str:
    """ "af_heart" is called Heart; "en-GB" stays what it is."""
    names = (part.split(":")[0] for part in voice.split("+"))
    return " + ".join(name.rpartition("_")[2].capitalize() if "_" in name else name for name in names)
