"""Gives text that stands bare beside blocks a paragraph of its own, and sentences that a block cuts their end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree, html

from narrate.sources.read.shown.elements import BREAKING
from narrate.sources.read.shown.runs import text_of

# What may hold paragraphs. A list's item is left alone: its first line is the item.
_HOLDERS = (
    *("body", "div", "section", "article", "main", "center", "font", "span", "p", "td", "blockquote", "header"),
    *("footer", "aside", "details", "fieldset", "form", "b", "strong", "i", "em", "big", "small"),
)
# Blocks that break into a sentence: an advertisement, a picture, a note. After a list or a heading a new line begins.
_CUTTING = frozenset({"div", "aside", "section", "center", "figure", "span", "font"})
_SENTENCE_END = re.compile(r"""[.!?…:;。！？]["'”’»)\]]*\s*$""")
_GOES_ON = re.compile(r"\s*(?:[a-zà-öø-ÿа-яёα-ω]|[,;.)](?:\s|$))")
# A block of so few words, without an end of its own, is a part of the sentence around it.
PART_MAX_WORDS = 25
# Of one element; each is looked for in all that was mended before.
SENTENCES_MAX = 50


def wrap_bare_text(root: html.HtmlElement) -> None:
    """Put every run of text that has blocks beside it into a `<p>`; empty lines (`<br><br>`) part paragraphs.

    Where a block stands in the middle of a sentence, the sentence comes first and the block after it; a block that is
    a part of the sentence becomes one.
    """
    holding = _ancestors_of_blocks(root)
    programs = {inner for program in root.iter("pre") for inner in program.iterdescendants()}
    for element in [found for found in root.iter(*_HOLDERS) if found not in programs]:
        if not _has_bare_text(element, holding):
            continue
        if element in holding:
            if element.tag == "p":
                element.tag = "div"
            _close_sentences(element, holding)
            _wrap(element, holding)
        elif element.tag in {"div", "td", "body", "center"} and len(element.findall("br")) > 1:
            _wrap(element, holding)


def _ancestors_of_blocks(root: html.HtmlElement) -> set[html.HtmlElement]:
    found: set[html.HtmlElement] = set()
    for block in root.iter(*BREAKING):
        for around in block.iterancestors():
            if around in found:
                break
            found.add(around)
    return found


def _has_bare_text(element: html.HtmlElement, holding: set[html.HtmlElement]) -> bool:
    """Tell whether there is text in an element that is in no block."""
    if element.text and element.text.strip():
        return True
    for child in element:
        if (child.tail and child.tail.strip()) or (not _is_block(child, holding) and text_of(child).strip()):
            return True
    return False


def _is_block(element: html.HtmlElement, holding: set[html.HtmlElement]) -> bool:
    return element.tag in BREAKING or element in holding


def _close_sentences(element: html.HtmlElement, holding: set[html.HtmlElement]) -> None:
    """Bring the end of each sentence that a block cuts to its beginning."""
    cutting = (block for block in list(element) if _is_cutting(block, holding))
    for block in islice(cutting, SENTENCES_MAX):
        before = block.getprevious()
        paragraph = before if before is not None and before.tag == "p" and not (before.tail or "").strip() else None
        if not _is_open(text_of(paragraph) if paragraph is not None else _line_before(block, holding)):
            continue
        block.tail = _spaced(block.tail or "")
        if _is_part(block):
            _make_inline(block, holding)
        else:
            _move_after_line(block, holding)
        if paragraph is not None:
            _continue(paragraph, holding)


def _is_cutting(block: html.HtmlElement, holding: set[html.HtmlElement]) -> bool:
    return block.tag in _CUTTING and _is_block(block, holding) and bool(_GOES_ON.match(block.tail or ""))


def _spaced(text: str) -> str:
    """Part what goes on from what it follows, but for its commas."""
    return f" {text}" if text[:1].isalnum() else text


def _is_open(text: str) -> bool:
    return bool(text.strip()) and not _SENTENCE_END.search(text)


def _line_before(block: html.HtmlElement, holding: set[html.HtmlElement]) -> str:
    """The text between a block and the block before it."""
    parts: list[str] = []
    node = block.getprevious()
    while node is not None and not _is_block(node, holding):
        parts += [node.tail or "", text_of(node)]
        node = node.getprevious()
    parent = block.getparent()
    parts.append((parent.text if node is None and parent is not None else node.tail if node is not None else "") or "")
    return "".join(reversed(parts))


def _is_part(block: html.HtmlElement) -> bool:
    text = text_of(block).strip()
    is_short = 0 < len(text.split()) <= PART_MAX_WORDS and not _SENTENCE_END.search(text)
    return is_short and text[0].islower() and block.find(".//img") is None


def _make_inline(block: html.HtmlElement, holding: set[html.HtmlElement]) -> None:
    for inner in block.iter(etree.Element):
        holding.discard(inner)
        inner.tag = "span" if inner.tag in BREAKING else inner.tag
    block.text = f" {block.text or ''}"


def _move_after_line(block: html.HtmlElement, holding: set[html.HtmlElement]) -> None:
    """Put a block behind the line of text that follows it."""
    parent, before, last = block.getparent(), block.getprevious(), None
    if parent is None:
        return
    for follower in block.itersiblings():
        if _is_block(follower, holding):
            break
        last = follower
    tail, block.tail = block.tail or "", None
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    if last is not None:
        after, last.tail = last.tail, None
        last.addnext(block)
        last.tail = after


def _continue(paragraph: html.HtmlElement, holding: set[html.HtmlElement]) -> None:
    """Take the line that follows a paragraph into it."""
    text, paragraph.tail = paragraph.tail, None
    _add(paragraph, text or "")
    for follower in list(paragraph.itersiblings()):
        if _is_block(follower, holding):
            break
        paragraph.append(follower)


def _wrap(element: html.HtmlElement, holding: set[html.HtmlElement]) -> None:
    runs = list(_runs(element, holding))
    element[:] = []
    element.text = None
    for run in runs:
        nodes = run if _is_text(run) and not _is_block_run(run, holding) else None
        if nodes is None:
            for node in run:
                _add(element, node)
        else:
            paragraph = etree.SubElement(element, "p")
            for node in nodes:
                _add(paragraph, node)


def _is_block_run(run: Sequence[html.HtmlElement | str], holding: set[html.HtmlElement]) -> bool:
    return len(run) == 1 and not isinstance(run[0], str) and _is_block(run[0], holding)


def _is_text(run: Sequence[html.HtmlElement | str]) -> bool:
    return any((node if isinstance(node, str) else text_of(node)).strip() for node in run)


def _runs(element: html.HtmlElement, holding: set[html.HtmlElement]) -> Iterator[list[html.HtmlElement | str]]:
    """Part what is in an element into blocks, each for itself, and lines of text between them."""
    run: list[html.HtmlElement | str] = [element.text] if element.text else []
    for child in list(element):
        tail, child.tail = child.tail, None
        if _is_block(child, holding):
            yield run
            yield [child]
            run = []
        elif child.tag == "br" and _ends_with_break(run):
            yield run[:-1] if run and not isinstance(run[-1], str) else run[:-2]
            run = []
        else:
            run.append(child)
        if tail:
            run.append(tail)
    yield run


def _ends_with_break(run: Sequence[html.HtmlElement | str]) -> bool:
    shown = [node for node in run[-2:] if not isinstance(node, str) or node.strip()]
    return bool(shown) and not isinstance(shown[-1], str) and shown[-1].tag == "br"


def _add(parent: html.HtmlElement, node: html.HtmlElement | str) -> None:
    if not isinstance(node, str):
        parent.append(node)
    # lxml counts children one by one when it is asked how many there are.
    elif (last := next(parent.iterchildren(reversed=True), None)) is not None:
        last.tail = (last.tail or "") + node
    else:
        parent.text = (parent.text or "") + node
