"""The only place where the stages of the text half meet: a source in, a script or an episode out.

    read -> clean -> spoken -> frame -> chunk -> synthesise -> join -> master -> tag

What follows the script is in production.py, with the audio half; it is imported when the first episode is made,
so that the text half starts in an instant.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from narrate.core.article import Cleaned, Metadata, Script
from narrate.core.cache.space import at_work
from narrate.core.errors import EngineError, EngineUnavailable, NothingToSay
from narrate.core.language.tags import DEFAULT_LANGUAGE, primary_language
from narrate.core.progress import OnProgress, Progress
from narrate.core.settings.loading import CleanChoices, Settings, user_folders
from narrate.episode.accounting import require_all_said
from narrate.pipeline.preflight import require_rules, template
from narrate.pipeline.shared import ALONE, Company
from narrate.sources.read import find_picture, read_source
from narrate.text.block_policy import apply_policies
from narrate.text.clean import clean
from narrate.text.intro_outro import frame
from narrate.text.lexicon import Lexicon, load_lexicon, shipped_lexicon
from narrate.text.spoken import spoken_form, to_script

if TYPE_CHECKING:
    from narrate.audio.live_gain import Listener
    from narrate.core.episode import Episode
    from narrate.pipeline.cast import Cast
    from narrate.speech.engines import Engine
from narrate.pipeline.production import Production

Made = TypeVar("Made")

logger = logging.getLogger(__name__)

LEXICON_NAME = "lexicon.toml"


def read_and_clean(source: str | Path, settings: Settings, company: Company = ALONE) -> Cleaned:
    """Read a source and drop what nobody wants to hear."""
    article = read_source(source, settings, fetch=company.fetch)
    choices = _choices(settings, article.meta)
    return clean(article, text_language(settings, article.meta), keep=choices.keep, drop=choices.drop)


def _choices(settings: Settings, meta: Metadata) -> CleanChoices:
    """The user's own word on cleaning: what holds everywhere, and what holds for the article's site."""
    host = urlsplit(meta.url or "").hostname or ""
    sites = [own for site, own in settings.clean_sites if host == site or host.endswith(f".{site}")]
    keep = tuple(name for choices in (settings.clean, *sites) for name in choices.keep)
    drop = tuple(pattern for choices in (settings.clean, *sites) for pattern in choices.drop)
    require_rules(settings)
    return CleanChoices(keep, drop)


def make_script(source: str | Path, settings: Settings) -> Script:
    """Everything that will be said of a source, and everything that will not.

    Args:
        source: Path or address, or "-" for standard input.
        settings: Their language is that of the text.

    Raises:
        SourceError: The source cannot be read.
        NothingToSay: No words are left.
    """
    return require_words(script_of(read_and_clean(source, settings), settings, lexicon_for(source, settings)), source)


def script_of(cleaned: Cleaned, settings: Settings, lexicon: Lexicon | None = None, voice_language: str = "") -> Script:
    """The script of an article that is already cleaned; it may be empty.

    Args:
        cleaned: What is left to speak.
        settings: What becomes of code, tables and the like; whether there is an intro and an outro.
        lexicon: How names are said; the shipped one where left out.
        voice_language: Language of the voice, where it is known: a British voice reads English the British way.

    Raises:
        ConfigError: A template cannot be used.
    """
    language = text_language(settings, cleaned.article.meta, voice_language)
    kept = apply_policies(cleaned, settings.blocks, settings.table_max_cells, language)
    script = to_script(kept, language, lexicon)
    require_all_said(kept, script)
    return _framed(script, settings, language, lexicon) if script.utterances else script


def _framed(script: Script, settings: Settings, language: str, lexicon: Lexicon | None) -> Script:
    intro, outro = (template(which, getattr(settings, which), language) for which in ("intro", "outro"))
    say = partial(spoken_form, language=language, lexicon=lexicon)
    return frame(script, intro=intro, outro=outro, language=language, title=script.meta.title or "", say=say)


def lexicon_for(source: str | Path, settings: Settings) -> Lexicon:
    """The shipped lexicon, then the user's, then the one beside the article, then those of --lexicon; later ones win.

    Raises:
        ConfigError: A file cannot be used; says which line.
    """
    folders = [*user_folders()]
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
    company: Company = ALONE,
    listener: Listener | None = None,
) -> Episode:
    """Speak a source into an episode.

    An episode that already is what this run would make is left as it is. The file appears whole or not
    at all, and clips that were spoken before, also by a run that was killed, are not spoken again.

    Args:
        source: Path or address, or "-" for standard input.
        settings: Everything else.
        engine: One that is already made, to share it among episodes; the caller closes it.
        on_progress: Called from this thread as clips are finished.
        taken: Files that belong to other articles of the same run.
        company: Articles that are spoken at the same time.
        listener: Hears the voice while it is spoken; nothing of an episode that is left as it is.

    Raises:
        NarrateError: See narrate.core.errors.
    """
    if engine is None:
        with open_engine(settings) as made:
            return make_episode(
                source, settings, engine=made, on_progress=on_progress, taken=taken, company=company, listener=listener
            )
    cleaned = read_and_clean(source, settings, company)
    watch = on_progress or _silent
    plan = partial(_plan, source, cleaned, on_progress=watch, taken=taken, company=company, listener=listener)
    open_other = company.open_other or open_engine
    with at_work(settings.cache_folder if settings.cache else None, settings.cache_limit_bytes):
        return _with_fallback(settings, engine, listener, lambda *by: plan(*by).episode(), open_other)


def stream_episode(
    source: str | Path, settings: Settings, listener: Listener, *, engine: Engine, on_progress: OnProgress | None = None
) -> None:
    """Speak a source to a listener and make no file; finished clips are kept as they are for an episode.

    Args:
        source: Path or address, or "-" for standard input.
        settings: Everything else.
        listener: Hears the voice, without music.
        engine: Speaks; the caller closes it.
        on_progress: Called from this thread as clips are finished.

    Raises:
        NarrateError: See narrate.core.errors.
        OSError: The listener is gone.
    """
    cleaned = read_and_clean(source, settings)
    plan = partial(_plan, source, cleaned, on_progress=on_progress or _silent, listener=listener)
    with at_work(settings.cache_folder if settings.cache else None, settings.cache_limit_bytes):
        _with_fallback(settings, engine, listener, lambda *by: plan(*by).stream(), open_engine)


def _with_fallback(
    settings: Settings,
    engine: Engine,
    listener: Listener | None,
    speak: Callable[[Settings, Engine], Made],
    open_other: Callable[[Settings], AbstractContextManager[Engine]],
) -> Made:
    """What comes of it with the engine, else with the other one; nobody is made to hear a beginning twice."""
    try:
        return speak(settings, engine)
    except EngineUnavailable as error:
        if settings.fallback in (None, engine.name) or (listener and listener.has_begun):
            raise
        logger.warning("%s; going on with %s, from the beginning", error.message, settings.fallback)
    # Voices are an engine's own, so the other one chooses by the article's language.
    other = replace(settings, engine=settings.fallback or "", voice=None, quote_voice="", fallback=None)
    with open_other(other) as made:
        return speak(other, made)


def _plan(
    source: str | Path,
    cleaned: Cleaned,
    settings: Settings,
    engine: Engine,
    *,
    on_progress: OnProgress,
    taken: Collection[Path] = (),
    company: Company = ALONE,
    listener: Listener | None,
) -> Production:
    from narrate.pipeline.production import Production

    cast = _cast(engine, settings, cleaned.article.meta)
    script = script_of(cleaned, settings, lexicon_for(source, settings), cast.voice.language)
    return Production(
        require_words(script, source),
        settings,
        engine,
        cast,
        find_picture=partial(find_picture, source, script.meta, settings, fetch=company.fetch),
        on_progress=on_progress,
        taken=taken,
        source=source,
        company=company,
        listener=listener,
    )


def _cast(engine: Engine, settings: Settings, meta: Metadata) -> Cast:
    """The voices: those that are named, else the best that the engine has for the article's language."""
    from narrate.pipeline.cast import Cast
    from narrate.speech.engines import choose_voice, speaks

    wanted = settings.language or meta.language
    voice = choose_voice(engine, settings.voice, gender=settings.gender, language=wanted)
    quotes = choose_voice(engine, settings.quote_voice, language=wanted) if settings.quote_voice else None
    language = text_language(settings, meta, voice.language)
    for one in (voice, quotes):
        if one and not speaks(one, language):
            message = "the text is in %r, and the voice %s speaks %s; narrate voices lists the others"
            logger.warning(message, language, one.name, one.language)
    return Cast(voice, language, quotes)


@contextmanager
def open_engine(settings: Settings, *, warm: bool = False, at_once: bool = False) -> Iterator[Engine]:
    """The engine that the settings name, to be shared by any number of episodes.

    Args:
        settings: Name it.
        warm: Begin to load it now, in a thread of its own, while the text is read.
        at_once: Somebody waits for the first sound: speak a chunk on all cores, and not several at a time.

    Raises:
        ConfigError: There is no such engine, fallback or voice; before anything is read.
        EngineError: It cannot be made.
    """
    from narrate.speech.engines import make_engine, require_cast
    from narrate.speech.engines.abilities import begin_loading

    engine = make_engine(settings)
    try:
        require_cast(engine, settings)
        if warm:
            begin_loading(engine, at_once=at_once)
        yield engine
    except BaseException:
        with suppress(EngineError):  # what ended the run is more to the point
            engine.close()
        raise
    engine.close()


def text_language(settings: Settings, meta: Metadata, voice_language: str = "") -> str:
    """What the text is in: as told, as the article says, as the voice speaks ("und" speaks none), else English."""
    spoken = "" if voice_language == "und" else voice_language
    if settings.language or not spoken:
        return settings.language or meta.language or DEFAULT_LANGUAGE
    # A British voice reads an article that is in English, and says no more of itself, the British way.
    return spoken if meta.language in (None, primary_language(spoken)) else meta.language


def _silent(progress: Progress) -> None:
    """For callers that do not watch."""
