"""Write docs/settings.md from the declarations of the settings: python scripts/write_settings_reference.py"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from narrate.core.settings.checks import Number, OneOf, Whole
from narrate.core.settings.declaration import Check, Declared
from narrate.core.settings.model import TABLES, Settings, declared

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "settings.md"

HEAD = """# Settings

This page is written by `scripts/write_settings_reference.py` from the declarations in `narrate/core/settings/model.py`
and `tables.py`; change those, and write it anew.

A setting stands in `narrate.toml` under its key, in the user's configuration folder or in the current one; its variable
wins over both files, and its flag over all. "None" in a meaning is what holds where nobody gives the setting.
The last column is the first stage of an episode that the setting decides; what comes after that stage follows.
"""

COLUMNS = ("Key", "Meaning", "Takes", "Default", "Flag", "Variable", "Decides")

SITES = """
The lists add up: what flags give comes on top of what files give. `[clean.sites."example.com"]` has the same keys, for
the articles of one host and those below it.
"""


def reference() -> str:
    """Return the whole page, in Markdown: a section for what stands above the tables, then one for each table."""
    sections = [("", Settings), *TABLES.items()]
    return HEAD + "".join(part for name, kind in sections for part in _section(name, kind))


def _section(table: str, kind: type) -> Iterator[str]:
    title, intro = (f"`[{table}]`", _intro(kind)) if table else ("Above the first table", "")
    yield f"\n## {title}\n"
    if intro:
        yield f"\n{intro}\n"
    yield "\n" + _row(COLUMNS) + _row(["---"] * len(COLUMNS))
    yield from (_row(_cells(one)) for one in declared() if one.table == table)
    if table == "clean":
        yield SITES


def _intro(kind: type) -> str:
    """The docstring of a table, without the meanings that are appended to it."""
    return re.split(r"\n+Attributes:\n", inspect.getdoc(kind) or "")[0].strip()


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def _cells(one: Declared) -> Iterator[str]:
    """What stands in the columns for a setting."""
    flag = one.setting.flag
    yield f"`{one.name}`"
    yield one.setting.meaning
    yield _decapitalised(takes(one.setting.check)).rstrip(".")
    yield _default(one.default)
    yield ", ".join(f"`{name}`" for name in flag.names) if flag else ""
    yield f"`{one.variable}`" if one.variable else ""
    yield one.setting.decides.value


def takes(check: Check | None) -> str:
    """Return what a check takes, in words: its range or its choices, else the first line of its docstring."""
    if isinstance(check, OneOf | Number | Whole):
        return check.takes
    return (inspect.getdoc(check) or "").partition("\n")[0]


def _decapitalised(sentence: str) -> str:
    first = sentence.partition(" ")[0]
    return sentence if first.isupper() and len(first) > 1 else sentence[:1].lower() + sentence[1:]


def _default(value: object) -> str:
    """A default as narrate.toml has it."""
    if value is None or value == ():
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if isinstance(value, int | float) else f'`"{value}"`'


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
