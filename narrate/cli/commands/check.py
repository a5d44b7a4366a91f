"""The commands for finished episodes: look at files, listen to them, remove them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import typer

from narrate.cli.console import errors_shown, progress_shown, working
from narrate.core.errors import ConfigError, SourceError
from narrate.core.file_names import JSON
from narrate.core.progress import Progress
from narrate.core.system.terminal_text import printable

if TYPE_CHECKING:
    from narrate.check import Finding
    from narrate.check.listen import Report
    from narrate.core.episode import Transcript

# What `narrate check` ends with where an app would refuse something; other codes say that it could not look.
EXIT_REFUSED = 7


def check(
    path: str, *, rules: bool, listen: bool, report: Path | None, allow_private: bool, as_json: bool, debug: bool
) -> None:
    """Print findings, or the rules, or what was heard."""
    with errors_shown(debug=debug):
        if report and not listen:
            raise ConfigError("--report shows what was heard", "add --listen")
        if rules and (listen or as_json):
            raise ConfigError(f"--rules does not go with {'--listen' if listen else '--json'}", "give one of them")
        if listen:
            _listen(Path(path), report, as_json=as_json)
            return
        from narrate.check import RULES, lines, rule_lines

        if rules:
            typer.echo("\n".join(rule_lines(RULES)))
            return
        findings = _findings(path, allow_private=allow_private)
        if as_json:
            typer.echo(json.dumps([dataclasses.asdict(finding) for finding in findings], ensure_ascii=False))
        else:
            for line in lines(findings):
                typer.echo(line)
        if not findings:
            typer.echo(f"nothing to object to in {printable(path)}", err=True)
        if any(finding.severity == "error" for finding in findings):
            raise typer.Exit(EXIT_REFUSED)


def _listen(path: Path, page: Path | None, *, as_json: bool) -> None:
    """Hear one episode, or all of a folder, and compare each with its script."""
    from narrate.check.listen import lines, write_report
    from narrate.library.library import Library

    library = Library(path if path.is_dir() else path.parent)
    found = library.listing().episodes if path.is_dir() else [library.episode_at(path)]
    if not found:
        raise SourceError(f"{path} holds no episodes with manifests", f"narrate speak ARTICLE -o {path}")
    if page and len(found) > 1 and not page.is_dir():
        raise ConfigError(f"{len(found)} episodes do not fit in {page}", "give a folder with --report")
    lost = 0
    for manifest in found:
        audio = library.folder / manifest.audio.name if manifest else path
        script, report = _heard(audio, manifest.stem if manifest else path.stem)
        if page:
            title = manifest.title if manifest else ""
            typer.echo(str(write_report(page, report, script, audio, title=title)), err=as_json)
        lost += len(report.missed)
        if as_json:
            typer.echo(json.dumps({"episode": str(audio), **dataclasses.asdict(report)}, ensure_ascii=False))
        else:
            typer.echo(f"{audio}\n  " + "\n  ".join(lines(report, manifest)))
    if lost:
        raise typer.Exit(EXIT_REFUSED)


def _heard(audio: Path, stem: str) -> tuple[Transcript, Report]:
    from narrate.check.listen import listen, read_script

    script = read_script(audio.with_name(stem + JSON))
    with progress_shown(audio.name) as on_progress:
        report = listen(audio, script, on_progress=lambda done, total: on_progress(Progress("listen", done, total)))
    return script, report


def _findings(path: str, *, allow_private: bool) -> tuple[Finding, ...]:
    from narrate.check import check as look
    from narrate.check import check_feed_data

    if not path.startswith(("http://", "https://")):
        with working(f"checking {path}") as tell:
            return look(path, on_file=lambda file: tell(f"checking {file.name}"))
    from narrate.sources.fetch.web import FEED, fetch

    with working(f"fetching {path}"):
        page = fetch(path, allow_private=allow_private, wanted=FEED)
    return check_feed_data(page.data, urlsplit(page.url).path.rpartition("/")[2] or "feed")


def remove(episodes: Sequence[Path], *, debug: bool) -> None:
    """Remove each episode's files and print what it was."""
    with errors_shown(debug=debug):
        from narrate.check.listen.page import HEARD, is_report
        from narrate.library.library import Library
        from narrate.library.locks import writing

        for path in episodes:
            library = Library(path.parent)
            manifest = library.episode_at(path)
            if manifest is None:
                raise SourceError(f"{path} is no episode with a manifest", "remove its files by hand")
            with writing(path):
                library.remove(manifest)
                heard = path.with_name(f"{manifest.stem}{HEARD}")
                if is_report(heard):
                    heard.unlink()
            typer.echo(str(path.parent / manifest.audio.name))
