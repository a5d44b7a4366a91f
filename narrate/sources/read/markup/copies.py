"""Takes out copies of a part of a page: some frameworks send every block once for each size of screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree, html

from narrate.core.article import Drop
from narrate.sources.read.class_names import is_called
from narrate.sources.read.markup.removal import taken_out
from narrate.sources.read.shown.flat_text import flat_text

RULE = "copy"

# What is called a part for some screens may be a heading; of other parts only long ones are copies by no accident.
NAMED_MIN_CHARS = 6
COPY_MIN_CHARS = 200

# Rows of a table and items of a list may say the same.
_REPEATING = frozenset({"tr", "td", "th", "li", "dd", "dt", "option", "pre", "br"})


def remove_copies(root: html.HtmlElement) -> list[Drop]:
    """Take out elements with the same words as one of their siblings before them, and return what was in them.

    Returns:
        A drop for each copy.
    """
    return taken_out(list(_copies(root)), RULE, "the same again for another size of screen")


def _copies(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    chars = _chars_of(root)
    for parent in root.iter(etree.Element):
        if len(parent) < 2:
            continue
        alike: dict[tuple[str, int], list[html.HtmlElement]] = defaultdict(list)
        for child in parent:
            if chars.get(child, 0) >= NAMED_MIN_CHARS and child.tag not in _REPEATING:
                alike[child.tag, chars[child]].append(child)
        for siblings in alike.values():
            if len(siblings) > 1:
                yield from _repeated(siblings, chars[siblings[0]])


def _chars_of(root: html.HtmlElement) -> dict[html.HtmlElement, int]:
    """Return how many characters that are no white space each element holds."""
    counts: dict[html.HtmlElement, int] = {}
    for element in reversed(list(root.iter(etree.Element))):
        own = counts.get(element, 0) + _length(element.text)
        counts[element] = own
        if (parent := element.getparent()) is not None:
            counts[parent] = counts.get(parent, 0) + own + _length(element.tail)
    return counts


def _length(text: str | None) -> int:
    return sum(map(len, text.split())) if text else 0


def _repeated(siblings: list[html.HtmlElement], chars: int) -> Iterator[html.HtmlElement]:
    """Yield all but the first of those that say the same, and are long or called what one screen shows."""
    seen: set[str] = set()
    for element in siblings:
        if chars < COPY_MIN_CHARS and not is_called(element, "markup.screens"):
            continue
        text = flat_text(element)
        if text in seen:
            yield element
        seen.add(text)
