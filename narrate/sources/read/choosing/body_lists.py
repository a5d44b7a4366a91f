"""Finds lists that stand in the midst of a short text: a letter's points are the letter's, whatever they link to.

The trees grew on long articles, in which a list of links with a word to each is mostly one of further articles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from lxml import etree

from narrate.sources.read.html_blocks import Piece

# In a longer text a list of links is rather a box; there the trees know better.
SHORT_MAX_WORDS = 400
# An item says something beside its link where so much of it is no link, in so many words.
OWN_SHARE = 0.3
OWN_MIN_WORDS = 2

_LISTS = ("ul", "ol")


def lists_within(found: Sequence[Piece], kept: Collection[int], prose: int) -> set[int]:
    """Return the indices of items that are read because their whole list stands between what is read.

    It does where the list has the parent of the paragraph before it and of the one behind it, or where the one before
    it ends with a colon; and most of its items have words of their own.

    Args:
        found: All pieces of the page.
        kept: Indices of those that are read.
        prose: How many words of prose the page has.
    """
    if prose > SHORT_MAX_WORDS:
        return set()
    return {index for items in _lists(found) if _is_within(found, items, kept) for index in items}


def _lists(found: Sequence[Piece]) -> Iterator[list[int]]:
    """Yield the indices of each list's items, those of lists in it among them."""
    numbered = [(index, _outermost_list(piece.element)) for index, piece in enumerate(found)]
    for items, group in groupby(numbered, key=lambda one: one[1]):
        if items is not None:
            yield [index for index, _ in group]


def _outermost_list(element: etree._Element) -> etree._Element | None:
    lists = [element, *element.iterancestors(*_LISTS)] if element.tag in _LISTS else [*element.iterancestors(*_LISTS)]
    return lists[-1] if lists else None


def _is_within(found: Sequence[Piece], items: Sequence[int], kept: Collection[int]) -> bool:
    before, behind = items[0] - 1, items[-1] + 1
    if all(index in kept for index in items) or before not in kept or found[before].block.kind == "image":
        return False
    held = _only_holder(_outermost_list(found[items[0]].element))
    if held is None or held is not found[before].element.getparent():
        return False
    is_between = behind in kept and found[behind].element.getparent() is held
    is_led = found[before].block.text.endswith(":")
    saying = sum(map(_says_something, (found[index] for index in items)))
    return (is_between or is_led) and 2 * saying > len(items)


def _only_holder(element: etree._Element | None) -> etree._Element | None:
    """Return what an element stands in beside others."""
    parent = element.getparent() if element is not None else None
    while parent is not None and len(parent) == 1 and not (parent.text or "").strip():
        parent = parent.getparent()
    return parent


def _says_something(piece: Piece) -> bool:
    """Tell whether an item has words of its own, beside those of a link."""
    text = piece.block.text
    own = len(text) - piece.link_chars
    return own >= OWN_SHARE * len(text) and len(text.split()) > OWN_MIN_WORDS
