"""Declarations of settings: meaning, default, check, flag, variable, and what each decides, once, at its field.

A class of settings is a frozen dataclass whose fields are made by `setting` and `table`. All that knows settings by
name follows from `declared_in`: loading, the command line, records, clusters, `docs/settings.md`, `help()`.

Declarations are named tuples, made in a third of the time of dataclasses: --help waits for them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, field, fields
from enum import Enum
from typing import NamedTuple, TypeVar

ENV_PREFIX = "NARRATE_"

# Under which name a field's metadata holds its Setting.
_DECLARATION = "narrate.setting"

# Of the lines of a docstring that `documented` writes.
_LINE_CHARS = 112

Value = TypeVar("Value")
Kind = TypeVar("Kind", bound=type)
Checked = TypeVar("Checked")
Table = TypeVar("Table")
Check = Callable[[object], object]


class Decides(Enum):
    """The first of an article's stages that a setting decides; what comes after it follows.

    Values are words for people, as docs/settings.md has them.
    """

    TEXT = "what is said"
    SPEECH = "how it is spoken"
    SOUND = "the mastered sound"
    FILE = "tags, cover and what lies beside"
    NOTHING = "nothing of an episode"


class Flag(NamedTuple):
    """A flag that gives a setting on the command line.

    Attributes:
        names: Long and short, as typed; "--cache/--no-cache" for what can be switched off, too.
        help: A line for --help.
        metavar: What stands for the value in help; None where there is none.
        panel: The section of help that it stands in; None for the first.
        proposes: The function of `narrate.cli.completion` that knows its values; "" for those of the check, if it is
            one of a few.
    """

    names: tuple[str, ...]
    help: str
    metavar: str | None = None
    panel: str | None = None
    proposes: str = ""


class Setting(NamedTuple):
    """The declaration of a setting beside its name, type and default, which are its field's.

    Attributes:
        meaning: A sentence or two; units are in the name.
        check: Takes a value from a file, variable or flag, and returns one of the field's type; raises ValueError or
            TypeError, whose words end the sentence "… cannot be used: ". None for a table.
        decides: The first stage that it decides.
        flag: What gives it on the command line; None for no flag.
        has_variable: Whether an environment variable gives it; none can hold a list of words or a table.
        is_recorded: Whether an episode's manifest holds its value, so that the episode can be made again from it.
        makes_engine: Whether the engine is made of it, so that workers of a cluster must be told.
    """

    meaning: str
    check: Check | None
    decides: Decides
    flag: Flag | None = None
    has_variable: bool = True
    is_recorded: bool = False
    makes_engine: bool = False


class Declared(NamedTuple):
    """A setting where it stands.

    Attributes:
        table: Of narrate.toml; "" for what stands above the first.
        name: The field's, which is the key in narrate.toml.
        type: As the field is annotated.
        default: What it is where nobody says.
        setting: Everything else.
    """

    table: str
    name: str
    type: str
    default: object
    setting: Setting

    @property
    def key(self) -> str:
        """The one name of it outside its table, as the command line's parameters have it: "music_before"."""
        return f"{self.table}_{self.name}" if self.table else self.name

    @property
    def variable(self) -> str:
        """The environment variable that gives it; "" for none."""
        return f"{ENV_PREFIX}{self.key.upper()}" if self.setting.has_variable else ""


def setting(
    default: Value,
    *,
    meaning: str,
    check: Callable[[object], Checked],
    decides: Decides,
    flag: Flag | None = None,
    has_variable: bool = True,
    is_recorded: bool = False,
    makes_engine: bool = False,
) -> Value | Checked:
    """Return a field for a class of settings; the arguments are those of `Setting`, after the default.

    The field's type must take both the default and what the check returns; a checker of types sees to it.
    """
    noted = Setting(meaning, check, decides, flag, has_variable, is_recorded, makes_engine)
    return field(default=default, metadata={_DECLARATION: noted})


def table(default: Value, *, meaning: str, decides: Decides) -> Value:
    """Return a field that is a table of narrate.toml; what its keys are, its own class says.

    Args:
        default: The table with nothing said: frozen, for all settings share it.
        meaning: As that of a setting.
        decides: The first stage that any of its keys decides.
    """
    noted = Setting(meaning, None, decides, has_variable=False)
    return field(default=default, metadata={_DECLARATION: noted})


def declared_in(kind: type, name: str = "") -> Iterator[Declared]:
    """Yield the settings of a class, in its order, with its tables but not what is in them.

    Args:
        kind: A class of settings.
        name: Of the table that it describes; "" for none.

    Raises:
        TypeError: A field of it is not made by `setting` or `table`.
    """
    for item in fields(kind):
        if _DECLARATION not in item.metadata:
            raise TypeError(f"{kind.__name__}.{item.name} is not declared: make it by setting() or table()")
        yield Declared(name, item.name, str(item.type), _default(item), item.metadata[_DECLARATION])


def _default(item: Field[object]) -> object:
    return item.default if item.default is not MISSING else None


def nested(values: Iterable[tuple[Declared, object]]) -> dict[str, object]:
    """Return values of settings by their names, as narrate.toml and `load_settings` have them: a table is a mapping."""
    found: dict[str, object] = {}
    tables: dict[str, dict[str, object]] = {}
    for one, value in values:
        if one.table:
            found[one.table] = tables.setdefault(one.table, {})
        (tables[one.table] if one.table else found)[one.name] = value
    return found


def changed(before: Table, values: Mapping[str, object]) -> Table:
    """Return settings with some other values; which names they may have and what values, their checks have seen to.

    Args:
        before: Of a class of settings.
        values: By the names of its fields.

    Raises:
        TypeError: It has no field of one of the names.
    """
    make: Callable[..., Table] = type(before)
    known = {item.name: getattr(before, item.name) for item in _fields_of(type(before))}
    return make(**{**known, **values})


def _fields_of(kind: type) -> tuple[Field[object], ...]:
    return fields(kind)


def documented(kind: Kind) -> Kind:
    """Give a class of settings the meanings of its fields as the last part of its docstring, for `help()`."""
    lines = (f"{one.name}: {one.setting.meaning}" for one in declared_in(kind))
    wrapped = (textwrap.fill(line, _LINE_CHARS, initial_indent=" " * 8, subsequent_indent=" " * 12) for line in lines)
    kind.__doc__ = f"{(kind.__doc__ or '').rstrip()}\n\n    Attributes:\n" + "\n".join(wrapped) + "\n"
    return kind
