"""Words in a draft's lines: what of Markdown is understood there, and what is escaped so that it stays words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from narrate.sources.read.characters import tidy
from narrate.text.sentences import parts

# What the reader below would take for Markdown, for a tag, or for a note.
_SIGNS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)"  # a backslash that would escape what follows
    r"|[`*\[]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside a word it is a letter like others
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w{1,32};)"
    r"|%(?=[%=])"
)
_NOTE_MARK = re.compile(r"(?<!\\)\[\^[^\]\s]{1,40}\]")

_RULES = ("escape", "backticks", "emphasis", "link", "image", "entity")
_MAX_NESTING = 20


def escaped(text: str) -> str:
    """Return words as a draft has them: read back, they are the same."""
    return _SIGNS.sub(r"\\\g<0>", text)


def words_of(markdown: str) -> str:
    """Return the words of a draft's line: without emphasis, the addresses of links, marks of notes and escapes."""
    pieces: list[str] = []
    for _, part in parts(_NOTE_MARK.sub("", markdown)):
        tokens: list[Token] = []
        parser = _parser()
        parser.inline.parse(part, parser, {}, tokens)
        pieces += _texts(tokens)
    return tidy("".join(pieces))


def _texts(tokens: Sequence[Token]) -> Iterator[str]:
    return (token.content for token in tokens if token.type in ("text", "code_inline", "text_special"))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("zero", {"maxNesting": _MAX_NESTING}).enable(list(_RULES))
