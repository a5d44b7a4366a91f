"""The command line: typer commands that gather settings, call the pipeline and print results."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from narrate import __version__, cli_podcast, doctor, flags
from narrate.article import Cleaned, Drop
from narrate.config import Settings, load_settings
from narrate.console import errors_shown, open_streams, progress_shown, show_error
from narrate.errors import ConfigError, NarrateError
from narrate.flags import settings_given
from narrate.formats import format_of_ending
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


@app.command()
def speak(
    sources: flags.Sources,
    output: flags.Output = None,
    engine: flags.EngineName = None,
    voice: flags.VoiceName = None,
    gender: flags.Gender = None,
    speed: flags.Speed = None,
    language: flags.Language = None,
    jobs: flags.Jobs = None,
    cache: flags.UseCache = None,
    as_json: flags.Json = False,
    debug: flags.Debug = False,
    format: flags.FormatName = None,
    bitrate_kbps: flags.Bitrate = None,
    loudness_lufs: flags.Loudness = None,
    stereo: flags.Stereo = None,
    cover: flags.CoverName = None,
    sidecars: flags.Sidecars = None,
    intro: flags.Intro = None,
    outro: flags.Outro = None,
    quote_voice: flags.QuoteVoice = None,
    music_before: flags.MusicBefore = None,
    music_after: flags.MusicAfter = None,
    plain: flags.Plain = False,
    offline: flags.Offline = None,
    read_as: flags.ReadAs = None,
    keep: flags.Keep = None,
    drop: flags.Drop = None,
    lexicon: flags.LexiconFiles = None,
    partial: flags.Partial = None,
    allow_private: flags.AllowPrivate = None,
    fallback: flags.Fallback = None,
    strict: flags.Strict = None,
) -> None:
    """Speak articles into episodes and print their paths; a page, transcripts and a cover lie beside each.

    An episode that is already there and would come out the same is left as it is.
    """
    given = settings_given(locals())
    with errors_shown(debug=debug):
        settings = load_settings(given)
        if len(sources) > 1 and format_of_ending(settings.output.suffix):
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
    with suppress(BrokenPipeError):  # nobody reads the paths any more; the other articles are spoken all the same
        if as_json:
            _print_json({"source": source, **_plain(episode)})
        else:
            typer.echo(str(episode.path))
    return 0


@app.command()
def script(
    source: flags.Source,
    clean: Annotated[bool, typer.Option("--clean", help="Stop after cleaning: the author's words.")] = False,
    dropped: Annotated[bool, typer.Option("--dropped", help="List what was dropped, and by which rule.")] = False,
    language: flags.Language = None,
    intro: flags.Intro = None,
    outro: flags.Outro = None,
    offline: flags.Offline = None,
    read_as: flags.ReadAs = None,
    keep: flags.Keep = None,
    drop: flags.Drop = None,
    lexicon: flags.LexiconFiles = None,
    partial: flags.Partial = None,
    allow_private: flags.AllowPrivate = None,
    as_json: flags.Json = False,
    debug: flags.Debug = False,
) -> None:
    """Print what will be said, paragraphs apart by a blank line."""
    given = settings_given(locals())
    with errors_shown(debug=debug):
        settings = load_settings(given)
        if clean and dropped:
            raise ConfigError("--clean and --dropped show different things", "give one of them")
        cleaned = read_and_clean(source, settings)
        if clean:
            _print_cleaned(cleaned, as_json)
            return
        result = script_of(cleaned, settings, lexicon_for(source, settings))
        if dropped:
            _print_drops(result.drops, as_json)
        else:
            require_words(result, source)
            if as_json:
                _print_json({"blocks": _plain(cleaned.article.blocks), **_plain(result)})
            else:
                typer.echo(result.text)


@app.command()
def spoken(language: flags.Language = None, lexicon: flags.LexiconFiles = None, debug: flags.Debug = False) -> None:
    """Filter: a written line on standard input, the spoken line on standard output."""
    with errors_shown(debug=debug):
        settings = load_settings({"language": language, "lexicon": lexicon or None})
        tag, entries = settings.language or DEFAULT_LANGUAGE, lexicon_for("-", settings)
        for line in sys.stdin or ():
            print(spoken_form(line.rstrip("\r\n"), tag, entries).text, flush=True)


@app.command(name="words")
def words_command(
    source: flags.Source,
    engine: flags.EngineName = None,
    voice: flags.VoiceName = None,
    language: flags.Language = None,
    lexicon: flags.LexiconFiles = None,
    debug: flags.Debug = False,
) -> None:
    """List words that are likely to be said wrong, ready to paste into a lexicon.toml and correct there."""
    with errors_shown(debug=debug):
        from narrate.engines import choose_voice, make_engine

        settings = load_settings({"engine": engine, "voice": voice, "language": language, "lexicon": lexicon or None})
        made, entries = make_engine(settings), lexicon_for(source, settings)
        cleaned = read_and_clean(source, settings)
        wanted = settings.language or cleaned.article.meta.language
        chosen = choose_voice(made, settings.voice, gender=settings.gender, language=wanted)
        result = script_of(cleaned, settings, entries, chosen.language)
        pronounce = getattr(made, "pronounce", None)  # only engines that speak phonemes know them
        found = doubtful_words(result, entries, pronounce and partial(pronounce, voice=chosen.name))
        typer.echo(as_toml(found, primary_language(result.meta.language or chosen.language)), nl=False)


@app.command()
def voices(
    engine: flags.EngineName = None,
    sample: Annotated[
        str | None, typer.Option("--sample", metavar="VOICE", help="Speak a line with this voice into a file.")
    ] = None,
    output: flags.Output = None,
    as_json: flags.Json = False,
    debug: flags.Debug = False,
) -> None:
    """List the voices of an engine, or speak a line with one."""
    with errors_shown(debug=debug):
        from narrate.engines import make_engine

        settings = load_settings({"engine": engine, "output": output})
        if sample is not None:
            from narrate.sample import speak_sample

            typer.echo(str(speak_sample(sample, settings)))
            return
        made = make_engine(settings)
        listed = made.voices()
        if as_json:
            _print_json([_plain(voice) for voice in listed])
            return
        for voice in listed:
            mark = "*" if voice.name == made.default_voice else " "
            typer.echo(f"{mark} {voice.name:<14}{voice.language:<8}{voice.gender}".rstrip())


@app.command(name="doctor")
def doctor_command(engine: flags.EngineName = None, debug: flags.Debug = False) -> None:
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


for _command in (cli_podcast.feed, cli_podcast.serve, cli_podcast.check, cli_podcast.remove):
    app.command()(_command)


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
    open_streams()
    os.environ.setdefault("PATH", os.defpath)  # pydub looks into it without asking whether it is there
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # Articles are UTF-8 whatever the terminal's code page is; what it cannot show becomes "?".
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
