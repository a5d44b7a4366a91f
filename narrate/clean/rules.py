"""The cleaning rules in their order, and the loop that applies them.

A rule sees the blocks that are left and names those to drop. It never changes a block, and the title
is never dropped. Words and patterns stand in phrases/*.toml, one table a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from narrate.article import Article, Block, Cleaned, Drop
from narrate.clean.phrases import Phrases, phrases_for

Rule = Callable[[Sequence[Block], Phrases], Iterable[int]]


def repeated_title(blocks: Sequence[Block], phrases: Phrases) -> Iterable[int]:
    """Drop a line that says the title again."""
    titles = {_plain(block.text) for block in blocks if block.kind == "title"}
    return [i for i, block in enumerate(blocks) if block.kind != "title" and _plain(block.text) in titles]


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def phrase_rule(name: str) -> Rule:
    """A rule that drops the blocks which, as a whole, are one of the phrases under `name`."""

    def rule(blocks: Sequence[Block], phrases: Phrases) -> Iterable[int]:
        return [i for i, block in enumerate(blocks) if phrases.is_phrase(name, block)]

    return rule


# In the order they are applied; the first rule that names a block is the one recorded. Rules that
# look at the whole article stand first, since they need the blocks that the others would take.
RULES: tuple[tuple[str, Rule], ...] = (
    ("repeated-title", repeated_title),
    ("age-and-counts", phrase_rule("age-and-counts")),  # "2 months ago 5"
    ("read-more", phrase_rule("read-more")),  # "Read Entire Article"
    ("share-bar", phrase_rule("share-bar")),
    ("subscribe", phrase_rule("subscribe")),
    ("advertisement", phrase_rule("advertisement")),
    ("comments", phrase_rule("comments")),
    ("media-widget", phrase_rule("media-widget")),
    ("navigation", phrase_rule("navigation")),
    ("legal", phrase_rule("legal")),
)


def clean(article: Article, language: str = "en") -> Cleaned:
    """Drop what nobody wants read aloud.

    Args:
        article: As it was read.
        language: BCP 47 tag that picks the phrase files; English ones are always in use, since pages in
            every language carry English buttons.

    Returns:
        The article without the dropped blocks, and the drops in reading order.
    """
    phrases = phrases_for(language)
    left = list(enumerate(article.blocks))
    dropped: dict[int, Drop] = {}
    for name, rule in RULES:
        blocks = [block for _, block in left]
        named = {i for i in rule(blocks, phrases) if blocks[i].kind != "title"}
        dropped.update((left[i][0], Drop(blocks[i], name)) for i in named)
        left = [item for i, item in enumerate(left) if i not in named]
    kept = replace(article, blocks=tuple(block for _, block in left))
    return Cleaned(kept, tuple(dropped[i] for i in sorted(dropped)))
