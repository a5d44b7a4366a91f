"""The units behind figures, from one table: what each sign stands for, with prefixes, and which signs are doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from narrate.core.resources import packaged_table

# Sections of the table that hold no units.
_OTHER = frozenset(
    (
        "marks",
        "prefixes",
        "roots",
        "fused",
        "doubtful",
        "chains",
        "below",
        "nouns",
        "fractions",
        "compass",
        "behind_sums",
    )
)


class Unit(NamedTuple):
    """A unit as it is said.

    Attributes:
        one: What is said of one of it, and before a noun: "foot".
        many: What is said of many: "feet".
        kind: What it measures, a section of the table; only like kinds make a range.
        takes: What its sign may have: "powers", "dot"; "wares" is what it says of its noun.
    """

    one: str
    many: str
    kind: str
    takes: frozenset[str] = frozenset()


class _Line(NamedTuple):
    """A line of the table: a unit, its signs, and the prefixes that it takes."""

    unit: Unit
    signs: list[str]
    prefixes: str


class Link(NamedTuple):
    """A place in a chain such as hours, minutes, seconds: which chain, how far down, what is counted there."""

    chain: str
    rank: int
    unit: Unit


def unit_of(sign: str) -> Unit | None:
    """Return the unit of a sign as it stands in a text, without dots: "km", "fl oz"; None where there is none."""
    return _units().get(sign)


def unit_named(name: str) -> Unit | None:
    """Return the unit that is called so in the singular: "minute"."""
    return _named().get(name)


@cache
def _named() -> Mapping[str, Unit]:
    """Return units by what is said of one; of several of a name the first one."""
    units = [*_units().values(), *(line.unit for line in _lines())]
    return {unit.one: unit for unit in reversed(units)}


def doubt(sign: str) -> str:
    """Return the section of readings.toml that decides what a sign is; empty where the table has no doubt."""
    return _doubts().get(sign, "")


@cache
def _doubts() -> Mapping[str, str]:
    sections = reversed(list(_table()["doubtful"].items()))
    return {sign: section for section, signs in sections for sign in signs.split()}


@cache
def first_words() -> frozenset[str]:
    """The words that begin a sign of two: "fl" of "fl oz"."""
    return frozenset(sign.split()[0] for sign in _units() if " " in sign)


@cache
def unit_words() -> frozenset[str]:
    """All names of units that are one word, of one and of many, the British spelling included: "meters", "litre"."""
    names = {name for unit in _units().values() for name in (unit.one, unit.many) if " " not in name}
    british = {re.sub(r"(met|lit)er(s?)$", r"\1re\2", name) for name in names}
    return frozenset(names | british)


def links(sign: str) -> tuple[Link, ...]:
    """Return the places that a sign has in chains: m is the minute of "1h 23m", in no chain a meter."""
    return _links().get(sign, ())


@cache
def nouns(section: str) -> frozenset[str]:
    """Return one of the lists of words that stand around amounts: "measured", "packed", "labels"."""
    return frozenset(_table()["nouns"][section].split())


def below(sign: str) -> str:
    """Return the noun that a sign stands for under a line and nowhere else; empty where there is none."""
    return _table()["below"].get(sign, "")


def behind_sum(sign: str) -> str:
    """Return what a sum is for by the sign right behind it: pp, a person; empty where the sign says nothing of it."""
    return _table()["behind_sums"].get(sign, "")


def compass(letters: str) -> str:
    """Return the direction that letters behind degrees stand for; empty where they stand for none."""
    return _table()["compass"].get(letters, "")


@cache
def _units() -> Mapping[str, Unit]:
    """All signs with their units; a sign of the table itself wins over one that a prefix makes."""
    lines = _lines()
    made = {sign: unit for line in reversed(lines) for sign, unit in _prefixed(line)}
    named = {sign: line.unit for line in lines for sign in line.signs}
    return made | named | {mark: named[sign] for mark, sign in _table()["marks"].items()}


@cache
def _lines() -> tuple[_Line, ...]:
    sections = ((kind, lines) for kind, lines in _table().items() if kind not in _OTHER)
    return tuple(_line(one, line, kind) for kind, lines in sections for one, line in lines.items())


def _line(one: str, line: str, kind: str) -> _Line:
    """Read one line of the table: "ft, feet; powers dot; many feet"."""
    signs, *fields = line.split("; ")
    many = next((field[5:] for field in fields if field.startswith("many ")), f"{one}s")
    prefixes = next((field[3:] for field in fields if field.startswith("si ")), "")
    takes = frozenset(word for field in fields if not field.startswith(("many ", "si ")) for word in field.split())
    return _Line(Unit(one, many, kind, takes), signs.split(", ") if signs else [], prefixes)


def _prefixed(line: _Line) -> Iterator[tuple[str, Unit]]:
    unit, fused = line.unit, _table()["fused"]
    roots = _table()["roots"].get(unit.one, line.signs[0] if line.signs else "").split()
    for letter in line.prefixes:
        one, many = (f"{_table()['prefixes'][letter]}{name}" for name in (unit.one, unit.many))
        made = Unit(fused.get(one, one), fused.get(many, many), unit.kind, unit.takes)
        yield from ((f"{letter}{root}", made) for root in roots)


@cache
def _links() -> Mapping[str, tuple[Link, ...]]:
    places: dict[str, tuple[Link, ...]] = {}
    for chain, entries in _table()["chains"].items():
        for rank, entry in enumerate(entries.split("; ")):
            name, _, signs = entry.partition(": ")
            unit = unit_named(name)
            assert unit is not None, f"{name} in a chain of units.toml is no unit"
            for sign in signs.split():
                places[sign] = (*places.get(sign, ()), Link(chain, rank, unit))
    return places


def _table() -> Mapping[str, Mapping[str, str]]:
    return packaged_table("narrate.text.spoken", "tables/units.toml")
