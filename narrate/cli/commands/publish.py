"""The command that writes the feed."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path

import typer

from narrate.cli.console import errors_shown, show_error, working
from narrate.cli.flags import settings_from
from narrate.core.errors import SourceError


def feed(folder: Path, given: Mapping[str, object], *, as_json: bool, debug: bool) -> None:
    """Write the feed; print its path, and what is wrong with episodes that are not in it."""
    with errors_shown(debug=debug):
        from narrate.publish.site import publish

        podcast = settings_from(given).podcast
        with working(f"reading the episodes in {folder}"):
            done = publish(folder, podcast)
        for problem in done.problems:
            message = f"{folder / problem.name}: {problem.message}, so the feed is without it"
            show_error(SourceError(message, problem.hint), debug=debug)
        typer.echo(json.dumps(dataclasses.asdict(done), default=str) if as_json else str(done.feed))
        if done.problems:
            raise typer.Exit(SourceError.exit_code)
