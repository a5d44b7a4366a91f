"""Takes an element out of a page without gluing together what it kept apart."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import html

from narrate.core.article import Block, Drop
from narrate.sources.read.shown.elements import BREAKING
from narrate.sources.read.shown.flat_text import flat_text
from narrate.sources.read.shown.moves import drop_all


def taken_out(elements: Iterable[html.HtmlElement], rule: str, why: str = "") -> list[Drop]:
    """Remove elements as `take_out` does, and return a record of each that has words.

    Args:
        elements: What goes; what lies in another one of them is recorded with that.
        rule: Name of the rule that says so.
        why: What was found there, in words.
    """
    going = [element for element in dict.fromkeys(elements) if element.getparent() is not None]
    inside = set(going)
    outer = [element for element in going if not any(around in inside for around in element.iterancestors())]
    texts = [text for element in outer if any(map(str.isalnum, text := flat_text(element)))]
    take_out(going)
    return [Drop(Block("paragraph", text), rule, why) for text in texts]


def take_out(elements: Iterable[html.HtmlElement]) -> None:
    """Remove elements; text after a block begins a new line, unless it goes on with the sentence before it."""
    going = [element for element in dict.fromkeys(elements) if element.getparent() is not None]
    for element in going:
        _part(element)
    drop_all(going)


def _part(element: html.HtmlElement) -> None:
    """Keep what is before an element apart from what is after it."""
    follower = element.getnext()
    tail = element.tail or ""
    is_line = bool(tail.strip()) or (follower is not None and follower.tag not in BREAKING)
    if element.tag in BREAKING and is_line:
        text = tail.strip() or "".join(follower.itertext() if follower is not None else ()).strip()
        if text[:1].islower():
            element.tail = f" {tail}"
        elif text[:1].isalnum() or text[:1] in "“\"'‘«„¿¡([":
            _break_before(element)


def _break_before(element: html.HtmlElement) -> None:
    """Put an empty line where a block stood."""
    for _ in range(2):
        element.addprevious(element.makeelement("br"))
