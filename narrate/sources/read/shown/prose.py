"""Counts how much of an element is prose: words in sentences, which neither menus nor labels have."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from lxml import etree

from narrate.sources.read.shown.elements import BREAKING

# A line of fewer words is a label; in scripts without spaces, letters are counted.
LINE_MIN_WORDS = 8
_SENTENCE = re.compile(r"""[.!?…。！？]["'”’»)\]]*(?:\s|$)|[。！？]""")
_WORD = re.compile(r"[぀-ヿ㐀-鿿가-힣]|[^\W_]+")
_NOT_TEXT = frozenset({"script", "style", "textarea", "select", "svg", "iframe", "title"})


def prose_words(element: etree._Element, without: Container[etree._Element] = ()) -> int:
    """Count the words of all lines in an element that are sentences.

    Args:
        element: Where to count.
        without: Elements that do not count, with all that they hold.
    """
    return sum(count for line in lines(element, without) if (count := sentence_words(line)))


def sentence_words(line: str) -> int:
    """Count the words of a line; none where it is too short for a sentence or ends none."""
    if len(line) < 2 * LINE_MIN_WORDS or not _SENTENCE.search(line):
        return 0
    count = sum(1 for _ in _WORD.finditer(line))
    return count if count >= LINE_MIN_WORDS else 0


def lines(element: etree._Element, without: Container[etree._Element] = ()) -> Iterator[str]:
    """Yield the text of an element as a browser breaks it into blocks, in reading order."""
    parts: list[str] = []
    events = etree.iterwalk(element, events=("start", "end"))
    for event, inner in events:
        if event == "start" and (inner.tag in _NOT_TEXT or inner in without):
            events.skip_subtree()
        elif inner.tag in BREAKING:
            yield "".join(parts)
            parts.clear()
        if event == "start":
            parts.append("" if inner.tag in _NOT_TEXT or inner in without else inner.text or "")
        elif inner is not element:
            parts.append(inner.tail or "")
    yield "".join(parts)
