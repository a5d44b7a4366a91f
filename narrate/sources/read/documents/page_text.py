"""All the text of a page that is a document, or part of one: nothing is chosen, what is not shown is not read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import html

from narrate.core.article import Drop
from narrate.core.errors import SourceError
from narrate.sources.read.choosing.choice import everything
from narrate.sources.read.html_blocks import Piece
from narrate.sources.read.html_tree import ELEMENTS_MAX, parse_html
from narrate.sources.read.prepared import settled


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page.

    Attributes:
        pieces: What is read, in order.
        drops: What a document's own marks say is not, and what no author put between paragraphs.
        root: The page's elements. While somebody holds them, pieces have the elements they came from.
    """

    pieces: tuple[Piece, ...]
    drops: tuple[Drop, ...] = ()
    root: html.HtmlElement | None = None


def blocks_of_page(
    text: str, language: str | None, settle: Callable[[html.HtmlElement], Sequence[Drop]] = lambda root: ()
) -> PageText:
    """Read all that a page shows.

    Args:
        text: The page.
        language: The document's, for formulas.
        settle: Puts the document's own marks in their place, before anything else is, and returns what it took out.

    Raises:
        SourceError: It has more elements than any chapter.
    """
    # Each has a tag at its beginning and mostly one at its end.
    if text.count("<") > 2 * ELEMENTS_MAX:
        message = f"a text in the document has more than {ELEMENTS_MAX:,} elements, and no chapter is so large"
        raise SourceError(message, "split it into several files")
    root = parse_html(text)
    if root is None:
        return PageText(())
    # Held until all is done: lxml makes elements anew that nobody holds.
    elements = list(root.iter())
    drops = tuple(settle(root))
    drops += settled(root, language, is_book=True)
    found = PageText(everything(root).pieces, drops, root)
    del elements
    return found
