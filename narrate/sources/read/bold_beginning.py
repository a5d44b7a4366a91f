"""Measures how much of a paragraph of Markdown stands in bold at its beginning, as names of speakers do."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from narrate.sources.read.characters import tidy


def bold_beginning(tokens: Sequence[Token], text: str) -> int:
    """Return how many characters of a paragraph's text are bold from the first on; 0 where that cannot be told.

    Args:
        tokens: Of the paragraph.
        text: What was made of them.
    """
    words: list[str] = []
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type in ("strong_open", "strong_close") else 0
        if token.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif token.content and depth:
            words.append(token.content)
        elif token.content.strip():
            break
    bold = tidy("".join(words))
    return len(bold) if bold and text.startswith(bold) else 0
