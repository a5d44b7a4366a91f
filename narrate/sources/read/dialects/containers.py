"""Boxes around a part of the text: containers between colons, and admonitions and tabs, whose text is indented."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from narrate.sources.read.dialects.directives import read_options
from narrate.sources.read.dialects.inline import captions_in, titles_in
from narrate.sources.read.dialects.lines import is_indented, line_text, push_words
from narrate.sources.read.dialects.tables import words

# ":::tip Title", "::: {.class}", "::: note :::", ":::note[Title]{.class}", and "::name[words]{…}", which holds nothing.
_CONTAINER = re.compile(r":{3,}\s*(?P<kind>\{[^{}]*\}|[\w.-]+)?(?P<rest>.*?)\s*:*")
_LEAF = re.compile(r"::[a-z][\w-]*(?:\[(?P<title>[^\[\]]*)\])?(?:\{[^{}]*\})?")
_BRACES = re.compile(r"\{[^{}]*\}")
# '!!! note "Title"', '???+ tip', '=== "Tab"'.
_ADMONITION = re.compile(
    r"(?P<mark>!!!|\?\?\?\+?|={3}[!+]?)[ \t]*(?P<kinds>[\w-]+(?:[ ,]+[\w-]+)*)?[ \t]*(?:\"(?P<title>.*)\")?"
)
_MYST_NAME = re.compile(r"\{[\w:-]+\}")
_INDENT = 4


def container(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a line of colons as its title; what it opens or closes is text like any other."""
    text = line_text(state, start_line)
    if not text.startswith("::") or is_indented(state, start_line):
        return False
    match = _CONTAINER.fullmatch(text) or _LEAF.fullmatch(text)
    if not match:
        return False
    if not silent:
        state.line = start_line + 1
        _push_title(state, text, match)
        if _MYST_NAME.fullmatch(match.groupdict().get("kind") or ""):
            state.line = read_options(state, state.line, end_line)
    return True


def _push_title(state: StateBlock, text: str, match: re.Match[str]) -> None:
    groups = match.groupdict()
    kind, rest = groups.get("kind") or "", groups.get("rest") or groups.get("title") or ""
    if kind in words("bare_containers") or '="' in rest or kind.startswith("{"):
        said = [*titles_in(text), *(block.text for block in captions_in(text))]
        rest = "" if '="' in rest or kind in words("bare_containers") else rest
        for title in said:
            push_words(state, title)
    if title := _BRACES.sub("", rest).strip().removeprefix("[").removesuffix("]").strip():
        push_words(state, title)


def admonition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read an admonition or a tab: its title, and the lines indented below it."""
    text = line_text(state, start_line)
    match = _ADMONITION.fullmatch(text) if text[:3] in ("!!!", "???", "===") else None
    if silent or not match or is_indented(state, start_line) or not (match["kinds"] or match["title"]):
        return False
    end = _end_of_body(state, start_line + 1, end_line)
    if end == start_line + 1 and not match["title"]:
        return False
    if title := (match["title"] or "").strip():
        push_words(state, title)
    _read_body(state, start_line + 1, end)
    state.line = end
    return True


def _end_of_body(state: StateBlock, start: int, stop: int) -> int:
    end = start
    for line in range(start, stop):
        if line_text(state, line):
            if state.sCount[line] - state.blkIndent < _INDENT:
                break
            end = line + 1
    return end


def _read_body(state: StateBlock, start: int, end: int) -> None:
    line_max, indent, parent = state.lineMax, state.blkIndent, state.parentType
    state.lineMax, state.blkIndent, state.parentType = end, indent + _INDENT, "blockquote"
    # Levels count what nests, so that the depth of all of it is bounded.
    state.level += 1
    state.md.block.tokenize(state, start, end)
    state.level -= 1
    state.lineMax, state.blkIndent, state.parentType = line_max, indent, parent
