"""The command `narrate cache` and what it takes; commands/cache.py has what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.deferred import module_later

if TYPE_CHECKING:
    from narrate.cli import flags
else:
    flags = module_later("narrate.cli.flags")

app = typer.Typer(name="cache", add_completion=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def show(context: typer.Context, as_json: flags.Json = False, debug: flags.Debug = False) -> None:
    """Show what is kept for later runs, or remove it.

    It says where that lies, how much of each kind, when it was used last, and the limit. A spoken minute takes some
    2 MB. What was not used for longest goes when the folder is above the limit: cache_limit_mb in narrate.toml or
    NARRATE_CACHE_LIMIT_MB, 0 for none.
    """
    if context.invoked_subcommand is None:
        from narrate.cli.commands import cache as does

        does.show(as_json=as_json, debug=debug)


@app.command()
def clear(
    kinds: Annotated[
        list[str] | None, typer.Argument(metavar="[KIND…]", help="Such as clips or pages; all where left out.")
    ] = None,
    older_than: Annotated[
        str | None, typer.Option("--older-than", metavar="AGE", help="Only what was not used for so long: 30d, 12h.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Remove nothing; say what would be freed.")] = False,
    as_json: flags.Json = False,
    debug: flags.Debug = False,
) -> None:
    """Remove what is kept, without asking.

    It is made again when it is needed. What a running narrate uses stays, and so do files that are not narrate's.
    """
    from narrate.cli.commands import cache as does

    does.clear_away(kinds or (), older_than=older_than, dry_run=dry_run, as_json=as_json, debug=debug)


@app.command()
def trim(as_json: flags.Json = False, debug: flags.Debug = False) -> None:
    """Remove what is above the limit, now.

    What was not used for longest goes first. Each run that keeps something does so by itself.
    """
    from narrate.cli.commands import cache as does

    does.trim(as_json=as_json, debug=debug)
