"""Takes out what is said of links and words only to those who point at them, or hear the page by a screen reader."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree

from narrate.core.resources import packaged_table
from narrate.sources.read.class_names import is_called
from narrate.sources.read.shown.elements import BREAKING
from narrate.sources.read.shown.moves import drop_all
from narrate.sources.read.shown.runs import text_of

HINT_MAX_CHARS = 80

_HOLDERS = ("span", "small", "i", "em", "b", "strong", "sup", "font", "div", "label")


def remove_hints(root: etree._Element) -> None:
    """Take out tooltips, and words such as "opens in a new window", be they an element or the end of a link's text."""
    drop_all([found for found in root.iter(etree.Element) if _is_tooltip(found)])
    drop_all([found for found in root.iter(*_HOLDERS) if _is_hint(found)])
    for link in root.iter("a"):
        _cut_hint(link)


def _is_tooltip(element: etree._Element) -> bool:
    return element.get("role") == "tooltip" or is_called(element, "shown.tooltips")


def _is_hint(element: etree._Element) -> bool:
    if len(element) > 3 or (element.tag in BREAKING and next(element.iterancestors("a"), None) is None):
        return False
    text = text_of(element)
    return len(text) <= HINT_MAX_CHARS and bool(_hint().fullmatch(text))


def _cut_hint(link: etree._Element) -> None:
    """Cut a hint off the end of the last text in a link."""
    last = link[-1] if len(link) else None
    text = (link.text if last is None else last.tail) or ""
    found = _hint_at_end().search(text[-HINT_MAX_CHARS:])
    if not found or (last is None and not text[: len(text) - len(found[0])].strip()):
        return
    rest = text[: len(text) - len(found[0])]
    if last is None:
        link.text = rest
    else:
        last.tail = rest


@cache
def _phrases() -> str:
    return "|".join(packaged_table("narrate.sources.read.shown", "link_hints.toml")["opens"])


@cache
def _hint() -> re.Pattern[str]:
    return re.compile(rf"[\s,;:([–—-]*(?:{_phrases()})[\s).\]]*", re.IGNORECASE)


@cache
def _hint_at_end() -> re.Pattern[str]:
    """Inside of a link's own text it has to be in brackets or behind a comma: "A new window" may be a title."""
    return re.compile(rf"\s*(?:[(\[]\s*(?:{_phrases()})\s*[)\]]|[,;–—]\s*(?:{_phrases()}))\s*$", re.IGNORECASE)
