"""Says where a choice is doubtful, so that no part of an article is lost without a word."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from narrate.core.article import Article
from narrate.sources.read.characters import bare
from narrate.sources.read.choosing.choice import LABEL_WORDS, PROSE_MIN_WORDS, WAYS, Choice, own_words, prose_of
from narrate.sources.read.choosing.features import Page
from narrate.sources.read.choosing.holders import holders_of
from narrate.sources.read.choosing.posts import posts_of
from narrate.sources.read.html_blocks import Piece, ends_sentence

# With less prose on a page than this, shorter sentences count as well.
PAGE_MIN_WORDS = 150
# Less than this of what looks like the page's prose may be the wrong part of it; fewer words are a notice.
LITTLE_SHARE = 0.35
LEFT_MIN_WORDS = 20
# What the trees say is how often they are right (docs/decisions/0040-learnt-choice.md): so much of the article is left
# out by what they say, or so much is wrong of what is lost and read too much together.
LOST_SHARE = 0.06
WRONG_SHARE = 0.09
# Probabilities between which nobody can say.
UNSURE = (0.12, 0.6)
# Fewer words than these of so much prose are no article.
LOST_WORDS = 25


def doubts(choice: Choice, page: Page) -> tuple[str, ...]:
    """Return why what was chosen may not be the article or not all of it; nothing where it is sure."""
    return tuple(_doubts(choice, page))


def _doubts(choice: Choice, page: Page) -> Iterator[str]:
    total, kept = _prose_outside_menus(choice.pieces, choice.kept)
    is_little = total - kept >= LEFT_MIN_WORDS and kept < LITTLE_SHARE * total
    if is_little:
        yield f"{kept:,} of the {total:,} words of prose on the page were taken for the article"
    lost, wrong = _expected_shares(choice)
    low, high = UNSURE
    unsure = prose_of(choice.pieces, [index for index, sure in enumerate(choice.sureness) if low < sure < high])
    if unsure >= LEFT_MIN_WORDS and (wrong > WRONG_SHARE or (lost > LOST_SHARE and not is_little)):
        yield f"of {unsure:,} words it is not sure whether they are the article's"
    if posts := posts_of(choice.pieces, choice.kept):
        yield f"it has no article of its own, and its {posts.count:,} posts are read"
    if other := _other_title(choice, page):
        yield f"there is another title in it: “{other[:60]}”"


def _prose_outside_menus(found: Collection[Piece], kept: Collection[int]) -> tuple[int, int]:
    """Count the words of what looks like prose and leads nowhere, and those of them that are read."""
    counts = [_prose_words(piece) for piece in found]
    least = LABEL_WORDS if sum(counts) >= PAGE_MIN_WORDS else PROSE_MIN_WORDS
    asked = [
        (index, count)
        for index, (piece, count) in enumerate(zip(found, counts, strict=True))
        if count >= least and (index in kept or not any(one.tag in WAYS for one in holders_of(piece.element)))
    ]
    return sum(count for _, count in asked), sum(count for index, count in asked if index in kept)


def _prose_words(piece: Piece) -> int:
    """Return the words of a piece that is longer than labels, or a sentence; 0 of links and pictures."""
    count = own_words(piece)
    is_prose = count >= LABEL_WORDS or (count >= PROSE_MIN_WORDS and ends_sentence(piece.block.text))
    return count if is_prose else 0


def _expected_shares(choice: Choice) -> tuple[float, float]:
    """Return what share of the article is left out, and how far the choice is from it, if the probabilities hold.

    The latter is 1 - F1 of expected recall and precision; both shares are of words of prose.
    """
    words = [prose_of(choice.pieces, [index]) for index in range(len(choice.sureness))]
    sure = [count * own for count, own in zip(words, choice.sureness, strict=True)]
    right = sum(own for index, own in enumerate(sure) if index in choice.kept)
    read = sum(count for index, count in enumerate(words) if index in choice.kept)
    if not (article := sum(sure)) or not read:
        return 0.0, 0.0
    return 1 - right / article, 1 - 2 * right / (article + read)


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
