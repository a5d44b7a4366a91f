"""The commands for what becomes of finished episodes: a feed, a server, a check; app.py puts them in its list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.deferred import module_later

if TYPE_CHECKING:
    from narrate.cli import flags
else:
    flags = module_later("narrate.cli.flags")

Folder = Annotated[Path, typer.Argument(metavar="[DIR]", help="A folder of episodes.")]


def feed(
    folder: Folder = Path("output"),
    podcast_base_url: flags.BaseUrl = None,
    podcast_title: flags.PodcastTitle = None,
    podcast_keep_episodes: flags.KeepEpisodes = None,
    podcast_keep_days: flags.KeepDays = None,
    as_json: flags.Json = False,
    debug: flags.Debug = False,
) -> None:
    """Make a folder of episodes a podcast.

    It writes feed.xml, index.html and feed.cover.jpg. Put the folder on any web server then. Title, author, category
    and the like stand in narrate.toml, table podcast.
    """
    given = flags.settings_given(locals())
    from narrate.cli.commands import publish as does

    does.feed(folder, given, as_json=as_json, debug=debug)


def serve(
    folder: Folder = Path("output"),
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="ADDRESS", help="Address to listen at; 0.0.0.0 for every device on your network."
        ),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65_535, help="0 for any that is free.")] = 8000,
    token: Annotated[
        bool, typer.Option("--token", help="Put a secret into every address; it is kept in the folder.")
    ] = False,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="Where others find it, behind a proxy.")
    ] = None,
    qr: Annotated[bool | None, typer.Option("--qr/--no-qr", help="Show a QR code of the address.")] = None,
    inbox: Annotated[
        bool, typer.Option("--inbox", help="Take addresses, texts and files, and make episodes of them.")
    ] = False,
    engine: flags.EngineName = None,
    voice: flags.VoiceName = None,
    allow_private: flags.AllowPrivate = None,
    debug: flags.Debug = False,
) -> None:
    """Serve a folder of episodes to browsers and podcast apps.

    Its page, the feed, sound and transcripts. With --inbox the page takes articles, too, and they are spoken with the
    settings of narrate.toml; --engine, --voice and --allow-private are for that. Ctrl-C ends it.
    """
    given = flags.settings_given({"engine": engine, "voice": voice, "allow_private": allow_private})
    from narrate.cli.commands import serve as does

    asked = does.Asked(folder, host, port, with_token=token, base_url=base_url or "", qr=qr, has_inbox=inbox)
    does.serve(asked, given, debug=debug)


def check(
    path: Annotated[
        str, typer.Argument(metavar="[EPISODE|DIR|FEED]", help="An episode, a folder of them, a feed or its address.")
    ] = "output",
    rules: Annotated[bool, typer.Option("--rules", help="List the rules, and where they come from.")] = False,
    listen: Annotated[
        bool, typer.Option("--listen", help="Recognise an episode's speech, and name words that are not heard.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE|DIR", help="With --listen: write a page with the words that differ."),
    ] = None,
    allow_private: flags.AllowPrivate = None,
    as_json: flags.Json = False,
    debug: flags.Debug = False,
) -> None:
    """Say what podcast apps would object to.

    In the feed, the files, their tags, covers, transcripts and loudness.
    """
    from narrate.cli.commands import check as does

    does.check(
        path, rules=rules, listen=listen, report=report, allow_private=bool(allow_private), as_json=as_json, debug=debug
    )


def remove(
    episodes: Annotated[list[Path], typer.Argument(metavar="EPISODE…", help="Sound files of episodes.")],
    debug: flags.Debug = False,
) -> None:
    """Remove episodes with all that lies beside them.

    The next `narrate feed` takes them out of the feed.
    """
    from narrate.cli.commands import check as does

    does.remove(episodes, debug=debug)


def watch(
    places: Annotated[
        list[str],
        typer.Argument(metavar="DIR|FEED|LIST…", help="Folders; feeds: RSS, Atom, JSON Feed, OPML; lists of links."),
    ],
    every: Annotated[
        str, typer.Option("--every", metavar="TIME", help="Between two rounds: 90s, 15m, 2h, 1d.")
    ] = "15m",
    once: Annotated[bool, typer.Option("--once", help="One round, for cron.")] = False,
    newest: flags.Newest = None,
    output: flags.OutputFolder = None,
    engine: flags.EngineName = None,
    voice: flags.VoiceName = None,
    podcast_base_url: flags.BaseUrl = None,
    jobs: flags.Jobs = None,
    format: flags.FormatName = None,
    offline: flags.Offline = None,
    allow_private: flags.AllowPrivate = None,
    strict: flags.Strict = None,
    debug: flags.Debug = False,
) -> None:
    """Speak whatever is new in folders, feeds and lists, for ever.

    After each round the podcast's feed is renewed, if --base-url or narrate.toml says where it is. Other settings are
    those of narrate.toml. What fails is tried again later, with growing pauses.
    """
    given = flags.settings_given(locals())
    from narrate.cli.commands import watch as does

    does.watch(tuple(places), given, every=every, newest=newest, once=once, debug=debug)
