"""Flags of the command line: each in one place, called like the setting it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli import completion
from narrate.cli.panels import flag_in_use
from narrate.core.settings.checks import OneOf
from narrate.core.settings.declaration import Declared, Flag, Setting, nested
from narrate.core.settings.model import declared
from narrate.core.settings.tables import FRAME_PANEL

if TYPE_CHECKING:
    from narrate.core.settings.model import Settings

MANY_PANEL = "Many articles"
SOURCE_HELP = (
    "A text, Markdown or HTML file, a PDF, EPUB, DOCX, ODT or RTF, a mail, a web archive, or an address; - reads "
    "standard input."
)


class SplitBy(StrEnum):
    """A part of a document that becomes an article of its own."""

    CHAPTER = "chapter"


# Every setting by its key, which is what a parameter of a command is called that gives it.
DECLARED: Mapping[str, Declared] = {one.key: one for one in declared()}

# What is said to a command and is no setting.
NO_SETTINGS = frozenset(
    {
        "source",
        "sources",
        "places",
        "folder",
        "as_json",
        "debug",
        "plain",
        "clean",
        "dropped",
        "why",
        "sample",
        "split",
        "lists",
        "feeds",
        "newest",
        "report",
        "cluster",
        "play",
        "every",
        "once",
        "text",
        "clipboard",
        "draft_file",
        "refresh",
        "force",
        "port",
        "no_open",
    }
)


def of_setting(key: str, *, metavar: str = "", help: str = "") -> object:
    """Return the flag of a setting, as it is declared.

    Args:
        key: Of the setting, with its table: "music_before"; the command's parameter is called so, too.
        metavar: What stands for the value where this command takes less than others; "" for the declared word.
        help: The same for the line of help.
    """
    setting = DECLARED[key].setting
    flag = setting.flag
    if flag is None:
        raise LookupError(f"no flag is declared for {key}")
    return typer.Option(
        *flag.names,
        metavar=metavar or flag.metavar,
        help=help or flag.help,
        rich_help_panel=flag.panel,
        autocompletion=_proposing(flag, setting),
    )


def _proposing(flag: Flag, setting: Setting) -> Callable[..., object] | None:
    """Return the function that makes a shell's proposals for a flag's value; None for a value nobody can guess."""
    if flag.proposes:
        found: Callable[..., object] = getattr(completion, flag.proposes)
        return found
    return completion.among(setting.check.choices) if isinstance(setting.check, OneOf) else None


def _many(*names: str, metavar: str | None = None, help: str) -> object:
    return typer.Option(*names, metavar=metavar, help=help, rich_help_panel=MANY_PANEL)


Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE…]",
        help="Text, Markdown, HTML, PDF, EPUB, DOCX, ODT, RTF, mails, web archives, folders of them, addresses; "
        "- reads standard input.",
    ),
]
Source = Annotated[str, typer.Argument(metavar="SOURCE", help=SOURCE_HELP)]

OneSource = Annotated[str | None, typer.Argument(metavar="[SOURCE]", help=SOURCE_HELP)]

# Settings: what they are called, take and say in help is declared with each.
Output = Annotated[Path | None, of_setting("output")]
OutputFolder = Annotated[Path | None, of_setting("output", metavar="DIR", help="Folder for the episodes, else output.")]
EngineName = Annotated[str | None, of_setting("engine")]
VoiceName = Annotated[str | None, of_setting("voice")]
Fallback = Annotated[str | None, of_setting("fallback")]
Strict = Annotated[bool | None, of_setting("strict")]
Gender = Annotated[str | None, of_setting("gender")]
Speed = Annotated[float | None, of_setting("speed")]
Language = Annotated[str | None, of_setting("language")]
Jobs = Annotated[int | None, of_setting("jobs")]
UseCache = Annotated[bool | None, of_setting("cache")]
FormatName = Annotated[str | None, of_setting("format")]
Bitrate = Annotated[int | None, of_setting("bitrate_kbps")]
Loudness = Annotated[float | None, of_setting("loudness_lufs")]
Stereo = Annotated[bool | None, of_setting("stereo")]
CoverName = Annotated[str | None, of_setting("cover")]
Sidecars = Annotated[bool | None, of_setting("sidecars")]
Intro = Annotated[bool | None, of_setting("intro")]
Outro = Annotated[bool | None, of_setting("outro")]
QuoteVoice = Annotated[str | None, of_setting("quote_voice")]
InlineQuotes = Annotated[bool | None, of_setting("inline_quotes")]
Cast = Annotated[str | None, of_setting("cast")]
SpeakerNames = Annotated[str | None, of_setting("speaker_names")]
MusicBefore = Annotated[Path | None, of_setting("music_before")]
MusicAfter = Annotated[Path | None, of_setting("music_after")]
Offline = Annotated[bool | None, of_setting("offline")]
ReadAs = Annotated[str | None, of_setting("read_as")]
Keep = Annotated[list[str] | None, of_setting("clean_keep")]
Drop = Annotated[list[str] | None, of_setting("clean_drop")]
KeepLines = Annotated[list[str] | None, of_setting("clean_keep_lines")]
LexiconFiles = Annotated[list[Path] | None, of_setting("lexicon")]
Partial = Annotated[bool | None, of_setting("partial")]
AllText = Annotated[bool | None, of_setting("all_text")]
Marks = Annotated[bool | None, of_setting("marks")]
AllowPrivate = Annotated[bool | None, of_setting("allow_private")]
PodcastTitle = Annotated[str | None, of_setting("podcast_title")]
BaseUrl = Annotated[str | None, of_setting("podcast_base_url")]
KeepEpisodes = Annotated[int | None, of_setting("podcast_keep_episodes")]
KeepDays = Annotated[int | None, of_setting("podcast_keep_days")]

# What is no setting.
Play = Annotated[bool, typer.Option("--play", help="Hear it while it is made.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show every step, and tracebacks of errors.")]
Plain = Annotated[
    bool,
    typer.Option(
        "--plain", help="The article alone, in one voice, whatever the settings say.", rich_help_panel=FRAME_PANEL
    ),
]
GivenText = Annotated[
    str | None, typer.Option("--text", metavar="TEXT", help="The article itself, in place of a SOURCE.")
]
Clipboard = Annotated[bool, typer.Option("--clipboard", help="The article on the clipboard, in place of a SOURCE.")]
DraftFile = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="The draft, or a folder for it; - prints it.")
]
Refresh = Annotated[
    Path | None, typer.Option("--refresh", metavar="DRAFT", help="Make a draft's notes anew and keep all else.")
]
Reviewed = Annotated[str, typer.Argument(metavar="SOURCE", help="An article, an episode (MP3 …) or a draft.")]
ReviewPort = Annotated[
    int, typer.Option("--port", metavar="N", min=0, max=65535, help="Port to listen at; 0 for any that is free.")
]
NoOpen = Annotated[bool, typer.Option("--no-open", help="Print the address and open no browser.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a draft that is there.")]
Lists = Annotated[
    list[str] | None,
    _many("--from", metavar="LIST", help="A source a line, or an export of Pocket, bookmarks …; - for standard input."),
]
Feeds = Annotated[
    list[str] | None, _many("--feed", metavar="FEED", help="RSS, Atom, JSON Feed or OPML, an address or a file.")
]
Newest = Annotated[int | None, _many("--newest", metavar="N", help="Only the N newest articles of each feed.")]
Split = Annotated[
    SplitBy | None, _many("--split", metavar="chapter", help="Speak each chapter of a book or document by itself.")
]
Cluster = Annotated[
    str | None, _many("--cluster", metavar="ADDRESS", help="Speak on a Dask cluster: its scheduler, HOST:PORT.")
]
ReportFile = Annotated[Path | None, _many("--report", metavar="FILE", help="Write a line of JSON for each article.")]


def settings_from(given: Mapping[str, object] | None = None) -> Settings:
    """Gather settings, those of the command line on top.

    Args:
        given: What `settings_given` made of the command line.

    Raises:
        ConfigError: One cannot be used; names it as it was typed, such as "--bitrate".
    """
    from narrate.core.settings.loading import (
        load_settings,  # not before a command is chosen: help is there in an instant
    )

    return load_settings(given, flag_of=flag_in_use)


def settings_given(parameters: Mapping[str, object]) -> dict[str, object]:
    """Return the settings among a command's parameters, as `load_settings` takes them.

    What was not given is left out. With --plain, what stands around the reading is as if nobody had asked for it.

    Args:
        parameters: All of a command's, by their names.

    Raises:
        LookupError: One is neither a setting nor in NO_SETTINGS: what is typed must not be lost.
    """
    given = [
        (DECLARED[name], value)
        for name, value in parameters.items()
        if name not in NO_SETTINGS and value is not None and value != []
    ]
    return nested([*given, *_FRAME_OFF] if parameters.get("plain") else given)


# What --plain says: that nothing stands around the reading.
_FRAME_OFF = [
    (one, "" if one.default is None else one.default)
    for one in DECLARED.values()
    if one.setting.flag and one.setting.flag.panel == FRAME_PANEL
]
