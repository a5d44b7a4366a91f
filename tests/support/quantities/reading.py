"""A reader of spoken quantities: the words "less than five kilometers" mean a bound, a value and a unit.

It is written from the words alone and yields every meaning that they may have ("one hundred and five" may be two
numbers); what is written is right if what it means is among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from support.quantities.numbers import ONES, SCALES, TENS
from support.quantities.units import UNITS

BOUNDS = {
    "less than": "<",
    "fewer than": "<",
    "under": "<",
    "below": "<",
    "more than": ">",
    "greater than": ">",
    "over": ">",
    "above": ">",
    "at most": "≤",
    "up to": "≤",
    "no more than": "≤",
    "not more than": "≤",
    "less than or equal to": "≤",
    "fewer than or equal to": "≤",
    "at least": "≥",
    "no less than": "≥",
    "not less than": "≥",
    "greater than or equal to": "≥",
    "more than or equal to": "≥",
    "about": "~",
    "around": "~",
    "approximately": "~",
    "roughly": "~",
    "some": "~",
    "plus or minus": "±",
}
DENOMINATORS = {"half": 2, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "third": 3, "thirds": 3, "eighth": 8}
JOINS = {("to",): "to", ("through",): "to", ("and",): "and", ("or",): "or", (",",): "", (",", "and"): "and"}
# "3k" is said with its letter as well.
SAID_SCALES = SCALES | {"k": 1000}

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One amount as it was said: its bound ("<", or "" for none), its value, its unit's name ("" if none is said)."""

    bound: str
    value: Fraction
    unit: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a quantity means: its amounts, each with the unit that holds for it, and the joins between them."""

    items: tuple[Item, ...]
    joins: tuple[str, ...]


def meanings(words: Words) -> set[Meaning]:
    """Return everything that the words may mean; nothing where a word is left over.

    Words are in small letters; commas stand among them as words of their own.
    """
    if words[:1] in {("between",), ("from",)}:
        words = words[1:]
    return {Meaning(tuple(items), joins) for items, joins in _lists(words, 0) for items in _shared(items)}


def _lists(words: Words, at: int) -> Iterator[tuple[tuple[Item, ...], tuple[str, ...]]]:
    for item, end in _items(words, at):
        if end == len(words):
            yield (item,), ()
        for said, join in JOINS.items():
            if end < len(words) and words[end : end + len(said)] == said:
                for items, joins in _lists(words, end + len(said)):
                    yield (item, *items), (join, *joins)


def _shared(items: tuple[Item, ...]) -> Iterator[tuple[Item, ...]]:
    """The amounts with the unit, and maybe the scale, of the last: "three to five billion dollars"."""
    *first, last = items
    yield (*(Item(item.bound, item.value, item.unit or last.unit) for item in first), last)
    for size in SCALES.values():
        if first and last.value >= size and all(item.value < 1000 for item in first):
            yield (*(Item(item.bound, item.value * size, item.unit or last.unit) for item in first), last)


def _items(words: Words, at: int) -> Iterator[tuple[Item, int]]:
    for bound, start in _bounds(words, at):
        for value, middle in _numbers(words, start):
            for suffix, after_number in _suffixes(words, middle):
                for unit, end in _units(words, after_number):
                    yield Item(bound or suffix, value, unit), end
                    for late, after in _suffixes(words, end):
                        if late and not suffix:
                            yield Item(bound or late, value, unit), after
            yield from _sums(words, bound, value, middle)


def _bounds(words: Words, at: int) -> Iterator[tuple[str, int]]:
    yield "", at
    for said, bound in BOUNDS.items():
        parts = tuple(said.split())
        if words[at : at + len(parts)] == parts:
            yield bound, at + len(parts)


def _suffixes(words: Words, at: int) -> Iterator[tuple[str, int]]:
    yield "", at
    if words[at : at + 1] == ("plus",):
        yield "+", at + 1
    if words[at : at + 2] == ("or", "more"):
        yield "+", at + 2


def _units(words: Words, at: int) -> Iterator[tuple[str, int]]:
    """Every unit that begins here, after "of a" or "a" as well ("half a mile"), and no unit at all."""
    yield "", at
    for article in ((), ("a",), ("an",), ("of", "a"), ("of", "an")):
        start = at + len(article)
        if start < len(words) and words[at:start] == article:
            for said, name in UNIT_WORDS.get(words[start], ()):
                if words[start : start + len(said)] == said:
                    yield name, start + len(said)


def _sums(words: Words, bound: str, whole: Fraction, at: int) -> Iterator[tuple[Item, int]]:
    """A sum with its hundredth parts: "four dollars and fifty cents", "four dollars fifty", "four oh five"."""
    for unit, middle in _units(words, at):
        start = middle + (words[middle : middle + 1] == ("and",) and unit in MONEY)
        for cents, end in _below_hundred(words, start):
            if unit in MONEY and words[end : end + 1] and words[end] in SMALL[unit]:
                yield Item(bound, whole + Fraction(cents, 100), unit), end + 1
        names = {unit} & MONEY if unit else MONEY
        for cents, end in _places(words, middle):
            if whole < 100 and whole.denominator == 1:
                yield from ((Item(bound, whole + Fraction(cents, 100), name), end) for name in names)


def _places(words: Words, at: int) -> Iterator[tuple[int, int]]:
    """Two places of a sum, said as one number: "fifty", "oh five"."""
    is_small = words[at : at + 1] in {("oh",), ("zero",)}
    for cents, end in _below_hundred(words, at + is_small):
        if (cents < 10) == is_small and cents:
            yield cents, end


def _numbers(words: Words, at: int) -> Iterator[tuple[Fraction, int]]:
    """Every number that begins here, with its sign and its scale."""
    if words[at : at + 1] in {("minus",), ("negative",)}:
        yield from ((-value, end) for value, end in _numbers(words, at + 1))
        return
    for value, end in _unscaled(words, at):
        yield value, end
        if end < len(words) and words[end] in SAID_SCALES:
            yield value * SAID_SCALES[words[end]], end + 1


def _unscaled(words: Words, at: int) -> Iterator[tuple[Fraction, int]]:
    yield from ((value, end) for value, end in _decimals(words, Fraction(0), at))
    yield from _fractions(words, at)
    for whole, end in _cardinals(words, at):
        yield Fraction(whole), end
        yield from _decimals(words, Fraction(whole), end)
        if words[end : end + 1] == ("and",):
            yield from ((whole + part, after) for part, after in _fractions(words, end + 1))


def _decimals(words: Words, whole: Fraction, at: int) -> Iterator[tuple[Fraction, int]]:
    at += words[at : at + 1] in {("nought",), ("oh",)} and whole == 0
    if words[at : at + 1] != ("point",):
        return
    places = ""
    for end in range(at + 1, len(words)):
        digit = "zero" if words[end] == "oh" else words[end]
        if digit not in ONES[:10]:
            break
        places += str(ONES.index(digit))
        yield whole + Fraction(int(places), 10 ** len(places)), end + 1


def _fractions(words: Words, at: int) -> Iterator[tuple[Fraction, int]]:
    numerator, start = 1, at
    if words[at : at + 1] in {("a",), ("an",)}:
        start += 1
    elif at < len(words) and words[at] in ONES[1:10]:
        numerator, start = ONES.index(words[at]), at + 1
    if start < len(words) and words[start] in DENOMINATORS:
        yield Fraction(numerator, DENOMINATORS[words[start]]), start + 1


def _cardinals(words: Words, at: int, below: int = 10**15) -> Iterator[tuple[int, int]]:
    """Whole numbers: groups of hundreds, each with its scale, the scales falling."""
    for group, end in _hundreds(words, at):
        yield group, end
        if end < len(words) and words[end] in SCALES and SCALES[words[end]] < below:
            scale = SCALES[words[end]]
            yield group * scale, end + 1
            rest = end + 1 + (words[end + 1 : end + 2] == ("and",))
            yield from ((group * scale + more, after) for more, after in _cardinals(words, rest, scale) if more < scale)


def _hundreds(words: Words, at: int) -> Iterator[tuple[int, int]]:
    """Numbers below a thousand, and "twelve hundred fifty"."""
    yield from _below_hundred(words, at)
    leading = [(1, at + 1)] if words[at : at + 1] == ("a",) else list(_below_hundred(words, at))
    if words[at : at + 1] == ("a",) and at + 1 < len(words) and words[at + 1] in SCALES:
        yield 1, at + 1
    for count, end in leading:
        if words[end : end + 1] == ("hundred",):
            yield count * 100, end + 1
            rest = end + 1 + (words[end + 1 : end + 2] == ("and",))
            yield from ((count * 100 + more, after) for more, after in _below_hundred(words, rest) if more)


def _below_hundred(words: Words, at: int) -> Iterator[tuple[int, int]]:
    if at >= len(words):
        return
    if words[at] in ONES:
        yield ONES.index(words[at]), at + 1
    elif words[at] in TENS[2:]:
        tens = TENS.index(words[at]) * 10
        yield tens, at + 1
        if at + 1 < len(words) and words[at + 1] in ONES[1:10]:
            yield tens + ONES.index(words[at + 1]), at + 2


MONEY = frozenset(unit.name for unit in UNITS if unit.kind == "money")
SMALL = {unit.name: frozenset(unit.small) for unit in UNITS}


def _unit_words() -> dict[str, list[tuple[Words, str]]]:
    """The words of all units by their first."""
    # Degrees by themselves are those of the range's end: "twenty degrees to thirty degrees Celsius".
    found: dict[str, list[tuple[Words, str]]] = {"degrees": [(("degrees",), "")]}
    for unit in UNITS:
        for said in dict.fromkeys((*unit.one, *unit.many)):
            found.setdefault(said.split()[0], []).append((tuple(said.split()), unit.name))
    return found


UNIT_WORDS = _unit_words()
