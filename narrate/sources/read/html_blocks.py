"""Walks a page's elements in reading order and tells what each piece of text is: heading, list item, table..."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Literal, NamedTuple

from lxml import etree

from narrate.core.article import Block, BlockKind, BlockRole
from narrate.sources.read.characters import tidy
from narrate.sources.read.class_names import is_called
from narrate.sources.read.markup.frames import Frame, frame_of
from narrate.sources.read.markup.programs import preformatted
from narrate.sources.read.markup.standfirst import standfirst_index
from narrate.sources.read.markup.tables import data_table
from narrate.sources.read.shown.elements import BREAKING, UNSPOKEN
from narrate.sources.read.shown.flat_text import flat_text

_ITEMS = frozenset({"li", "dt", "dd"})
_WHOLE = frozenset({"pre", "table"})
# Elements inside of a line that are of interest, and what they make of it.
Inline = Literal["link", "bold"]
_INLINE: dict[str, Inline] = {"a": "link", "b": "bold", "strong": "bold"}
_SENTENCE_END = re.compile(r"""[.!?…:。！？]["'”’»)\]]*$""")
_BULLET = re.compile(r"[-*•‣▪◦·–]\s")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the page, whether it belongs to the article or not.

    Attributes:
        block: What a browser would show there.
        element: What it was read from: a paragraph's <p>, an image's <img>; of text that stands bare beside other
            blocks, the element that holds them all.
        parent: Number of the element that the piece's box stands in; siblings have the same.
        link_chars: How many characters of the text are in links.
        is_standfirst: It stands between the headline and the text and sums it up.
    """

    block: Block
    element: etree._Element
    parent: int = 0
    link_chars: int = 0
    is_standfirst: bool = False


class _Run(NamedTuple):
    """Text between two tags."""

    text: str
    is_link: bool
    is_bold: bool = False


@dataclass(slots=True)
class _Box:
    """An open element that begins and ends its own lines.

    Attributes:
        number: Its place among the page's boxes.
        holds_boxes: Others began in it, so that text right in it stands beside them.
    """

    element: etree._Element
    number: int
    holds_boxes: bool = False


@dataclass(slots=True)
class _Walk:
    """The state of a walk through a page: open frames and boxes, and text that waits for its block's end.

    Attributes:
        framing: The elements that opened the frames behind the first one.
        depths: How many links, and how many bold elements, are open.
    """

    boxes: list[_Box]
    frames: list[Frame] = field(default_factory=lambda: [Frame("body", "paragraph")])
    framing: list[etree._Element] = field(default_factory=list)
    waiting: list[_Run] = field(default_factory=list)
    count: int = 0
    depths: dict[Inline, int] = field(default_factory=lambda: {"link": 0, "bold": 0})

    def hear(self, text: str) -> None:
        """Add text to the block that is being read."""
        self.waiting.append(_Run(text, self.depths["link"] > 0, self.depths["bold"] > 0))

    def open(self, element: etree._Element) -> None:
        """Begin a box."""
        self.boxes[-1].holds_boxes = True
        self.count += 1
        self.boxes.append(_Box(element, self.count))

    def piece(self, block: Block, element: etree._Element | None = None, link_chars: int = 0) -> Piece:
        """A piece that stands in the innermost box, or is all there is in it."""
        box = self.boxes[-1]
        is_box = element is None and not box.holds_boxes and len(self.boxes) > 1
        around = self.boxes[-2] if is_box else box
        return Piece(block, box.element if element is None else element, around.number, link_chars)


def pieces(root: etree._Element) -> Iterator[Piece]:
    """Yield every piece of text on the page, in reading order."""
    found = list(_walked(root))
    first = standfirst_index(root, [(piece.block, piece.element) for piece in found])
    for index, piece in enumerate(found):
        yield replace(piece, is_standfirst=True) if index == first else piece


def _walked(root: etree._Element) -> Iterator[Piece]:
    walk = _Walk([_Box(root, 0)])
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if event == "end":
            if walk.waiting and tag in BREAKING:
                yield from _flush(walk)
            _end(element, walk)
        elif tag == "math":
            walk.hear(tidy(element.get("alttext") or flat_text(element)))
            events.skip_subtree()
        elif tag in _WHOLE and (whole := _whole(element)) is not None:
            yield from _flush_before(walk)
            link_chars = sum(len(flat_text(link)) for link in element.iter("a"))
            yield from (walk.piece(block, element, link_chars) for block in whole)
            events.skip_subtree()
            if tag in BREAKING:
                walk.open(element)
        else:
            if tag in BREAKING:
                yield from _flush_before(walk)
                walk.open(element)
            if (picture := _start(element, walk)) is not None:
                yield picture


def _start(element: etree._Element, walk: _Walk) -> Piece | None:
    """Begin an element; return the piece that it is where it is a picture with words for it."""
    tag, picture = element.tag, None
    if frame := frame_of(element, walk.frames[-1]):
        walk.frames.append(frame)
        walk.framing.append(element)
    if tag in _INLINE:
        walk.depths[_INLINE[tag]] += 1
    if tag == "br":
        walk.hear("\n")
    elif tag == "q":
        walk.hear("“")
    elif tag == "img" and (alternative := tidy(element.get("alt") or "")):
        picture = walk.piece(Block("image", alternative), element)
    if element.text and tag not in UNSPOKEN:
        walk.hear(_unwrapped(element.text))
    return picture


def _end(element: etree._Element, walk: _Walk) -> None:
    """End an element, and with it its box and its frame; text behind it is of what is around."""
    tag = element.tag
    if tag in _INLINE:
        walk.depths[_INLINE[tag]] -= 1
    if tag in BREAKING:
        walk.boxes.pop()
    elif tag == "q":
        walk.hear("”")
    if walk.framing and walk.framing[-1] is element:
        walk.framing.pop()
        walk.frames.pop()
    if element.tail:
        walk.hear(_unwrapped(element.tail))


def _unwrapped(text: str) -> str:
    """Line ends in the source are spaces; those of <br> are not."""
    return text.replace("\r", " ").replace("\n", " ") if "\n" in text or "\r" in text else text


def _flush_before(walk: _Walk) -> Iterator[Piece]:
    """End the block before another begins beside it; only an item's first line is the item still."""
    box = walk.boxes[-1]
    box.holds_boxes = box.holds_boxes or box.element.tag not in _ITEMS
    yield from _flush(walk)


def _flush(walk: _Walk) -> Iterator[Piece]:
    """End the block that is being read."""
    if not walk.waiting:
        return
    runs, frame = tuple(walk.waiting), walk.frames[-1]
    walk.waiting.clear()
    lines = tuple(_lines(runs, frame.kind))
    if not lines:  # most of what stands between two tags is white space
        return
    bold, role = _bold_beginning(runs), _role_of(walk.boxes[-1].element)
    for text, link_chars in lines:
        bold_chars = len(bold) if bold and not frame.mark and text.startswith(bold) else 0
        block = Block(frame.kind_of_text, frame.mark + text, frame.level, bold_chars=bold_chars, role=role)
        yield walk.piece(block, link_chars=link_chars)
        if frame.tag == "li":
            frame.mark = ""
            frame.kind = "paragraph" if frame.kind == "list_item" else frame.kind


def _bold_beginning(runs: Sequence[_Run]) -> str:
    """Return the words in bold that a block begins with; "" for none."""
    first = next((run for run in runs if run.text.strip()), None)
    if first is None or not first.is_bold:
        return ""
    leading = takewhile(lambda run: run.is_bold or not run.text.strip(), runs)
    return tidy("".join([run.text for run in leading]))


def _role_of(element: etree._Element) -> BlockRole:
    """Return what an element is in an interview, by its name or by what the page calls it."""
    if element.tag == "dt":
        return "term"
    if not element.attrib:
        return ""
    return (
        "question"
        if is_called(element, "markup.questions")
        else "answer"
        if is_called(element, "markup.answers")
        else ""
    )


def _lines(runs: Sequence[_Run], kind: BlockKind) -> Iterator[tuple[str, int]]:
    """Part a block at empty lines, and at line ends which close a sentence or begin a point.

    Returns:
        Texts, and how many characters of each are in links.
    """
    group: list[str] = []
    link_chars = 0
    if not any("\n" in run.text for run in runs):
        if line := tidy("".join([run.text for run in runs])):
            yield line, _link_chars(runs)
        return
    for line, in_links in [*_broken(runs), ("", 0)]:
        is_new = not line or (kind != "heading" and group and _is_end(group[-1], line))
        if group and is_new:
            yield " ".join(group), link_chars
            group, link_chars = [], 0
        if line:
            group.append(line)
            link_chars += in_links


def _broken(runs: Sequence[_Run]) -> Iterator[tuple[str, int]]:
    """Part runs at their line ends."""
    lines: list[list[_Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        lines[-1].append(_Run(first, run.is_link))
        lines += ([_Run(other, run.is_link)] for other in others)
    for line in lines:
        yield tidy("".join([run.text for run in line])), _link_chars(line)


def _link_chars(runs: Sequence[_Run]) -> int:
    links = "".join([run.text for run in runs if run.is_link])
    return len(tidy(links)) if links else 0


def ends_sentence(text: str) -> bool:
    """Tell whether a text closes as a sentence does, or with a colon."""
    return bool(_SENTENCE_END.search(text[-8:]))


def _is_end(line: str, after: str) -> bool:
    return ends_sentence(line) or bool(_BULLET.match(after))


def _whole(element: etree._Element) -> list[Block] | None:
    """Blocks of an element that is read as one: code, a table of data."""
    if element.tag == "pre":
        return preformatted(element)
    return data_table(element) if element.tag == "table" else None
