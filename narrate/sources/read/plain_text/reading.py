"""Reader for plain text: what was put around a text is left out on record, and its lines become paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from narrate.core.article import Article, Block, Drop, Metadata
from narrate.sources.read.characters import bare
from narrate.sources.read.plain_text.gutenberg import gutenberg_lines, gutenberg_metadata
from narrate.sources.read.plain_text.left_out import drops_of, without
from narrate.sources.read.plain_text.page_lines import GAP_RULE, PAGE_END, page_lines
from narrate.sources.read.plain_text.paragraphs import article_from_text
from narrate.sources.read.plain_text.typed_marks import mended, without_emphasis
from narrate.sources.read.plain_text.wikipedia import (
    MARK_RULE,
    has_marks,
    is_copied,
    wikipedia_lines,
    without_marks,
)

# In this order: a frame holds lines that another rule would take for something else.
RULES: tuple[Callable[[Sequence[str]], Mapping[int, str]], ...] = (gutenberg_lines, wikipedia_lines, page_lines)


def read_text(text: str) -> Article:
    """Turn decoded plain text into an article.

    Args:
        text: NFC text with "\\n" line ends; a form feed stands between pages.
    """
    lines = mended(text).replace(PAGE_END, f"\n{PAGE_END}\n").split("\n")
    stated = gutenberg_metadata(lines)
    drops: tuple[Drop, ...] = ()
    for rule in RULES:
        named = rule(lines)
        drops += drops_of(lines, {number: name for number, name in named.items() if name != GAP_RULE})
        lines = without(lines, named)
    lines, marks = _without_marks(lines)
    article = article_from_text("\n".join(lines).replace(PAGE_END, "\n"))
    blocks = tuple(replace(block, text=without_emphasis(block.text)) for block in article.blocks)
    return _stated(replace(article, blocks=blocks, drops=drops + marks), stated)


def _without_marks(lines: Sequence[str]) -> tuple[list[str], tuple[Drop, ...]]:
    if not (is_copied(lines) or has_marks(lines)):
        return list(lines), ()
    pairs = [without_marks(line) for line in lines]
    return [line for line, _ in pairs], tuple(Drop(Block("paragraph", marks), MARK_RULE) for _, marks in pairs if marks)


def _stated(article: Article, stated: Metadata) -> Article:
    """Give an article what its frame says of it; a title in capitals becomes the one that is stated."""
    meta, blocks = article.meta, article.blocks
    first = blocks[0] if blocks and blocks[0].kind == "title" else None
    if first and stated.title and bare(first.text) == bare(stated.title):
        blocks = (Block("title", stated.title), *blocks[1:])
        meta = replace(meta, title=stated.title)
    elif first:
        meta = replace(meta, title=first.text)
    known = replace(
        meta,
        title=meta.title or stated.title,
        author=meta.author or stated.author,
        language=meta.language or stated.language,
    )
    return replace(article, meta=known, blocks=blocks)
