"""What the commands for one article do: settings gathered, the pipeline called, results printed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from narrate.cli.console import errors_shown, progress_shown, reading_shown, tell_to_type, working
from narrate.cli.flags import settings_from
from narrate.cli.live import STANDARD_OUTPUT, is_live, speak_live
from narrate.cli.output import plain, print_episode, print_json
from narrate.cli.request import Asked
from narrate.core.errors import ConfigError
from narrate.core.system.cores import one_blas_thread
from narrate.core.system.memory import give_back_early
from narrate.pipeline.engine import open_engine
from narrate.pipeline.making import make_episode
from narrate.pipeline.preflight import require_rules, require_usable
from narrate.pipeline.shared import Company
from narrate.pipeline.stages import DEFAULT_LANGUAGE, lexicon_for, read_and_clean, require_words, script_of

if TYPE_CHECKING:
    from narrate.cli.doctor import Finding
    from narrate.core.article import Cleaned, Drop
    from narrate.core.settings.model import Settings
    from narrate.library.library import Library

Given = Mapping[str, Any]


def speak(
    asked: Asked, given: Given, *, play: bool, report: Path | None, cluster: str | None, as_json: bool, debug: bool
) -> None:
    """Speak one article, or each of many; one that fails does not stop the others."""
    with errors_shown(debug=debug):
        settings = settings_from(given)
        give_back_early()
        one_blas_thread()
        if cluster == "":  # as of a variable that is not set
            raise ConfigError("--cluster names no scheduler", "give HOST:PORT")
        asked.require_newest()
        require_usable(settings)
        if is_live(settings, play=play):
            speak_live(asked, settings, play=play, report=report, cluster=cluster or "", as_json=as_json)
            return
        if asked.is_one and report is None and not cluster:
            (source,) = asked.sources
            tell_to_type(source)
            library_of = _library_of()
            company = Company(library=library_of)
            is_new = not _was_spoken(source, settings, library_of)
            with open_engine(settings, warm=is_new) as engine:
                with progress_shown(Path(source).name) as on_progress:
                    episode = make_episode(source, settings, engine=engine, on_progress=on_progress, company=company)
                print_episode(source, episode, as_json=as_json)  # also where the engine cannot be closed
            return
        from narrate.cli.many import speak_many

        speak_many(asked, settings, report=report, cluster=cluster or "", as_json=as_json, debug=debug)


def _library_of() -> Callable[[Path], Library]:
    """One for each folder, so that the manifests of a large one are read once."""
    from narrate.library.library import Library  # of all commands, this one alone has a use for it

    return cache(Library)


def _was_spoken(source: str, settings: Settings, library_of: Callable[[Path], Library]) -> bool:
    """Most often nothing is left to speak then, and loading a model ahead would be the larger part of the run."""
    from narrate.core.formats import FORMATS
    from narrate.episode.naming import DEFAULT_FORMAT, episode_path, origin_of

    folder = episode_path(settings.output, "", FORMATS[DEFAULT_FORMAT]).parent
    try:
        return bool(library_of(folder).knows(origin_of(source, folder)))
    except OSError:
        return False


def script(source: str, given: Given, *, clean: bool, dropped: bool, as_json: bool, debug: bool) -> None:
    """Print what will be said, or what was cleaned or dropped on the way to it."""
    with errors_shown(debug=debug):
        settings = settings_from(given)
        if clean and dropped:
            raise ConfigError("--clean and --dropped show different things", "give one of them")
        require_rules(settings)
        with reading_shown(source):
            cleaned = read_and_clean(source, settings)
            result = None if clean else script_of(cleaned, settings, lexicon_for(source, settings))
        if result is None:
            _print_cleaned(cleaned, as_json)
        elif dropped:
            _print_drops(result.drops, as_json)
        else:
            require_words(result, source)
            if as_json:
                print_json({"blocks": plain(cleaned.article.blocks), **plain(result)})
            else:
                typer.echo(result.text)


def spoken(given: Given, *, debug: bool) -> None:
    """Written lines in, spoken lines out."""
    with errors_shown(debug=debug):
        from narrate.text.spoken import spoken_form

        settings = settings_from(given)
        tag, entries = settings.language or DEFAULT_LANGUAGE, lexicon_for("-", settings)
        tell_to_type()
        for line in sys.stdin or ():
            print(spoken_form(line.rstrip("\r\n"), tag, entries).text, flush=True)


def words(source: str, given: Given, *, debug: bool) -> None:
    """Print doubtful words as lexicon lines."""
    with errors_shown(debug=debug):
        from narrate.core.language.detection import primary_language
        from narrate.speech.engines import choose_voice, make_engine, require_cast
        from narrate.text.doubtful_words import as_toml, doubtful_words

        settings = settings_from(given)
        made, entries = make_engine(settings), lexicon_for(source, settings)
        require_cast(made, settings)
        with reading_shown(source):
            cleaned = read_and_clean(source, settings)
            wanted = settings.language or cleaned.article.meta.language
            chosen = choose_voice(made, settings.voice, gender=settings.gender, language=wanted)
            result = script_of(cleaned, settings, entries, chosen.language)
            pronounce = getattr(made, "pronounce", None)  # only engines that speak phonemes know them
            found = doubtful_words(result, entries, pronounce and partial(pronounce, voice=chosen.name))
        typer.echo(as_toml(found, primary_language(result.meta.language or chosen.language)), nl=False)


def voices(given: Given, *, sample: str | None, as_json: bool, debug: bool) -> None:
    """Print the engine's voices, or speak a line with one."""
    with errors_shown(debug=debug):
        from narrate.speech.engines import make_engine

        settings = settings_from(given)
        if sample is not None:
            _sample(sample, settings, as_json=as_json)
            return
        if given.get("output"):
            raise ConfigError("--output is where a sample goes, and none is asked for", "add --sample VOICE")
        made = make_engine(settings)
        listed = made.voices()
        if as_json:
            print_json([plain(voice) for voice in listed])
            return
        for voice in listed:
            mark = "*" if voice.name == made.default_voice else " "
            typer.echo(f"{mark} {voice.name:<14}{voice.language:<8}{voice.gender}".rstrip())


def _sample(voice: str, settings: Settings, *, as_json: bool) -> None:
    from narrate.pipeline.voice_sample import speak_sample

    if str(settings.output) == STANDARD_OUTPUT:
        raise ConfigError("a sample goes into a file, not to standard output", "give a folder or a file with -o")
    with working(f"speaking a line as {voice}"):
        path = speak_sample(voice, settings)
    if as_json:
        print_json({"path": str(path)})
    else:
        typer.echo(str(path))


def doctor(given: Given, *, debug: bool) -> None:
    """Print what was found; exit 1 where something is missing."""
    with errors_shown(debug=debug):
        from narrate.cli.doctor import examine

        failed = False
        for finding in _one_by_one(examine(settings_from(given))):
            failed = failed or not finding.passed
            typer.echo(f"{'ok  ' if finding.passed else 'FAIL'} {finding.name}: {finding.detail}")
            if finding.hint:
                typer.echo(f"     hint: {finding.hint}")
        if failed:
            raise typer.Exit(1)


def _one_by_one(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each as soon as it is there, with a word for whoever waits for the next: trying an engine takes seconds."""
    waiting = iter(findings)
    while True:
        with working("trying every part"):
            finding = next(waiting, None)
        if finding is None:
            return
        yield finding


def _print_drops(drops: tuple[Drop, ...], as_json: bool) -> None:
    if as_json:
        print_json(plain(drops))
        return
    for drop in drops:
        typer.echo(f"{drop.rule}\t{drop.block.text}")


def _print_cleaned(cleaned: Cleaned, as_json: bool) -> None:
    if as_json:
        print_json(plain(cleaned))
        return
    typer.echo("\n\n".join(block.text for block in cleaned.article.blocks))
