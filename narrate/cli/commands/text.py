"""The commands for text: show what will be said, and what was dropped."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import typer

from narrate.cli.console import errors_shown, reading_shown, tell_to_type
from narrate.cli.flags import settings_from
from narrate.cli.output import plain, print_json
from narrate.core.article import NOT_THE_ARTICLE
from narrate.core.errors import ConfigError
from narrate.core.language.tags import DEFAULT_LANGUAGE
from narrate.episode.accounting import require_words
from narrate.pipeline.lexicons import lexicon_for
from narrate.pipeline.preflight import require_rules
from narrate.pipeline.stages import read_and_clean, script_of, written_words

if TYPE_CHECKING:
    from narrate.core.article import Cleaned, Drop
    from narrate.core.settings.loading import Settings


def script(
    source: str, given: Mapping[str, object], *, clean: bool, dropped: bool, why: bool, as_json: bool, debug: bool
) -> None:
    """Print what will be said, or what was cleaned or dropped on the way to it."""
    with errors_shown(debug=debug):
        settings = settings_from(given)
        shown = [name for name, is_asked in (("--clean", clean), ("--dropped", dropped), ("--why", why)) if is_asked]
        if len(shown) > 1:
            raise ConfigError(f"{' and '.join(shown)} show different things", "give one of them")
        require_rules(settings)
        with reading_shown(source):
            cleaned = read_and_clean(source, settings, is_explained=why)
            result = (
                None if clean else script_of(cleaned, settings, lexicon_for(source, settings, cleaned.article.meta))
            )
        if why:
            _print_judged(cleaned, as_json)
        elif result is None:
            _print_cleaned(cleaned, settings, as_json)
        elif dropped:
            _print_drops(result.drops, as_json)
        else:
            require_words(result, source)
            if as_json:
                shown_script = {field.name: plain(getattr(result, field.name)) for field in dataclasses.fields(result)}
                print_json({"blocks": plain(cleaned.article.blocks), **shown_script})
            else:
                typer.echo(result.text)


def spoken(given: Mapping[str, object], *, debug: bool) -> None:
    """Written lines in, spoken lines out."""
    with errors_shown(debug=debug):
        from narrate.text.spoken import spoken_form

        settings = settings_from(given)
        tag, entries = settings.language or DEFAULT_LANGUAGE, lexicon_for("-", settings)
        tell_to_type()
        for line in sys.stdin or ():
            print(spoken_form(line.rstrip("\r\n"), tag, entries).text, flush=True)


def _print_judged(cleaned: Cleaned, as_json: bool) -> None:
    """Print each piece of a page, read or left; then what cleaning dropped of what was read."""
    judged = cleaned.article.judged
    drops = [drop for drop in cleaned.drops if drop not in cleaned.article.drops and drop.rule != NOT_THE_ARTICLE]
    if as_json:
        print_json({"judged": plain(judged), "drops": plain(tuple(drops))})
        return
    for one in judged:
        typer.echo(f"{'read' if one.is_kept else 'left'}\t{one.why}\t{one.block.text}")
    for drop in drops:
        typer.echo("\t".join(filter(None, ("dropped", drop.rule, drop.why, drop.block.text))))


def _print_drops(drops: tuple[Drop, ...], as_json: bool) -> None:
    if as_json:
        print_json(plain(drops))
        return
    for drop in drops:
        typer.echo("\t".join(filter(None, (drop.rule, drop.block.text, drop.why))))


def _print_cleaned(cleaned: Cleaned, settings: Settings, as_json: bool) -> None:
    """As JSON all that cleaning kept, with its kinds; as text only what is spoken of it."""
    if as_json:
        print_json(plain(cleaned))
        return
    typer.echo("\n\n".join(block.shown for block in written_words(cleaned, settings)))
