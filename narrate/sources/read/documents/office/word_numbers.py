"""Numbers of the items of Word's lists, which go on behind other text and begin anew where the writer wished it.

Numbering is that of ECMA-376, part 1, 17.9: items count along their abstract list, at their level.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Characters that no document has (private use) carry a number through mammoth, which knows of none.
_OPEN, _SHUT = "\ue0f0", "\ue0f1"
_ITEM = re.compile(rf"<li>((?:<[^<>]*>)*){_OPEN}(\d+){_SHUT}")
_LOST = re.compile(rf"{_OPEN}\d*{_SHUT}")
_UNCOUNTED = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: how it counts, and from which number."""

    form: str
    start: int


@dataclass(frozen=True, slots=True)
class _List:
    """A list of a document.

    Attributes:
        abstract: Id of what it is made from; lists of one make count on together.
        restarts: Numbers to begin with anew, by level.
    """

    abstract: str
    restarts: Mapping[int, int]


@dataclass(slots=True)
class _Counting:
    """The numbers that lists have reached, by abstract list and level, and which of them were begun."""

    reached: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)


def mark_numbers(root: etree._Element, numbering: etree._Element) -> None:
    """Put the number of each item of a counting list before its text, where `numbered_items` finds it again."""
    levels, lists, counting = _levels(numbering), _lists(numbering), _Counting()
    for paragraph in root.iter(f"{W}p"):
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is None:
            continue
        key, depth = value_of(own.find(f"{W}numId")), _integer(value_of(own.find(f"{W}ilvl")), 0)
        found = lists.get(key)
        level = levels.get((found.abstract, depth)) if found else None
        if found and level and level.form not in _UNCOUNTED:
            _put_before(paragraph, _number(key, depth, found, level, counting))


def numbered_items(page: str) -> str:
    """Return mammoth's page with the numbers of items where HTML has them."""
    return _LOST.sub("", _ITEM.sub(r'<li value="\2">\1', page))


def value_of(element: etree._Element | None) -> str:
    """Return the `w:val` of an element, "" where there is none."""
    return (element.get(f"{W}val") or "") if element is not None else ""


def _number(key: str, depth: int, found: _List, level: _Level, counting: _Counting) -> int:
    place = (found.abstract, depth)
    if (key, depth) not in counting.begun and depth in found.restarts:
        counting.reached[place] = found.restarts[depth] - 1
    counting.begun.add((key, depth))
    number = counting.reached.get(place, level.start - 1) + 1
    counting.reached[place] = number
    for deeper in [one for one in counting.reached if one[0] == found.abstract and one[1] > depth]:
        del counting.reached[deeper]
    return number


def _put_before(paragraph: etree._Element, number: int) -> None:
    run, text = etree.Element(f"{W}r"), etree.Element(f"{W}t")
    text.text = f"{_OPEN}{number}{_SHUT}"
    run.append(text)
    paragraph.insert(1, run)  # behind the paragraph's properties


def _levels(numbering: etree._Element) -> dict[tuple[str, int], _Level]:
    return {
        (abstract.get(f"{W}abstractNumId") or "", _integer(level.get(f"{W}ilvl"), 0)): _Level(
            value_of(level.find(f"{W}numFmt")) or "decimal", _integer(value_of(level.find(f"{W}start")), 1)
        )
        for abstract in numbering.iter(f"{W}abstractNum")
        for level in abstract.iterchildren(f"{W}lvl")
    }


def _lists(numbering: etree._Element) -> dict[str, _List]:
    return {
        one.get(f"{W}numId") or "": _List(value_of(one.find(f"{W}abstractNumId")), dict(_restarts(one)))
        for one in numbering.iter(f"{W}num")
    }


def _restarts(one: etree._Element) -> list[tuple[int, int]]:
    found = ((change, change.find(f"{W}startOverride")) for change in one.iterchildren(f"{W}lvlOverride"))
    return [
        (_integer(change.get(f"{W}ilvl"), 0), _integer(value_of(start), 1))
        for change, start in found
        if start is not None
    ]


def _integer(text: str | None, other: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else other
