"""The text of an element as one line."""

from __future__ import annotations

from lxml import etree

from narrate.sources.read.characters import tidy
from narrate.sources.read.shown.elements import BREAKING, UNSPOKEN


def flat_text(element: etree._Element) -> str:
    """Return all text in an element as one line, with a space wherever a browser would begin a new one."""
    if not len(element):
        return tidy(element.text or "")
    parts: list[str] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            parts.append(" " if inner.tag in BREAKING or inner.tag == "br" else "")
            parts.append(inner.text or "" if inner.tag not in UNSPOKEN else "")
        elif inner is not element:
            parts.append(" " if inner.tag in BREAKING else "")
            parts.append(inner.tail or "")
    return tidy("".join(parts))
