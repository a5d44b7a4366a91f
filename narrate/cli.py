"""The command line: typer commands that gather settings, call the pipeline and print results."""

from __future__ import annotations

import dataclasses
import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from narrate import __version__, doctor
from narrate.article import Cleaned, Drop
from narrate.config import Settings, load_settings
from narrate.console import errors_shown, progress_shown, show_error
from narrate.errors import ConfigError, NarrateError
from narrate.language import primary_language
from narrate.pipeline import (
    DEFAULT_LANGUAGE,
    lexicon_for,
    make_episode,
    open_engine,
    read_and_clean,
    require_words,
    script_of,
)
from narrate.spoken import spoken_form
from narrate.words import as_toml, doubtful_words

if TYPE_CHECKING:
    from narrate.engines import Engine

app = typer.Typer(
    name="narrate",
    help="Turn articles into podcast-ready episodes, offline, on an ordinary CPU.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

SOURCE_HELP = "A text, Markdown or HTML file, or an address; - reads standard input."
Sources = Annotated[list[str], typer.Argument(metavar="SOURCE…", help=SOURCE_HELP)]
Source = Annotated[str, typer.Argument(metavar="SOURCE", help=SOURCE_HELP)]
EngineName = Annotated[
    str | None, typer.Option("--engine", "-e", help="kokoro (offline), gtts (online), tone (beeps).")
]
VoiceName = Annotated[
    str | None, typer.Option("--voice", "-v", help="A voice of the engine; narrate voices lists them.")
]
Language = Annotated[str | None, typer.Option("--language", "-l", help="Language of the text, such as en or en-GB.")]
Offline = Annotated[bool, typer.Option("--offline", help="Refuse everything that needs the network.")]
ReadAs = Annotated[
    str | None, typer.Option("--as", metavar="FORM", help="text, markdown or html; seen by itself else.")
]
Keep = Annotated[list[str] | None, typer.Option("--keep", metavar="RULE", help="Do without a cleaning rule.")]
Drop_ = Annotated[list[str] | None, typer.Option("--drop", metavar="PATTERN", help="Drop blocks with this in them.")]
LexiconFiles = Annotated[list[Path] | None, typer.Option("--lexicon", metavar="FILE", help="How names are said.")]
Partial = Annotated[bool, typer.Option("--partial", help="Take a page that says it has more than is there.")]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Fetch from this machine and its network, too.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show every step, and tracebacks of errors.")]


@app.command()
def speak(
    sources: Sources,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Folder, or a path that ends in .mp3.")] = None,
    engine: EngineName = None,
    voice: VoiceName = None,
    speed: Annotated[float | None, typer.Option("--speed", "-s", help="Speaking rate, 0.5 to 2.")] = None,
    language: Language = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", help="Chunks spoken at once.")] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Speak everything anew and keep nothing.")] = False,
    offline: Offline = False,
    read_as: ReadAs = None,
    keep: Keep = None,
    drop: Drop_ = None,
    lexicon: LexiconFiles = None,
    partial: Partial = False,
    allow_private: AllowPrivate = False,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Speak articles into MP3 episodes and print their paths.

    An episode that is already there and would come out the same is left as it is.
    """
    flags = {
        "output": output,
        "engine": engine,
        "voice": voice,
        "speed": speed,
        "language": language,
        "jobs": jobs,
        "cache": False if no_cache else None,
    } | _reading_flags(offline, read_as, keep, drop, lexicon, partial, allow_private)
    with errors_shown(debug=debug):
        settings = load_settings(flags)
        if len(sources) > 1 and settings.output.suffix.lower() == ".mp3":
            raise ConfigError(f"{len(sources)} articles do not fit in {settings.output}", "give a folder with -o")
        with open_engine(settings) as shared:
            written: list[Path] = []
            failures = [
                code for source in sources if (code := _speak_one(source, settings, shared, written, as_json, debug))
            ]
        if failures:
            raise typer.Exit(failures[0])


def _speak_one(source: str, settings: Settings, shared: Engine, written: list[Path], as_json: bool, debug: bool) -> int:
    """Speak one of several sources and add its path to those written; an error does not stop the others."""
    try:
        with progress_shown(Path(source).name) as on_progress:
            episode = make_episode(source, settings, engine=shared, on_progress=on_progress, taken=written)
    except NarrateError as error:
        show_error(error, about=source, debug=debug)
        return error.exit_code
    written.append(episode.path)
    if as_json:
        _print_json({"source": source, **_plain(episode)})
    else:
        typer.echo(str(episode.path))
    return 0


@app.command()
def script(
    source: Source,
    clean: Annotated[bool, typer.Option("--clean", help="Stop after cleaning: the author's words.")] = False,
    dropped: Annotated[bool, typer.Option("--dropped", help="List what was dropped, and by which rule.")] = False,
    language: Language = None,
    offline: Offline = False,
    read_as: ReadAs = None,
    keep: Keep = None,
    drop: Drop_ = None,
    lexicon: LexiconFiles = None,
    partial: Partial = False,
    allow_private: AllowPrivate = False,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Print what will be said, paragraphs apart by a blank line."""
    flags = {"language": language} | _reading_flags(offline, read_as, keep, drop, lexicon, partial, allow_private)
    with errors_shown(debug=debug):
        settings = load_settings(flags)
        if clean and dropped:
            raise ConfigError("--clean and --dropped show different things", "give one of them")
        cleaned = read_and_clean(source, settings)
        if clean:
            _print_cleaned(cleaned, as_json)
            return
        result = script_of(cleaned, settings, lexicon=lexicon_for(source, settings))
        if dropped:
            _print_drops(result.drops, as_json)
        else:
            require_words(result, source)
            if as_json:
                _print_json({"blocks": _plain(cleaned.article.blocks), **_plain(result)})
            else:
                typer.echo(result.text)


def _reading_flags(
    offline: bool,
    read_as: str | None,
    keep: list[str] | None,
    drop: list[str] | None,
    lexicon: list[Path] | None,
    partial: bool,
    allow_private: bool,
) -> dict[str, Any]:
    """What `speak` and `script` may both be told about reading and cleaning; None where nothing was said."""
    return {
        "offline": offline or None,
        "read_as": read_as,
        "clean": {"keep": keep or [], "drop": drop or []} if keep or drop else None,
        "lexicon": lexicon or None,
        "partial": partial or None,
        "allow_private": allow_private or None,
    }


@app.command()
def spoken(language: Language = None, lexicon: LexiconFiles = None, debug: Debug = False) -> None:
    """Filter: a written line on standard input, the spoken line on standard output."""
    with errors_shown(debug=debug):
        settings = load_settings({"language": language, "lexicon": lexicon or None})
        tag, entries = settings.language or DEFAULT_LANGUAGE, lexicon_for("-", settings)
        for line in sys.stdin or ():
            print(spoken_form(line.rstrip("\r\n"), tag, entries).text, flush=True)


@app.command(name="words")
def words_command(
    source: Source,
    engine: EngineName = None,
    voice: VoiceName = None,
    language: Language = None,
    lexicon: LexiconFiles = None,
    debug: Debug = False,
) -> None:
    """List words that are likely to be said wrong, ready to paste into a lexicon.toml and correct there."""
    with errors_shown(debug=debug):
        from narrate.engines import find_voice, make_engine

        settings = load_settings({"engine": engine, "voice": voice, "language": language, "lexicon": lexicon or None})
        made = make_engine(settings)
        chosen, entries = find_voice(made, settings.voice), lexicon_for(source, settings)
        result = script_of(read_and_clean(source, settings), settings, chosen.language, entries)
        pronounce = getattr(made, "pronounce", None)  # only engines that speak phonemes know them
        found = doubtful_words(result, entries, pronounce and partial(pronounce, voice=chosen.name))
        typer.echo(as_toml(found, primary_language(result.meta.language or chosen.language)), nl=False)


@app.command()
def voices(engine: EngineName = None, as_json: Json = False, debug: Debug = False) -> None:
    """List the voices of an engine."""
    with errors_shown(debug=debug):
        from narrate.engines import make_engine

        made = make_engine(load_settings({"engine": engine}))
        listed = made.voices()
        if as_json:
            _print_json([_plain(voice) for voice in listed])
            return
        for voice in listed:
            mark = "*" if voice.name == made.default_voice else " "
            typer.echo(f"{mark} {voice.name:<14}{voice.language:<8}{voice.gender}".rstrip())


@app.command(name="doctor")
def doctor_command(engine: EngineName = None, debug: Debug = False) -> None:
    """Try every part a run needs, and say what is missing."""
    with errors_shown(debug=debug):
        failed = False
        for finding in doctor.examine(load_settings({"engine": engine})):
            failed = failed or not finding.passed
            typer.echo(f"{'ok  ' if finding.passed else 'FAIL'} {finding.name}: {finding.detail}")
            if finding.hint:
                typer.echo(f"     hint: {finding.hint}")
        if failed:
            raise typer.Exit(1)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"narrate {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


def _print_drops(drops: tuple[Drop, ...], as_json: bool) -> None:
    if as_json:
        _print_json(_plain(drops))
        return
    for drop in drops:
        typer.echo(f"{drop.rule}\t{drop.block.text}")


def _print_cleaned(cleaned: Cleaned, as_json: bool) -> None:
    if as_json:
        _print_json(_plain(cleaned))
        return
    typer.echo("\n\n".join(block.text for block in cleaned.article.blocks))


def _plain(value: Any) -> Any:
    """Dataclasses as dictionaries, all the way down."""
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) and not isinstance(value, type) else value


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))


def main() -> None:
    """Entry point of the command `narrate`."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # Articles are UTF-8 whatever the terminal's code page is; what it cannot show becomes "?".
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
