"""Gives text that stands bare between blocks a paragraph of its own, in which extractors of articles find it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from narrate.sources.read.shown.elements import BREAKING
from narrate.sources.read.shown.prose import LINE_MIN_WORDS

_HOLDERS = ("div", "section", "article", "main", "body", "blockquote", "td", "center")
_BESIDE = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "div", "blockquote", "ul", "ol", "figure", "pre"})


def wrap_bare_text(root: etree._Element) -> None:
    """Put every line of bare text beside blocks into a `<p>`; lines of links and labels stay as they are.

    A browser shows the same as before. Such text comes from `<div>` in paragraphs, which ends them, and from editors.
    """
    for holder in list(root.iter(*_HOLDERS)):
        if any(child.tag in _BESIDE for child in holder):
            for before, line in list(_bare_lines(holder)):
                _wrap(holder, before, line)


def _bare_lines(holder: etree._Element) -> Iterator[tuple[etree._Element | None, list[etree._Element]]]:
    """Yield the block before each line (None for the first line), and the elements in the line."""
    before: etree._Element | None = None
    line: list[etree._Element] = []
    for child in holder:
        if child.tag in BREAKING:
            yield before, line
            before, line = child, []
        else:
            line.append(child)
    yield before, line


def _wrap(holder: etree._Element, before: etree._Element | None, line: list[etree._Element]) -> None:
    text = (holder.text if before is None else before.tail) or ""
    if _words(text, line) < LINE_MIN_WORDS:
        return
    paragraph = holder.makeelement("p", {})
    paragraph.text = text
    if before is None:
        holder.text = None
        holder.insert(0, paragraph)
    else:
        before.tail = None
        before.addnext(paragraph)
    paragraph.extend(line)


def _words(text: str, line: list[etree._Element]) -> int:
    """Count the words of a line that are no link's."""
    texts = [text]
    for element in line:
        texts += ["" if element.tag == "a" else "".join(element.itertext()), element.tail or ""]
    return len(" ".join(texts).split())
