"""Commands by their names and first lines: what one takes is read when it is called, and not for a list of all.

Typer reads the parameters of every command before it shows or runs any. That took half of the time of --help.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from copy import copy
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

if TYPE_CHECKING:
    from typer._click import Command, Context
    from typer.models import CommandInfo


class Deferred(TyperCommand):
    """Stands for a command in a group's list; as soon as it is called, the command itself is made and takes over."""

    def __init__(self, name: str, about: Callable[..., object], make: Callable[[], Command]) -> None:
        """Read nothing but a docstring.

        Args:
            name: As it is typed.
            about: What the command calls; its docstring is the help.
            make: Makes the command.
        """
        super().__init__(name, help=inspect.getdoc(about), rich_markup_mode=None)
        self._make = make

    def make_context(
        self, info_name: str | None, args: list[str], parent: Context | None = None, **extra: object
    ) -> Context:
        """Return the context of the command itself, whose `command` is what runs, and what a shell is told of."""
        return self._make().make_context(info_name, args, parent, **extra)


def group_of(app: typer.Typer) -> TyperGroup:
    """Return what typer would make of an app, with commands, and groups of them, that are read when they are called.

    Args:
        app: With a callback of its own; so has each group in it.
    """
    bare = copy(app)
    bare.registered_commands, bare.registered_groups = [], []
    group = get_command(bare)
    if not isinstance(group, TyperGroup):
        raise TypeError("an app without a callback is no group")
    for info in app.registered_commands:
        group.add_command(_deferred(info))
    for below in app.registered_groups:
        if below.typer_instance:
            group.add_command(_deferred_group(below.typer_instance))
    return group


def _deferred(info: CommandInfo) -> Deferred:
    if info.callback is None:
        raise TypeError(f"the command {info.name} calls nothing")

    def make() -> Command:
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.registered_commands.append(info)
        return get_command(alone)

    return Deferred(info.name or info.callback.__name__.replace("_", "-"), info.callback, make)


def _deferred_group(app: typer.Typer) -> Deferred:
    called = app.registered_callback and app.registered_callback.callback
    if not called:
        raise TypeError(f"the commands {app.info.name} have no callback")
    return Deferred(str(app.info.name), called, lambda: get_command(app))


def module_later(name: str) -> ModuleType:
    """Return a module whose code is run when something of it is first asked for (importlib.util.LazyLoader).

    Annotations are text until typer reads a command, so that the module which they name need not be there before.

    Raises:
        ModuleNotFoundError: There is none of that name.
    """
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"no module {name}", name=name)
    spec.loader = LazyLoader(spec.loader)
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
