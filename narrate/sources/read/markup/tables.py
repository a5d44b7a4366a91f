"""Tells tables of data from those that only place things on a page."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from narrate.core.article import Block
from narrate.sources.read.characters import tidy
from narrate.sources.read.shown.flat_text import flat_text

_CELLS = frozenset({"td", "th"})
# A table of data is small in every cell; a table that holds the page's columns is not.
CELL_MAX_CHARS = 300
# A single row is a table only if it is short.
ROW_MAX_CHARS = 60
# A table of which nearly all is links leads elsewhere.
MENU_LINK_SHARE = 0.95
# What stands in the cells of a page's layout and not in those of a table.
_PARTS = ("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "form", "article", "section", "hr")


def data_table(element: etree._Element) -> list[Block] | None:
    """A table of data as one block; None for one that only places things on the page."""
    if element.get("role") in {"presentation", "none"} or element.find(".//table") is not None:
        return None
    lines = list(element.iter("tr"))
    if not lines or max(sum(cell.tag in _CELLS for cell in line) for line in lines) < 2:
        return None
    if _places_things(element, lines):
        return None
    rows = [(line, tuple(_cell_text(cell) for cell in line if cell.tag in _CELLS)) for line in lines]
    if any(len(cell) > CELL_MAX_CHARS for _, row in rows for cell in row):
        return None
    return _table_blocks(element, [(line, row) for line, row in rows if any(row)])


def _places_things(element: etree._Element, lines: Sequence[etree._Element]) -> bool:
    """Tell whether a table without headers is one long row, a menu of links, or holds parts of a page in its cells."""
    if next(element.iter("th", "thead", "caption"), None) is not None:
        return False
    filled = [text for line in lines if (text := flat_text(line))]
    is_long_row = len(filled) == 1 and len(filled[0]) > ROW_MAX_CHARS
    if is_long_row or next(element.iter(*_PARTS), None) is not None:
        return True
    links = sum(len(flat_text(link)) for link in element.iter("a"))
    return links > 0 and links >= MENU_LINK_SHARE * sum(len(text.replace(" ", "")) for text in filled)


def _cell_text(cell: etree._Element) -> str:
    """The words of a cell, or of the picture that stands for them."""
    return flat_text(cell) or tidy(" ".join(image.get("alt") or "" for image in cell.iter("img")))


def _table_blocks(element: etree._Element, rows: list[tuple[etree._Element, tuple[str, ...]]]) -> list[Block]:
    caption = element.find("caption")
    blocks = [Block("caption", text)] if caption is not None and (text := flat_text(caption)) else []
    if not rows:
        return blocks
    cells = [cell.tag for cell in rows[0][0] if cell.tag in _CELLS]
    parent = rows[0][0].getparent()
    has_header = set(cells) == {"th"} or (parent is not None and parent.tag == "thead")
    texts = [row for _, row in rows]
    text = " | ".join(cell for row in texts for cell in row if cell)
    return [*blocks, Block("table", text, rows=tuple(texts) if has_header else ((), *texts))]
