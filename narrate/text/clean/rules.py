"""The cleaning rules in their order, and the loop that applies them.

A rule sees the whole article, looked at line by line, and names the blocks to drop. It never changes a
block, and the title is never dropped. Words and patterns stand in phrases/*/*.toml, one table a rule.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from narrate.core.article import Article, Block, Cleaned, Drop
from narrate.text.clean.line_features import ABOUT, Line, is_verse, lines_of
from narrate.text.clean.phrases import phrases_for
from narrate.text.clean.regions import State, regions
from narrate.text.clean.title import with_settled_title

REPEATED_MIN_TIMES = 3
REPEATED_MAX_WORDS = 6


@dataclass(frozen=True, slots=True)
class Page:
    """An article as the rules see it: every line, the region that it lies in, and whether it is verse."""

    lines: Sequence[Line]
    regions: Sequence[State]
    is_verse: bool


Rule = Callable[[Page], Iterable[int]]


def repeated_title(page: Page) -> Iterable[int]:
    """Drop a line above the text that says the title again; further down it may be the author's heading."""
    titles = {_plain(line.block.text) for line in page.lines if line.block.kind == "title"}
    prose = [i for i, line in enumerate(page.lines) if line.is_prose]
    end = prose[1] if len(prose) > 1 else len(page.lines)
    return [i for i, line in enumerate(page.lines[:end]) if _plain(line.block.text) in titles]


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def repeated_line(page: Page) -> Iterable[int]:
    """Drop short lines that stand three times in a row, such as the empty places of a feed that never loaded."""
    named: list[int] = []
    for _, group in itertools.groupby(enumerate(page.lines), key=lambda item: _plain(item[1].block.text)):
        run = list(group)
        if len(run) >= REPEATED_MIN_TIMES and run[0][1].words <= REPEATED_MAX_WORDS:
            named += [index for index, _ in run]
    return named


def about_publisher(page: Page) -> Iterable[int]:
    """Drop what press releases say about the company at their end; see ABOUT in line_features.py."""
    return [i for i, line in enumerate(page.lines) if line.hit == ABOUT and page.regions[i] != "article"]


def region_rule(*states: State) -> Rule:
    """A rule that drops the blocks of some kinds of region."""

    def rule(page: Page) -> Iterable[int]:
        return [i for i, found in enumerate(page.regions) if found in states]

    return rule


def phrase_rule(name: str) -> Rule:
    """A rule that drops the blocks which are one of the phrases under `name`, wherever they stand."""

    def rule(page: Page) -> Iterable[int]:
        doubtful = ("edge", "tail", "weak", "opens") if page.is_verse else ("edge", "tail")
        hits = [(i, line, line.hit) for i, line in enumerate(page.lines) if line.hit and line.hit.rule == name]
        return [i for i, line, hit in hits if hit.strength not in doubtful and not line.is_heading_like_header]

    return rule


# In the order they are applied; the first rule that names a block is the one recorded.
RULES: tuple[tuple[str, Rule], ...] = (
    ("repeated-title", repeated_title),
    ("age-and-counts", phrase_rule("age-and-counts")),  # "2 months ago 5"
    ("read-more", phrase_rule("read-more")),  # "Read Entire Article"
    ("share-bar", phrase_rule("share-bar")),
    ("subscribe", phrase_rule("subscribe")),
    ("support", phrase_rule("support")),  # "Make a donation"
    ("advertisement", phrase_rule("advertisement")),
    ("related", phrase_rule("related")),  # "Read also: …"
    ("comments", phrase_rule("comments")),
    ("media-widget", phrase_rule("media-widget")),
    ("photo-credit", phrase_rule("photo-credit")),
    ("author-bio", phrase_rule("author-bio")),
    ("tags", phrase_rule("tags")),
    ("source-line", phrase_rule("source-line")),
    ("login", phrase_rule("login")),
    ("contact", phrase_rule("contact")),
    ("navigation", phrase_rule("navigation")),
    ("legal", phrase_rule("legal")),
    ("repeated-line", repeated_line),
    ("about-publisher", about_publisher),  # "About Acme", at the end
    ("related-block", region_rule("related")),  # other articles' headlines and teasers
    ("comment-section", region_rule("comments")),  # what readers wrote
    ("page-furniture", region_rule("lead", "furniture")),  # menus, forms and footers around the article
)


def clean(article: Article, language: str = "en", *, keep: Collection[str] = (), drop: Collection[str] = ()) -> Cleaned:
    """Drop what nobody wants read aloud.

    Args:
        article: As it was read.
        language: BCP 47 tag that picks the phrase files; English ones are always in use, since pages in
            every language carry English buttons.
        keep: Names of rules that are not to be used.
        drop: Regular expressions; a block in which one is found, letter case aside, is dropped by the rule "drop".

    Returns:
        The article without the dropped blocks, and the drops: those of the reader, then those of the rules, each in
        reading order.
    """
    phrases = phrases_for(language)
    lines = lines_of(article.blocks, phrases)
    settled = with_settled_title(article, lines)
    if settled is not article:
        article, lines = settled, lines_of(settled.blocks, phrases)
    lines = tuple(_unless(keep, line) for line in lines)
    page = Page(lines, regions(lines), is_verse(lines))
    named: dict[int, str] = {}
    for name, rule in (("drop", pattern_rule(drop)), *RULES):
        if name not in keep:
            named = {index: name for index in rule(page)} | named
    return _without(article, {i: name for i, name in named.items() if article.blocks[i].kind != "title"})


def _unless(keep: Collection[str], line: Line) -> Line:
    """Take from a line what a switched-off rule recognised: it is no evidence for the others either."""
    return replace(line, hit=None) if line.hit and line.hit.rule in keep else line


def pattern_rule(patterns: Iterable[str]) -> Rule:
    """A rule that drops the blocks in which one of a user's patterns is found."""
    compiled = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]

    def rule(page: Page) -> Iterable[int]:
        texts = [line.block.text for line in page.lines]
        return [i for i, text in enumerate(texts) if any(pattern.search(text) for pattern in compiled)]

    return rule


def _without(article: Article, named: dict[int, str]) -> Cleaned:
    def dropped(block: Block, index: int) -> Drop:
        return Drop(block, named[index])

    drops = tuple(dropped(block, i) for i, block in enumerate(article.blocks) if i in named)
    kept = tuple(block for i, block in enumerate(article.blocks) if i not in named)
    return Cleaned(replace(article, blocks=kept, drops=()), article.drops + drops)
