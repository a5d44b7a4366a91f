"""The commands for drafts: written to a file, reviewed in the browser, doubtful words; app.py puts them in its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.cli.deferred import module_later

if TYPE_CHECKING:
    from narrate.cli import flags
else:
    flags = module_later("narrate.cli.flags")


def draft(
    source: flags.OneSource = None,
    text: flags.GivenText = None,
    clipboard: flags.Clipboard = False,
    draft_file: flags.DraftFile = None,
    refresh: flags.Refresh = None,
    force: flags.Force = False,
    engine: flags.EngineName = None,
    voice: flags.VoiceName = None,
    gender: flags.Gender = None,
    language: flags.Language = None,
    offline: flags.Offline = None,
    read_as: flags.ReadAs = None,
    marks: flags.Marks = None,
    clean_keep: flags.Keep = None,
    clean_drop: flags.Drop = None,
    clean_keep_lines: flags.KeepLines = None,
    lexicon: flags.LexiconFiles = None,
    partial: flags.Partial = None,
    all_text: flags.AllText = None,
    allow_private: flags.AllowPrivate = None,
    debug: flags.Debug = False,
) -> None:
    """Write what would be spoken of an article to a file to edit.

    It is Markdown: what is dropped stands there behind a percent sign, and notes tell what is said otherwise than
    written and which words a voice may say wrong. narrate speak DRAFT makes the article's episode of it.
    """
    given = flags.settings_given(locals())
    from narrate.cli.commands import draft as does
    from narrate.cli.given_text import sources_given

    with sources_given([source] if source is not None else [], given, text=text, clipboard=clipboard) as found:
        one = found[0] if found else None
        does.draft(one, given, output=draft_file, refresh=refresh, is_forced=force, debug=debug)


def review(
    source: flags.Reviewed,
    port: flags.ReviewPort = 0,
    no_open: flags.NoOpen = False,
    output: flags.OutputFolder = None,
    engine: flags.EngineName = None,
    voice: flags.VoiceName = None,
    gender: flags.Gender = None,
    speed: flags.Speed = None,
    language: flags.Language = None,
    format: flags.FormatName = None,
    offline: flags.Offline = None,
    read_as: flags.ReadAs = None,
    marks: flags.Marks = None,
    clean_keep: flags.Keep = None,
    clean_drop: flags.Drop = None,
    lexicon: flags.LexiconFiles = None,
    partial: flags.Partial = None,
    all_text: flags.AllText = None,
    allow_private: flags.AllowPrivate = None,
    debug: flags.Debug = False,
) -> None:
    """Review in the browser what will be spoken.

    SOURCE is an article, an episode or a draft. What is changed is saved to the draft at once; the page is for this
    machine alone and ends with Done in it or Ctrl-C here.
    """
    given = flags.settings_given(locals())
    from narrate.cli.commands import review as does

    does.review(source, given, port=port, is_opened=not no_open, debug=debug)


def words(
    source: flags.OneSource = None,
    text: flags.GivenText = None,
    clipboard: flags.Clipboard = False,
    engine: flags.EngineName = None,
    voice: flags.VoiceName = None,
    language: flags.Language = None,
    lexicon: flags.LexiconFiles = None,
    debug: flags.Debug = False,
) -> None:
    """List words that are likely to be said wrong.

    They are lines for a lexicon.toml, ready to paste and correct there.
    """
    given = flags.settings_given(locals())
    from narrate.cli.commands import words as does
    from narrate.cli.given_text import sources_given, the_source

    with sources_given([source] if source is not None else [], given, text=text, clipboard=clipboard) as found:
        does.words(the_source("words", found), given, debug=debug)
