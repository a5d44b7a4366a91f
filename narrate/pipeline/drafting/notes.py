"""Notes of a draft: what will be said where it is not what is written, and words that the voice may say wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.core.article import Cleaned, Script
from narrate.core.settings.model import Settings
from narrate.pipeline.cast import cast_for
from narrate.pipeline.stages import lexicon_for, script_of, text_language
from narrate.sources.read.characters import tidy
from narrate.sources.read.draft.articles import article_of
from narrate.sources.read.draft.values import Draft
from narrate.text.block_policy import apply_policies, spoken_count
from narrate.text.doubtful_words import doubtful_words

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.speech.engines import Engine
    from narrate.text.doubtful_words import DoubtfulWord

# What a note says of a block that is not spoken: its kind is left out by the settings, or it has no words.
NOTHING = "(nothing)"


def noted(draft: Draft, source: str | Path, settings: Settings, engine: Engine) -> Draft:
    """Return a draft with its notes made anew; nothing else of it is changed.

    Args:
        draft: What stands in its notes on speech does not matter.
        source: The article, or the draft: lexicons are looked for beside it.
        settings: What becomes of code, tables and the like; which voice, and which lexicons.
        engine: Knows how its voice says words.

    Raises:
        ConfigError: A lexicon or a voice cannot be used.
    """
    from narrate.speech.engines.abilities import pronouncer_of

    article = article_of(draft)
    settings = replace(settings, intro=False, outro=False)
    voice = cast_for(engine, settings, article.meta).voice
    lexicon = lexicon_for(source, settings, article.meta)
    cleaned = Cleaned(article, article.drops)
    script = script_of(cleaned, settings, lexicon, voice.language)
    owners = _owners(cleaned, settings, text_language(settings, article.meta, voice.language))
    found = doubtful_words(script, lexicon, pronouncer_of(engine, voice.name))
    said, doubtful = _said(script, owners), _doubtful(script, owners, found)
    kept = iter(range(len(article.blocks)))
    blocks = []
    for one in draft.blocks:
        number = -1 if one.is_dropped else next(kept)
        text = said.get(number, NOTHING) if number >= 0 else ""
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


def _said(script: Script, owners: Sequence[int]) -> Mapping[int, str]:
    """Return what is said of each block that is spoken, by its number."""
    said: dict[int, str] = {}
    for utterance in script.utterances:
        number = owners[utterance.block]
        said[number] = tidy(f"{said.get(number, '')} {utterance.text}")
    return said


def _doubtful(script: Script, owners: Sequence[int], found: Sequence[DoubtfulWord]) -> Mapping[int, list[str]]:
    """Return lexicon lines of doubtful words, each at the first block that has the word."""
    lines: dict[int, list[str]] = {}
    for one in found:
        word = re.compile(rf"(?<![^\W_]){re.escape(one.word)}(?![^\W_])")
        first = next((utterance for utterance in script.utterances if word.search(utterance.written)), None)
        if first:
            lines.setdefault(owners[first.block], []).append(tidy(one.line))
    return lines
