"""The Markdown that articles are written in: CommonMark, tables, notes, definitions, wiki links, depth without loss."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from narrate.text.sentences import parts

# A list counts as two levels. The parser is recursive and drops what lies deeper than its own limit,
# so from this level on lines are taken as they are; 110 levels take less than half of Python's stack.
MAX_LEVEL = 100
_PARSER_MAX_LEVEL = MAX_LEVEL + 10
# Beyond this a bracket in brackets is text; the time for a row of brackets grows with it.
_INLINE_MAX_LEVEL = 20

# What Jekyll, Hugo and kramdown leave in the text: {% tag %}, {{< shortcode >}}, {: .class}.
_ATTRIBUTE = r"(?:[.#][\w-]+|[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s}\"']+))"
_LEFTOVER = re.compile(
    r"\{%.{0,500}?%\}|\{\{[<%].{0,500}?[>%]\}\}|\{:\s*(?:toc|" + _ATTRIBUTE + r"(?:\s+" + _ATTRIBUTE + r")*)\s*\}",
    re.DOTALL,
)
# Pandoc's attributes: right after a link or an image.
_PANDOC = re.compile(r"\{\s*" + _ATTRIBUTE + r"(?:\s+" + _ATTRIBUTE + r")*\s*\}")
_CONTENTS_MARKS = ("toc", "_toc_")


def parse_markdown(text: str) -> tuple[list[Token], Mapping[int, Mapping[str, Any]], Mapping[str, int]]:
    """Parse Markdown.

    Returns:
        The tokens, with notes where they were written; what is known of notes by number, from 0, the tokens
        of those written in the running text among it; and the numbers of the others by ":label", -1 for
        one that nothing refers to.
    """
    env: dict[str, Any] = {}
    tokens = _parser().parse(text, env)
    notes = env.get("footnotes", {})
    return tokens, notes.get("list", {}), notes.get("refs", {})


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _PARSER_MAX_LEVEL, "typographer": False})
    parser.enable(["table", "strikethrough"])
    # The plugin's own way of moving notes to the end drops those that nothing refers to.
    parser.use(footnote_plugin, move_to_end=False).use(deflist_plugin)
    parser.block.ruler.before("table", "too_deep", _too_deep)
    parser.core.ruler.at("inline", _inline)
    parser.inline.ruler.after("image", "wiki_link", _wiki_link)
    parser.inline.ruler.after("image", "leftover", _leftover)
    return parser


def _inline(state: StateCore) -> None:
    """Parse what stands in paragraphs, very long ones part by part: the time for "[[[[" is the square of its length."""
    # Blocks and what is in a line share one option; when the lines' turn comes, all blocks are known.
    state.md.options["maxNesting"] = _INLINE_MAX_LEVEL
    for token in state.tokens:
        if token.type == "inline":
            token.children = token.children or []
            for _, part in parts(token.content):
                state.md.inline.parse(part, state.md, state.env, token.children)


def _too_deep(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Take a line that lies too deep as a paragraph, without the marks that would nest it further."""
    if state.level < MAX_LEVEL or silent:
        return False
    state.line = start_line + 1
    content = state.getLines(start_line, state.line, state.blkIndent, False).lstrip(" \t>*+-")
    state.push("paragraph_open", "p", 1).map = [start_line, state.line]
    inline = state.push("inline", "", 0)
    inline.content, inline.children = content, []
    state.push("paragraph_close", "p", -1)
    return True


def _wiki_link(state: StateInline, silent: bool) -> bool:
    """Read [[note]] and [[note|words]] as their words; ![[file]] shows another file and has none."""
    start = state.pos
    is_embedded = state.src.startswith("![[", start)
    if not is_embedded and not state.src.startswith("[[", start):
        return False
    opening = start + 2 + is_embedded
    end = state.src.find("]]", opening, state.posMax)
    content = state.src[opening:end] if end > 0 else ""
    words = content.rpartition("|")[2].replace("#", " ").strip()
    if not words or any(char in content for char in "[]\n"):
        return False
    if not silent and not is_embedded and words.casefold() not in _CONTENTS_MARKS:
        state.push("text", "", 0).content = words
    state.pos = end + 2
    return True


def _leftover(state: StateInline, silent: bool) -> bool:
    """Pass over what was meant for a site generator."""
    if state.src[state.pos] != "{":
        return False
    is_after_link = state.src[state.pos - 1 : state.pos] == ")"
    match = _LEFTOVER.match(state.src, state.pos, state.posMax)
    match = match or (_PANDOC.match(state.src, state.pos, state.posMax) if is_after_link else None)
    if not match:
        return False
    state.pos = match.end()
    return True
