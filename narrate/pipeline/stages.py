"""The stages of the text half: a source in, a script out.

    read -> clean -> spoken -> frame

What follows the script is in production.py, with the audio half.
"""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.article import Article, Block, Cleaned, Metadata, Script
from narrate.core.language.tags import DEFAULT_LANGUAGE, primary_language
from narrate.core.settings.loading import CleanChoices, Settings
from narrate.episode.accounting import require_all_said, require_words
from narrate.pipeline.lexicons import lexicon_for
from narrate.pipeline.preflight import require_rules, template
from narrate.sources.read import read_source, settled_article
from narrate.text.block_policy import apply_policies
from narrate.text.clean import clean
from narrate.text.intro_outro import frame
from narrate.text.lexicon import Lexicon
from narrate.text.spoken import spoken_form, to_script, variety_of

if TYPE_CHECKING:
    from narrate.pipeline.shared import Request
    from narrate.sources.fetch.web import Fetch

logger = logging.getLogger(__name__)


def read_and_clean(
    source: str | Path, settings: Settings, fetch: Fetch | None = None, *, is_explained: bool = False
) -> Cleaned:
    """Read a source and drop what nobody wants to hear; where it is explained, the article has all that was judged."""
    return clean_article(read_source(source, settings, fetch=fetch, is_explained=is_explained), settings)


def cleaned_request(request: Request, settings: Settings) -> Cleaned:
    """Return what is left to speak of the article of a request, which is read unless the caller has it."""
    if request.article is not None:
        return clean_article(settled_article(request.article), settings)
    return read_and_clean(request.source, settings, request.company.fetch)


def clean_article(article: Article, settings: Settings) -> Cleaned:
    """Return what is left to speak of an article, what was dropped, and who speaks where a cast is asked for.

    Raises:
        ConfigError: The settings name a cleaning rule that there is not.
    """
    cleaned = cleaned_as_written(article, settings)
    # Where nobody asks for a cast, every label is a word like others.
    if not (settings.cast or article.meta.cast):
        return cleaned
    from narrate.text.speakers import with_speakers

    return with_speakers(cleaned, text_language(settings, article.meta))


def cleaned_as_written(article: Article, settings: Settings) -> Cleaned:
    """Return what is left of an article, with the labels of speakers in its text.

    A draft has been cleaned, and what its editor left in it stays.

    Raises:
        ConfigError: The settings name a cleaning rule that there is not.
    """
    if article.meta.origin is not None:
        return Cleaned(article, article.drops)
    choices = _choices(settings, article.meta)
    return clean(
        article,
        text_language(settings, article.meta),
        keep=choices.keep,
        drop=choices.drop,
        keep_lines=choices.keep_lines,
        strictness=choices.strictness or "normal",
    )


def _choices(settings: Settings, meta: Metadata) -> CleanChoices:
    """Return what holds for the article's cleaning, put together."""
    everywhere = settings.cleaning_of(meta.url)
    keep = tuple(name for choices in everywhere for name in choices.keep)
    drop = tuple(pattern for choices in everywhere for pattern in choices.drop)
    keep_lines = tuple(words for choices in everywhere for words in choices.keep_lines)
    stated = [choices.strictness for choices in everywhere if choices.strictness]
    require_rules(settings)
    return CleanChoices(keep, drop, keep_lines, stated[-1] if stated else None)


def make_script(source: str | Path | Article, settings: Settings) -> Script:
    """Everything that will be said of a source, and everything that will not.

    Args:
        source: Path or address, or "-" for standard input, or an article.
        settings: Their language is that of the text.

    Raises:
        SourceError: The source cannot be read.
        NothingToSay: No words are left.
    """
    from narrate.pipeline.shared import request_for

    request = request_for(source)
    cleaned = cleaned_request(request, settings)
    lexicon = lexicon_for(request.source, settings, cleaned.article.meta)
    return require_words(script_of(cleaned, settings, lexicon), request.name)


def spoken_script(
    cleaned: Cleaned,
    request: Request,
    settings: Settings,
    voice_language: str,
    alike: frozenset[str] = frozenset(),
) -> Script:
    """Return what will be said of a cleaned source; it has words.

    Args:
        cleaned: What is left to speak.
        request: Whose lexicon lies beside its source, and whose name an error gives.
        settings: As in `script_of`.
        voice_language: BCP 47 tag.
        alike: Speakers of a dialogue who share a voice.

    Raises:
        NothingToSay: No words are left.
        ConfigError: A template or a lexicon cannot be used.
    """
    meta = cleaned.article.meta
    if meta.is_draft:
        message = "%s says that it is a draft; it is spoken because it was named, and no feed lists it"
        logger.warning(message, request.name)
    lexicon = lexicon_for(request.source, settings, meta)
    return require_words(script_of(cleaned, settings, lexicon, voice_language, alike), request.name)


def script_of(
    cleaned: Cleaned,
    settings: Settings,
    lexicon: Lexicon | None = None,
    voice_language: str = "",
    alike: frozenset[str] = frozenset(),
) -> Script:
    """The script of an article that is already cleaned; it may be empty.

    Args:
        cleaned: What is left to speak.
        settings: What becomes of code, tables and the like; whether there is an intro and an outro.
        lexicon: How names are said; the shipped one where left out.
        voice_language: Language of the voice, where it is known: a British voice reads English the British way.
        alike: Speakers of a dialogue who share a voice.

    Raises:
        ConfigError: A template cannot be used.
    """
    language = text_language(settings, cleaned.article.meta, voice_language)
    kept = apply_policies(cleaned, settings.blocks, settings.table_max_cells, language)
    stated = settings.language or cleaned.article.meta.language or ""
    variety = variety_of((block.text for block in kept.article.blocks), language, stated)
    script = to_script(kept, language, lexicon, variety)
    require_all_said(kept, script)
    if any(block.speaker for block in kept.article.blocks):
        script = _named(script, kept.article, settings, language, lexicon, alike)
    return _framed(script, settings, language, lexicon) if script.utterances else script


def _named(
    script: Script, article: Article, settings: Settings, language: str, lexicon: Lexicon | None, alike: frozenset[str]
) -> Script:
    """Put the names of speakers into a dialogue."""
    from narrate.text.speakers import with_labels, with_names

    say = partial(spoken_form, language=language, lexicon=lexicon)
    return with_names(with_labels(script, article), settings.speaker_names, alike=alike, say=say)


def written_words(cleaned: Cleaned, settings: Settings) -> tuple[Block, ...]:
    """Return the blocks of which the author's own words are spoken, as they were written.

    Code, pictures, captions and whatever else is announced or skipped are left out, by the settings' policies; they are
    among the drops of the script.
    """
    language = text_language(settings, cleaned.article.meta)
    kept = apply_policies(cleaned, settings.blocks, settings.table_max_cells, language)
    unspoken = {id(aside.block) for aside in kept.asides}
    return tuple(block for block in cleaned.article.blocks if id(block) not in unspoken)


def _framed(script: Script, settings: Settings, language: str, lexicon: Lexicon | None) -> Script:
    intro, outro = (template(which, getattr(settings, which), language) for which in ("intro", "outro"))
    say = partial(spoken_form, language=language, lexicon=lexicon)
    return frame(script, intro=intro, outro=outro, language=language, title=script.meta.title or "", say=say)


def text_language(settings: Settings, meta: Metadata, voice_language: str = "") -> str:
    """Return the language of a text: as told, stated, spoken by the voice ("und" speaks none), else English."""
    spoken = "" if voice_language == "und" else voice_language
    if settings.language or not spoken:
        return settings.language or meta.language or DEFAULT_LANGUAGE
    # A British voice reads an article that is in English, and says no more of itself, the British way.
    return spoken if meta.language in (None, primary_language(spoken)) else meta.language
