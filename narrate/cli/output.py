"""Results of commands on standard output: paths for people, JSON for machines."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import typer

from narrate.core.system.terminal_text import printable

if TYPE_CHECKING:
    from narrate.core.episode import Episode


def print_episode(source: str, episode: Episode, *, as_json: bool) -> None:
    """Its path, or all there is to know of it as one line of JSON."""
    if as_json:
        print_json({"source": source, **dataclasses.asdict(episode)})
    else:
        typer.echo(str(episode.path))


def print_same(source: str, first: str, path: str, *, as_json: bool) -> None:
    """Print that a source was another one's again; its path is printed for that one, so this is a note for people."""
    if as_json:
        print_json({"source": source, "same_as": first, "path": path})
    else:
        typer.echo(f"narrate: {printable(source)} is the same as {printable(first)}", err=True)


def plain(value: object) -> object:
    """Dataclasses as dictionaries, all the way down."""
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    # What does not count where two are compared is how a block looked, and nobody's business.
    return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value) if field.compare}


def print_json(value: object) -> None:
    """One line; paths and dates as text."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))
