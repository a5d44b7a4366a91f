"""The command that serves a folder, and speaks what comes into its inbox."""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import typer

from narrate.cli.console import errors_shown, leave, working
from narrate.cli.flags import settings_from
from narrate.core.errors import ConfigError, SourceError
from narrate.core.file_names import FEED

if TYPE_CHECKING:
    from narrate.pipeline.many.inbox import Speaker

# After the server has ended; with the second that downloads have, it is over in two.
_PATIENCE_S = 0.8


@dataclass(frozen=True, slots=True)
class Asked:
    """The server that is asked for: its folder, where it listens and what it is called; see `narrate serve --help`."""

    folder: Path
    host: str
    port: int
    with_token: bool = False
    base_url: str = ""
    qr: bool | None = None
    has_inbox: bool = False


def serve(asked: Asked, given: Mapping[str, object], *, debug: bool) -> None:
    """Serve until Ctrl-C.

    Args:
        asked: Where and what.
        given: Settings of the command line for what comes into the inbox; without one nobody may give any.
        debug: Tracebacks are shown.
    """
    with errors_shown(debug=debug), ExitStack() as ends:
        from narrate.publish.token import kept_token

        folder = asked.folder
        if not folder.is_dir():
            raise SourceError(f"there is no folder {folder}", f"narrate speak ARTICLE -o {folder}")
        if given and not asked.has_inbox:
            raise ConfigError("--engine, --voice and --allow-private are for the inbox", "add --inbox")
        if asked.has_inbox:
            _require_secret(asked)
        secret = kept_token(folder) if asked.with_token else ""
        speaker = _speaker(folder, given, ends) if asked.has_inbox else None
        _serve(asked, secret, speaker)
        if speaker and not speaker.stop(_PATIENCE_S):
            ends.close()
            leave(0)  # a thread is in the middle of an inference; all files are written in one step


def _serve(asked: Asked, secret: str, speaker: Speaker | None) -> None:
    from narrate.publish import app as application
    from narrate.publish import server
    from narrate.publish.inbox.routes import InboxRoutes
    from narrate.publish.site import LiveSite

    base_url = asked.base_url
    podcast = replace(settings_from().podcast, base_url=base_url or "http://localhost")
    live = LiveSite(asked.folder, podcast, has_inbox=speaker is not None)
    with working(f"reading the episodes in {asked.folder}"):
        live()  # what cannot be used is said now, not to the first client
    hosts = (*server.own_names(asked.host), *([urlsplit(base_url).hostname or ""] if base_url else []))

    def tell(own_url: str) -> None:
        url = f"{base_url.rstrip('/')}/{secret}{'/' if secret else ''}" if base_url else own_url
        live.is_at(url)
        _tell(url, sys.stdout.isatty() if asked.qr is None else asked.qr, has_inbox=speaker is not None)
        if speaker:
            speaker.start()

    beside = InboxRoutes(speaker.inbox, token=secret, base_url=base_url) if speaker else None
    limits = server.Limits(body_bytes=speaker.inbox.limits.file_bytes) if speaker else server.Limits()
    app = application.make_app(live, folder=asked.folder, token=secret, hosts=hosts, beside=beside)
    server.serve(app, host=asked.host, port=asked.port, on_ready=tell, token=secret, limits=limits)


def _require_secret(asked: Asked) -> None:
    """Let nobody but this machine fill an inbox without knowing its secret.

    Raises:
        ConfigError: Others could.
    """
    public = urlsplit(asked.base_url).hostname if asked.base_url else asked.host
    if not asked.with_token and not (_is_loopback(asked.host) and _is_loopback(public or "")):
        message = "an inbox that others can reach needs a secret in its address"
        raise ConfigError(message, "add --token, or serve this machine alone: --host 127.0.0.1")


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _speaker(folder: Path, given: Mapping[str, object], ends: ExitStack) -> Speaker:
    """Return what speaks the inbox of a folder, after a look at all that it will need.

    Raises:
        NarrateError: It cannot be used, or another process has the inbox.
    """
    from narrate.cli.commands.rounds import renew, require_watchable
    from narrate.core.system.cores import one_blas_thread
    from narrate.core.system.memory import give_back_early
    from narrate.library.inbox.inbox import opened
    from narrate.pipeline.many.inbox import Speaker

    settings = settings_from({**given, "output": folder})
    give_back_early()
    one_blas_thread()
    require_watchable(settings)

    def publish() -> None:
        if (folder / FEED).exists():
            renew(settings)

    return Speaker(ends.enter_context(opened(folder)), settings, publish)


def _tell(url: str, qr: bool, *, has_inbox: bool) -> None:
    from narrate.publish.server import qr_lines

    typer.echo(url)
    typer.echo(f"{url}{FEED}")
    if has_inbox:
        typer.echo(f"{url}inbox")
        typer.echo(f"To add an article: curl --data-urlencode url=https://example.com/article {url}inbox")
    if qr:
        typer.echo("\n".join(qr_lines(url)))
        if urlsplit(url).hostname in ("127.0.0.1", "::1", "localhost"):
            typer.echo("Only this machine can open it; for a phone on your network: narrate serve --host 0.0.0.0")
    sys.stdout.flush()
