"""Changes of a page's tree in which the text around an element stays where it is."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree


def add_before(element: etree._Element, text: str | None) -> None:
    """Put text right before an element."""
    parent = element.getparent()
    if not text or parent is None:
        return
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text


def drop(element: etree._Element) -> None:
    """Remove an element with all that it holds; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    add_before(element, element.tail)
    element.tail = None
    parent.remove(element)


def put_instead(element: etree._Element, content: etree._Element) -> None:
    """Remove an element; what is in another one takes its place. One is the other to take a wrapper away."""
    put_nodes_instead(element, content.text, list(content))
    content.text = None


def put_nodes_instead(element: etree._Element, text: str | None, nodes: Sequence[etree._Element]) -> None:
    """Remove an element; text and elements, with the text after each, take its place."""
    add_before(element, text)
    for node in nodes:
        element.addprevious(node)
    drop(element)
