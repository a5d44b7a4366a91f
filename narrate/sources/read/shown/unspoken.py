"""Takes out of a page what nobody sees or would read out: controls, hidden parts, marks of footnotes."""

from __future__ import annotations

import re

from lxml import etree

from narrate.sources.read.shown.elements import BREAKING, UNSPOKEN
from narrate.sources.read.shown.moves import drop

_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_MARK = re.compile(r"\s*[\[(]?\s*(?:\d{1,3}|[a-z]|[*†‡§]+|note \d+)\s*[\])]?\s*$", re.IGNORECASE)
_MARK_ROLES = frozenset({"doc-backlink", "doc-noteref"})
_BACK_LINK = re.compile(r"[\s↩↑⤴^\ufe0e\ufe0f]+$")
_MARK_CLASS = re.compile(
    r"(?:^|\s)(?:mw-editsection|headerlink|anchorjs-link|footnote-?ref|footnote-back\w*|data-footnote-backref|"
    r"mw-cite-backlink|sr-only|screen-reader-text|visually-?hidden)(?:$|\s)",
    re.IGNORECASE,
)


def remove_unspoken(root: etree._Element) -> None:
    """Take out what is not shown, marks that point to footnotes, and readings printed above characters."""
    for element in [found for found in root.iter(etree.Element) if _is_unspoken(found)]:
        drop(element)


def _is_unspoken(element: etree._Element) -> bool:
    if element.tag in UNSPOKEN:
        return element.tag not in {"head", "title"}
    if element.tag in {"sup", "a"} and _is_footnote_mark(element):
        return True
    attributes = element.attrib
    if not attributes:
        return False
    if attributes.get("hidden", "until-found") != "until-found":
        return True
    if attributes.get("aria-hidden") == "true" or _HIDDEN_STYLE.search(attributes.get("style", "")):
        return element.tag not in {"html", "body", "main", "article"}
    is_mark = _MARK_CLASS.search(attributes.get("class", "")) or attributes.get("role") in _MARK_ROLES
    return bool(is_mark) and element.tag not in BREAKING


def _is_footnote_mark(element: etree._Element) -> bool:
    """`<sup><a href="#fn1">1</a></sup>` and its like: a mark, and a link into the page."""
    link = element if element.tag == "a" else element.find(".//a")
    if link is None or not (link.get("href") or "").lstrip("./").partition("#")[2]:
        return False
    text = "".join(element.itertext())
    if _BACK_LINK.match(text):
        return True
    is_raised = element.tag == "sup" or link.find(".//sup") is not None
    return bool(_MARK.match(text)) and (is_raised or text.strip().startswith("["))
