"""Finds the title again where a page's menu stands before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from narrate.core.article import Article, Block
from narrate.text.clean.line_features import Line

MENU_ENTRY_MAX_WORDS = 3
TITLE_MIN_WORDS = 4
TITLE_MAX_WORDS = 30

# Only so many lines are looked at for the title.
LEAD_MAX_LINES = 60


def with_settled_title(article: Article, lines: Sequence[Line]) -> Article:
    """Move the title on, if the first line of the text was taken for it and is plainly part of a menu.

    Text that was copied from a whole page begins with its menu ("News", "Sport", "Opinion"); the title is the
    first line after it that is long enough to be one. Where there is none, the same article comes back.

    Args:
        article: As it was read.
        lines: What its blocks look like.
    """
    lead = _lead(lines[:LEAD_MAX_LINES])
    if not lead or lead[0].block.kind != "title" or not _is_menu(lead):
        return article
    index = next((i for i, line in enumerate(lead) if _may_be_title(line)), None)
    if not index:
        return article
    blocks = list(article.blocks)
    blocks[0] = Block("paragraph", blocks[0].text)
    blocks[index] = Block("title", blocks[index].text)
    return replace(article, meta=replace(article.meta, title=blocks[index].text), blocks=tuple(blocks))


def _lead(lines: Sequence[Line]) -> Sequence[Line]:
    """Return everything before the first paragraph of prose."""
    end = next((i for i, line in enumerate(lines) if line.is_prose and not line.hit), len(lines))
    return lines[:end]


def _is_menu(lead: Sequence[Line]) -> bool:
    """The first line is a known phrase, or the first of three very short ones in a row."""
    first = lead[0]
    if first.hit and (first.hit.strength not in ("tail", "edge") or first.words <= MENU_ENTRY_MAX_WORDS):
        return True
    return len(lead) >= 3 and all(line.is_short and line.words <= MENU_ENTRY_MAX_WORDS for line in lead[:3])


def _may_be_title(line: Line) -> bool:
    is_list_item = line.block.kind == "list_item"
    long_enough = TITLE_MIN_WORDS <= line.words <= TITLE_MAX_WORDS
    return long_enough and not line.hit and not is_list_item and not line.block.text.endswith((".", ":"))
