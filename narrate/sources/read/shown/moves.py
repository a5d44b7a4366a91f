"""Changes of a page's tree in which the text around an element stays where it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

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


def drop_all(elements: Iterable[etree._Element]) -> None:
    """Remove elements with all that they hold; what text stays between them is put together once, however many go."""
    gone: dict[etree._Element, set[etree._Element]] = {}
    for element in elements:
        if (parent := element.getparent()) is not None:
            gone.setdefault(parent, set()).add(element)
    for parent, children in gone.items():
        _drop_from(parent, children)


def _drop_from(parent: etree._Element, gone: Collection[etree._Element]) -> None:
    last: etree._Element | None = None
    texts: list[str] = []
    for child in list(parent):
        if child in gone:
            texts.append(child.tail or "")
            child.tail = None
            parent.remove(child)
        else:
            add_behind(parent, last, texts)
            last, texts = child, []
    add_behind(parent, last, texts)


def add_behind(parent: etree._Element, last: etree._Element | None, texts: Sequence[str]) -> None:
    """Add texts behind a child, or before the first one where that is None."""
    if not (text := "".join(texts)):
        return
    if last is None:
        parent.text = (parent.text or "") + text
    else:
        last.tail = (last.tail or "") + text


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
