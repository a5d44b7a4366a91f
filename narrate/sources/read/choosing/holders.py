"""The elements that pieces of a page stand in, and the words that those are called by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

# So far up a piece's holders are looked at.
HOLDERS_MAX = 14
NAMES_MAX_CHARS, NAME_MAX_CHARS = 400, 15

_NAME = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{3,}")


def holders_of(element: etree._Element) -> list[etree._Element]:
    """Return an element and those that it stands in, the nearest first; HOLDERS_MAX at most."""
    found = [element]
    while len(found) < HOLDERS_MAX and (parent := found[-1].getparent()) is not None:
        found.append(parent)
    return found


def holders_of_all(elements: Iterable[etree._Element]) -> list[Sequence[etree._Element]]:
    """Return for each element what `holders_of` does; what stands in the same one is looked up once."""
    known: dict[etree._Element | None, list[etree._Element]] = {None: []}
    found: list[Sequence[etree._Element]] = []
    for element in elements:
        parent = element.getparent()
        if parent not in known:
            known[parent] = holders_of(parent)[: HOLDERS_MAX - 1]
        found.append([element, *known[parent]])
    return found


def depths(elements: Iterable[etree._Element]) -> Mapping[etree._Element, int]:
    """Return for elements, and for all around them, how many others they stand in; each way up is gone once."""
    known: dict[etree._Element, int] = {}
    for element in elements:
        way: list[etree._Element] = []
        up: etree._Element | None = element
        while up is not None and up not in known:
            way.append(up)
            up = up.getparent()
        for number, passed in enumerate(reversed(way), 0 if up is None else known[up] + 1):
            known[passed] = number
    return known


def names_of(element: etree._Element) -> set[str]:
    """Return the words in what an element is called: `class="postBody main-text"` has post, body, main and text.

    An element of the page's own making is called by its tag as well: `<related-stories>`.
    """
    own = element.tag if "-" in element.tag else None
    said = " ".join(filter(None, (own, element.get("class"), element.get("id"), element.get("role"))))
    return {word.lower() for word in _NAME.findall(said[:NAMES_MAX_CHARS]) if len(word) <= NAME_MAX_CHARS}
