"""The Markdown that articles are written in: CommonMark, tables, notes, wiki links, dialects, depth without loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from narrate.sources.read.dialects.blocks import add_block_rules
from narrate.sources.read.dialects.contents import without_contents
from narrate.sources.read.dialects.context import Context
from narrate.sources.read.dialects.inline import rewritten
from narrate.text.sentences import parts

# A list counts as two levels. The parser is recursive and drops what lies deeper than its own limit,
# so from this level on lines are taken as they are; 110 levels take less than half of Python's stack.
MAX_LEVEL = 100
_PARSER_MAX_LEVEL = MAX_LEVEL + 10
# Beyond this a bracket in brackets is text; the time for a row of brackets grows with it.
_INLINE_MAX_LEVEL = 20

_CONTENTS_MARKS = ("toc", "_toc_")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text as tokens.

    Attributes:
        tokens: All of them, with notes where they were written.
        notes_by_id: What is known of notes by number, from 0, the tokens of those written in the running text
            among it.
        ids_by_label: The numbers of the others by ":label", -1 for one that nothing refers to.
    """

    tokens: Sequence[Token]
    notes_by_id: Mapping[int, Mapping[str, Any]]
    ids_by_label: Mapping[str, int]


def parse_markdown(text: str, context: Context) -> Parsed:
    """Parse Markdown.

    Tokens of type "dropped" stand for what is left out (`info` is the rule), those of type "worded" for words that
    a component shows (`info` is the kind of block); the `meta` of an inline token has what was in its text besides
    words: `drops` and `captions`.
    """
    env: dict[str, Any] = {"context": context}
    tokens = _parser().parse(text, env)
    notes = env.get("footnotes", {})
    return Parsed(tuple(without_contents(tokens)), notes.get("list", {}), notes.get("refs", {}))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _PARSER_MAX_LEVEL, "typographer": False})
    parser.enable(["table", "strikethrough"])
    # The plugin's own way of moving notes to the end drops those that nothing refers to.
    parser.use(footnote_plugin, move_to_end=False).use(deflist_plugin)
    parser.block.ruler.before("table", "too_deep", _too_deep)
    add_block_rules(parser)
    parser.core.ruler.at("inline", _inline)
    parser.inline.ruler.after("image", "wiki_link", _wiki_link)
    return parser


def _inline(state: StateCore) -> None:
    """Parse what stands in paragraphs, very long ones part by part: the time for "[[[[" is the square of its length.

    The marks of dialects are taken out before: most of them hold text in which the parser finds marks of its own.
    """
    # Blocks and what is in a line share one option; when the lines' turn comes, all blocks are known.
    state.md.options["maxNesting"] = _INLINE_MAX_LEVEL
    for token in state.tokens:
        if token.type == "inline":
            token.children = token.children or []
            plain = rewritten(token.content, state.env["context"])
            token.meta.update(drops=plain.drops, captions=plain.captions)
            for _, part in parts(plain.text):
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
    """Read [[note]], [[note#part]] and [[note|words]] as their words; "#^id" is a place that nobody calls by name."""
    start = state.pos
    if not state.src.startswith("[[", start):
        return False
    end = state.src.find("]]", start + 2, state.posMax)
    content = state.src[start + 2 : end] if end > 0 else ""
    words = content.rpartition("|")[2].partition("#^")[0].replace("#", " ").strip()
    if not words or any(char in content for char in "[]\n"):
        return False
    if not silent and words.casefold() not in _CONTENTS_MARKS:
        state.push("text", "", 0).content = words
    state.pos = end + 2
    return True
