"""The functions that Python's callers have: what the commands do, with values in and out, and nothing printed.

Each imports what it needs when it is called, so that `import narrate` takes no time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import FunctionType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path

    from narrate.check.finding import Finding
    from narrate.core.article import Article, Script
    from narrate.core.episode import Episode
    from narrate.core.progress import OnProgress, Progress
    from narrate.core.settings.model import Settings
    from narrate.pipeline.many.outcomes import Outcome
    from narrate.publish.site import Published
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
    _require_one(source, text)
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
    return make_script(_source(source, text, chosen), chosen)


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

    _require_function("on_progress", on_progress, "a function that is called with a Progress")
    _require_source(source, text)
    chosen, instance = _chosen(settings, output, engine, voice, speed)
    return make_episode(_source(source, text, chosen), chosen, engine=instance, on_progress=on_progress)


def batch(
    sources: Iterable[str | PathLike[str]],
    output: str | PathLike[str] | None = None,
    *,
    engine: str | Engine | None = None,
    voice: str | None = None,
    speed: float | None = None,
    settings: Settings | None = None,
    on_progress: Callable[[str, Progress], None] | None = None,
    on_outcome: Callable[[Outcome], None] | None = None,
) -> tuple[Outcome, ...]:
    """Speak many articles into a folder, several at once, with one engine; one that fails stops no other.

    Args:
        sources: Paths, addresses, folders and patterns such as "articles/*.md".
        output: A folder; "output" by default.
        engine: As for `speak`.
        voice: As for `speak`.
        speed: As for `speak`.
        settings: As for `speak`.
        on_progress: Called with an article's source and how far it is, from several threads.
        on_outcome: Called in this thread with the outcome of each article, in the order of the sources.

    Returns:
        The outcomes in that order. `status` is "made", "unchanged", "same" as an earlier source, or "failed", with
        what went wrong in `error` and what to do in `hint`; `episode` is what `speak` returns.

    Raises:
        ConfigError: A setting cannot be used, the output is a file, or an argument has a wrong type.
        EngineError: The engine cannot be opened.
    """
    from narrate.core.errors import ConfigError
    from narrate.core.settings.checks import a_source
    from narrate.pipeline.many.gathering import speak_sources

    _require_function("on_progress", on_progress, "a function that is called with a source and a Progress")
    _require_function("on_outcome", on_outcome, "a function that is called with an Outcome")
    if isinstance(sources, str | bytes) or not isinstance(sources, Iterable):
        raise ConfigError(f"sources takes many articles, not {sources!r}", "give a list of paths, or use narrate.speak")
    named = [str(a_source(source)) for source in sources]
    chosen, instance = _chosen(settings, output, engine, voice, speed)
    outcomes: list[Outcome] = []

    def take(outcome: Outcome) -> None:
        outcomes.append(outcome)
        if on_outcome:
            on_outcome(outcome)

    speak_sources(named, chosen, engine=instance, on_progress=on_progress, on_outcome=take)
    return tuple(outcomes)


def feed(
    folder: str | PathLike[str],
    *,
    base_url: str | None = None,
    title: str | None = None,
    settings: Settings | None = None,
) -> Published:
    """Write the podcast of a folder of episodes: its feed, its page and its cover, all of them at once.

    Args:
        folder: Of episodes with manifests.
        base_url: Where the folder will be found on the web; by the settings where left out.
        title: Name of the podcast; by the settings where left out.
        settings: From `load_settings` where left out; their `podcast` is what the feed says of itself.

    Returns:
        The feed's file and address, how many episodes it lists, and what is wrong with others.

    Raises:
        SourceError: There is no such folder, or nothing in it was ever an episode.
        ConfigError: What the podcast says of itself cannot be used.
        OutputError: A file cannot be written, or is not narrate's to replace.
    """
    from narrate.core.settings.checks import require
    from narrate.core.settings.loading import Settings, load_settings
    from narrate.publish.site import publish

    require("settings", settings, Settings, "Settings, as load_settings gives them")
    given = {key: value for key, value in (("base_url", base_url), ("title", title)) if value is not None}
    chosen = load_settings({"podcast": given} if given else {}, base=settings)
    return publish(_path("folder", folder), chosen.podcast)


def findings(path: str | PathLike[str]) -> tuple[Finding, ...]:
    """Look for what podcast apps would object to, as `narrate check` does.

    Args:
        path: An episode, a folder of episodes, or a feed's file.

    Returns:
        Everything that was found, each with its severity, its rule, where it is and who asks for it; none is good.

    Raises:
        SourceError: There is nothing of that name that can be looked at.
        ConfigError: It is no path.
    """
    from narrate.check import check

    return check(_path("path", path))


def _chosen(
    settings: Settings | None,
    output: str | PathLike[str] | None,
    engine: str | Engine | None,
    voice: str | None,
    speed: float | None,
) -> tuple[Settings, Engine | None]:
    """Return the settings with the arguments on top of them, and the engine that the caller has, if any.

    Raises:
        ConfigError: An argument has a wrong type or value.
        EngineError: The engine lacks something.
    """
    from narrate.core.settings.checks import a_path, require
    from narrate.core.settings.loading import Settings, load_settings
    from narrate.pipeline.preflight import require_usable
    from narrate.speech.engines import require_cast

    require("settings", settings, Settings, "Settings, as load_settings gives them")
    require("voice", voice, str, "the name of a voice")
    require("speed", speed, (int, float), "a number")
    instance = _instance(engine)
    name = instance.name if instance else engine
    flags = {"output": a_path("output", output), "engine": name, "voice": voice, "speed": speed}
    chosen = load_settings(flags, base=settings)
    require_usable(chosen)
    if instance:
        require_cast(instance, chosen)
    return chosen, instance


def _instance(engine: str | Engine | None) -> Engine | None:
    """The engine, unless it is only named.

    Raises:
        ConfigError: It is neither a name nor an engine.
        EngineError: It is one that lacks something.
    """
    if engine is None or isinstance(engine, str):
        return None
    from narrate.core.settings.checks import require
    from narrate.speech.engines import guarded_instance

    if not callable(getattr(engine, "synthesise", None)):
        require("engine", engine, str, "the name of an engine, or an engine")
    return guarded_instance(engine)


def _source(source: str | PathLike[str] | Article | None, text: str | None, settings: Settings) -> str | Path | Article:
    """Return what is to be spoken, read already where it is a text.

    Raises:
        ConfigError: There is neither a source nor a text, or both.
        SourceError: There is nothing in the text to speak.
    """
    from narrate.core.article import Article
    from narrate.core.settings.checks import a_source
    from narrate.sources.read import read_text_given

    _require_source(source, text)
    if text is not None:
        return read_text_given(text, settings)
    return source if isinstance(source, Article) else a_source(source)


def _require_source(source: object, text: object) -> None:
    """Look at the arguments that say what is spoken, before anything is done."""
    from narrate.core.article import Article
    from narrate.core.settings.checks import a_source

    _require_one(source, text)
    if text is None and not isinstance(source, Article):
        a_source(source)


def _require_one(source: object, text: object) -> None:
    from narrate.core.errors import ConfigError
    from narrate.core.settings.checks import require

    require("text", text, str, "an article as text")
    if source is not None and text is not None:
        raise ConfigError("source and text are both given", "give one of them")


def _require_function(name: str, value: object, what: str) -> None:
    from narrate.core.settings.checks import require

    if not callable(value):
        require(name, value, FunctionType, what)


def _path(name: str, value: object) -> Path:
    from narrate.core.errors import ConfigError
    from narrate.core.settings.checks import a_path

    found = a_path(name, value)
    if found is None:
        raise ConfigError(f"{name} takes a path, and there is none", "name a folder or a file")
    return found
