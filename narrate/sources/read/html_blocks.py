"""Walks a page's elements in reading order and tells what each piece of text is: heading, list item, table..."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from narrate.core.article import Block, BlockKind
from narrate.sources.read.characters import INVISIBLE, nfc, tidy
from narrate.sources.read.plain_text import article_from_text
from narrate.sources.read.shown.elements import BREAKING, UNSPOKEN

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir", "dl"})
_ITEMS = frozenset({"li", "dt", "dd"})
_CELLS = frozenset({"td", "th"})

_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])caption(?:$|[\s_-]|text)", re.IGNORECASE)
_FOOTNOTE_CLASS = re.compile(r"(?:^|[\s_-])(?:footnotes?|endnotes?|references|reflist)(?:$|[\s_-])", re.IGNORECASE)
_FOOTNOTE_ROLES = frozenset({"doc-footnote", "doc-endnotes", "doc-endnote"})
_SENTENCE_END = re.compile(r"""[.!?…:。！？]["'”’»)\]]*$""")
_BULLET = re.compile(r"[-*•‣▪◦·–]\s")

# A table of data is small in every cell; a table that holds the page's columns is not.
CELL_MAX_CHARS = 300
# An archive of a mailing list keeps whole letters in <pre>; a program is never so wordy.
PROSE_MIN_WORDS = 60
PROSE_MIN_WORDS_A_LINE = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the page, whether it belongs to the article or not.

    Attributes:
        block: What a browser would show there.
        parent: Number of the element that holds the piece's element; siblings have the same.
    """

    block: Block
    parent: int = 0


@dataclass(slots=True)
class _Frame:
    """An open element that says what the text in it is."""

    tag: str
    kind: BlockKind
    level: int = 0
    mark: str = ""
    next_number: int | None = None
    step: int = 1


@dataclass(slots=True)
class _Walk:
    """The state of a walk through a page: open frames, open elements and text that waits for its block's end."""

    frames: list[_Frame] = field(default_factory=lambda: [_Frame("body", "paragraph")])
    open: list[int] = field(default_factory=lambda: [0])
    waiting: list[str] = field(default_factory=list)
    count: int = 0


def pieces(root: etree._Element) -> Iterator[Piece]:
    """Yield every piece of text on the page, in reading order."""
    walk = _Walk()
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            if element.tag == "math":
                walk.waiting.append(tidy(element.get("alttext") or flat_text(element)))
                events.skip_subtree()
            elif (whole := _whole(element)) is not None:
                yield from _flush(walk)
                yield from (Piece(block, walk.open[-1]) for block in whole)
                events.skip_subtree()
                if element.tag in BREAKING:
                    walk.open.append(walk.open[-1])
            else:
                yield from _start(element, walk)
        else:
            yield from _end(element, walk)
    yield from _flush(walk)


def _start(element: etree._Element, walk: _Walk) -> Iterator[Piece]:
    tag = element.tag
    if tag in BREAKING:
        yield from _flush(walk)
        walk.count += 1
        walk.open.append(walk.count)
    if frame := _frame(element, walk):
        walk.frames.append(frame)
    if tag == "br":
        walk.waiting.append("\n")
    elif tag == "q":
        walk.waiting.append("“")
    elif tag == "img" and (alternative := tidy(element.get("alt") or "")):
        yield Piece(Block("image", alternative), walk.open[-1])
    if element.text and tag not in UNSPOKEN:
        walk.waiting.append(_unwrapped(element.text))


def _end(element: etree._Element, walk: _Walk) -> Iterator[Piece]:
    if element.tag in BREAKING:
        yield from _flush(walk)
        walk.open.pop()
    elif element.tag == "q":
        walk.waiting.append("”")
    if _opens_frame(element):
        walk.frames.pop()
    _append_tail(element, walk)


def _append_tail(element: etree._Element, walk: _Walk) -> None:
    if element.tail:
        walk.waiting.append(_unwrapped(element.tail))


def _unwrapped(text: str) -> str:
    """Line ends in the source are spaces; those of <br> are not."""
    return text.replace("\r", " ").replace("\n", " ")


def _opens_frame(element: etree._Element) -> bool:
    return (
        element.tag in _HEADINGS
        or element.tag in _LISTS
        or element.tag in _ITEMS
        or element.tag in {"blockquote", "figcaption", "caption", "figure"}
        or _is_caption(element)
        or _holds_footnotes(element)
    )


def _is_caption(element: etree._Element) -> bool:
    return element.tag in {"p", "div", "span"} and bool(_CAPTION_CLASS.search(element.get("class") or ""))


def _holds_footnotes(element: etree._Element) -> bool:
    if element.tag not in {"ol", "section", "div", "aside"}:
        return False
    return element.get("role") in _FOOTNOTE_ROLES or bool(_FOOTNOTE_CLASS.search(element.get("class") or ""))


def _frame(element: etree._Element, walk: _Walk) -> _Frame | None:
    """Return what the text directly in an element is; None where the element does not change it."""
    if not _opens_frame(element):
        return None
    tag, outer = element.tag, walk.frames[-1]
    if tag in _HEADINGS:
        return _Frame(tag, "heading", _HEADINGS[tag])
    if _holds_footnotes(element) or outer.kind == "footnote":
        return _numbered(_Frame(tag, "footnote"), element, outer)
    if tag in _LISTS:
        return _numbered(_Frame(tag, "list_item" if tag == "dl" else outer.kind), element, outer)
    if tag in _ITEMS:
        return _numbered(_Frame(tag, "list_item"), element, outer)
    return _Frame(tag, "quote" if tag == "blockquote" else "caption")


def _numbered(frame: _Frame, element: etree._Element, outer: _Frame) -> _Frame:
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


def _flush(walk: _Walk) -> Iterator[Piece]:
    """End the block that is being read."""
    if not walk.waiting:
        return
    raw, frame = "".join(walk.waiting), walk.frames[-1]
    walk.waiting.clear()
    for text in _lines(raw, frame.kind):
        yield Piece(Block(_kind(frame), frame.mark + text, frame.level), walk.open[-1])
        if frame.tag == "li":
            frame.mark = ""
            frame.kind = "paragraph" if frame.kind == "list_item" else frame.kind


def _kind(frame: _Frame) -> BlockKind:
    return "paragraph" if frame.tag == "ol" and frame.kind == "heading" else frame.kind


def _lines(raw: str, kind: BlockKind) -> Iterator[str]:
    """Part a block at empty lines, and at line ends which close a sentence or begin a point."""
    group: list[str] = []
    for line in [*map(tidy, raw.split("\n")), ""]:
        is_new = not line or (kind != "heading" and group and _is_end(group[-1], line))
        if group and is_new:
            yield " ".join(group)
            group = []
        if line:
            group.append(line)


def _is_end(line: str, after: str) -> bool:
    return bool(_SENTENCE_END.search(line[-8:]) or _BULLET.match(after))


def _whole(element: etree._Element) -> list[Block] | None:
    """Blocks of an element that is read as one: code, a table of data."""
    if element.tag == "pre":
        return _preformatted(element)
    return _table(element) if element.tag == "table" else None


def _preformatted(element: etree._Element) -> list[Block]:
    text = _code_text(element)
    if not text:
        return []
    lines = [line for line in text.split("\n") if line.strip()]
    words = len(re.findall(r"[^\W\d_]{2,}", text))
    is_prose = words >= PROSE_MIN_WORDS and words >= PROSE_MIN_WORDS_A_LINE * len(lines)
    if not is_prose or element.find(".//code") is not None or len(re.findall(r"[{}<>=;\\]", text)) * 20 > words:
        return [Block("code", text)]
    blocks = article_from_text(text).blocks
    return [Block("heading", block.text, 1) if block.kind == "title" else block for block in blocks]


def _code_text(element: etree._Element) -> str:
    parts = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            parts.append("\n" if inner.tag == "br" else inner.text or "")
        elif inner is not element:
            parts.append(inner.tail or "")
    text = "".join(parts).replace("\r\n", "\n").replace("\r", "\n").translate(INVISIBLE).replace("\xa0", " ")
    return nfc("\n".join(line.rstrip() for line in text.split("\n")).strip("\n"))


def _table(element: etree._Element) -> list[Block] | None:
    """A table of data as one block; None for one that only places things on the page."""
    if element.get("role") in {"presentation", "none"} or element.find(".//table") is not None:
        return None
    lines = list(element.iter("tr"))
    if not lines or max(sum(cell.tag in _CELLS for cell in line) for line in lines) < 2:
        return None
    rows = [(line, tuple(_cell_text(cell) for cell in line if cell.tag in _CELLS)) for line in lines]
    if any(len(cell) > CELL_MAX_CHARS for _, row in rows for cell in row):
        return None
    return _table_blocks(element, [(line, row) for line, row in rows if any(row)])


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
