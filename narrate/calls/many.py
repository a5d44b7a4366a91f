"""Many articles spoken, their folder published, and looked at as podcast apps would.

Each function imports what it needs when it is called, so that `import narrate` takes no time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from narrate.calls.arguments import chosen_by, path_of, require_function

if TYPE_CHECKING:
    from os import PathLike

    from narrate.check.finding import Finding
    from narrate.core.progress import Progress
    from narrate.core.settings.model import Settings
    from narrate.pipeline.many.outcomes import Outcome
    from narrate.publish.site import Published
    from narrate.speech.engines import Engine


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

    require_function("on_progress", on_progress, "a function that is called with a source and a Progress")
    require_function("on_outcome", on_outcome, "a function that is called with an Outcome")
    if isinstance(sources, str | bytes) or not isinstance(sources, Iterable):
        raise ConfigError(f"sources takes many articles, not {sources!r}", "give a list of paths, or use narrate.speak")
    named = [str(a_source(source)) for source in sources]
    chosen, instance = chosen_by(settings, output, engine, voice, speed)
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
    return publish(path_of("folder", folder), chosen.podcast)


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

    return check(path_of("path", path))
