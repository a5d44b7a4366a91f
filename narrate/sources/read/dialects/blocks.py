"""The lines that dialects add between paragraphs, as rules of the parser of blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from narrate.sources.read.dialects.components import component_lines, expression_lines, module_lines
from narrate.sources.read.dialects.containers import admonition, container
from narrate.sources.read.dialects.directives import directive
from narrate.sources.read.dialects.indented import indented_prose
from narrate.sources.read.dialects.lines import context_in, is_indented, line_text, push_dropped, push_words
from narrate.sources.read.dialects.maths import formula_in_words
from narrate.sources.read.dialects.tables import Fence, closing, fences, silent_lines

# Lines may begin with these where a dialect has something to say; all others are passed over at once.
_FENCE_STARTS = frozenset("%{$\\:")
_SILENT_STARTS = re.compile(r"[\\@!*#^(%+$-]|[A-Za-z][\w -]{0,40}::\s")

_VERSE = re.compile(r"\|(?:\s+(?P<words>.*))?")
_TABLE_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*")

_Rule = Callable[[StateBlock, int, int, bool], bool]


def add_block_rules(parser: MarkdownIt) -> None:
    """Teach a parser the lines of dialects; those that may end a paragraph come first."""
    interrupting: Mapping[str, _Rule] = {"fenced_lines": fenced_lines, "container": container, "directive": directive}
    for name, rule in interrupting.items():
        parser.block.ruler.before("table", name, rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    others: Mapping[str, _Rule] = {
        "admonition": admonition,
        "module_lines": module_lines,
        "expression_lines": expression_lines,
        "component_lines": component_lines,
        "silent_line": silent_line,
    }
    for name, rule in others.items():
        parser.block.ruler.before("table", name, rule)
    parser.block.ruler.before("code", "indented_prose", indented_prose)
    parser.block.ruler.after("table", "verse", verse)


def fenced_lines(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read code, formulas and comments that stand between two marks, over blank lines as well."""
    text = line_text(state, start_line)
    if text[:1] not in _FENCE_STARTS or is_indented(state, start_line):
        return False
    for fence in fences():
        opened = fence.opens.match(text)
        end = _end_of(state, fence, opened, start_line, end_line) if opened else None
        if opened and end is not None:
            if not silent:
                _push_fenced(state, fence, opened, start_line, end)
            return True
    return False


def _end_of(state: StateBlock, fence: Fence, opened: re.Match[str], start: int, stop: int) -> int | None:
    """Return the line in which lines end that begin here; None where they do not, or something follows the end."""
    name = opened.groupdict().get("name") or ""
    missing: set[tuple[Fence, str, int]] = state.env.setdefault("unclosed", set())
    if (fence, name, stop) in missing:  # looked for once, however often it begins
        return None
    pattern = closing(fence, name)
    for line in range(start, stop):
        if line > start and state.sCount[line] < state.blkIndent and line_text(state, line):
            return None
        text = line_text(state, line)
        if found := pattern.search(text, opened.end() if line == start else 0):
            return None if text[found.end() :].strip() else line
    missing.add((fence, name, stop))
    return None


def _push_fenced(state: StateBlock, fence: Fence, opened: re.Match[str], start: int, end: int) -> None:
    whole = state.getLines(start, end + 1, state.blkIndent, False).lstrip()
    name = opened.groupdict().get("name") or ""
    ends = list(closing(fence, name).finditer(whole))
    inner = whole[opened.end() : ends[-1].start()]
    state.line = end + 1
    if fence.becomes == "code":
        token = state.push("code_block", "code", 0)
        token.content, token.map = inner, [start, end + 1]
    elif fence.becomes == "comment":
        push_dropped(state, fence.rule, inner)
    else:
        push_formula(state, whole if name else inner)


def push_formula(state: StateBlock, tex: str) -> None:
    """Put a formula in its own lines into words, as a paragraph."""
    if not any(map(str.isalnum, tex)):
        return
    said, is_whole = formula_in_words(tex, context_in(state).language, is_display=True)
    push_words(state, said)
    if not is_whole:
        push_dropped(state, "formula", tex)


def silent_line(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Pass over a line that is for a program or a list of notes: page breaks, tags, fields, anchors."""
    text = line_text(state, start_line)
    if silent or not _SILENT_STARTS.match(text) or is_indented(state, start_line):
        return False
    rule = next((mark.rule for mark in silent_lines() if mark.pattern.fullmatch(text)), None)
    if rule is None:
        return False
    state.line = start_line + 1
    push_dropped(state, rule, text)
    return True


def verse(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read lines that begin with a bar, and are no table, as Pandoc's verse."""
    line = start_line
    lines: list[str] = []
    while line < end_line and (match := _VERSE.fullmatch(line_text(state, line))):
        lines.append(match["words"] or "")
        line += 1
    is_table = any(text.endswith("|") or _TABLE_RULE.fullmatch(f"|{text}") for text in lines if text)
    if silent or len(lines) < 2 or is_table or not any(lines) or is_indented(state, start_line):
        return False
    state.line = line
    push_words(state, "\n".join(text for text in lines if text))
    return True
