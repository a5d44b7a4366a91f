"""Says where a choice is doubtful, so that no part of an article is lost without a word."""

from __future__ import annotations

from collections.abc import Iterator

from narrate.core.article import Article
from narrate.sources.read.characters import bare
from narrate.sources.read.choosing.choice import Choice, prose_of
from narrate.sources.read.choosing.features import Page

# With so much prose on a page, an article that is so small a part of it may be the wrong part.
PAGE_MIN_WORDS = 150
LITTLE_SHARE = 0.35
# Probabilities between which nobody can say, and how much of what is read, or left, may be like that.
UNSURE = (0.12, 0.6)
UNSURE_SHARE = 0.4
# Fewer words than these of so much prose are no article.
LOST_WORDS = 25


def doubts(choice: Choice, page: Page) -> tuple[str, ...]:
    """Return why what was chosen may not be the article or not all of it; nothing where it is sure."""
    return tuple(_doubts(choice, page))


def _doubts(choice: Choice, page: Page) -> Iterator[str]:
    total, kept = prose_of(choice.pieces), prose_of(choice.pieces, choice.kept)
    if total >= PAGE_MIN_WORDS and kept < LITTLE_SHARE * total:
        yield f"{kept:,} of the {total:,} words of prose on the page were taken for the article"
    low, high = UNSURE
    unsure = prose_of(choice.pieces, [index for index, sure in enumerate(choice.sureness) if low < sure < high])
    if total >= PAGE_MIN_WORDS and unsure > UNSURE_SHARE * max(kept, PAGE_MIN_WORDS):
        yield f"of {unsure:,} words it is not sure whether they are the article's"
    if other := _other_title(choice, page):
        yield f"there is another title in it: “{other[:60]}”"


def _other_title(choice: Choice, page: Page) -> str:
    """Return a heading of the highest level behind the article's own, as where one article follows another."""
    blocks = [choice.pieces[index].block for index in sorted(choice.kept)]
    highest = [block.text for block in blocks if block.kind == "heading" and block.level == 1]
    own = [text for text in highest if bare(text) == bare(page.title or "")]
    others = [text for text in highest if bare(text) != bare(page.title or "") and len(text.split()) >= 4]
    return others[0] if own and len(others) == 1 else ""


def lost_reason(choice: Choice, article: Article) -> str | None:
    """Say why a page's article cannot be read at all, where hardly a word of its prose would be; None otherwise."""
    total = prose_of(choice.pieces)
    words = sum(len(block.text.split()) for block in article.blocks if block.kind not in {"title", "image", "caption"})
    if total < PAGE_MIN_WORDS or words >= LOST_WORDS:
        return None
    return f"has {total:,} words of prose, and which of them are the article cannot be told"
