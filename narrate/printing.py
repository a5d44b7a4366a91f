"""What commands print on standard output: paths for people, JSON for machines."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from narrate.episode import Episode


def print_episode(source: str, episode: Episode, *, as_json: bool) -> None:
    """Its path, or all there is to know of it as one line of JSON."""
    if as_json:
        print_json({"source": source, **plain(episode)})
    else:
        typer.echo(str(episode.path))


def plain(value: Any) -> Any:
    """Dataclasses as dictionaries, all the way down."""
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) and not isinstance(value, type) else value


def print_json(value: object) -> None:
    """One line; paths and dates as text."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))
