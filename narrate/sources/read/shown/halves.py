"""Settles what is there twice: once to be seen (`aria-hidden`), once to be heard by a screen reader (`sr-only`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from narrate.sources.read.characters import tidy
from narrate.sources.read.class_names import is_called
from narrate.sources.read.shown.elements import BREAKING
from narrate.sources.read.shown.moves import put_nodes_instead
from narrate.sources.read.shown.runs import text_of

_LETTER = re.compile(r"[^\W_]")


def is_heard_only(element: etree._Element) -> bool:
    """Tell whether an element within a line is there for screen readers alone."""
    return element.tag not in BREAKING and is_called(element, "shown.heard")


def settle_halves(root: etree._Element) -> None:
    """Leave one of two halves that say the same, and show letters that are hidden from screen readers alone.

    What is seen is what the author wrote; but signs without letters ("★★★★☆") and words in single letters are heard
    better in the other half, or in an `aria-label` around them.
    """
    for heard in [found for found in root.iter(etree.Element) if is_heard_only(found)]:
        seen = _seen_beside(heard)
        if seen and _is_readable(seen, heard):
            for half in seen:
                _show(half)
        elif seen:
            _show(heard)
    for element in [found for found in root.iter(etree.Element) if found.get("aria-hidden") == "true"]:
        if _is_initial(element):
            _show(element)
    for holder in [found for found in root.iter(etree.Element) if found.get("aria-label")]:
        if len(holder) and (label := _label(holder)):
            put_nodes_instead(holder[0], label, ())


def _show(element: etree._Element) -> None:
    element.attrib.pop("aria-hidden", None)
    element.attrib.pop("class", None)


def _seen_beside(heard: etree._Element) -> list[etree._Element]:
    """Return the other half: elements right beside it, with nothing but space between."""
    before, after = [], []
    sibling = heard.getprevious()
    while sibling is not None and _is_seen_only(sibling) and not (sibling.tail or "").strip():
        before.append(sibling)
        sibling = sibling.getprevious()
    last = heard
    while (sibling := last.getnext()) is not None and _is_seen_only(sibling) and not (last.tail or "").strip():
        after.append(sibling)
        last = sibling
    return before[::-1] or after


def _is_seen_only(element: etree._Element) -> bool:
    is_text = element.tag not in BREAKING and element.tag not in {"svg", "img"}
    return is_text and element.get("aria-hidden") == "true"


def _is_readable(seen: Sequence[etree._Element], heard: etree._Element) -> bool:
    """Tell whether what is seen can be read as it is, and says what is heard."""
    text = " ".join(map(text_of, seen))
    is_icon = any(is_called(half, "shown.icons") for half in seen)
    is_same = bool({*re.findall(r"\w+", text.casefold())} & {*re.findall(r"\w+", text_of(heard).casefold())})
    return bool(_LETTER.search(text)) and len(seen) < 3 and (is_same or not is_icon)


def _is_initial(element: etree._Element) -> bool:
    """A drop cap: one letter, and the word goes on behind it."""
    text = text_of(element).strip(" \n\t\"'“‘«„")
    return len(text) == 1 and text.isalpha() and (element.tail or "")[:1].isalpha()


def _label(holder: etree._Element) -> str:
    """Return what is said of an element whose own text is all hidden; nothing where some of it is heard anyway."""
    label = tidy(holder.get("aria-label") or "")
    if not label or holder.tag in {"a", "button", "svg", "nav", "ul", "ol", "section"} or holder.get("role"):
        return ""
    hidden = "".join(text_of(child) for child in holder if child.get("aria-hidden") == "true")
    same = re.sub(r"\W", "", hidden).casefold() == re.sub(r"\W", "", label).casefold()
    others = [holder.text or "", *(child.tail or "" for child in holder)]
    others += [text_of(child) for child in holder if child.get("aria-hidden") != "true"]
    return label if same and not "".join(others).strip() else ""
