"""The commands about engines: list and play voices, examine the installation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import typer

from narrate.cli.console import errors_shown, working
from narrate.cli.flags import settings_from
from narrate.cli.live import STANDARD_OUTPUT
from narrate.cli.output import plain, print_json
from narrate.core.errors import ConfigError

if TYPE_CHECKING:
    from narrate.cli.doctor import Finding
    from narrate.core.settings.model import Settings


def voices(given: Mapping[str, object], *, sample: str | None, as_json: bool, debug: bool) -> None:
    """Print the engine's voices, or speak a line with one."""
    with errors_shown(debug=debug):
        from narrate.speech.engines import make_engine

        settings = settings_from(given)
        if sample is not None:
            _sample(sample, settings, as_json=as_json)
            return
        if given.get("output"):
            raise ConfigError("--output is where a sample goes, and none is asked for", "add --sample VOICE")
        made = make_engine(settings)
        listed = made.voices()
        if as_json:
            print_json([plain(voice) for voice in listed])
            return
        for voice in listed:
            mark = "*" if voice.name == made.default_voice else " "
            typer.echo(f"{mark} {voice.name:<14}{voice.language:<8}{voice.gender}".rstrip())


def _sample(voice: str, settings: Settings, *, as_json: bool) -> None:
    from narrate.pipeline.voice_sample import speak_sample

    if str(settings.output) == STANDARD_OUTPUT:
        raise ConfigError("a sample goes into a file, not to standard output", "give a folder or a file with -o")
    with working(f"speaking a line as {voice}"):
        path = speak_sample(voice, settings)
    if as_json:
        print_json({"path": str(path)})
    else:
        typer.echo(str(path))


def doctor(given: Mapping[str, object], *, debug: bool) -> None:
    """Print what was found; exit 1 where something is missing."""
    with errors_shown(debug=debug):
        from narrate.cli.doctor import examine

        failed = False
        for finding in _one_by_one(examine(settings_from(given))):
            failed = failed or not finding.passed
            typer.echo(f"{'ok  ' if finding.passed else 'FAIL'} {finding.name}: {finding.detail}")
            if finding.hint:
                typer.echo(f"     hint: {finding.hint}")
        if failed:
            raise typer.Exit(1)


def _one_by_one(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each as soon as it is there, with a word for whoever waits for the next: trying an engine takes seconds."""
    waiting = iter(findings)
    while True:
        with working("trying every part"):
            finding = next(waiting, None)
        if finding is None:
            return
        yield finding
