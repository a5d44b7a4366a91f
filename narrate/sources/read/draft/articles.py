"""The article that a draft is of: as its editor wants it spoken, and where it came from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from narrate.core.article import Article, Block, Drop, Mark
from narrate.core.errors import SourceError
from narrate.core.web.addresses import is_web_address
from narrate.sources.read.draft.drafts import draft_of
from narrate.sources.read.draft.head import is_draft
from narrate.sources.read.draft.values import BY_HAND, Draft, DraftBlock


def article_of(draft: Draft) -> Article:
    """Return what is to be spoken of a draft; nothing of it is cleaned.

    Args:
        draft: What stands behind a percent sign is among the article's drops; what is said instead of a block is a
            mark around all of it.
    """
    kept = tuple(_spoken(one) for one in draft.blocks if not one.is_dropped)
    drops = tuple(Drop(one.block, one.rule or BY_HAND, one.why) for one in draft.blocks if one.is_dropped)
    title = draft.meta.title or next((block.text for block in kept if block.kind == "title"), None)
    source = None if not draft.source or is_web_address(draft.source) else Path(draft.source).name
    return Article(replace(draft.meta, title=title, source=source, origin=draft.meta.origin or ""), kept, drops)


def read_draft_article(text: str, name: str) -> Article | None:
    """Return the article of a draft's text, None for a text that is no draft.

    Raises:
        SourceError: A line of it cannot be understood, or nothing is left to speak; says what.
    """
    if not is_draft(text):
        return None
    article = article_of(draft_of(text, name))
    if not article.blocks:
        raise SourceError(f"{name} has no block that is spoken", "take the percent sign away before what is to be kept")
    return article


def _spoken(one: DraftBlock) -> Block:
    if not one.say:
        return one.block
    whole = Mark("say", 0, len(one.block.text), one.say, one.line)
    pauses = (mark for mark in one.block.marks if mark.kind == "pause" and mark.start_char in (0, whole.end_char))
    return replace(one.block, marks=(whole, *pauses))
