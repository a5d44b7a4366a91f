"""The commands for publishing: write the feed, serve the folder."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import typer

from narrate.cli.console import errors_shown, show_error, working
from narrate.cli.flags import settings_from
from narrate.core.errors import SourceError
from narrate.core.file_names import FEED


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


def serve(folder: Path, *, host: str, port: int, with_token: bool, base_url: str, qr: bool | None, debug: bool) -> None:
    """Serve until Ctrl-C."""
    with errors_shown(debug=debug):
        from narrate.publish import app as application
        from narrate.publish import server
        from narrate.publish.site import LiveSite

        if not folder.is_dir():
            raise SourceError(f"there is no folder {folder}", f"narrate speak ARTICLE -o {folder}")
        secret = server.kept_token(folder) if with_token else ""
        live = LiveSite(folder, replace(settings_from().podcast, base_url=base_url or "http://localhost"))
        with working(f"reading the episodes in {folder}"):
            live()  # what cannot be used is said now, not to the first client
        hosts = (*server.own_names(host), *([urlsplit(base_url).hostname or ""] if base_url else []))

        def tell(own_url: str) -> None:
            url = f"{base_url.rstrip('/')}/{secret}{'/' if secret else ''}" if base_url else own_url
            live.is_at(url)
            _tell(url, sys.stdout.isatty() if qr is None else qr)

        app = application.make_app(live, folder=folder, token=secret, hosts=hosts)
        server.serve(app, host=host, port=port, on_ready=tell, token=secret)


def _tell(url: str, qr: bool) -> None:
    from narrate.publish.server import qr_lines

    typer.echo(url)
    typer.echo(f"{url}{FEED}")
    if qr:
        typer.echo("\n".join(qr_lines(url)))
        if urlsplit(url).hostname in ("127.0.0.1", "::1", "localhost"):
            typer.echo("Only this machine can open it; for a phone on your network: narrate serve --host 0.0.0.0")
    sys.stdout.flush()
