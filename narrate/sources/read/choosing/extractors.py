"""Libraries that look for the article of a page: their choices are evidence for ours."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from lxml import etree, html

from narrate.sources.read.bounds import for_extractors
from narrate.sources.read.choosing.holders import depths
from narrate.sources.read.choosing.matching import PieceTexts
from narrate.sources.read.html_blocks import Piece, pieces

# Elements that a very long article has: of 711 pages the largest has 5,000. Many more would take the libraries minutes.
FULL_MAX_SIZE = 8_000
FAST_MAX_SIZE = 16_000
# Text counts as well: so many characters weigh as much as an element. And as the libraries read it again for each
# element around it, so do so many of those: pages have 200,000 at the median, and 2,000,000 at most.
ELEMENT_CHARS = 40
NESTED_CHARS = 500
# Less deep, a page has no more of them than its text's length says.
DEEP = 40

_IS_DEEP = etree.XPath("boolean(/" + "*/" * DEEP + "*)")

for _name in ("trafilatura", "readability", "htmldate", "justext", "charset_normalizer"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def extractors_choices(page: html.HtmlElement, found: Sequence[Piece]) -> dict[str, set[int]]:
    """Return for each library that was asked the indices of the pieces that it chose.

    Large pages are asked about in less depth, very large ones not at all.

    Args:
        page: The parsed page, with nothing in it that is not shown.
        found: All its pieces.
    """
    size = _size(page)
    if size > FAST_MAX_SIZE:
        return {}
    page = for_extractors(page)
    texts = PieceTexts(found)
    choices = {"usual": texts.chosen(_trafilatura(page, is_fast=size > FULL_MAX_SIZE))}
    if size <= FULL_MAX_SIZE:
        choices["readability"] = texts.chosen(_readability(page))
    return choices


def _size(page: html.HtmlElement) -> int:
    """Return how much of a page there is to read through."""
    chars = sum(map(len, page.itertext()))
    size = max(sum(1 for _ in page.iter()), chars // ELEMENT_CHARS)
    is_flat = chars * DEEP <= FULL_MAX_SIZE * NESTED_CHARS and not _IS_DEEP(page)
    return size if is_flat else max(size, _nested_chars(page) // NESTED_CHARS)


def _nested_chars(page: html.HtmlElement) -> int:
    """Return the length of the text of all elements together, each with all that is in it."""
    at = depths(page.iter())
    inside = sum(depth * len(element.text or "") for element, depth in at.items())
    return inside + sum((depth - 1) * len(element.tail or "") for element, depth in at.items())


def _trafilatura(page: html.HtmlElement, *, is_fast: bool) -> list[str]:
    """Return trafilatura's choice as lines of text; an empty list where it finds nothing or fails."""
    import trafilatura

    try:
        # It works on a copy of its own. The format only keeps it from writing its choice out as text.
        found = trafilatura.bare_extraction(
            page, fast=is_fast, include_comments=False, include_formatting=True, output_format="xml"
        )
    except Exception:  # whatever goes wrong inside, there is other evidence
        return []
    if found is None or isinstance(found, dict) or found.body is None:
        return []
    return ["".join(element.itertext()) for element in found.body]


def _readability(page: html.HtmlElement) -> list[str]:
    """Return the texts that readability chose; an empty list where it finds nothing or fails."""
    from narrate.sources.read.choosing.readability_document import ReadabilityDocument

    try:
        summary = ReadabilityDocument(page).summary(html_partial=True)
        root = html.fromstring(summary)
    except Exception:  # it raises what its parts raise; there is other evidence
        return []
    return [piece.block.text for piece in pieces(root)]
