"""Elements that say what the text in them is: headings, items of lists, quotes, captions, footnotes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from narrate.core.article import BlockKind
from narrate.core.resources import packaged_table
from narrate.sources.read.characters import bare
from narrate.sources.read.class_names import is_called
from narrate.sources.read.shown.flat_text import flat_text

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir", "dl"})
_ITEMS = frozenset({"li", "dt", "dd"})
_CAPTIONS = frozenset({"p", "div", "span", "small", "cite"})
_FOOTNOTES = frozenset({"li", "p", "div", "aside", "dd"})
_FOOTNOTE_LISTS = frozenset({"ol", "ul", "dl", "section", "div", "aside"})

_ALWAYS = frozenset({*_HEADINGS, *_LISTS, *_ITEMS, "blockquote", "figcaption", "caption", "figure"})
_SOMETIMES = _CAPTIONS | _FOOTNOTES | _FOOTNOTE_LISTS

_FOOTNOTE_ROLES = frozenset({"doc-footnote", "doc-endnotes", "doc-endnote"})
# What marks link to: of Markdown, of word processors, of wikis.
_FOOTNOTE_ID = re.compile(
    r"(?:user-content-)?_{0,2}(?:fn|ftn|edn|footnote|endnote|cite_note)(?:[-_:.]{1,2}\w{1,30}[-_])?[-_:.]{0,2}\d{1,3}"
    r"(?:[-_:.]\w{1,20}){0,2}",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Frame:
    """An open element that says what the text in it is."""

    tag: str
    kind: BlockKind
    level: int = 0
    mark: str = ""
    next_number: int | None = None
    step: int = 1

    @property
    def kind_of_text(self) -> BlockKind:
        """The kind of text that stands right in the element: a paragraph beside the items of a list in a heading."""
        return "paragraph" if self.tag == "ol" and self.kind == "heading" else self.kind


def opens_frame(element: etree._Element) -> bool:
    """Tell whether an element says what the text in it is."""
    if element.tag in _ALWAYS:
        return True
    # Of others only a class, a name or a role says so.
    return element.tag in _SOMETIMES and bool(element.attrib) and (is_caption(element) or _holds_footnotes(element))


def is_caption(element: etree._Element) -> bool:
    """Tell whether an element is called the caption or the credit of a picture."""
    return element.tag in _CAPTIONS and is_called(element, "markup.captions")


def _holds_footnotes(element: etree._Element) -> bool:
    if element.tag in _FOOTNOTES and _FOOTNOTE_ID.fullmatch(element.get("id") or ""):
        return True
    if element.tag not in _FOOTNOTE_LISTS:
        return False
    if element.get("role") in _FOOTNOTE_ROLES or is_called(element, "markup.footnotes"):
        return True
    return element.tag in {"ol", "ul", "dl"} and _is_under_notes(element)


def _is_under_notes(items: etree._Element) -> bool:
    """Tell whether a list stands right under a heading such as "Footnotes"."""
    before = items.getprevious()
    if before is None or before.tag not in _HEADINGS:
        return False
    name = bare(flat_text(before))
    names = packaged_table("narrate.sources.read.markup", "frames.toml")
    return name in names["footnotes"] or (items.tag == "ol" and name in names["notes"])


def frame_of(element: etree._Element, outer: Frame) -> Frame | None:
    """Return what the text directly in an element is; None where the element does not change it.

    Args:
        element: The element.
        outer: The frame around it; a list's counts its items.
    """
    if not opens_frame(element):
        return None
    tag = element.tag
    if tag in _HEADINGS:
        return Frame(tag, "heading", _HEADINGS[tag])
    if _holds_footnotes(element) or outer.kind == "footnote":
        return _numbered(Frame(tag, "footnote"), element, outer)
    if tag in _LISTS:
        return _numbered(Frame(tag, "list_item" if tag == "dl" else outer.kind), element, outer)
    if tag in _ITEMS:
        return _numbered(Frame(tag, "list_item"), element, outer)
    return Frame(tag, "quote" if tag == "blockquote" else "caption")


def _numbered(frame: Frame, element: etree._Element, outer: Frame) -> Frame:
    """Give a numbered list its first number, and an item of one its own."""
    if element.tag == "ol":
        backwards = "reversed" in element.attrib
        frame.next_number = _integer(element.get("start"), len(element.findall("li")) if backwards else 1)
        frame.step = -1 if backwards else 1
    elif element.tag == "li" and outer.next_number is not None:
        number = _integer(element.get("value"), outer.next_number)
        outer.next_number = number + outer.step
        frame.mark = f"{number}. "
    return frame


def _integer(text: str | None, default: int) -> int:
    digits = re.fullmatch(r"\s*(-?\d{1,6})\s*", text or "")
    return int(digits[1]) if digits else default
