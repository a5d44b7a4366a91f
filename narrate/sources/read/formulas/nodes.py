"""The parts of a formula, whatever it was written in; signs between pairs of brackets become one part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Literal

from narrate.core.resources import packaged_table

Role = Literal[
    "letter", "number", "operator", "relation", "after", "big", "function", "set", "text", "comma", "colon", "dots",
    "open", "close", "bar"
]  # fmt: skip

# More levels than a formula that anyone can follow by ear.
MAX_DEPTH = 24

_BARS = "|‖"
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_TABLES: Mapping[str, Role] = {
    "letters": "letter",
    "sets": "set",
    "operators": "operator",
    "relations": "relation",
    "after": "after",
    "bigs": "big",
    "functions": "function",
}


class Unsure(Exception):
    """A formula, or a part of one, that is not put into words."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign, number, name or text.

    Attributes:
        char: As it is written.
        words: How it is said.
        role: What it does among its neighbours.
    """

    char: str
    words: str
    role: Role


@dataclass(frozen=True, slots=True)
class Row:
    """Parts side by side."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fenced:
    """A row between a pair of brackets or bars."""

    opened: str
    body: Row
    closed: str


@dataclass(frozen=True, slots=True)
class Fraction:
    """One part over another."""

    top: Node
    bottom: Node


@dataclass(frozen=True, slots=True)
class Choice:
    """A binomial coefficient."""

    top: Node
    bottom: Node


@dataclass(frozen=True, slots=True)
class Root:
    """A root; its degree is None where it is square."""

    body: Node
    degree: Node | None = None


@dataclass(frozen=True, slots=True)
class Scripts:
    """A part with what stands below and above it, as index and power or as limits."""

    base: Node
    below: Node | None = None
    above: Node | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A part with a mark over it; `mark` is the word for it."""

    body: Node
    mark: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows one below another; `joint` is said between them."""

    rows: tuple[Row, ...]
    joint: str = ","


Node = Sign | Row | Fenced | Fraction | Choice | Root | Scripts | Marked | Lines


def symbols() -> Mapping[str, Mapping[str, str]]:
    """Return the package's tables of signs."""
    return packaged_table("narrate.sources.read.formulas", "symbols.toml")


@cache
def names(key: str) -> frozenset[str]:
    """Return the words of one of the lists in the tables."""
    return frozenset(symbols()["names"][key].split())


def sign(char: str) -> Sign:
    """Return the part for one sign or name.

    Raises:
        Unsure: It is in none of the tables and no letter.
    """
    char = symbols()["same"].get(char, char)
    if char in _BARS:
        return Sign(char, "", "bar")
    for key, role in (("open", "open"), ("close", "close")):
        if char in names(key):
            return Sign(char, "", "open" if role == "open" else "close")
    for table, of_table in _TABLES.items():
        if words := symbols()[table].get(char):
            return Sign(char, words, of_table)
    return _plain(char)


def _plain(char: str) -> Sign:
    if char in (",", ";"):
        return Sign(char, ",", "comma")
    if char == ":":
        return Sign(char, ",", "colon")
    if char == "…":
        return Sign(char, "dot dot dot", "dots")
    if len(char) == 1 and char.isalpha():
        return Sign(char, char, "letter")
    raise Unsure(char)


def number(figures: str) -> Sign:
    """Return the part for a number; a comma that parts no thousands is a decimal one."""
    figures = "".join(figures.split())
    figures = figures if _THOUSANDS.fullmatch(figures) else figures.replace(",", ".")
    if figures.count(".") > 1:
        raise Unsure(figures)
    return Sign(figures, figures, "number")


def text(words: str) -> Sign:
    """Return the part for words in a formula; a name that is known is what it names."""
    words = " ".join(words.split())
    if words in symbols()["functions"] or words in symbols()["bigs"]:
        return sign(words)
    return Sign(words, words, "letter" if len(words) == 1 and words.isalpha() else "text")


def row(items: Sequence[Node]) -> Node:
    """Return parts side by side as one, pairs of brackets made out.

    Raises:
        Unsure: Brackets do not match.
    """
    levels: list[tuple[str, list[Node]]] = [("", [])]
    for item in items:
        base = item.base if isinstance(item, Scripts) else item
        if isinstance(base, Sign) and base.role == "open":
            levels.append((base.char, []))
        elif isinstance(base, Sign) and base.role == "close":
            opened, inner = levels.pop()
            if not levels:
                raise Unsure("a bracket is closed that was not opened")
            fenced = Fenced(opened, Row(tuple(_barred(inner))), base.char)
            levels[-1][1].append(_with_base(item, fenced))
        else:
            levels[-1][1].append(item)
    if len(levels) > 1:
        raise Unsure("a bracket is not closed")
    whole = tuple(_barred(levels[0][1]))
    return whole[0] if len(whole) == 1 else Row(whole)


def _with_base(item: Node, base: Node) -> Node:
    return replace(item, base=base) if isinstance(item, Scripts) else base


def _barred(items: Sequence[Node]) -> Iterator[Node]:
    """Make pairs of bars brackets; one alone stands between two things, as in P(A|B)."""
    opened: list[Node] | None = None
    bars = [index for index, item in enumerate(items) if _is_bar(item)]
    if len(bars) % 2 and len(bars) > 1:
        raise Unsure("bars do not match")
    for item in items:
        if not _is_bar(item):
            (opened.append(item) if opened is not None else (yield item))
        elif len(bars) == 1:
            yield _with_base(item, Sign("∣", "divides", "relation"))
        elif opened is None:
            opened = []
        else:
            char = _base_char(item)
            yield _with_base(item, Fenced(char, Row(tuple(opened)), char))
            opened = None


def _is_bar(item: Node) -> bool:
    base = item.base if isinstance(item, Scripts) else item
    return isinstance(base, Sign) and base.role == "bar"


def _base_char(item: Node) -> str:
    base = item.base if isinstance(item, Scripts) else item
    return base.char if isinstance(base, Sign) else ""


def items_of(node: Node) -> tuple[Node, ...]:
    """Return the parts of a row, or the one part that it is."""
    return node.items if isinstance(node, Row) else (node,)


def require_shallow(node: Node) -> None:
    """Refuse a formula that is nested deeper than anyone can follow, and than functions can call themselves.

    Raises:
        Unsure: It is.
    """
    level: list[object] = [node]
    for _ in range(2 * MAX_DEPTH):
        level = [part for outer in level for part in _parts(outer)]
    if level:
        raise Unsure("too deep")


def _parts(node: object) -> Iterator[object]:
    if isinstance(node, tuple):
        yield from node
    elif is_dataclass(node):
        yield from (getattr(node, field.name) for field in fields(node))
