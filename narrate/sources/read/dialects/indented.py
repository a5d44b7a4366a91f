"""Indented paragraphs: Markdown calls them code, but those that are sentences were indented by a writer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.rules_block import StateBlock

from narrate.sources.read.dialects.lines import context_in, line_text, push_words

_INDENT = 4
# So much of the words of prose are nothing but letters, with the signs that sentences have.
_PLAIN_SHARE = 0.85
_PROSE_MIN_WORDS = 3
# So much of an indented part must be prose, by its words, for all of it to be.
_PROSE_SHARE = 0.8

_PLAIN = re.compile(
    r"[*_\"'“‘«„¿¡(\[—–-]*[^\W\d_]+(?:['’.-][^\W\d_]+)*[*_,.;:!?…)\]\"'”’»—–-]*|\d{1,4}(?:[.,]\d+)*[,.;:!?)]*|[—–&-]"
)
_BEGINS = re.compile(r"[*_\"'“‘«„¿¡(\[—–-]*\s*[^\W\d_a-z]")
_ENDS = re.compile(r"[.!?…:][*_\"'”’»)\]]*$")
_GOES_ON = re.compile(r"[\"'“‘«„(*_]?[^\W\d_]")


def indented_prose(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read an indented paragraph as a paragraph if the indented part that it begins is prose."""
    if silent or state.sCount[start_line] - state.blkIndent < _INDENT or state.sCount[start_line] < 0:
        return False
    # A line of nothing but a form feed is no empty one to the parser, and holds no prose.
    if not line_text(state, start_line) or not _is_in_prose(state, start_line, end_line):
        return False
    line = start_line
    lines: list[str] = []
    while line < end_line and (text := line_text(state, line)) and (_is_in(state, line) or _GOES_ON.match(text)):
        lines.append(text)
        line += 1
    push_words(state, "\n".join(lines))
    state.line = line
    return True


def _is_in_prose(state: StateBlock, line: int, end_line: int) -> bool:
    """Tell whether the indented part that a line is in is prose; each part is looked at once."""
    stop, answer = state.env.get("indented", (0, False))
    if line >= stop:
        stop, groups = _part(state, line, end_line)
        answer = context_in(state).is_mdx or _is_prose(groups)
        state.env["indented"] = stop, answer
    return bool(answer)


def _is_in(state: StateBlock, line: int) -> bool:
    return bool(state.sCount[line] - state.blkIndent >= _INDENT)


def _part(state: StateBlock, start: int, stop: int) -> tuple[int, list[str]]:
    """Return where an indented part ends, and its paragraphs; one that goes on without the indent, with all of it."""
    groups: list[list[str]] = [[]]
    line = start
    while line < stop:
        text = line_text(state, line)
        if not text:
            groups.append([])
        elif _is_in(state, line) or (groups[-1] and _GOES_ON.match(text)):
            groups[-1].append(text)
        else:
            break
        line += 1
    return line, [" ".join(group) for group in groups if group]


def _is_prose(groups: Sequence[str]) -> bool:
    weights = [(len(group.split()), is_prose(group)) for group in groups]
    return sum(count for count, prose in weights if prose) >= _PROSE_SHARE * sum(count for count, _ in weights)


def is_prose(text: str) -> bool:
    """Tell a paragraph of sentences from code, commands and what programs print."""
    words = text.split()
    plain = sum(1 for word in words if _PLAIN.fullmatch(word))
    if len(words) < _PROSE_MIN_WORDS or plain < _PLAIN_SHARE * len(words):
        return False
    return bool(_BEGINS.match(text) and _ENDS.search(text))
