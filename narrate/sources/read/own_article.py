"""An article that a caller made of values, brought into the form that readers give."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from narrate.core.article import Article, Block, BlockKind, MarkKind
from narrate.core.errors import SourceError
from narrate.core.language.detection import settled_language
from narrate.sources.read.characters import nfc, tidy
from narrate.sources.read.written import require_speakable


def settled_article(article: Article) -> Article:
    """Return an article that a caller made, in the form that readers give: tidy lines, its title first, its language.

    Raises:
        SourceError: There is nothing in it to speak, or a block or a mark is of a kind that there is not.
    """
    for block in article.blocks:
        _require_known(block)
    blocks = tuple(filter(lambda block: block.text, map(_tidy_block, article.blocks)))
    title = tidy(article.meta.title or "") or next((one.text for one in blocks if one.kind == "title"), None)
    if not blocks:
        raise SourceError("the article holds no text", "give it blocks with text")
    if title and article.meta.origin is None and not any(one.kind == "title" for one in blocks):
        blocks = (Block("title", title), *blocks)
    text = "\n".join(one.text for one in blocks if one.kind != "code")
    require_speakable(text, "the article")
    meta = replace(article.meta, title=title, language=settled_language(article.meta.language, text))
    return replace(article, meta=meta, blocks=blocks)


def _tidy_block(block: Block) -> Block:
    text = nfc(block.text) if block.kind == "code" else tidy(block.text)
    if text != block.text and block.marks:
        raise SourceError(f"marks do not fit {block.text!r}", "give the text in NFC, on one line, with single spaces")
    return replace(block, text=text)


def _require_known(block: Block) -> None:
    if block.kind not in get_args(BlockKind):
        raise SourceError(f"there is no block of the kind {block.kind!r}", f"kinds: {', '.join(get_args(BlockKind))}")
    for mark in block.marks:
        if mark.kind not in get_args(MarkKind):
            raise SourceError(f"there is no mark of the kind {mark.kind!r}", f"kinds: {', '.join(get_args(MarkKind))}")
        if mark.kind == "pause" and not (mark.value.isascii() and mark.value.isdecimal()):
            raise SourceError(f"{mark.value!r} is no time for a pause", 'give its milliseconds as text, such as "500"')
