"""Answers to a command line that cannot be understood: in the form of all other errors, with what to type."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer
from typer.core import TyperGroup

from narrate.core.errors import ConfigError, in_words

if TYPE_CHECKING:
    from typer._click import Command, Context
    from typer._click.exceptions import UsageError
else:
    # The base of typer's errors about what was typed, which has no public name of its own.
    UsageError = typer.BadParameter.__mro__[1]

# What an article's file may end with; an episode's or a feed's is for other commands.
_ARTICLES = frozenset(
    {
        ".txt",
        ".text",
        ".md",
        ".markdown",
        ".mdx",
        ".html",
        ".htm",
        ".xhtml",
        ".mhtml",
        ".mht",
        ".webarchive",
        ".eml",
        ".mbox",
    }
)

# How typer says that a word is no number, in any of its versions, and what narrate says.
_NOT_A_NUMBER = re.compile(r"'(?P<value>.*)' is not a valid (?P<kind>int|integer|float)( range)?\.?", re.DOTALL)
_NUMBERS = {"int": "a whole number", "integer": "a whole number", "float": "a number"}


class Commands(TyperGroup):
    """The commands of narrate; says what is wrong with a command line as errors of a run are said, and exits with 2."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: object,
    ) -> object:
        """Run what the command line says, and leave with its code."""

        def run() -> object:
            return super(Commands, self).main(args, prog_name, complete_var, False, windows_expand_args, **extra)

        return _left(run) if standalone_mode else run()

    def invoke(self, ctx: Context) -> object:
        """Do what the command does.

        An end of input that nobody foresaw is a fault, and not somebody at a prompt who gave up, as typer takes it.
        """
        try:
            return super().invoke(ctx)
        except EOFError as error:
            raise in_words(error) from error

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Find the command that a word names.

        Raises:
            ConfigError: There is none; says which one is meant, also where it is an article that stands there.
        """
        if args and args[0] not in self.commands and not args[0].startswith("--") and not ctx.resilient_parsing:
            raise ConfigError(f"there is no command {args[0]!r}", self._meant(args))
        return super().resolve_command(ctx, args)

    def _meant(self, args: list[str]) -> str:
        from narrate.core.near_names import did_you_mean  # not before something is wrong: help is there in an instant

        typed = args[0]
        if _looks_like_article(typed):
            return f"narrate speak {shlex.join(args)}"
        near = did_you_mean(typed, self.commands, before="narrate ")
        if not near and typed.lower() in ("version", "help"):
            near = f"narrate --{typed.lower()}"
        return near or "narrate --help lists the commands"


def _left(run: Callable[[], object]) -> NoReturn:
    try:
        code = run()
    except ConfigError as error:
        _refuse(error)
    except UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # its message is the help
            error.show()
            sys.exit(error.exit_code)
        _refuse(ConfigError(*_message_and_hint(error)))
    except typer.Abort:
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _refuse(error: ConfigError) -> NoReturn:
    from narrate.cli.console import show_error  # as above

    show_error(error, debug=False)
    sys.exit(error.exit_code)


def _looks_like_article(word: str) -> bool:
    if word == "-" or "://" in word or Path(word).suffix.lower() in _ARTICLES:
        return True
    try:
        return Path(word).exists()
    except OSError:  # too long to be a name
        return False


def _message_and_hint(error: UsageError) -> tuple[str, str]:
    """Return what typer found, in narrate's words: an option, an argument or a value."""
    command = error.ctx.command_path if error.ctx else "narrate"
    help_hint = f"{command} --help says what it takes"
    if option := getattr(error, "option_name", ""):
        if hasattr(error, "possibilities"):
            return f"{command} has no option {option}", _nearest_option(error.possibilities or (), error.ctx, command)
        return error.message.rstrip("."), help_hint
    parameter = getattr(error, "param", None)
    if parameter is None:
        return error.format_message().rstrip("."), help_hint
    name = parameter.metavar or parameter.name
    if parameter.param_type_name == "option":
        name = max(parameter.opts, key=len)
    if hasattr(error, "param_type"):  # a required one that is missing
        return f"{command} needs {name}", f"{command} {name}"
    if found := _NOT_A_NUMBER.fullmatch(error.message):
        return f"{name} {found['value']} cannot be used: it must be {_NUMBERS[found['kind']]}", f"change {name}"
    return f"{name} cannot be used: {error.message.rstrip('.')}", help_hint


def _nearest_option(near: Iterable[str], context: Context | None, command: str) -> str:
    if names := sorted(near):
        return f"did you mean {' or '.join(names)}?"
    if context and context.parent is None:  # narrate --voice X speak
        return "options stand behind the command, as in narrate speak ARTICLE --voice VOICE"
    return f"{command} --help lists its options"
