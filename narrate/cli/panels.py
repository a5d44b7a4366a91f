"""A command whose options stand in the panels that they name, and whose flags are known while it runs."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING

from typer.core import TyperCommand

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter

# The longest name of each flag of the command that runs, by its parameter: messages name what was typed.
_FLAGS_IN_USE: ContextVar[Mapping[str, str]] = ContextVar("flags of the running command")


class PanelledCommand(TyperCommand):
    """Shows its options in the panels that they name, in their order."""

    def invoke(self, ctx: Context) -> object:
        """Run the command; its flags are known to `flag_in_use` meanwhile."""
        options = (parameter for parameter in self.params if parameter.param_type_name == "option")
        before = _FLAGS_IN_USE.set({str(option.name): max(option.opts, key=len) for option in options})
        try:
            return super().invoke(ctx)
        finally:
            _FLAGS_IN_USE.reset(before)

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """Return the words behind the command in its first line of help: SOURCE, not typer's {SOURCE}."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write a section for each panel."""
        panels: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            if record := parameter.get_help_record(ctx):
                kind = "Arguments" if parameter.param_type_name == "argument" else "Options"
                panels.setdefault(getattr(parameter, "rich_help_panel", None) or kind, []).append(record)
        for name, records in panels.items():
            with formatter.section(name):
                formatter.write_dl(records)


def flag_in_use(key: str) -> str:
    """Return the flag by which the running command takes a setting; "" for one that it has none for."""
    return _FLAGS_IN_USE.get({}).get(key, "")
