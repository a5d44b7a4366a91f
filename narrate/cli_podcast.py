"""The commands for what becomes of finished episodes: a feed, a server, a check; cli.py puts them in its list."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from narrate import flags
from narrate.config import Podcast, load_settings
from narrate.console import errors_shown, progress_shown, show_error
from narrate.errors import SourceError
from narrate.manifest import FEED, JSON
from narrate.progress import Progress

if TYPE_CHECKING:
    from narrate.check import Finding
    from narrate.listen import Report

# What `narrate check` ends with where an app would refuse something; other codes say that it could not look.
EXIT_REFUSED = 7

Folder = Annotated[Path, typer.Argument(metavar="[DIR]", help="A folder of episodes.")]
BaseUrl = Annotated[
    str | None, typer.Option("--base-url", metavar="URL", help="Where the folder will be found on the web.")
]


def feed(
    folder: Folder = Path("output"),
    base_url: BaseUrl = None,
    title: Annotated[str | None, typer.Option("--title", help="Name of the podcast.")] = None,
    keep_episodes: Annotated[
        int | None, typer.Option("--keep-episodes", metavar="N", help="List the newest N; 0 for all.")
    ] = None,
    keep_days: Annotated[
        int | None, typer.Option("--keep-days", metavar="N", help="List those of the last N days; 0 for all.")
    ] = None,
    as_json: flags.Json = False,
    debug: flags.Debug = False,
) -> None:
    """Make a folder of episodes a podcast: write feed.xml, index.html and feed.cover.jpg into it.

    Put the folder on any web server then. Title, author, category and the like stand in narrate.toml, table podcast.
    """
    given = {"base_url": base_url, "title": title, "keep_episodes": keep_episodes, "keep_days": keep_days}
    with errors_shown(debug=debug):
        from narrate.publishing import publish

        done = publish(folder, _podcast(given))
        for problem in done.problems:
            message = f"{folder / problem.name}: {problem.message}, so the feed is without it"
            show_error(SourceError(message, problem.hint), debug=debug)
        typer.echo(json.dumps(dataclasses.asdict(done), default=str) if as_json else str(done.feed))
        if done.problems:
            raise typer.Exit(SourceError.exit_code)


def _podcast(given: Mapping[str, object]) -> Podcast:
    return load_settings({"podcast": {key: value for key, value in given.items() if value is not None}}).podcast


def serve(
    folder: Folder = Path("output"),
    host: Annotated[
        str, typer.Option("--host", help="Address to listen at; 0.0.0.0 for every device on your network.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="0 for any that is free.")] = 8000,
    token: Annotated[
        bool, typer.Option("--token", help="Put a secret into every address; it is kept in the folder.")
    ] = False,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="Where others find it, behind a proxy.")
    ] = None,
    qr: Annotated[bool | None, typer.Option("--qr/--no-qr", help="Show a QR code of the address.")] = None,
    debug: flags.Debug = False,
) -> None:
    """Serve a folder of episodes: its page, the feed, audio, transcripts. Ctrl-C ends it."""
    with errors_shown(debug=debug):
        from narrate.publish import app as application
        from narrate.publish import server
        from narrate.publishing import LiveSite

        if not folder.is_dir():
            raise SourceError(f"there is no folder {folder}", f"narrate speak ARTICLE -o {folder}")
        secret = server.kept_token(folder) if token else ""
        live = LiveSite(folder, replace(load_settings().podcast, base_url=base_url or "http://localhost"))
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


def check(
    path: Annotated[
        str, typer.Argument(metavar="[EPISODE|DIR|FEED]", help="An episode, a folder of them, a feed or its address.")
    ] = "output",
    rules: Annotated[bool, typer.Option("--rules", help="List the rules, and where they come from.")] = False,
    listen: Annotated[
        bool, typer.Option("--listen", help="Recognise an episode's speech, and name words that are not heard.")
    ] = False,
    allow_private: flags.AllowPrivate = None,
    as_json: flags.Json = False,
    debug: flags.Debug = False,
) -> None:
    """Say what podcast apps would object to: in the feed, the files, their tags, covers and loudness."""
    with errors_shown(debug=debug):
        if listen:
            _listen(Path(path), as_json=as_json)
            return
        from narrate.check import RULES, lines, rule_lines

        if rules:
            typer.echo("\n".join(rule_lines(RULES)))
            return
        findings = _findings(path, allow_private=bool(allow_private))
        if as_json:
            typer.echo(json.dumps([dataclasses.asdict(finding) for finding in findings], ensure_ascii=False))
        else:
            for line in lines(findings):
                typer.echo(line)
        if not findings:
            typer.echo(f"nothing to object to in {path}", err=True)
        if any(finding.severity == "error" for finding in findings):
            raise typer.Exit(EXIT_REFUSED)


def _listen(path: Path, *, as_json: bool) -> None:
    """Hear one episode, or all of a folder, and compare each with its script."""
    from narrate.library import Library
    from narrate.listen import lines

    library = Library(path if path.is_dir() else path.parent)
    stems = [episode.stem for episode in library.listing().episodes] if path.is_dir() else [path.stem]
    if not stems:
        raise SourceError(f"{path} holds no episodes with manifests", f"narrate speak ARTICLE -o {path}")
    lost = 0
    for stem in stems:
        manifest = library.manifest_of(stem)
        audio = library.folder / manifest.audio.name if manifest else path
        report = _heard(audio)
        lost += len(report.missed)
        if as_json:
            typer.echo(json.dumps({"episode": str(audio), **dataclasses.asdict(report)}, ensure_ascii=False))
        else:
            typer.echo(f"{audio}\n  " + "\n  ".join(lines(report, manifest)))
    if lost:
        raise typer.Exit(EXIT_REFUSED)


def _heard(audio: Path) -> Report:
    from narrate.listen import listen, read_script

    script = read_script(audio.with_name(audio.stem + JSON))
    with progress_shown(audio.name) as on_progress:
        return listen(audio, script, on_progress=lambda done, total: on_progress(Progress("listen", done, total)))


def _findings(path: str, *, allow_private: bool) -> tuple[Finding, ...]:
    from narrate.check import check as look
    from narrate.check import check_feed_data

    if not path.startswith(("http://", "https://")):
        return look(path, on_file=_say_which)
    from narrate.read.web import FEED, fetch

    page = fetch(path, allow_private=allow_private, wanted=FEED)
    return check_feed_data(page.data, urlsplit(page.url).path.rpartition("/")[2] or "feed")


def _say_which(file: Path) -> None:
    """An hour of sound takes half a minute; whoever waits at a terminal sees what for."""
    if sys.stderr.isatty():
        typer.echo(f"checking {file.name}", err=True)


def remove(
    episodes: Annotated[list[Path], typer.Argument(metavar="EPISODE…", help="Sound files of episodes.")],
    debug: flags.Debug = False,
) -> None:
    """Remove episodes with all that lies beside them; narrate feed then takes them out of the feed."""
    with errors_shown(debug=debug):
        from narrate.library import Library
        from narrate.locks import writing
        from narrate.manifest import MANIFEST

        for path in episodes:
            stem = path.name.removesuffix(MANIFEST) if path.name.endswith(MANIFEST) else path.stem
            library = Library(path.parent)
            manifest = library.manifest_of(stem)
            if manifest is None:
                raise SourceError(f"{path} is no episode with a manifest", "remove its files by hand")
            with writing(path):
                library.remove(manifest)
            typer.echo(str(path.parent / manifest.audio.name))
