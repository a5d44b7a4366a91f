"""The cleaning rules in their order, and the loop that applies them.

A rule sees the whole article, looked at line by line, and names the blocks to drop. It never changes a
block, and the title is never dropped. Words and patterns stand in phrases/*/*.toml, one table a rule; what only
the lines around it explain is judged by learnt weights (judging.py).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from narrate.core.article import Article, Block, Cleaned, Drop
from narrate.text.clean.judging import Verdict, Weights, judge
from narrate.text.clean.line_features import ABOUT, Line, is_enough, is_verse, lines_of
from narrate.text.clean.phrases import phrases_for
from narrate.text.clean.reasons import in_words
from narrate.text.clean.regions import Region, regions
from narrate.text.clean.title import possible_titles, with_settled_title

REPEATED_MIN_TIMES = 3
REPEATED_MAX_WORDS = 6

# So sure of a line, the weights overrule a phrase.
CERTAIN = 0.98


@dataclass(frozen=True, slots=True)
class Page:
    """An article as the rules see it.

    Attributes:
        lines: Every block, looked at.
        verdicts: What the learnt weights say of each.
        regions: What each is a part of.
        is_verse: It is a poem.
    """

    lines: Sequence[Line]
    verdicts: Sequence[Verdict]
    regions: Sequence[Region]
    is_verse: bool


def page_of(lines: Sequence[Line], language: str, strictness: str = "normal", weights: Weights | None = None) -> Page:
    """Return an article as the rules see it; `language`, `strictness` and `weights` as in `clean`."""
    verdicts = judge(lines, language, strictness, weights)
    return Page(lines, verdicts, regions(lines, [verdict.is_out for verdict in verdicts]), is_verse(lines))


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
    texts = [_plain(line.block.text) if line.words <= REPEATED_MAX_WORDS else None for line in page.lines]
    for text, group in itertools.groupby(range(len(texts)), key=lambda index: texts[index]):
        run = list(group)
        if len(run) >= REPEATED_MIN_TIMES and text is not None:
            named += run
    return named


def about_publisher(page: Page) -> Iterable[int]:
    """Drop what press releases say about the company at their end; see ABOUT in line_features.py."""
    return [i for i, line in enumerate(page.lines) if line.hit == ABOUT and page.regions[i] != "article"]


def region_rule(region: Region) -> Rule:
    """A rule that drops the blocks of one kind of region."""

    def rule(page: Page) -> Iterable[int]:
        return [i for i, found in enumerate(page.regions) if found == region]

    return rule


def phrase_rule(name: str) -> Rule:
    """A rule that drops the blocks which are one of the phrases under `name`.

    Most phrases are enough by themselves, unless the weights are certain that the line is the author's; what may be
    either is dropped where the weights say so, too.
    """

    def rule(page: Page) -> Iterable[int]:
        for index, (line, verdict) in enumerate(zip(page.lines, page.verdicts, strict=True)):
            if line.hit is None or line.hit.rule != name:
                continue
            is_sure = is_enough(line, in_verse=page.is_verse) and verdict.probability < CERTAIN
            if verdict.is_out or is_sure:
                yield index

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
    ("page-furniture", region_rule("furniture")),  # menus, forms and footers around the article
)


# What no phrase gives away is dropped by one of these.
LEARNT = ("related-block", "comment-section", "page-furniture")


def clean(
    article: Article,
    language: str = "en",
    *,
    keep: Collection[str] = (),
    drop: Collection[str] = (),
    keep_lines: Collection[str] = (),
    strictness: str = "normal",
    weights: Weights | None = None,
    titles: Mapping[str, float] | None = None,
) -> Cleaned:
    """Drop what nobody wants read aloud.

    Args:
        article: As it was read.
        language: BCP 47 tag that picks the phrase files; English ones are always in use, since pages in
            every language carry English buttons.
        keep: Names of rules that are not to be used.
        drop: Regular expressions; a block in which one is found, letter case aside, is dropped by the rule "drop".
        keep_lines: Words as they stand in a block that stays whatever the rules say, letter case and spaces aside.
        strictness: "gentle", "normal" or "strict": what a lost sentence weighs against boilerplate that is spoken.
        weights: Others than those of the package, to measure them.
        titles: Other weights of what is a title, likewise (title.py).

    Returns:
        The article without the dropped blocks, and the drops: those of the reader, then those of the rules, each in
        reading order.
    """
    phrases = phrases_for(language)
    seen: dict[Block, Line] = {}
    lines = lines_of(article.blocks, phrases, seen)
    settled = with_settled_title(article, lines, titles)
    if settled is not article:
        article, lines = settled, lines_of(settled.blocks, phrases, seen)
    page = page_of(tuple(_unless(keep, line) for line in lines), language, strictness, weights)
    named: dict[int, str] = {}
    for name, rule in (("drop", pattern_rule(drop)), *RULES):
        if name not in keep:
            named = {index: name for index in rule(page)} | named
    suspects = {index for index, name in named.items() if name in LEARNT}
    in_doubt = suspects & set(possible_titles(page.lines, titles)) if suspects else suspects
    asked_for = {*_kept_by_rule(lines, keep), *_asked_for(page, keep_lines)}
    stay = {*_titles(page), *in_doubt, *asked_for, *_standfirst(page, article)}
    return _without(article, page, {index: name for index, name in named.items() if index not in stay})


def _titles(page: Page) -> Iterable[int]:
    return [i for i, line in enumerate(page.lines) if line.block.kind == "title"]


def _kept_by_rule(lines: Sequence[Line], keep: Collection[str]) -> Iterable[int]:
    """Return the blocks that a switched-off rule would drop: nothing else shall drop them instead."""
    return [i for i, line in enumerate(lines) if line.hit and line.hit.rule in keep and is_enough(line)]


def _asked_for(page: Page, keep_lines: Collection[str]) -> Iterable[int]:
    """Return the blocks that hold what a user wants kept."""
    wanted = [words for line in keep_lines if (words := _one_line(line))]
    texts = [_one_line(line.block.text) for line in page.lines] if wanted else []
    return [i for i, text in enumerate(texts) if any(words in text for words in wanted)]


def _standfirst(page: Page, article: Article) -> Iterable[int]:
    """Return the line that the page calls its summary, unless a phrase or a plea in it says that it is none."""
    is_own = [not line.hit and not line.mentions for line in page.lines]
    return [i for i, line in enumerate(page.lines) if is_own[i] and line.block.text == article.standfirst]


def _one_line(text: str) -> str:
    return " ".join(text.casefold().split())


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


def _without(article: Article, page: Page, named: dict[int, str]) -> Cleaned:
    drops = tuple(_drop(page, index, named[index]) for index in sorted(named))
    kept = tuple(block for i, block in enumerate(article.blocks) if i not in named)
    return Cleaned(replace(article, blocks=kept, drops=()), article.drops + drops)


def _drop(page: Page, index: int, name: str) -> Drop:
    line, verdict = page.lines[index], page.verdicts[index]
    is_learnt = name in LEARNT or (line.hit is not None and line.hit.rule == name and not is_enough(line))
    return Drop(line.block, name, in_words(line, verdict) if is_learnt and verdict.is_out else "")
