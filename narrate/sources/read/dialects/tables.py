"""The patterns of dialects, as the package's table has them, compiled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from narrate.core.resources import packaged_table

_PACKAGE, _NAME = "narrate.sources.read.dialects", "dialects.toml"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in a line, or a line that is one.

    Attributes:
        rule: What it is called where it is on record.
        pattern: Finds it; its groups say what becomes of it.
        keep: It stays as it is.
    """

    rule: str
    pattern: re.Pattern[str]
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Fence:
    """Lines between a beginning and an end.

    Attributes:
        rule: What they are called where they are on record.
        becomes: "code", "formula" or "comment".
        opens: Finds the beginning at the start of a line; its group `name` stands in the end as well.
        closes: Pattern of the end, with NAME for that name.
    """

    rule: str
    becomes: str
    opens: re.Pattern[str]
    closes: str


def _rows(key: str) -> Sequence[Mapping[str, str]]:
    rows: Sequence[Mapping[str, str]] = packaged_table(_PACKAGE, _NAME)[key]
    return rows


@cache
def marks() -> Mapping[str, tuple[Mark, ...]]:
    """Return the marks in a line by the character that they begin with, in the order in which they are tried."""
    found: dict[str, tuple[Mark, ...]] = {}
    for row in _rows("inline"):
        mark = Mark(row["rule"], _compiled(row["pattern"]), bool(row.get("keep")))
        for start in row["starts"]:
            found[start] = (*found.get(start, ()), mark)
    return found


# The places where one of them may begin; an "h" and a parenthesis only where an address may.
MARK_STARTS = re.compile(r"[$`\\<{%=~!\[:@^+]|h(?=ttps?:)|(?<=\])\(")


@cache
def fences() -> tuple[Fence, ...]:
    """Return what stands between two lines."""
    return tuple(Fence(row["rule"], row["becomes"], _compiled(row["opens"]), row["closes"]) for row in _rows("fenced"))


@cache
def closing(fence: Fence, name: str) -> re.Pattern[str]:
    """Return what finds the end of lines that began with a name."""
    return _compiled(fence.closes.replace("NAME", re.escape(name)))


@cache
def silent_lines() -> tuple[Mark, ...]:
    """Return what a whole line is that says nothing."""
    return tuple(Mark(row["rule"], _compiled(row["pattern"])) for row in _rows("line"))


@cache
def words(key: str) -> frozenset[str]:
    """Return the words of one of the table's lists."""
    found = packaged_table(_PACKAGE, _NAME)["words"][key]
    return frozenset(found.split() if isinstance(found, str) else found)


def references() -> Mapping[str, str]:
    """Return how figures, tables and the like are called that a key refers to, by the beginning of the key."""
    found: Mapping[str, str] = packaged_table(_PACKAGE, _NAME)["references"]
    return found


@cache
def component() -> re.Pattern[str]:
    """Return what finds a tag of a component."""
    return next(mark.pattern for mark in marks()["<"] if mark.rule == "component")


def _compiled(pattern: str) -> re.Pattern[str]:
    for name, part in packaged_table(_PACKAGE, _NAME)["parts"].items():
        pattern = pattern.replace(name, part)
    return re.compile(pattern, re.DOTALL)
