"""Chooses a page's blocks: learnt trees say of each piece how surely it is the article's, and libraries have a vote.

pieces, extractors' choices -> features -> trees -> blocks, and what was left out with what spoke against it
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree, html

from narrate.core.article import NOT_THE_ARTICLE, Block, Drop, Judged
from narrate.sources.read.choosing.apart import pieces_apart
from narrate.sources.read.choosing.body_lists import lists_within
from narrate.sources.read.choosing.columns import row_of
from narrate.sources.read.choosing.extractors import extractors_choices
from narrate.sources.read.choosing.features import Page, feature_columns
from narrate.sources.read.choosing.holders import depths, holders_of
from narrate.sources.read.choosing.posts import posts_of
from narrate.sources.read.choosing.why import in_words
from narrate.sources.read.html_blocks import Piece, pieces
from narrate.text.forest import logits, packaged_forest
from narrate.text.linear_chain import probability

# A piece is read from this probability on: what is lost weighs more than what is said too much
# (docs/decisions/0040-learnt-choice.md has the curve).
READ_FROM = 0.3
# The trees were grown on pages of 2025 and 2026, and know what libraries chose; on other pages the libraries' word is
# worth more than they learnt: on 30 news pages of 2019 F1 rises from .957 to .978, on folds of the former it stays.
# With half of a logit it is .976 there.
VOTE = 0.75
LOGIT_MAX = 6.0
# Before and behind all that is surely the article's, it takes more: there other articles begin.
SURE_FROM = 0.8
AROUND_FROM = 0.5
HEADING_FROM = 0.05
# With so little of a page's prose nothing was found; and longer than labels is what has so many words.
NOTHING_SHARE = 0.04
LABEL_WORDS = 12
# More pieces than a person would read take seconds to look at; then the place that holds the prose is the article.
PIECES_MAX = 4_000
PROSE_SHARE = 0.6
PROSE_MIN_WORDS = 8
LINKED_SHARE = 0.5
# What leads elsewhere, wherever it stands.
WAYS = frozenset({"nav", "aside", "footer", "form"})


@dataclass(frozen=True, slots=True)
class Choice:
    """The pieces of a page that are its article, and those that are not.

    Attributes:
        blocks: The article's, in reading order.
        drops: The others, each with what spoke against it.
        pieces: All pieces of the page.
        kept: Indices of the pieces that are read.
        sureness: For each piece the probability that it is the article's; empty where no model was asked.
        judged: Every piece with what decided about it, where that was asked for.
    """

    blocks: tuple[Block, ...]
    drops: tuple[Drop, ...]
    pieces: tuple[Piece, ...]
    kept: frozenset[int]
    sureness: tuple[float, ...] = ()
    judged: tuple[Judged, ...] = ()


def everything(root: html.HtmlElement) -> Choice:
    """Return all that a page shows."""
    found = tuple(pieces(root))
    return _choice(found, set(range(len(found))))


def choose(root: html.HtmlElement, page: Page, is_explained: bool = False) -> Choice:
    """Choose the blocks of a page's article.

    Args:
        root: The parsed page, with nothing in it that is not shown.
        page: What it says of itself.
        is_explained: Say of every piece what decided; it takes as long as the choice.
    """
    found = tuple(pieces(root))
    if len(found) > PIECES_MAX:
        return _choice_by_prose(found, is_explained)
    apart = pieces_apart(found, page)
    chosen = extractors_choices(root, found)
    forest = packaged_forest("narrate.sources.read.choosing", "weights.json")
    columns = feature_columns(found, page, chosen, forest.odds)
    sureness = _sureness(logits(forest, columns, len(found)), chosen)
    kept = _kept(found, sureness) - apart.keys()
    added = {index: why for index, why in _added(found, kept).items() if index not in apart}
    kept |= added.keys()
    if _is_nothing(found, kept):
        return _choice_by_prose(found, is_explained)
    said = [f"{own:.2f}" for own in sureness]
    if is_explained:
        said = [in_words(forest, row_of(columns, index), own, index in kept) for index, own in enumerate(sureness)]
    told = {**apart, **added}
    why = [told.get(index, one) for index, one in enumerate(said)]
    sureness = tuple(max(own, SURE_FROM) if index in added else own for index, own in enumerate(sureness))
    choice = _choice(found, kept, sureness, why)
    return replace(choice, judged=_judged(choice, why)) if is_explained else choice


def with_lines(choice: Choice, lines: Sequence[str]) -> Choice:
    """Return a choice that has the pieces with a user's words in them, too, letter case and spaces aside."""
    words = [one for line in lines if (one := _one_line(line))]
    texts = [_one_line(piece.block.text) for piece in choice.pieces] if words else []
    asked = {index for index, text in enumerate(texts) if any(one in text for one in words)} - choice.kept
    if not asked:
        return choice
    kept, blocks = choice.kept | asked, {id(choice.pieces[index].block) for index in asked}
    return replace(
        choice,
        blocks=tuple(piece.block for index, piece in enumerate(choice.pieces) if index in kept),
        drops=tuple(drop for drop in choice.drops if id(drop.block) not in blocks),
        kept=kept,
        judged=tuple(replace(one, is_kept=one.is_kept or id(one.block) in blocks) for one in choice.judged),
    )


def _one_line(text: str) -> str:
    return " ".join(text.casefold().split())


def _sureness(said: Sequence[float], chosen: Mapping[str, set[int]]) -> tuple[float, ...]:
    """Return probabilities of what trees said and libraries chose: a vote for or against a piece from each."""
    own = [max(-LOGIT_MAX, min(LOGIT_MAX, logit)) for logit in said]
    for indices in chosen.values():
        own = [logit + (VOTE if index in indices else -VOTE) for index, logit in enumerate(own)]
    return tuple(map(probability, own))


def _kept(found: Sequence[Piece], sureness: Sequence[float]) -> set[int]:
    """Return the indices of what is read: in the midst of what is surely the article's more than around it.

    A heading over something that is read goes with it: libraries leave the headings of accordions and of boxes.
    """
    sure = [index for index, own in enumerate(sureness) if own >= SURE_FROM]
    first, last = (sure[0], sure[-1]) if sure else (0, len(sureness))
    kept = {i for i, own in enumerate(sureness) if own >= (READ_FROM if first <= i <= last else AROUND_FROM)}
    headings = (i for i, piece in enumerate(found) if piece.block.kind == "heading" and i + 1 in kept)
    return kept | {i for i in headings if sureness[i] >= HEADING_FROM}


def _added(found: Sequence[Piece], kept: set[int]) -> dict[int, str]:
    """Return what belongs to what is read though the trees do not say so, each with why."""
    lists = lists_within(found, kept, prose_of(found)) - kept
    posts = posts_of(found, kept | lists)
    written = posts.pieces - kept - lists if posts else frozenset()
    return dict.fromkeys(lists, "in a list within a short text") | dict.fromkeys(written, "written in one of the posts")


def _is_nothing(found: Sequence[Piece], kept: Collection[int]) -> bool:
    """Tell whether hardly anything of what there is was found."""
    total = prose_of(found)
    if total:
        return prose_of(found, kept) <= NOTHING_SHARE * total
    return not any(found[index].block.kind != "image" and found[index].block.text for index in kept)


def prose_of(found: Sequence[Piece], indices: Collection[int] | None = None) -> int:
    """Count the words of pieces that are longer than labels and are no links: all of them, or those of the indices."""
    chosen = found if indices is None else [found[index] for index in indices]
    return sum(count for one in chosen if (count := own_words(one)) >= LABEL_WORDS)


def own_words(piece: Piece) -> int:
    """Count the words of a piece; none of a picture, and of what is mostly a link."""
    is_own = piece.block.kind != "image" and 2 * piece.link_chars < len(piece.block.text)
    return len(piece.block.text.split()) if is_own else 0


def _choice(
    found: tuple[Piece, ...], kept: set[int], sureness: tuple[float, ...] = (), why: Sequence[str] = ()
) -> Choice:
    kept = kept | {index for index in range(len(found)) if index not in kept and _belongs(found, index, kept)}
    blocks = tuple(piece.block for index, piece in enumerate(found) if index in kept)
    drops = tuple(
        Drop(piece.block, NOT_THE_ARTICLE, why[index] if why else "")
        for index, piece in enumerate(found)
        if index not in kept and piece.block.kind != "image"
    )
    return Choice(blocks, drops, found, frozenset(kept), sureness)


def _judged(choice: Choice, why: Sequence[str]) -> tuple[Judged, ...]:
    """Return every piece of a page with what decided about it."""
    pieces_why = enumerate(zip(choice.pieces, why, strict=True))
    return tuple(Judged(piece.block, index in choice.kept, said) for index, (piece, said) in pieces_why)


def _belongs(found: Sequence[Piece], index: int, kept: set[int]) -> bool:
    """Tell whether a piece is an image right beside the article, or a line of signs such as "***" within it."""
    beside = (index - 1 in kept, index + 1 in kept)
    if found[index].block.kind == "image":
        return any(beside)
    return not any(map(str.isalnum, found[index].block.text)) and all(beside)


def _choice_by_prose(found: tuple[Piece, ...], is_explained: bool) -> Choice:
    """Choose without the trees: what stands where most of the page's prose does, and posts of a page of posts."""
    kept = _by_prose(found)
    posts = posts_of(found, kept)
    kept |= posts.pieces if posts else frozenset()
    why = [_why_by_prose(piece, index in kept) for index, piece in enumerate(found)]
    choice = _choice(found, kept, why=why)
    return replace(choice, judged=_judged(choice, why)) if is_explained else choice


def _why_by_prose(piece: Piece, is_kept: bool) -> str:
    if is_kept:
        return "where the page's prose is"
    return "leads elsewhere" if _leads_elsewhere(piece, holders_of(piece.element)) else "outside of where the prose is"


def _by_prose(found: Sequence[Piece]) -> set[int]:
    """Return all that stands where most of the page's prose does, without what leads elsewhere."""
    words = [len(piece.block.text.split()) for piece in found]
    shares: dict[etree._Element, int] = {}
    holders = [holders_of(piece.element) for piece in found]
    for index, count in enumerate(words):
        if count >= PROSE_MIN_WORDS and not _leads_elsewhere(found[index], holders[index]):
            for holder in holders[index]:
                shares[holder] = shares.get(holder, 0) + count
    most = max(shares.values(), default=0)
    inside = {holder for holder, share in shares.items() if share >= PROSE_SHARE * most}
    at = depths(inside)
    deepest = max(inside, key=lambda holder: at[holder], default=None)
    return {
        index
        for index, piece in enumerate(found)
        if (deepest is None or deepest in holders[index]) and not _leads_elsewhere(piece, holders[index])
    }


def _leads_elsewhere(piece: Piece, holders: Sequence[etree._Element]) -> bool:
    is_link = piece.link_chars > LINKED_SHARE * len(piece.block.text)
    return any(holder.tag in WAYS for holder in holders) or (
        is_link and len(piece.block.text.split()) < PROSE_MIN_WORDS
    )
