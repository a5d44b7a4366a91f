"""Commands that are read when they are called."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import Annotated

import pytest
import typer
from typer.core import TyperCommand
from typer.main import get_command

from narrate.cli.app import app
from narrate.cli.deferred import Deferred, group_of, module_later

WHOLE = get_command(app)
GROUP = group_of(app)


def made(name: str) -> TyperCommand:
    """The command itself, as it is made when a line names it."""
    context = GROUP.make_context("narrate", [name, "x"], resilient_parsing=True)
    return GROUP.commands[name].make_context(name, [], context, resilient_parsing=True).command  # type: ignore[return-value]


def test_the_list_of_commands_is_what_typer_would_make() -> None:
    """Names, order, first lines and options: the help of all is the same to the letter."""
    whole, group = (one.make_context("narrate", [], resilient_parsing=True).get_help() for one in (WHOLE, GROUP))

    assert group == whole
    assert all(isinstance(one, Deferred) and not one.params for one in GROUP.commands.values())


@pytest.mark.parametrize("name", sorted(WHOLE.commands))  # type: ignore[attr-defined]
def test_a_command_is_made_whole(name: str) -> None:
    """It takes what typer would have read, in the same order, and its help is the same."""
    expected = WHOLE.commands[name]  # type: ignore[attr-defined]

    command = made(name)

    assert type(command) is type(expected)
    assert [(one.name, one.opts) for one in command.params] == [(one.name, one.opts) for one in expected.params]
    assert command.help == expected.help


def small_app() -> typer.Typer:
    """Two commands, and a group of one, each of which says what it was given."""
    below = typer.Typer(name="below", add_completion=False, rich_markup_mode=None)
    below.callback()(lambda: None)
    below.command()(leaf)
    made = typer.Typer(add_completion=False, rich_markup_mode=None)
    made.callback()(lambda: None)
    made.command()(two_words)
    made.command(name="other")(leaf)
    made.add_typer(below)
    return made


def two_words(count: Annotated[int, typer.Option("--count")] = 1) -> None:
    """Say a number."""
    typer.echo(f"count {count + 1}")


def leaf(word: str) -> None:
    """Say a word."""
    typer.echo(f"word {word}")


@pytest.mark.parametrize(
    ("line", "code", "shown"),
    [
        ("two-words --count 4", 0, "count 5"),
        ("other hello", 0, "word hello"),
        ("below leaf deep", 0, "word deep"),
        ("two-words --count many", 2, "Invalid value for '--count'"),
        ("below", 2, "Missing command"),
        ("nothing", 2, "No such command 'nothing'"),
        ("other --help", 0, "Usage: root other [OPTIONS] {word}"),
        ("below leaf --help", 0, "Usage: root below leaf [OPTIONS] {word}"),
    ],
)
def test_a_line_does_what_it_does_without_deferring(line: str, code: int, shown: str) -> None:
    """Commands and groups of them, with good words and bad ones; the path in messages is whole."""
    shown_out, told = io.StringIO(), io.StringIO()
    with redirect_stdout(shown_out), redirect_stderr(told), pytest.raises(SystemExit) as left:
        group_of(small_app()).main(line.split(), prog_name="root")

    assert left.value.code == code, told.getvalue()
    assert shown in shown_out.getvalue() + told.getvalue()


@pytest.mark.parametrize(
    ("line", "shown", "unread"),
    [
        (["--help"], "Commands:", ("narrate.core.settings", "tomllib")),
        (["speak", "--help"], "--loudness", ("narrate.core.language", "narrate.core.resources", "tomllib", "numpy")),
    ],
    ids=["all", "one"],
)
def test_help_reads_what_it_shows(line: list[str], shown: str, unread: tuple[str, ...]) -> None:
    """The list of commands needs no setting, and the flags of one need their declarations, and no table or file."""
    code = (
        "import sys; from narrate.cli.app import main\n"
        f"sys.argv[1:] = {line}\n"
        "try: main()\n"
        f"finally: print([name for name in sys.modules if name.startswith({unread})], file=sys.stderr)"
    )

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown in result.stdout
    assert result.stderr.strip() == "[]"


def test_a_module_later_is_the_module() -> None:
    """One that is there is given back; one that is not is read at the first name that is asked for."""
    code = (
        "import sys; from narrate.cli.deferred import module_later\n"
        "assert module_later('sys') is sys\n"
        "later = module_later('narrate.core.timecode')\n"
        "import narrate.core.timecode as same\n"
        "assert later is same and same.clock(61_000) == '1:01'"
    )

    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(ModuleNotFoundError, match="no module nowhere_at_all"):
        module_later("nowhere_at_all")
