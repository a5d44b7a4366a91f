"""Finds pieces that no weighing is needed for: notes beside the text, and further articles on the same page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from lxml import etree

from narrate.sources.read.characters import bare
from narrate.sources.read.choosing.features import Page
from narrate.sources.read.choosing.holders import holders_of
from narrate.sources.read.html_blocks import Piece
from narrate.sources.read.shown.notes import SIDENOTE

# A part of the page with so many words is an article of its own; one with fewer may be a box of this one.
ARTICLE_MIN_WORDS = 60
# The part of a page that repeats for each article may be called anything, but a part of one article is a section.
_PARTS_OF_ONE = frozenset({"section", "header", "main", "body", "html"})
_NOTE_REACH = 3


def pieces_apart(found: Sequence[Piece], page: Page) -> dict[int, str]:
    """Return indices of the pieces that are left without being weighed, each with why."""
    holders = [holders_of(piece.element) for piece in found]
    others = _other_articles(found, holders, page)
    left = {}
    for index, own in enumerate(holders):
        if any(holder.get(SIDENOTE) for holder in own[:_NOTE_REACH]):
            left[index] = "a note beside the text"
        elif any(holder in others for holder in own):
            left[index] = "in another article of the page"
    return left


def _other_articles(
    found: Sequence[Piece], holders: Sequence[Sequence[etree._Element]], page: Page
) -> set[etree._Element]:
    """Return the elements of further articles, where several of the same build stand in a row.

    Pages that go on with the next article when the reader comes to the end have them: each has one heading of the
    highest level, and the title is in one of them.
    """
    tops = [index for index, piece in enumerate(found) if piece.block.kind == "heading" and piece.block.level == 1]
    title = bare(page.title or "")
    own = next((index for index in tops if bare(found[index].block.text) == title), None)
    if own is None or len(tops) < 2:
        return set()
    times = Counter(holder for index in tops for holder in holders[index])
    parts = {index: _part(holders[index], times) for index in tops}
    words: Counter[etree._Element] = Counter()
    for piece, around in zip(found, holders, strict=True):
        words.update({holder: len(piece.block.text.split()) for holder in around if holder in parts.values()})
    return {part for part in parts.values() if _is_further(part, parts[own], words)}


def _part(holders: Sequence[etree._Element], times: Mapping[etree._Element, int]) -> etree._Element | None:
    """Return the largest element around a heading in which no other heading of its level stands."""
    alone = [holder for holder in holders if times[holder] == 1]
    return alone[-1] if alone else None


def _is_further(part: etree._Element | None, own: etree._Element | None, words: Mapping[etree._Element, int]) -> bool:
    if part is None or own is None or part is own or own.tag in _PARTS_OF_ONE:
        return False
    is_alike = (part.tag, part.get("class")) == (own.tag, own.get("class")) and part.getparent() is own.getparent()
    return is_alike and min(words[part], words[own]) >= ARTICLE_MIN_WORDS
