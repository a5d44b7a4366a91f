"""Front and back matter of books: title page, contents, index and the like, told by name and by shape."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from functools import cache

from narrate.core.article import Block
from narrate.core.resources import packaged_table
from narrate.sources.read.characters import bare
from narrate.sources.read.html_blocks import Piece

# A list of chapters is made of links, and a page about rights is short.
LINKED_SHARE = 0.6
LINKS_MIN = 4
RIGHTS_MAX_WORDS = 600
ADVERTISEMENT_MAX_WORDS = 1_500
PLEA_MAX_WORDS = 150
TITLE_MAX_WORDS = 40

_RIGHTS = re.compile(
    r"©|\(c\) ?\d{4}|all rights reserved|\bISBN\b|alle rechte vorbehalten|tous droits réservés"
    r"|todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados",
    re.IGNORECASE,
)
# A plea names a place on the web, a shop, or a gift.
_ADDRESSED = re.compile(r"\w\.\w{2,}/|\bwww\.|\b(?:amazon|goodreads|free|kostenlos|gratis|gratuit\w*)\b", re.IGNORECASE)


def matter_of_type(epub_type: str) -> str | None:
    """Return what a value of `epub:type`, or of a guide, says that is not read: "contents"; None for text."""
    types: Mapping[str, str] = packaged_table("narrate.sources.read.documents.epub", "matter.toml")["types"]
    return next((types[name] for name in epub_type.lower().split() if name in types), None)


def matter_of_frame(names: Sequence[str]) -> str | None:
    """Return what an element's id and classes say that is not read."""
    return next((kind for kind, frames in _table()["frames"].items() if not set(names).isdisjoint(frames)), None)


def matter_of_file(pieces: Sequence[Piece], title: str | None, known: Sequence[str | None]) -> str | None:
    """Tell what a file of a book is if it is not read, by its name and by its shape.

    Args:
        pieces: Its text.
        title: What the navigation calls it.
        known: Title and author of the book.
    """
    blocks = [piece.block for piece in pieces if piece.block.kind != "image"]
    heading = next((block.text for block in blocks if block.kind == "heading"), None)
    for name in (title, heading):
        if name and (kind := _headings().get(bare(name))):
            return kind
    names = [bare(name) for name in (title, heading) if name]
    words = sum(len(block.text.split()) for block in blocks)
    linked = [piece for piece in pieces if piece.link_chars]
    if len(linked) >= LINKS_MIN and _link_share(pieces) >= LINKED_SHARE:
        return "contents"
    if words <= ADVERTISEMENT_MAX_WORDS and (kind := _kind_by_beginning(names, known)):
        return kind
    if words <= PLEA_MAX_WORDS and (kind := _kind_by_plea(blocks)):
        return kind
    if title is None and words <= RIGHTS_MAX_WORDS and any(_RIGHTS.search(block.text) for block in blocks):
        return "copyright"
    return "title-page" if title is None and words <= TITLE_MAX_WORDS and _names_book(blocks, known) else None


def matter_of_path(path: str) -> str | None:
    """Return what a file of a book is by its own name if that is not read: "cover" for OEBPS/cover.xhtml."""
    return _headings().get(bare(posixpath.splitext(posixpath.basename(path))[0]))


def _kind_by_beginning(names: Sequence[str], known: Sequence[str | None]) -> str | None:
    """Return what a page is by the first words of its heading."""
    filled = [bare(one) for one in known if one]
    for kind, beginnings in _table()["beginnings"].items():
        for beginning in beginnings:
            before, mark, after = beginning.partition("{known}")
            wanted = [bare(before) + one + bare(after) for one in filled] if mark else [bare(before)]
            if any(name.startswith(tuple(wanted)) for name in names if wanted):
                return kind
    return None


def _kind_by_plea(blocks: Sequence[Block]) -> str | None:
    """Return what a short page is that asks its reader for a review, or for an address to write to."""
    text = " ".join(block.text for block in blocks)
    for kind, pleas in _table()["pleas"].items():
        if any(re.search(plea, text, re.IGNORECASE) for plea in pleas) and _ADDRESSED.search(text):
            return kind
    return None


def _link_share(pieces: Sequence[Piece]) -> float:
    chars = sum(len(piece.block.text) for piece in pieces)
    return sum(piece.link_chars for piece in pieces) / chars if chars else 0.0


def _names_book(blocks: Sequence[Block], known: Sequence[str | None]) -> bool:
    """Tell whether a short page begins with the book's title and says nothing in sentences."""
    said = bare(" ".join(block.text for block in blocks))
    is_titled = bool(known and known[0] and bare(known[0])[:40] in said)
    return is_titled and not any(len(block.text.split()) > 12 and block.text.endswith(".") for block in blocks)


@cache
def _headings() -> Mapping[str, str]:
    return {bare(name): kind for kind, names in _table()["headings"].items() for name in names}


def _table() -> Mapping[str, Mapping[str, list[str]]]:
    return packaged_table("narrate.sources.read.documents.epub", "matter.toml")
