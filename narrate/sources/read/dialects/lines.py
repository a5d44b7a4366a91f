"""Helpers of the rules for blocks: the text of a line, and tokens that stand for what was found."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from narrate.sources.read.dialects.context import Context

# From four blanks on, a line is code.
_CODE_INDENT = 4


def context_in(state: StateBlock) -> Context:
    """Return what is known of the whole text."""
    context = state.env.get("context")
    return context if isinstance(context, Context) else Context()


def line_text(state: StateBlock, line: int) -> str:
    """Return a line without its indent, and without the marks of the quotes and lists that it stands in."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def is_indented(state: StateBlock, line: int) -> bool:
    """Tell a line that is indented as code is; MDX has no such code."""
    return state.sCount[line] - state.blkIndent >= _CODE_INDENT and not context_in(state).is_mdx


def push_words(state: StateBlock, content: str) -> None:
    """Add a paragraph whose text the parser goes on to read."""
    state.push("paragraph_open", "p", 1)
    inline = state.push("inline", "", 0)
    inline.content, inline.children = content, []
    state.push("paragraph_close", "p", -1)


def push_dropped(state: StateBlock, rule: str, text: str) -> None:
    """Add a token for what is left out, which is put on record where it has words."""
    token = state.push("dropped", "", 0)
    token.info, token.content = rule, text


def push_block(state: StateBlock, kind: str, text: str) -> None:
    """Add a token for words that are a block of their own: the caption of a figure, what a picture says."""
    token = state.push("worded", "", 0)
    token.info, token.content = kind, text
