"""Notes of a draft: what will be said where it is not what is written, and words that the voice may say wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrate.core.article import Cleaned, Script, Utterance
from narrate.core.settings.model import Settings
from narrate.pipeline.cast import cast_for
from narrate.pipeline.lexicons import lexicon_for
from narrate.pipeline.stages import script_of, text_language
from narrate.sources.read.characters import tidy
from narrate.sources.read.draft.articles import article_of
from narrate.sources.read.draft.values import Draft
from narrate.text.block_policy import apply_policies, spoken_count
from narrate.text.doubtful_words import doubtful_words

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.speech.engines import Engine, Voice
    from narrate.text.doubtful_words import DoubtfulWord
    from narrate.text.lexicon import Lexicon

# What a note says of a block that is not spoken: its kind is left out by the settings, or it has no words.
NOTHING = "(nothing)"


@dataclass(frozen=True, slots=True)
class Spoken:
    """The spoken form of a draft, by its blocks.

    Attributes:
        script: All of it.
        owners: For each of the article's spoken blocks, the number of the draft's block that it is of.
        lexicon: How names are said.
        voice: The episode's.
        language: BCP 47 tag of what is said.
    """

    script: Script
    owners: Sequence[int]
    lexicon: Lexicon
    voice: Voice
    language: str

    @property
    def by_block(self) -> Mapping[int, Sequence[Utterance]]:
        """Utterances of each block of the draft, by its number; none for one that is not spoken."""
        said: dict[int, list[Utterance]] = {}
        for utterance in self.script.utterances:
            said.setdefault(self.owners[utterance.block], []).append(utterance)
        return said


def spoken_draft(draft: Draft, source: str | Path, settings: Settings, engine: Engine) -> Spoken:
    """Return what will be said of a draft, without an intro and an outro.

    Args:
        draft: Its notes do not matter.
        source: The article, or the draft: lexicons are looked for beside it.
        settings: What becomes of code, tables and the like; which voice, and which lexicons.
        engine: Has the voice.

    Raises:
        ConfigError: A lexicon or a voice cannot be used.
    """
    article = article_of(draft)
    settings = replace(settings, intro=False, outro=False)
    voice = cast_for(engine, settings, article).voice
    lexicon = lexicon_for(source, settings, article.meta)
    cleaned = Cleaned(article, article.drops)
    script = script_of(cleaned, settings, lexicon, voice.language)
    language = text_language(settings, article.meta, voice.language)
    kept = [number for number, one in enumerate(draft.blocks) if not one.is_dropped]
    owners = [kept[number] for number in _owners(cleaned, settings, language)]
    return Spoken(script, owners, lexicon, voice, language)


def noted(draft: Draft, source: str | Path, settings: Settings, engine: Engine) -> Draft:
    """Return a draft with its notes made anew; nothing else of it is changed.

    Args:
        draft: What stands in its notes on speech does not matter.
        source: As in `spoken_draft`, and so the rest; the engine knows how its voice says words.

    Raises:
        ConfigError: A lexicon or a voice cannot be used.
    """
    return with_notes(draft, spoken_draft(draft, source, settings, engine), engine)


def with_notes(draft: Draft, spoken: Spoken, engine: Engine) -> Draft:
    """Return a draft with notes on what will be said of it."""
    from narrate.speech.engines.abilities import pronouncer_of

    found = doubtful_words(spoken.script, spoken.lexicon, pronouncer_of(engine, spoken.voice.name))
    said, doubtful = _said(spoken), _doubtful(spoken, found)
    blocks = []
    for number, one in enumerate(draft.blocks):
        text = "" if one.is_dropped else said.get(number, NOTHING)
        is_told = text == tidy(one.say or one.block.text)
        blocks.append(replace(one, said="" if is_told else text, doubtful=tuple(doubtful.get(number, ()))))
    return replace(draft, blocks=tuple(blocks))


def _owners(cleaned: Cleaned, settings: Settings, language: str) -> Sequence[int]:
    """Return for each block that is spoken the number of the article's that it is, is a row of, or announces."""
    kept = apply_policies(cleaned, settings.blocks, settings.table_max_cells, language)
    spoken = kept.article.blocks
    asides = iter(kept.asides)
    aside = next(asides, None)
    owners: list[int] = []
    for number, block in enumerate(cleaned.article.blocks):
        if aside is None or aside.block is not block:
            owners += [number] * spoken_count(block)
            continue
        following = next(iter(cleaned.article.blocks[number + 1 : number + 2]), None)
        at = aside.before
        if aside.announced and at == len(owners) and at < len(spoken) and spoken[at].kind == block.kind:
            owners += [number] if spoken[at] != following else []
        aside = next(asides, None)
    return owners


def _said(spoken: Spoken) -> Mapping[int, str]:
    """Return what is said of each block that is spoken, by its number."""
    return {number: tidy(" ".join(one.text for one in said)) for number, said in spoken.by_block.items()}


def _doubtful(spoken: Spoken, found: Sequence[DoubtfulWord]) -> Mapping[int, list[str]]:
    """Return lexicon lines of doubtful words, each at the first block that has the word."""
    lines: dict[int, list[str]] = {}
    for one in found:
        word = re.compile(rf"(?<![^\W_]){re.escape(one.word)}(?![^\W_])")
        first = next((utterance for utterance in spoken.script.utterances if word.search(utterance.written)), None)
        if first:
            lines.setdefault(spoken.owners[first.block], []).append(tidy(one.line))
    return lines
