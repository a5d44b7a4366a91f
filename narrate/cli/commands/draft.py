"""`narrate draft`: what would be spoken of an article, as a file to edit."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import typer

from narrate.cli.console import errors_shown, reading_shown
from narrate.cli.flags import settings_from
from narrate.core.errors import ConfigError
from narrate.core.settings.model import Settings
from narrate.pipeline.preflight import require_rules

_PRINTED = Path("-")


def draft(
    source: str | None,
    given: Mapping[str, object],
    *,
    output: Path | None,
    refresh: Path | None,
    is_forced: bool,
    debug: bool,
) -> None:
    """Write the draft of a source, or the notes of a draft anew, and print its path."""
    with errors_shown(debug=debug):
        from narrate.pipeline.drafting.making import draft_article, file_draft, refreshed
        from narrate.pipeline.engine import open_engine
        from narrate.sources.read.draft.drafts import draft_text

        settings = settings_from(given)
        if (source is None) == (refresh is None):
            raise ConfigError("a SOURCE, or --refresh with a draft, and not both", "narrate draft article.md")
        require_rules(settings)
        with open_engine(settings) as engine:
            if refresh is not None:
                path, made = output or refresh, refreshed(refresh, settings, engine)
                is_forced = is_forced or path == refresh
            else:
                with reading_shown(source or ""):
                    settings, target = _places(settings, output)
                    path, made = draft_article(source or "", settings, engine, target)
        if output == _PRINTED:
            sys.stdout.write(draft_text(made))
            return
        file_draft(path, made, is_forced=is_forced)
        typer.echo(str(path))


def _places(settings: Settings, output: Path | None) -> tuple[Settings, Path | None]:
    """Return settings whose output is the folder of episodes, and the file that was named; None for none."""
    if output is None or output == _PRINTED:
        return settings, output
    if output.suffix.lower() == ".md" and not output.is_dir():
        return settings, output
    return replace(settings, output=output), None
