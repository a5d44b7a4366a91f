"""The cast of an episode: its voices, and their language."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from narrate.core.article import BlockKind, Mark, Metadata, Script
from narrate.core.errors import ConfigError, MarkError, UnknownVoice
from narrate.core.settings.model import Settings
from narrate.pipeline.stages import text_language
from narrate.speech.engines import Engine, Voice, choose_voice, find_voice, speaks

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cast:
    """The voices of an episode.

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
        """The transcript's name of each voice, by its name in a chunk; nothing where there is one only."""
        if not self.by_kind:
            return {}
        return {"": _shown(self.voice.name), **{name: _shown(name) for name in self.by_kind.values()}}


def cast_for(engine: Engine, settings: Settings, meta: Metadata) -> Cast:
    """Return the voices: those that are named, else the best that the engine has for the article's language.

    An article's own voice is heeded unless a flag names another (`own_voice`).

    Raises:
        UnknownVoice: The engine has none like that.
    """
    wanted = settings.language or meta.language
    if meta.voice and settings.own_voice:
        voice = _own_voice(engine, meta, wanted)
    else:
        voice = choose_voice(engine, settings.voice, gender=settings.gender, language=wanted)
    quotes = choose_voice(engine, settings.quote_voice, language=wanted) if settings.quote_voice else None
    language = text_language(settings, meta, voice.language)
    for one in (voice, quotes):
        if one and not speaks(one, language):
            message = "the text is in %r, and the voice %s speaks %s; narrate voices lists the others"
            logger.warning(message, language, one.name, one.language)
    return Cast(voice, language, quotes)


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
