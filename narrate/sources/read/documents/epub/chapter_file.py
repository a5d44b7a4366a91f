"""One text file of a book: its pieces in reading order, what in it is not read, and where chapters begin."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree, html

from narrate.core.article import Block, Drop
from narrate.sources.read.documents.epub.looks import Look, name_headings
from narrate.sources.read.documents.epub.matter import matter_of_frame, matter_of_type
from narrate.sources.read.documents.page_text import blocks_of_page
from narrate.sources.read.html import decode_page
from narrate.sources.read.html_blocks import Piece
from narrate.sources.read.shown.flat_text import flat_text
from narrate.sources.read.shown.moves import drop

# Roles of ARIA for what EPUB calls by names of its own (https://www.w3.org/TR/dpub-aria-1.1/).
_ROLES: Mapping[str, str] = {
    "noteref": "doc-noteref",
    "annoref": "doc-noteref",
    "backlink": "doc-backlink",
    "footnote": "doc-footnote",
    "note": "doc-footnote",
    "rearnote": "doc-footnote",
    "endnote": "doc-footnote",
    "footnotes": "doc-endnotes",
    "endnotes": "doc-endnotes",
    "rearnotes": "doc-endnotes",
}
# Where a chapter begins is kept in the tree while other elements come and go.
_PLACE = "data-narrate-place"
# An element that is closed in its own tag, and those that are so in HTML as well
# (https://html.spec.whatwg.org/multipage/syntax.html#void-elements).
_CLOSED = re.compile(
    r"""<(?P<name>[a-zA-Z][\w:.-]*+)(?P<rest>(?:\s++[\w:.-]++(?:\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'))?)*+)\s*+/>"""
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
# What is called contents is a list of links; else it is text.
_LINKED_SHARE = 0.5
# What stands where a page of the printed book began: "[Pg 12]", "xiv".
_PAGE_NUMBER = re.compile(r"\W*(?:(?:pg|page|p|s|seite)\W*)?(?:\d{1,4}|[ivxlc]{1,8})?\W*", re.IGNORECASE)
_HOLDERS = frozenset({"html", "body", "div", "section", "article", "main"})


@dataclass(frozen=True, slots=True)
class ChapterFile:
    """A text file of a book.

    Attributes:
        pieces: All that is read in it, or would be.
        drops: Parts of it that are not: page numbers, an index.
        places: For places of the file that were asked for, the index of the first piece there.
        kind: What the whole file is by its own word, if that is not read.
    """

    pieces: tuple[Piece, ...]
    drops: tuple[Drop, ...]
    places: Mapping[str, int]
    kind: str | None = None


def read_chapter_file(
    data: bytes, fragments: Collection[str], language: str | None, looks: Mapping[str, Look] | None = None
) -> ChapterFile:
    """Read a text file of a book.

    Args:
        data: XHTML, or HTML as careless makers write it.
        fragments: Ids of the places that the navigation leads to.
        language: The book's.
        looks: How its stylesheets show classes, for files whose headings are told by that alone.
    """
    wanted = frozenset(fragments)
    kinds: list[str | None] = []

    def settle(root: html.HtmlElement) -> Sequence[Drop]:
        body = root.find("body")
        kinds.append(matter_of_type(_type(body)) if body is not None else None)
        _mark_places(root, wanted)
        drops = tuple(_without_matter(root))
        _give_roles(root)
        name_headings(root, looks or {})
        return drops

    page = blocks_of_page(opened_tags(decode_page(data)), language, settle)
    places = dict(_places(page.root, page.pieces)) if page.root is not None else {}
    return ChapterFile(page.pieces, page.drops, places, next(iter(kinds), None))


def opened_tags(text: str) -> str:
    """Write XHTML as HTML has it: an element without content, such as <title/>, would have all that follows inside."""
    return _CLOSED.sub(
        lambda tag: tag[0] if tag["name"].lower() in _VOID else f"<{tag['name']}{tag['rest']}></{tag['name']}>", text
    )


def _type(element: etree._Element) -> str:
    return (element.get("epub:type") or "").lower()


def _mark_places(root: html.HtmlElement, fragments: frozenset[str]) -> None:
    """Note each place at the first element there that has text: anchors themselves are often empty."""
    waiting: list[str] = []
    for element in root.iter(etree.Element):
        waiting += {element.get("id"), element.get("name")} & fragments
        if waiting and ((element.text or "").strip() or element.tag == "img"):
            element.set(_PLACE, " ".join(waiting))
            waiting.clear()


def _without_matter(root: html.HtmlElement) -> Iterator[Drop]:
    """Take out parts that are no text of the book, by what they say they are."""
    gone: set[etree._Element] = set()
    for element in list(root.iter(etree.Element)):
        if element.tag in ("html", "body", "head") or not gone.isdisjoint(element.iterancestors()):
            continue
        names = [element.get("id") or "", *(element.get("class") or "").split()]
        kind = matter_of_type(_type(element)) or matter_of_frame(names)
        if kind is None and element.get("role") == "doc-pagebreak":
            kind = "page-number"
        is_named = not _type(element)
        if kind == "contents" and is_named and not _is_linked(element):
            continue
        if kind == "page-number" and is_named and not _PAGE_NUMBER.fullmatch(flat_text(element)):
            continue
        if kind and not _holds_text(element):
            if text := flat_text(element):
                yield Drop(Block("paragraph", text), kind)
            drop(element)
            gone.add(element)


def _holds_text(element: etree._Element) -> bool:
    """Tell whether chapters stand inside of what says that it is something else."""
    return any("chapter" in _type(inside) or "bodymatter" in _type(inside) for inside in element.iter(etree.Element))


def _is_linked(element: etree._Element) -> bool:
    """Tell whether most of an element's text leads elsewhere."""
    linked = sum(len(flat_text(link)) for link in element.iter("a") if link.get("href"))
    return linked >= _LINKED_SHARE * len(flat_text(element))


def _give_roles(root: html.HtmlElement) -> None:
    for element in root.iter(etree.Element):
        role = next((_ROLES[name] for name in _type(element).split() if name in _ROLES), None)
        if role and not element.get("role"):
            element.set("role", role)


def _places(root: html.HtmlElement, found: tuple[Piece, ...]) -> Iterator[tuple[str, int]]:
    """Yield each noted place with the index of the piece that begins there, or of the next one."""
    order = {element: index for index, element in enumerate(root.iter())}
    starts = [_start(piece, order) for piece in found]
    for element in root.iter(etree.Element):
        if names := element.get(_PLACE):
            at = _box_order(element, order)
            index = next((i for i, start in enumerate(starts) if start >= at), None)
            if index is not None:
                yield from ((name, index) for name in names.split())


def _start(piece: Piece, order: Mapping[etree._Element, int]) -> int:
    """Return where a piece begins; one of bare text in a holder has no place of its own, and begins nothing."""
    return -1 if piece.element.tag in _HOLDERS and len(piece.element) else order.get(piece.element, -1)


def _box_order(element: etree._Element, order: Mapping[etree._Element, int]) -> int:
    """Return the order of the paragraph or heading around a place."""
    while (parent := element.getparent()) is not None and parent.tag not in _HOLDERS:
        element = parent
    return order[element]
