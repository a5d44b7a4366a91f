"""One article read, put into words, or spoken.

Each function imports what it needs when it is called, so that `import narrate` takes no time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.calls.arguments import chosen_by, require_function, require_one, require_source, source_of

if TYPE_CHECKING:
    from os import PathLike

    from narrate.core.article import Article, Script
    from narrate.core.episode import Episode
    from narrate.core.progress import OnProgress
    from narrate.core.settings.model import Settings
    from narrate.speech.engines import Engine


def read(
    source: str | PathLike[str] | None = None, *, text: str | None = None, settings: Settings | None = None
) -> Article:
    """Read an article, to look at it, to change it (`dataclasses.replace`) and to speak what became of it.

    >>> from narrate import read
    >>> [block.kind for block in read(text="# A Light\\n\\nThe lamp is [lit](https://example.com).").blocks]
    ['title', 'paragraph']

    Args:
        source: Path of an article or a draft, an address, or "-" for standard input.
        text: The article itself, in place of a source: plain text, Markdown or HTML.
        settings: From `load_settings` where left out.

    Returns:
        Its blocks as they were read; cleaning comes when they are spoken.

    Raises:
        SourceError: It cannot be read, or holds nothing to speak.
        ConfigError: Neither a source nor a text is given, or both.
    """
    from narrate.core.settings.checks import a_source, require
    from narrate.core.settings.loading import Settings, load_settings
    from narrate.sources.read import read_source, read_text_given

    require("settings", settings, Settings, "Settings, as load_settings gives them")
    require_one(source, text)
    chosen = settings or load_settings()
    return read_source(a_source(source), chosen) if text is None else read_text_given(text, chosen)


def script(
    source: str | PathLike[str] | Article | None = None, settings: Settings | None = None, *, text: str | None = None
) -> Script:
    """Everything that will be said of an article, and everything that will not; needs no audio library.

    Args:
        source: Path of a text, Markdown or HTML file, or of a draft; an address; "-" for standard input; an article
            that was read or made before.
        settings: From `load_settings` where left out: narrate.toml and NARRATE_* variables are heeded.
        text: The article itself, in place of a source.

    Returns:
        The utterances in spoken form with every edit, and the dropped blocks with their rules.

    Raises:
        SourceError: The source cannot be read.
        NothingToSay: No words are left.
        ConfigError: A configuration file or variable cannot be used.
    """
    from narrate.core.settings.checks import require
    from narrate.core.settings.loading import Settings, load_settings
    from narrate.pipeline.stages import make_script

    require("settings", settings, Settings, "Settings, as load_settings gives them")
    chosen = settings or load_settings()
    return make_script(source_of(source, text, chosen), chosen)


def speak(
    source: str | PathLike[str] | Article | None = None,
    output: str | PathLike[str] | None = None,
    *,
    text: str | None = None,
    engine: str | Engine | None = None,
    voice: str | None = None,
    speed: float | None = None,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
) -> Episode:
    """Speak an article into an episode: -16 LUFS, tagged, with transcripts, chapters and a cover beside it.

    Args:
        source: Path of a text, Markdown or HTML file, or of a draft; an address; "-" for standard input; an article
            that was read or made before. The blocks of an article are cleaned like those of any other.
        output: A folder, or a path that ends in .mp3, .m4b, .opus, .flac or .wav; the folder "output" by default.
        text: The article itself, in place of a source: plain text, Markdown or HTML.
        engine: Name of an engine, or an instance, which stays open; "kokoro" by default.
        voice: One of the engine's voices, a blend, or a language or gender to choose by; by the article's own word or
            its language where left out.
        speed: 0.5 to 2.0; 1.0 is the voice's own rate.
        settings: From `load_settings` where left out; the arguments above win over them.
        on_progress: Called in this thread as work is finished; see Progress.

    Returns:
        Path, duration in milliseconds, size in bytes, metadata and identity of the episode, and the files beside it.

    Raises:
        SourceError: The source cannot be read.
        NothingToSay: No words are left.
        EngineError: Speech could not be made; finished clips stay in the cache.
        OutputError: The episode could not be written; nothing is left half-written.
        ConfigError: A setting cannot be used, or an argument has a wrong type.
    """
    from narrate.pipeline.making import make_episode

    require_function("on_progress", on_progress, "a function that is called with a Progress")
    require_source(source, text)
    chosen, instance = chosen_by(settings, output, engine, voice, speed)
    return make_episode(source_of(source, text, chosen), chosen, engine=instance, on_progress=on_progress)
