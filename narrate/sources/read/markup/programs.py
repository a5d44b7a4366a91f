"""Reads a <pre>: a program with its lines, or a letter in prose."""

from __future__ import annotations

import re

from lxml import etree

from narrate.core.article import Block
from narrate.sources.read.characters import INVISIBLE, nfc
from narrate.sources.read.plain_text import article_from_text

# An archive of a mailing list keeps whole letters in <pre>; a program is never so wordy.
PROSE_MIN_WORDS = 60
PROSE_MIN_WORDS_A_LINE = 6

# Sites that number or color lines give each an element of its own.
_LINES = frozenset({"li", "div", "tr", "p"})


def preformatted(element: etree._Element) -> list[Block]:
    """Blocks of a <pre>: its program, or the paragraphs of a letter that stands in it."""
    text = code_text(element)
    if not text:
        return []
    lines = [line for line in text.split("\n") if line.strip()]
    words = len(re.findall(r"[^\W\d_]{2,}", text))
    is_prose = words >= PROSE_MIN_WORDS and words >= PROSE_MIN_WORDS_A_LINE * len(lines)
    if not is_prose or element.find(".//code") is not None or len(re.findall(r"[{}<>=;\\]", text)) * 20 > words:
        return [Block("code", text)]
    blocks = article_from_text(text).blocks
    return [Block("heading", block.text, 1) if block.kind == "title" else block for block in blocks]


def code_text(element: etree._Element) -> str:
    """Return the text in an element with its lines: those of the source, and those that <br> and blocks begin."""
    parts = [""]
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            is_line = inner.tag in _LINES and inner is not element and not parts[-1].endswith("\n")
            if inner.tag == "br" or (is_line and len(parts) > 1):
                parts.append("\n")
            text = inner.text
        else:
            text = inner.tail if inner is not element else None
        if text:
            parts.append(text)
    text = "".join(parts).replace("\r\n", "\n").replace("\r", "\n").translate(INVISIBLE).replace("\xa0", " ")
    return nfc("\n".join(line.rstrip() for line in text.split("\n")).strip("\n"))
