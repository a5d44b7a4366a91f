"""Finds the text in one line with an element, right before it and right after it, and the block they are in."""

from __future__ import annotations

from lxml import etree

from narrate.sources.read.shown.elements import BREAKING


def text_before(element: etree._Element) -> str:
    """Return the nearest text before an element in its line; nothing at the line's beginning."""
    inner: etree._Element | None = element
    while inner is not None and inner.tag not in BREAKING:
        before = inner.getprevious()
        while before is not None:
            if _ends_line(before) or (before.tail or "").strip():
                return before.tail or ""
            if (text := "".join(before.itertext())).strip():
                return text + (before.tail or "")
            before = before.getprevious()
        inner = inner.getparent()
        if inner is not None and (inner.text or "").strip():
            return inner.text or ""
    return ""


def text_after(element: etree._Element) -> str:
    """Return the nearest text after an element in its line; nothing at the line's end."""
    inner: etree._Element | None = element
    while inner is not None and inner.tag not in BREAKING:
        if (inner.tail or "").strip():
            return inner.tail or ""
        for after in inner.itersiblings():
            if _ends_line(after):
                return ""
            if (text := "".join((*after.itertext(), after.tail or ""))).strip():
                return text
        inner = inner.getparent()
    return ""


def _ends_line(element: etree._Element) -> bool:
    return element.tag in BREAKING or element.tag == "br"


def block_of(element: etree._Element) -> etree._Element:
    """Return the nearest element around another one that begins and ends a line; the root where there is none."""
    block = element
    for block in element.iterancestors():
        if block.tag in BREAKING:
            break
    return block


def text_of(element: etree._Element) -> str:
    """Return all text in an element, as it stands in the source."""
    if not len(element):
        return element.text or ""
    # What walks in C alone: elements around elements are all asked for the same text.
    return str(etree.tostring(element, encoding="unicode", method="text", with_tail=False))
