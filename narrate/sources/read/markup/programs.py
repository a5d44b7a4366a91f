"""Reads a <pre>: a program with its lines, or what else needs its lines: a letter, a poem."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from narrate.core.article import Block
from narrate.core.language.detection import detect_language
from narrate.sources.read.characters import INVISIBLE, nfc
from narrate.sources.read.class_names import is_called
from narrate.sources.read.plain_text import article_from_text

# An archive of a mailing list keeps whole letters in <pre>; a program is never so wordy.
PROSE_MIN_WORDS = 60
PROSE_MIN_WORDS_A_LINE = 6

# Signs that programs, tables and drawings are made of; a bracket within a line may be a poet's.
_OF_PROGRAMS = re.compile(
    r"[{}<>=\\|$#~^`@\[\]+*/]|\w_|_\w|\w\(|\(\)|\w\.\w+\b(?!\.)|[:;]\n +\S|^[ \t]*(?:--?|%)\w|^[a-z]\w*: |\d{3}|\w+:\w",
    re.MULTILINE,
)
_OF_SENTENCES = re.compile(r"[^\W\d_][,.!?…。，；;’”\"](?:\s|$)")

# Sites that number or color lines give each an element of its own.
_LINES = frozenset({"li", "div", "tr", "p"})


def preformatted(element: etree._Element) -> list[Block]:
    """Return the blocks of a <pre>: its program, or the paragraphs of a letter or a poem that stands in it."""
    text = code_text(element)
    if not text:
        return []
    if element.find(".//code") is not None or is_called(element, "markup.code"):
        return [Block("code", text)]
    if _is_letter(text):
        blocks = article_from_text(text).blocks
        return [Block("heading", block.text, 1) if block.kind == "title" else block for block in blocks]
    if is_verse(text):
        # Its first line would be the title of a text that is nothing else.
        return [replace(block, kind="paragraph") for block in article_from_text(text).blocks]
    return [Block("code", text)]


def _is_letter(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    words = len(re.findall(r"[^\W\d_]{2,}", text))
    is_wordy = words >= PROSE_MIN_WORDS and words >= PROSE_MIN_WORDS_A_LINE * len(lines)
    return is_wordy and len(re.findall(r"[{}<>=;\\]", text)) * 20 <= words


def is_verse(text: str) -> bool:
    """Tell whether lines are sentences, however short: words of a language, with its marks and none of a program's."""
    return not _OF_PROGRAMS.search(text) and bool(_OF_SENTENCES.search(text)) and detect_language(text) is not None


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
