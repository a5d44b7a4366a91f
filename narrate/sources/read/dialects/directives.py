"""Directives of MyST and Sphinx: a fence with a name in braces, whose text is prose, or the caption of a figure."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from narrate.sources.read.dialects.lines import is_indented, line_text, push_block, push_dropped, push_words
from narrate.sources.read.dialects.tables import words

_OPENS = re.compile(r"(?P<fence>`{3,}|~{3,})\s*\{(?P<name>[\w:-]+)\}[ \t]*(?P<title>[^`]*)")
_OPTION = re.compile(r":(?P<name>[\w-]+):(?:\s+(?P<value>.*))?")


def directive(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a directive that holds prose or a figure; any other is code, as a fence is."""
    text = line_text(state, start_line)
    match = _OPENS.fullmatch(text) if text[:1] in "`~" and text else None
    if not match or is_indented(state, start_line):
        return False
    is_figure = match["name"] in words("figure_directives")
    end = _end(state, match["fence"], start_line + 1, end_line)
    if not is_figure and match["name"] not in words("prose_directives"):
        return False
    if silent:
        return True
    start = read_options(state, start_line + 1, end)
    if is_figure:
        push_dropped(state, "embed", match["title"])
        push_block(state, "caption", " ".join(line_text(state, line) for line in range(start, end)))
    else:
        _read_prose(state, match["title"].strip(), start, end)
    state.line = min(end + 1, end_line)
    return True


def read_options(state: StateBlock, start: int, stop: int) -> int:
    """Read the options of a directive, of which only what a picture says is text; return the line after them."""
    line = start
    while line < stop and (match := _OPTION.fullmatch(line_text(state, line))):
        if match["name"] in words("pictures") and match["value"]:
            push_block(state, "image", match["value"])
        line += 1
    return line


def _end(state: StateBlock, fence: str, start: int, stop: int) -> int:
    """Return the line that closes a fence, or where it would be without one."""
    for line in range(start, stop):
        text = line_text(state, line)
        if len(text) >= len(fence) and set(text) == {fence[0]}:
            return line
    return stop


def _read_prose(state: StateBlock, title: str, start: int, end: int) -> None:
    if title:
        push_words(state, title)
    line_max = state.lineMax
    state.lineMax = end
    # Levels count what nests, so that the depth of all of it is bounded.
    state.level += 1
    state.md.block.tokenize(state, start, end)
    state.level -= 1
    state.lineMax = line_max
