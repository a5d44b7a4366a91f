"""MDX between paragraphs: imports and exports, and tags of components, whose props may hold words."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from narrate.sources.read.dialects.inline import captions_in, titles_in
from narrate.sources.read.dialects.lines import context_in, is_indented, line_text, push_block, push_dropped, push_words
from narrate.sources.read.dialects.tables import component

_MODULE = re.compile(
    r"import\s+(?:type\s+)?(?:[\w$*{},\s]+?\s+from\s+)?[\"'][^\"'\n]+[\"']\s*(?:;.*|with\b.*)?$|import\s*(?:type\s*)?(?:[\w$]+\s*,\s*)?\{[^}]*$|"
    r"export\s+(?:default\b|(?:const|let|var)\s+[\w${\[]|(?:async\s+)?function\b|class\s+\w+|\*\s*(?:as\s+\w+\s+)?from\b|\{|"
    r"type\s+\w+\s*=|interface\s+\w+)"
)
_MODULE_MAX_LINES = 400


def module_lines(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Pass over imports and exports: they end at a blank line outside of their braces."""
    text = line_text(state, start_line)
    if silent or not text.startswith(("import", "export")) or state.sCount[start_line] or not _MODULE.match(text):
        return False
    line = _end_of_braces(state, start_line, min(end_line, start_line + _MODULE_MAX_LINES))
    push_dropped(state, "import", state.getLines(start_line, line, 0, False))
    state.line = line
    return True


def _end_of_braces(state: StateBlock, start: int, stop: int) -> int:
    """Return where lines end at a blank one outside of braces; where a brace stays open, at the first blank one."""
    first_blank = next((line for line in range(start, stop) if not line_text(state, line)), stop)
    line, depth = start, 0
    # Once a brace stays open, none is looked for any more: there may be as many as lines.
    stop = first_blank if state.env.get("open_brace") else stop
    while line < stop and (depth > 0 or line_text(state, line)):
        text = line_text(state, line)
        depth += sum(map(text.count, "{[(")) - sum(map(text.count, "}])"))
        line += 1
    if depth <= 0:
        return line
    state.env["open_brace"] = True
    return first_blank


def expression_lines(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Pass over an expression of MDX in lines of its own, to the end of its braces."""
    text = line_text(state, start_line)
    if silent or text[:1] != "{" or text.startswith(("{/*", "{%", "{{")) or not context_in(state).is_mdx:
        return False
    end = _end_of_braces(state, start_line, min(end_line, start_line + _MODULE_MAX_LINES))
    if not line_text(state, end - 1).endswith("}"):
        return False
    push_dropped(state, "expression", state.getLines(start_line, end, 0, False))
    state.line = end
    return True


def component_lines(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read what stands in the tags of components as if they were not there; their titles and captions are words."""
    text = line_text(state, start_line)
    if silent or text[:1] != "<" or is_indented(state, start_line):
        return False
    at = state.bMarks[start_line] + state.tShift[start_line]
    stop = state.eMarks[end_line - 1]
    tags: list[str] = []
    while match := component().match(state.src, at, stop):
        tags.append(match[0])
        at = match.end()
        while at < stop and state.src[at] in " \t":
            at += 1
    if not tags:
        return False
    _push_tags(state, tags)
    _push_rest(state, at, start_line, end_line)
    return True


def _push_tags(state: StateBlock, tags: list[str]) -> None:
    for tag in tags:
        for title in titles_in(tag):
            push_words(state, title)
        for block in captions_in(tag):
            push_block(state, block.kind, block.text)
        if "=" in tag:
            push_dropped(state, "component", tag)


def _push_rest(state: StateBlock, at: int, start_line: int, end_line: int) -> None:
    """Go on after the tags: the rest of their last line begins a paragraph, an expression is none."""
    line = start_line
    while line < end_line and state.eMarks[line] < at:
        line += 1
    rest = [state.src[at : state.eMarks[line]].strip()]
    line += 1
    while rest[0] and line < end_line and (text := line_text(state, line)) and not text.startswith("<"):
        rest.append(text)
        line += 1
    if rest[0]:
        push_words(state, "\n".join(rest))
    state.line = line
