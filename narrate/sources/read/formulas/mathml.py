"""MathML's formulas as parts: presentation, or the TeX that they were made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from lxml.html import HtmlElement

from narrate.sources.read.formulas.nodes import (
    MAX_DEPTH,
    Choice,
    Fraction,
    Lines,
    Marked,
    Node,
    Root,
    Row,
    Scripts,
    Unsure,
    items_of,
    number,
    row,
    sign,
    symbols,
    text,
)

_TEX_ENCODING = re.compile(r"application/x-(?:la)?tex|(?:la)?tex", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,\s]\d+)*")
# What joins its neighbours and is not seen (U+2061 to U+2064).
_UNSEEN = "\u2061\u2062\u2063\u2064"
_SILENT = frozenset({"mspace", "mphantom", "annotation", "annotation-xml", "none", "mprescripts", "malignmark"})
_ROWS = frozenset({"math", "mrow", "mstyle", "mpadded", "mtd", "menclose"})


def tex_of(math: HtmlElement) -> str | None:
    """Return the TeX that a `<math>` element was made from, None where it does not say."""
    for element in math.iter():
        if _tag(element) == "annotation" and _TEX_ENCODING.fullmatch(element.get("encoding", "")):
            return str(element.text or "").strip() or None
    return math.get("alttext") or None


def mathml_node(math: HtmlElement) -> Node:
    """Return the parts of a `<math>` element.

    Raises:
        Unsure: It holds something that is not known here, or is too deep.
    """
    return _node(math, 0) or Row(())


def _tag(element: HtmlElement) -> str:
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def _children(element: HtmlElement) -> list[HtmlElement]:
    return [child for child in element if _tag(child) and _tag(child) not in _SILENT]


def _node(element: HtmlElement, depth: int) -> Node | None:
    """Return the part that an element is, None for what says nothing."""
    if depth > MAX_DEPTH * 2:
        raise Unsure("too deep")
    tag = _tag(element)
    if tag in _SILENT or not tag:
        return None
    if tag == "semantics":
        children = _children(element)
        return _node(children[0], depth + 1) if children else None
    if tag in _ROWS:
        return _row(_children(element), depth)
    if tag in _LEAVES:
        return _LEAVES[tag]("".join(element.itertext()).strip())
    if tag == "mover" and (mark := _mark(_children(element))):
        return Marked(_node(_children(element)[0], depth + 1) or Row(()), mark)
    if tag in _PARTS:
        return _part(tag, [_node(child, depth + 1) or Row(()) for child in _children(element)], element)
    if tag == "mtable":
        return _lines(_children(element), depth)
    raise Unsure(tag)


def _mark(children: Sequence[HtmlElement]) -> str:
    """Return the word for what a second part puts over the first: "hat"."""
    over = "".join(children[1].itertext()).strip() if len(children) == 2 else ""
    return str(symbols()["marks"].get(over, ""))


def _row(children: Sequence[HtmlElement], depth: int) -> Node:
    items: list[Node] = []
    for child in children:
        part = _node(child, depth + 1)
        items += part.items if isinstance(part, Row) else [part] if part is not None else []
    return row(items)


def _lines(children: Sequence[HtmlElement], depth: int) -> Node:
    """A table is the lines of a display; one in brackets is a matrix, which its row is not sure of."""
    rows = [_row(_children(child), depth + 1) for child in children if _tag(child) in ("mtr", "mlabeledtr")]
    return Lines(tuple(Row(items_of(line)) for line in rows))


def _name(words: str) -> Node | None:
    if not words:
        return None
    if len(words) == 1 or words in symbols()["same"]:
        return sign(words)
    return text(words)


def _operator(words: str) -> Node | None:
    return None if not words or all(char in _UNSEEN for char in words) else _name(words)


def _figures(words: str) -> Node | None:
    if not _NUMBER.fullmatch(words):
        return _name(words)
    return number(words)


_LEAVES: Mapping[str, Callable[[str], Node | None]] = {
    "mi": _name,
    "mo": _operator,
    "mn": _figures,
    "mtext": lambda words: text(words) if words else None,
    "ms": lambda words: text(words) if words else None,
}


def _part(tag: str, parts: Sequence[Node], element: HtmlElement) -> Node:
    count = _PARTS[tag]
    if count and len(parts) != count:
        raise Unsure(tag)
    if tag == "msqrt":
        return Root(row([item for part in parts for item in items_of(part)]))
    if tag == "mroot":
        return Root(parts[0], parts[1])
    if tag == "mfrac":
        is_choice = element.get("linethickness", "").strip() in ("0", "0px", "0pt", "0em")
        return Choice(parts[0], parts[1]) if is_choice else Fraction(parts[0], parts[1])
    return _scripts(tag, parts)


def _scripts(tag: str, parts: Sequence[Node]) -> Node:
    if tag in ("msub", "munder"):
        return Scripts(parts[0], parts[1])
    return Scripts(parts[0], parts[1] if len(parts) == 3 else None, parts[-1])


# How many parts each has, 0 for any number.
_PARTS: Mapping[str, int] = {
    "mfrac": 2,
    "msqrt": 0,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "msubsup": 3,
    "munder": 2,
    "mover": 2,
    "munderover": 3,
}
