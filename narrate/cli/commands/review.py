"""`narrate review`: the draft of an article in the browser, to be read, heard and changed."""

from __future__ import annotations

import secrets
import signal
import sys
import threading
import webbrowser
from collections.abc import Mapping
from typing import TYPE_CHECKING

import typer

from narrate.cli.console import errors_shown, reading_shown
from narrate.cli.flags import settings_from
from narrate.pipeline.preflight import require_rules

if TYPE_CHECKING:
    from narrate.pipeline.reviewing.session import Review
    from narrate.publish.app import Made, OnDisk

_HOST = "127.0.0.1"
_TOKEN_BYTES = 24


def review(source: str, given: Mapping[str, object], *, port: int, is_opened: bool, debug: bool) -> None:
    """Serve the page of a draft until it says that it is done, or Ctrl-C.

    Args:
        source: An article, an episode or a draft.
        given: Settings of the command line.
        port: Where to listen; 0 for any that is free.
        is_opened: The browser is told to open the page.
        debug: Tracebacks are shown.
    """
    with errors_shown(debug=debug):
        from narrate.pipeline.engine import open_engine
        from narrate.pipeline.reviewing.opening import opened_draft
        from narrate.pipeline.reviewing.session import Review

        settings = settings_from(given)
        require_rules(settings)
        with open_engine(settings, warm=True) as engine:
            with reading_shown(source):
                path, settings = opened_draft(source, settings, engine)
                found = Review(path, settings, engine)
            _serve(found, port, is_opened=is_opened)
            found.finish()


def _serve(found: Review, port: int, *, is_opened: bool) -> None:
    from narrate.publish import app as application
    from narrate.publish import server
    from narrate.publish.review.routes import BODY_MAX_BYTES, ReviewRoutes

    token = secrets.token_urlsafe(_TOKEN_BYTES)

    def tell(url: str) -> None:
        typer.echo(str(found.path))
        typer.echo(url)
        sys.stdout.flush()
        if is_opened:
            # One that runs in a terminal returns when it is left.
            threading.Thread(target=webbrowser.open, args=[url], daemon=True).start()

    routes = ReviewRoutes(found, token, lambda: signal.raise_signal(signal.SIGINT))
    app = application.make_app(
        lambda: _files(found), folder=found.making.folder, token=token, hosts=("localhost",), beside=routes
    )
    limits = server.Limits(body_bytes=BODY_MAX_BYTES)
    server.serve(app, host=_HOST, port=port, on_ready=tell, token=token, limits=limits)


def _files(found: Review) -> dict[str, Made | OnDisk]:
    """Return what was made of the draft, as the server gives it out."""
    from narrate.core.file_names import MEDIA_TYPES
    from narrate.core.formats import FORMATS
    from narrate.publish.app import OnDisk

    sounds = {f".{name}": format.media_type for name, format in FORMATS.items()}
    known = sorted({**MEDIA_TYPES, **sounds}.items(), key=lambda item: -len(item[0]))
    named = {name: next((kind for ending, kind in known if name.endswith(ending)), "") for name in found.making.files}
    return {name: OnDisk(path, named[name]) for name, path in found.making.files.items() if named[name]}
