"""Makes one program of a table that sets its lines beside their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree, html

from narrate.sources.read.class_names import is_called, is_name
from narrate.sources.read.markup.programs import code_text

_NUMBERS = re.compile(r"(?:\s*+\d++[.:]?+)*+\s*+")


def join_code_tables(root: html.HtmlElement) -> None:
    """Replace each table of numbered lines by `<pre><code>`, and take the numbers out of programs that hold them."""
    for table in list(root.iter("table")):
        rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
        if table.getparent() is not None and (cells := _code_cells(rows)):
            _replace(table, "\n".join(map(code_text, cells)))
    for program in list(root.iter("pre")):
        for number in list(program.iter("span", "a", "td", "i")):
            if _is_number(number) and number.getparent() is not None:
                number.drop_tree()


def _code_cells(rows: Sequence[Sequence[html.HtmlElement]]) -> list[html.HtmlElement]:
    """The cells that hold the lines of a program; none where the table is another one."""
    pairs = [row for row in rows if row]
    if not pairs or any(len(row) != 2 for row in pairs):
        return []
    numbers, cells = [row[0] for row in pairs], [row[1] for row in pairs]
    if not all(_NUMBERS.fullmatch("".join(cell.itertext())) for cell in numbers):
        return []
    is_numbered = all(is_called(cell, "markup.line_numbers") or _attribute_number(cell) for cell in numbers)
    is_code = all(_is_code(cell) for cell in cells)
    holds_pre = all(cell.find(".//pre") is not None for cell in cells)
    return cells if (is_numbered and is_code) or (holds_pre and _has_digits(numbers)) else []


def _has_digits(cells: Sequence[html.HtmlElement]) -> bool:
    return any(char.isdigit() for cell in cells for text in cell.itertext() for char in text)


def _attribute_number(cell: html.HtmlElement) -> bool:
    return (cell.get("data-line-number") or "").isdigit()


def _is_code(cell: html.HtmlElement) -> bool:
    names = cell.get("class") or ""
    return is_name(names, "markup.code") or cell.find(".//pre") is not None or cell.find(".//code") is not None


def _is_number(element: html.HtmlElement) -> bool:
    return bool(is_called(element, "markup.line_numbers") and _NUMBERS.fullmatch("".join(element.itertext())))


def _replace(table: html.HtmlElement, text: str) -> None:
    program = html.HtmlElement()
    program.tag = "pre"
    code = etree.SubElement(program, "code")
    code.text, program.tail = text, table.tail
    parent = table.getparent()
    if parent is not None:
        parent.replace(table, program)
