"""Costs of each line as a part of the article's surroundings, in words of prose.

A line that a phrase recognises earns a dozen words, a paragraph of the author's costs its length, and what
may be either costs little, so that its neighbours decide. The prices were set on the 24 texts and 30 pages
that docs/decisions/0007 names; a quarter more or less of any one of them changes little.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from narrate.text.clean.line_features import Line

# What dropping a recognised line earns, by the strength of its phrase.
EARNED = {"opens": 14.0, "lines": 12.0, "starts": 12.0, "weak": 8.0, "tail": 18.0, "edge": 5.0}

# A button under each of fifty products proves nothing about the products.
OFTEN = 3

TITLE_COST = 1000.0
PROSE_MAX_COST = 60.0
SENTENCE_COST = 6.0
HEADING_COST = 9.0
LIST_ITEM_COST = 6.0

# A short line without a mark: a button, a headline, a line of a list.
SHORT_COST = 1.0
MENU_ENTRY_COST = 0.3
MENU_ENTRY_MAX_WORDS = 3
BEFORE_TITLE_EARNED = 4.0

# Each word of pleas and notices, in prose and in a short line.
MENTION_EARNED = 15.0
SHORT_MENTION_EARNED = 4.0

# Under a header of other articles, and under one of comments.
HEADLINE_COST = 0.6
TEASER_COST = 2.5
LONG_TEASER_COST = 6.0
TEASER_MAX_WORDS = 35
COMMENT_COST = 3.0


def line_costs(lines: Sequence[Line], is_header: Sequence[bool]) -> list[dict[str, float]]:
    """Return for each line its cost in each state of regions.py; below zero where it is better dropped.

    Args:
        lines: All lines of the article.
        is_header: Which of them open a block.
    """
    title = next((index for index, line in enumerate(lines) if line.block.kind == "title"), 0)
    times = Counter(line.block.text for line in lines)
    costs: list[dict[str, float]] = []
    for index, line in enumerate(lines):
        if line.block.kind == "title":
            costs.append(_everywhere(TITLE_COST))
        elif line.hit and (is_header[index] or not line.is_heading_like_header):
            costs.append(_everywhere(-EARNED[line.hit.strength] * min(1.0, OFTEN / times[line.block.text])))
        else:
            costs.append(_unrecognised(lines, index, before_title=index < title))
    return costs


def _everywhere(cost: float) -> dict[str, float]:
    return {"article": 0.0, "lead": cost, "furniture": cost, "related": cost, "comments": cost}


def _unrecognised(lines: Sequence[Line], index: int, *, before_title: bool) -> dict[str, float]:
    line = lines[index]
    own = -BEFORE_TITLE_EARNED if before_title and line.is_short else _own_cost(lines, index)
    related = own if _goes_on(lines, index) else min(own, _teaser_cost(line))
    return _everywhere(own) | {"related": related, "comments": min(own, COMMENT_COST)}


def _teaser_cost(line: Line) -> float:
    """Return what a headline or teaser costs under a header of other articles."""
    if not line.is_prose:
        return LIST_ITEM_COST if line.block.kind == "list_item" else HEADLINE_COST
    return TEASER_COST if line.words <= TEASER_MAX_WORDS else LONG_TEASER_COST


def _own_cost(lines: Sequence[Line], index: int) -> float:
    """Return the cost of a line that no phrase describes: the higher, the more it seems the author's."""
    line = lines[index]
    earned = MENTION_EARNED * line.mentions
    if line.is_prose:
        return max(min(line.words, PROSE_MAX_COST) - earned, -earned / 2)
    if line.block.kind == "list_item":
        return max(LIST_ITEM_COST - earned, -earned / 2)
    if line.is_sentence:
        return SENTENCE_COST - earned
    before_prose = index + 1 < len(lines) and lines[index + 1].is_own_prose
    under_title = index > 0 and lines[index - 1].block.kind == "title"
    if before_prose or under_title or line.block.kind == "heading":
        return HEADING_COST
    short = MENU_ENTRY_COST if line.words <= MENU_ENTRY_MAX_WORDS else SHORT_COST
    return short - SHORT_MENTION_EARNED * line.mentions


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Tell whether prose goes on: two paragraphs in a row are an article; teasers alternate with headlines."""
    around = itertools.chain(lines[max(0, index - 1) : index], lines[index + 1 : index + 2])
    return lines[index].is_prose and any(line.is_own_prose for line in around)
