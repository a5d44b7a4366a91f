"""What the command line takes: each flag in one place, called like the setting it gives."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from narrate.cli import completion

if TYPE_CHECKING:
    from narrate.core.settings.model import Settings

# The longest name of each flag of the command that runs, by its parameter: messages name what was typed.
_FLAGS_IN_USE: ContextVar[Mapping[str, str]] = ContextVar("flags of the running command")


class PanelledCommand(TyperCommand):
    """Shows its options in the panels that they name, in their order."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; its flags are known to `settings_from` meanwhile."""
        options = (parameter for parameter in self.params if parameter.param_type_name == "option")
        before = _FLAGS_IN_USE.set({str(option.name): max(option.opts, key=len) for option in options})
        try:
            return super().invoke(ctx)
        finally:
            _FLAGS_IN_USE.reset(before)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What stands behind the command in its first line of help: SOURCE, not typer's {SOURCE}."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write a section for each panel."""
        panels: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            if record := parameter.get_help_record(ctx):
                kind = "Arguments" if parameter.param_type_name == "argument" else "Options"
                panels.setdefault(getattr(parameter, "rich_help_panel", None) or kind, []).append(record)
        for name, records in panels.items():
            with formatter.section(name):
                formatter.write_dl(records)


FILE_PANEL, FRAME_PANEL, TEXT_PANEL = "The file", "Around the reading", "Reading and cleaning"
MANY_PANEL = "Many articles"
SOURCE_HELP = "A text, Markdown or HTML file, or an address; - reads standard input."


def _file(*names: str, metavar: str | None = None, help: str, complete: Any = None) -> Any:
    return typer.Option(*names, metavar=metavar, help=help, rich_help_panel=FILE_PANEL, autocompletion=complete)


def _frame(*names: str, metavar: str | None = None, help: str, complete: Any = None) -> Any:
    return typer.Option(*names, metavar=metavar, help=help, rich_help_panel=FRAME_PANEL, autocompletion=complete)


def _many(*names: str, metavar: str | None = None, help: str) -> Any:
    return typer.Option(*names, metavar=metavar, help=help, rich_help_panel=MANY_PANEL)


def _text(*names: str, metavar: str | None = None, help: str, complete: Any = None) -> Any:
    return typer.Option(*names, metavar=metavar, help=help, rich_help_panel=TEXT_PANEL, autocompletion=complete)


Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE…]", help="Text, Markdown or HTML files, folders of them, addresses; - reads standard input."
    ),
]
Source = Annotated[str, typer.Argument(metavar="SOURCE", help=SOURCE_HELP)]

Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="PATH", help="Folder, a file such as talk.m4b, or - for a stream."),
]
OutputFolder = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="DIR", help="Folder for the episodes, else output.")
]
EngineName = Annotated[
    str | None,
    typer.Option(
        "--engine",
        "-e",
        metavar="ENGINE",
        help="kokoro (offline), gtts (online), tone (beeps).",
        autocompletion=completion.engines,
    ),
]
VoiceName = Annotated[
    str | None,
    typer.Option(
        "--voice",
        "-v",
        metavar="VOICE",
        help="Name, blend, or language and gender; narrate voices lists them.",
        autocompletion=completion.voices,
    ),
]
Fallback = Annotated[
    str | None,
    typer.Option(
        "--fallback",
        metavar="ENGINE",
        help="Engine to go on with where the other is down.",
        autocompletion=completion.engines,
    ),
]
Strict = Annotated[
    bool | None,
    typer.Option("--strict/--lenient", help="Stop at speech that fails its checks, or keep and note it."),
]
Gender = Annotated[
    str | None,
    typer.Option(
        "--gender",
        metavar="GENDER",
        help="female or male, where the voice is chosen.",
        autocompletion=completion.genders,
    ),
]
Speed = Annotated[float | None, typer.Option("--speed", "-s", metavar="RATE", help="Speaking rate, 0.5 to 2.")]
Language = Annotated[
    str | None,
    typer.Option(
        "--language",
        "-l",
        metavar="LANGUAGE",
        help="Language of the text, such as en or en-GB.",
        autocompletion=completion.languages,
    ),
]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", metavar="N", help="Chunks spoken at once.")]
UseCache = Annotated[
    bool | None, typer.Option("--cache/--no-cache", help="Keep clips, or speak everything anew and keep nothing.")
]
Play = Annotated[bool, typer.Option("--play", help="Hear it while it is made.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show every step, and tracebacks of errors.")]

Lists = Annotated[
    list[str] | None, _many("--from", metavar="LIST", help="A file with a source a line; - for standard input.")
]
Feeds = Annotated[
    list[str] | None, _many("--feed", metavar="FEED", help="RSS, Atom, JSON Feed or OPML, an address or a file.")
]
Newest = Annotated[int | None, _many("--newest", metavar="N", help="Only the N newest articles of each feed.")]
Cluster = Annotated[
    str | None, _many("--cluster", metavar="ADDRESS", help="Speak on a Dask cluster: its scheduler, HOST:PORT.")
]
ReportFile = Annotated[Path | None, _many("--report", metavar="FILE", help="Write a line of JSON for each article.")]

FormatName = Annotated[
    str | None,
    _file("--format", "-f", metavar="FORMAT", help="mp3, m4b, opus, flac or wav.", complete=completion.formats),
]
Bitrate = Annotated[int | None, _file("--bitrate", metavar="KBPS", help="Bit rate, else the format's own.")]
Loudness = Annotated[float | None, _file("--loudness", metavar="LUFS", help="Integrated loudness, else -16.")]
Stereo = Annotated[bool | None, _file("--stereo", help="Two equal channels.")]
CoverName = Annotated[
    str | None, _file("--cover", metavar="COVER", help="A picture's path or address, drawn, or none.")
]
Sidecars = Annotated[bool | None, _file("--sidecars/--no-sidecars", help="Transcripts, page and cover beside it.")]

Intro = Annotated[bool | None, _frame("--intro/--no-intro", help="Say title, author, site and date first.")]
Outro = Annotated[bool | None, _frame("--outro/--no-outro", help="Say them again at the end.")]
QuoteVoice = Annotated[
    str | None,
    _frame("--quote-voice", metavar="VOICE", help="Another voice for block quotes.", complete=completion.voices),
]
MusicBefore = Annotated[
    Path | None, _frame("--music-before", metavar="FILE", help="Sound before; it fades under the first words.")
]
MusicAfter = Annotated[
    Path | None, _frame("--music-after", metavar="FILE", help="Sound after; it begins under the last words.")
]
Plain = Annotated[bool, _frame("--plain", help="The article alone, in one voice, whatever the settings say.")]

Offline = Annotated[bool | None, _text("--offline", help="Refuse everything that needs the network.")]
ReadAs = Annotated[
    str | None,
    _text("--as", metavar="FORM", help="text, markdown or html; seen by itself else.", complete=completion.forms),
]
Keep = Annotated[
    list[str] | None,
    _text("--keep", metavar="RULE", help="Do without a cleaning rule.", complete=completion.rules),
]
Drop = Annotated[list[str] | None, _text("--drop", metavar="PATTERN", help="Drop blocks with this in them.")]
LexiconFiles = Annotated[list[Path] | None, _text("--lexicon", metavar="FILE", help="How names are said.")]
Partial = Annotated[bool | None, _text("--partial", help="Take a page that says it has more than is there.")]
AllowPrivate = Annotated[bool | None, _text("--allow-private", help="Fetch from this machine and its network, too.")]

# What belongs to a table of the settings: the flag, the table and the key in it.
_IN_TABLES = {
    "music_before": ("music", "before"),
    "music_after": ("music", "after"),
    "keep": ("clean", "keep"),
    "drop": ("clean", "drop"),
}

# What is said to the command and is no setting.
_NO_SETTINGS = frozenset(
    {
        "source",
        "sources",
        "as_json",
        "debug",
        "plain",
        "clean",
        "dropped",
        "sample",
        "lists",
        "feeds",
        "newest",
        "report",
        "cluster",
        "play",
    }
)

# What --plain switches off, wherever it was switched on.
_PLAIN: Mapping[str, object] = {
    "intro": False,
    "outro": False,
    "quote_voice": "",
    "music": {"before": "", "after": ""},
}


def settings_from(given: Mapping[str, Any] | None = None) -> Settings:
    """Gather settings, those of the command line on top.

    Args:
        given: What `settings_given` made of the command line.

    Raises:
        ConfigError: One cannot be used; names it as it was typed, such as "--bitrate".
    """
    from narrate.core.settings.loading import (
        load_settings,  # not before a command is chosen: help is there in an instant
    )

    return load_settings(given, flag_of=_flag_of)


def _flag_of(key: str) -> str:
    """The flag that gives a setting: a key of a table has the table before it, which few flags repeat."""
    flags = _FLAGS_IN_USE.get({})
    return flags.get(key) or flags.get(key.partition("_")[2], "")


def settings_given(parameters: Mapping[str, object]) -> dict[str, Any]:
    """The settings among a command's parameters, as `load_settings` takes them; what was not given is left out."""
    given: dict[str, Any] = {}
    for name, value in parameters.items():
        if name in _NO_SETTINGS or value is None or value == []:
            continue
        if name in _IN_TABLES:
            table, key = _IN_TABLES[name]
            given.setdefault(table, {})[key] = value
        else:
            given[name] = value
    return given | dict(_PLAIN) if parameters.get("plain") else given
