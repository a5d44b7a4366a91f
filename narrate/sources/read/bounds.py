"""Bounds for parsers and extractors, where a page would cost the square of its size: the same words, less form.

Libraries pad tables to their width, count list items from the first one each time, and look for an attribute among
all those before it. A browser has limits for the same reason; no page that a person made comes near these.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence

from lxml import etree, html

# Of one element; the parser compares each with all before it. The last ones are left out.
ATTRIBUTES_MAX = 256
# Of one row; and how many times more cells a table may have once it is padded to its widest row.
ROW_MAX_CELLS = 200
PADDING_FACTOR = 4
PADDING_FREE_CELLS = 2_000
# Of one list whose items are numbered.
NUMBERED_MAX_ITEMS = 200
# Of links, images and the like right in one element; more are parted into so many at a time.
INLINE_MAX = 200

_SPANS = ("colspan", "rowspan")
_INLINE = frozenset({"a", "abbr", "b", "code", "em", "font", "i", "img", "small", "span", "strong", "sub", "sup", "u"})
_LINE = _INLINE | {"br"}
# What may hold paragraphs stays what it is.
_HOLDERS = frozenset({"article", "blockquote", "body", "dd", "div", "li", "main", "section", "td", "th"})
# As parsers take them: a name may hold quotes and "<", and nothing need stand after a quoted value. What has matched
# stays matched, and what is cut is passed over, so that each tag is read once.
_VALUE = r"\"[^\"]*+\"|'[^']*+'|[^\s>]*+"
_ATTRIBUTE = rf"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:{_VALUE}))?+"
_MANY_ATTRIBUTES = re.compile(
    rf"(<[a-z][^\s/>]*+(?:{_ATTRIBUTE}){{{ATTRIBUTES_MAX}}})(?:{_ATTRIBUTE})*+", re.IGNORECASE
)


def with_few_attributes(text: str) -> str:
    """Return HTML or XML in which no element has more than ATTRIBUTES_MAX attributes."""
    return _MANY_ATTRIBUTES.sub(r"\1", text)


def for_extractors(page: html.HtmlElement) -> html.HtmlElement:
    """Return the page as libraries that look for its article may have it, the page itself wherever that is possible.

    Cells stand for one row and one column each. A table that is far from a rectangle, or very wide, becomes
    paragraphs, long numbered lists lose their numbers, and a paragraph of hundreds of links becomes several: none of
    them holds other words than before.
    """
    for cell in page.iter("td", "th"):
        for name in _SPANS:
            cell.attrib.pop(name, None)
    if not (_ragged_tables(page) or _long_lists(page) or _crowded(page)):
        return page
    page = copy.deepcopy(page)
    for table in _ragged_tables(page):
        _flatten(table)
    for numbered in _long_lists(page):
        numbered.tag = "ul"
    for parent in _crowded(page):
        _part(parent)
    return page


def _ragged_tables(page: etree._Element) -> Sequence[etree._Element]:
    """Tables that take many more cells, or much longer rows, than they have words for."""
    rows: dict[etree._Element, list[int]] = {}
    for row in page.iter("tr"):
        table = next(row.iterancestors("table"), None)
        if table is not None:
            rows.setdefault(table, []).append(sum(cell.tag in ("td", "th") for cell in row))
    return [table for table, widths in rows.items() if _is_ragged(widths)]


def _is_ragged(widths: Sequence[int]) -> bool:
    widest = max(widths)
    return widest > ROW_MAX_CELLS or widest * len(widths) > PADDING_FACTOR * sum(widths) + PADDING_FREE_CELLS


def _flatten(table: etree._Element) -> None:
    for part in list(table.iter("table", "thead", "tbody", "tfoot", "tr", "td", "th")):
        if part.tag in ("td", "th"):
            part.tag, part.tail = "span", f"{part.tail or ''} "
        else:
            part.tag = "p" if part.tag == "tr" else "div"


def _long_lists(page: etree._Element) -> Sequence[etree._Element]:
    return [numbered for numbered in page.iter("ol") if len(numbered) > NUMBERED_MAX_ITEMS]


def _crowded(page: etree._Element) -> Sequence[etree._Element]:
    counts: dict[etree._Element, int] = {}
    for element in page.iter(*_INLINE):
        parent = element.getparent()
        if parent is not None:
            counts[parent] = counts.get(parent, 0) + 1
    return [parent for parent, count in counts.items() if count > INLINE_MAX]


def _part(parent: etree._Element) -> None:
    """Make paragraphs of what stands in the lines of an element; what is no part of a line stays between them."""
    children, text = list(parent), parent.text
    parent[:] = []
    parent.text = None
    parent.tag = parent.tag if parent.tag in _HOLDERS else "div"
    group, room = etree.SubElement(parent, "p"), INLINE_MAX
    group.text = text
    for child in children:
        if child.tag not in _LINE:
            parent.append(child)
            room = 0
            continue
        if not room:
            group, room = etree.SubElement(parent, "p"), INLINE_MAX
        group.append(child)
        room -= 1
