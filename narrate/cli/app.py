"""The command line: what each command takes; what it does is in cli/commands/.

Nothing but typer is imported before a command is chosen, and no flag is read, so that help is there in an instant.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli import cache, completion, drafting, podcast
from narrate.cli.console import guarded
from narrate.cli.deferred import group_of, module_later
from narrate.cli.panels import PanelledCommand
from narrate.cli.standard_streams import open_streams
from narrate.cli.usage import Commands
from narrate.core.version import __version__

if TYPE_CHECKING:
    from narrate.cli import flags
else:
    flags = module_later("narrate.cli.flags")

# Help is set by typer's own formatter: rich, its other one, takes 0.2 s to be imported.
app = typer.Typer(
    name="narrate",
    help="Turn articles into podcast-ready episodes, offline, on an ordinary CPU.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command(cls=PanelledCommand)
def speak(
    sources: flags.Sources = None,
    text: flags.GivenText = None,
    clipboard: flags.Clipboard = False,
    output: flags.Output = None,
    engine: flags.EngineName = None,
    voice: flags.VoiceName = None,
    gender: flags.Gender = None,
    speed: flags.Speed = None,
    language: flags.Language = None,
    jobs: flags.Jobs = None,
    cache: flags.UseCache = None,
    play: flags.Play = False,
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
    inline_quotes: flags.InlineQuotes = None,
    cast: flags.Cast = None,
    speaker_names: flags.SpeakerNames = None,
    music_before: flags.MusicBefore = None,
    music_after: flags.MusicAfter = None,
    plain: flags.Plain = False,
    offline: flags.Offline = None,
    read_as: flags.ReadAs = None,
    clean_keep: flags.Keep = None,
    clean_drop: flags.Drop = None,
    clean_keep_lines: flags.KeepLines = None,
    lexicon: flags.LexiconFiles = None,
    partial: flags.Partial = None,
    all_text: flags.AllText = None,
    marks: flags.Marks = None,
    allow_private: flags.AllowPrivate = None,
    fallback: flags.Fallback = None,
    strict: flags.Strict = None,
    lists: flags.Lists = None,
    feeds: flags.Feeds = None,
    newest: flags.Newest = None,
    split: flags.Split = None,
    report: flags.ReportFile = None,
    cluster: flags.Cluster = None,
) -> None:
    """Speak articles into episodes and print their paths.

    A page, transcripts, chapters and a cover lie beside each. An episode that is there and would come out the same is
    left as it is. -o - writes the sound of one to standard output while it is made: narrate speak FILE -o - | mpv -
    """
    given = flags.settings_given(locals())
    from narrate.cli.commands import speak as does
    from narrate.cli.given_text import asked_for, asked_of

    with asked_for(asked_of(sources, lists, feeds, newest, split), given, text=text, clipboard=clipboard) as asked:
        does.speak(asked, given, play=play, report=report, cluster=cluster, as_json=as_json, debug=debug)


@app.command(cls=PanelledCommand)
def script(
    source: flags.OneSource = None,
    text: flags.GivenText = None,
    clipboard: flags.Clipboard = False,
    clean: Annotated[
        bool,
        typer.Option(
            "--clean", help="The author's words that are spoken, as written: cleaned, without code and pictures."
        ),
    ] = False,
    dropped: Annotated[bool, typer.Option("--dropped", help="List what was dropped, by which rule, and why.")] = False,
    why: Annotated[bool, typer.Option("--why", help="List all pieces of a page: read or left, and why.")] = False,
    language: flags.Language = None,
    intro: flags.Intro = None,
    outro: flags.Outro = None,
    cast: flags.Cast = None,
    speaker_names: flags.SpeakerNames = None,
    offline: flags.Offline = None,
    read_as: flags.ReadAs = None,
    clean_keep: flags.Keep = None,
    clean_drop: flags.Drop = None,
    clean_keep_lines: flags.KeepLines = None,
    lexicon: flags.LexiconFiles = None,
    partial: flags.Partial = None,
    all_text: flags.AllText = None,
    marks: flags.Marks = None,
    allow_private: flags.AllowPrivate = None,
    as_json: flags.Json = False,
    debug: flags.Debug = False,
) -> None:
    """Print what will be said, paragraphs apart by a blank line."""
    given = flags.settings_given(locals())
    from narrate.cli.commands import text as does
    from narrate.cli.given_text import sources_given, the_source

    with sources_given([source] if source is not None else [], given, text=text, clipboard=clipboard) as found:
        one = the_source("script", found)
        does.script(one, given, clean=clean, dropped=dropped, why=why, as_json=as_json, debug=debug)


app.command(cls=PanelledCommand)(drafting.draft)
app.command(cls=PanelledCommand)(drafting.review)


@app.command(cls=PanelledCommand)
def spoken(language: flags.Language = None, lexicon: flags.LexiconFiles = None, debug: flags.Debug = False) -> None:
    """Filter: written lines on standard input, spoken lines out."""
    given = flags.settings_given(locals())
    from narrate.cli.commands import text as does

    does.spoken(given, debug=debug)


app.command(cls=PanelledCommand)(drafting.words)


@app.command(cls=PanelledCommand)
def voices(
    engine: flags.EngineName = None,
    sample: Annotated[
        str | None,
        typer.Option(
            "--sample",
            metavar="VOICE",
            help="Speak a line with this voice into a file.",
            autocompletion=completion.voices,
        ),
    ] = None,
    output: flags.Output = None,
    as_json: flags.Json = False,
    debug: flags.Debug = False,
) -> None:
    """List the voices of an engine, or speak a line with one."""
    given = flags.settings_given(locals())
    from narrate.cli.commands import voices as does

    does.voices(given, sample=sample, as_json=as_json, debug=debug)


@app.command(name="doctor", cls=PanelledCommand)
def doctor_command(engine: flags.EngineName = None, debug: flags.Debug = False) -> None:
    """Try every part a run needs, and say what is missing."""
    given = flags.settings_given(locals())
    from narrate.cli.commands import voices as does

    does.doctor(given, debug=debug)


for _command in (podcast.watch, podcast.feed, podcast.serve, podcast.check, podcast.remove):
    app.command(cls=PanelledCommand)(_command)
app.add_typer(cache.app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"narrate {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Entry point of the command `narrate`: everything, from the parsing on, is under one guard."""
    open_streams()
    with guarded(debug="--debug" in sys.argv[1:]):
        os.environ.setdefault("PATH", os.defpath)  # pydub looks into it without asking whether it is there
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            # Articles are UTF-8 whatever the terminal's code page is; what it cannot show becomes "?".
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
        group_of(app)()
