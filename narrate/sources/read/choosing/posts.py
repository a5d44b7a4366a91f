"""Finds pages that have no article and are their posts: threads of a forum, questions with answers, comments alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lxml import etree

from narrate.sources.read.choosing.features import PROSE_MIN_WORDS
from narrate.sources.read.class_names import is_called
from narrate.sources.read.html_blocks import Piece

# So many parts of one build are a row of posts; and they are the page where so much of what is read is in them.
POSTS_MIN = 3
READ_SHARE = 0.6
# One with so much of what they say is an article, and the others are its neighbours on the site.
ONE_SHARE = 0.7
# What somebody wrote has so many words; shorter lines are names, dates and buttons.
SAID_MIN_WORDS = 4

# What holds a text is no post, whatever it is called; nor is all that a page shows.
_TEXTS = frozenset({"p", "span", "a", "h1", "h2", "h3", "h4", "body", "html"})

_Build = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts that a page is.

    Attributes:
        count: How many there are with words in them.
        pieces: Indices of what their authors wrote.
    """

    count: int
    pieces: frozenset[int]


def posts_of(found: Sequence[Piece], kept: Collection[int]) -> Posts | None:
    """Return the posts of a page on which most of what is read stands in posts; None for any other page.

    What stands in a post in the same way as something that is read belongs to them, whichever post it is in.

    Args:
        found: All pieces of the page.
        kept: Indices of those that are read.
    """
    words = [len(piece.block.text.split()) if piece.block.kind != "image" else 0 for piece in found]
    said = [index for index in sorted(kept) if words[index] >= PROSE_MIN_WORDS]
    best = max(_rows(found, words), key=lambda row: sum(words[i] for i in row if i in kept), default=None)
    if best is None:
        return None
    inside = sum(words[index] for index in said if index in best)
    if not inside or inside < READ_SHARE * sum(words[index] for index in said):
        return None
    builds = {_build(found[index].element) for index in said if index in best}
    written = {index for index in best if _build(found[index].element) in builds and _says(found[index], words[index])}
    by_post: Counter[etree._Element] = Counter()
    for index in written:
        by_post[best[index]] += words[index]
    is_one = max(by_post.values(), default=0) > ONE_SHARE * by_post.total()
    return Posts(len(by_post), frozenset(written)) if len(by_post) >= POSTS_MIN and not is_one else None


def _rows(found: Sequence[Piece], words: Sequence[int]) -> list[dict[int, etree._Element]]:
    """Return the page's rows of posts: for each, indices of the pieces in it with the post that they stand in.

    Posts of a row have the same tag; classes differ from one to the next, as of the question and the answer accepted.
    """
    rows: dict[str, dict[int, etree._Element]] = defaultdict(dict)
    known: dict[etree._Element | None, tuple[etree._Element, ...]] = {None: ()}
    for index, piece in enumerate(found):
        for post in _posts_around(piece.element, known):
            rows[post.tag].setdefault(index, post)
    return [row for row in rows.values() if _posts_with_prose(row, words) >= POSTS_MIN]


def _posts_around(
    element: etree._Element, known: dict[etree._Element | None, tuple[etree._Element, ...]]
) -> tuple[etree._Element, ...]:
    """Return what is called a post of an element and those that it stands in, the nearest first; each is asked once."""
    way: list[etree._Element] = []
    up: etree._Element | None = element
    while up not in known:
        way.append(up)
        up = up.getparent()  # type: ignore[union-attr]
    posts = known[up]
    for passed in reversed(way):
        if passed.tag not in _TEXTS and is_called(passed, "choosing.posts"):
            posts = (passed, *posts)
        known[passed] = posts
    return posts


def _posts_with_prose(row: dict[int, etree._Element], words: Sequence[int]) -> int:
    return len({post for index, post in row.items() if words[index] >= PROSE_MIN_WORDS})


def _build(element: etree._Element) -> _Build:
    """Return how a piece stands in its post: tags and classes of its element and of the one around it."""
    around = element.getparent()
    shown = (element, around) if around is not None and element.tag == "p" else (element,)
    return tuple(f"{one.tag}.{one.get('class') or ''}" for one in shown)


def _says(piece: Piece, words: int) -> bool:
    return words >= SAID_MIN_WORDS and 2 * piece.link_chars < len(piece.block.text)
