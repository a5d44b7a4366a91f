"""Gives elements the tags that say what they are, where only a role, a class or their place does."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree, html

from narrate.sources.read.class_names import is_called
from narrate.sources.read.markup.frames import is_caption
from narrate.sources.read.shown.elements import BREAKING

# Elements that mean nothing by themselves; a role says what they are (https://www.w3.org/TR/wai-aria-1.2/).
_GENERIC = frozenset({"div", "span", "p", "section", "b", "strong", "font"})
_TAGS: Mapping[str, str] = {
    "list": "ul",
    "listitem": "li",
    "paragraph": "p",
    "blockquote": "blockquote",
    "figure": "figure",
    "table": "table",
    "row": "tr",
    "cell": "td",
    "columnheader": "th",
    "rowheader": "th",
    "navigation": "nav",
    "contentinfo": "footer",
}
_INLINE_CAPTIONS = frozenset({"span", "small", "cite"})
# Where only the level is missing, a browser takes two.
LEVEL_DEFAULT, LEVEL_MAX = 2, 6
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LINES = (
    frozenset({"p", "span", "a", "b", "i", "em", "strong", "small", "font", "q", "cite", "code", "label"}) | _HEADINGS
)

_PICTURES = ("img", "picture", "video", "iframe", "svg", "object", "embed", "canvas", "audio")
_NAMED_BY = ("class", "role", "id")
# So many words before a colon are a sentence that what follows completes; "Share this article:" is not.
LEAD_IN_MIN_WORDS = 8


def name_by_role(root: html.HtmlElement) -> None:
    """Give elements with a role, and elements of a site's own making, the tag of what they are.

    `<div role="heading" aria-level="3">` is an `<h3>`, `<x-section>` a `<div>` unless it stands in a line of text.
    """
    has_text: dict[html.HtmlElement | None, bool] = {}
    for element in list(root.iter(etree.Element)):
        tag = element.tag
        if "-" in tag:
            element.tag = "span" if _is_in_line(element, has_text) else "div"
        elif tag in _INLINE_CAPTIONS and is_caption(element) and not _is_in_line(element, has_text):
            element.tag = "p"  # the credit beside a picture is a line of its own
        if element.tag in _GENERIC and (role := (element.get("role") or "").strip().lower()):
            _name(element, role)


def _name(element: html.HtmlElement, role: str) -> None:
    if role == "heading":
        if element.getparent() is not None and element.getparent().tag not in _HEADINGS:
            level = re.fullmatch(r"\s*(\d{1,2})\s*", element.get("aria-level") or "")
            element.tag = f"h{max(1, min(LEVEL_MAX, int(level[1]) if level else LEVEL_DEFAULT))}"
    elif tag := _TAGS.get(role):
        element.tag = tag


def _is_in_line(element: html.HtmlElement, has_text: dict[html.HtmlElement | None, bool]) -> bool:
    """Tell whether there is text right beside an element, or around it; what is known of its parent is kept."""
    parent = element.getparent()
    if parent is None or any(child.tag in BREAKING for child in element.iterdescendants(etree.Element)):
        return False
    if parent.tag in _LINES:
        return True
    if parent not in has_text:
        beside = [parent.text, *(child.tail for child in parent)]
        has_text[parent] = any(text and text.strip() for text in beside)
    return has_text[parent]


def open_figures(root: html.HtmlElement) -> None:
    """Make a plain division of a figure without a picture: its quote, table or program is the author's text."""
    for figure in list(root.iter("figure")):
        if next(figure.iter(*_PICTURES), None) is None:
            figure.tag = "div"


def open_notes(root: html.HtmlElement) -> None:
    """Make a plain division of a note in the text: `<aside class="note">`, as documentation has it."""
    for aside in list(root.iter("aside")):
        if is_called(aside, "markup.notes", _NAMED_BY) and not is_called(aside, "markup.no_notes", _NAMED_BY):
            aside.tag = "div"


def open_credits_of_quotes(root: html.HtmlElement) -> None:
    """Make a line of a quote's footer: `<blockquote><p>...<footer>Ada Holm</footer></blockquote>` says who said it."""
    for footer in list(root.iter("footer")):
        if any(outer.tag == "blockquote" for outer in footer.iterancestors()):
            footer.tag = "div"


def open_completing_links(root: html.HtmlElement) -> None:
    """Make plain text of the links in a list that completes the sentence above it: they are no menu."""
    for items in list(root.iter("ul", "ol")):
        before = items.getprevious()
        if before is None or before.tag != "p" or (before.tail or "").strip():
            continue
        text = "".join(before.itertext()).strip()
        if text.endswith((":", "：")) and len(text.split()) >= LEAD_IN_MIN_WORDS:
            for link in list(items.iter("a")):
                link.tag = "span"
