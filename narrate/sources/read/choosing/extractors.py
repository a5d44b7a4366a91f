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
# Trafilatura compares its choice with others where it found little, or far less than they, or something else; so many
# letters are enough, so much of what readability found is near it, and so much of both in common is the same.
FOUND_MIN_CHARS = 250
FOUND_SHARE = 2 / 3
SAME_SHARE = 0.7
# Below so many letters, and such a share of the page's, it tries once more in another way.
SHORT_CHARS = 3_000
SHORT_SHARE = 0.25

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
    if size > FULL_MAX_SIZE:
        return {"usual": texts.chosen(_lines(_trafilatura(page, is_fast=True)))}
    other = _readability(page)
    said = texts.chosen(other)
    usual = _usual(page, texts, said, sum(map(len, other)))
    return {"usual": usual, "readability": said}


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


def _usual(page: html.HtmlElement, texts: PieceTexts, other: set[int], other_chars: int) -> set[int]:
    """Return the pieces of trafilatura's choice, compared with those of others where it might be replaced by them.

    The comparison is half of its time, as it runs a readability of its own; and it keeps the choice that it had
    wherever another is much the same, which is seen by ours beforehand.

    Args:
        page: The parsed page.
        texts: What its pieces say.
        other: The pieces that readability chose.
        other_chars: How much text that was.
    """
    if not _is_short(other_chars, page):
        found = _trafilatura(page, is_fast=True)
        if found is not None and _is_kept(found, other_chars, page):
            chosen = texts.chosen(_lines(found))
            if texts.letters(chosen & other) >= SAME_SHARE * texts.letters(chosen | other):
                return chosen
    return texts.chosen(_lines(_trafilatura(page, is_fast=False)))


def _is_short(chars: int, page: html.HtmlElement) -> bool:
    """Tell whether so many letters are little of what a page says; spaces that its source has do not count."""
    return chars < SHORT_CHARS and chars < SHORT_SHARE * sum(len(" ".join(text.split())) for text in page.itertext())


def _is_kept(found: etree._Element, other_chars: int, page: html.HtmlElement) -> bool:
    """Tell whether trafilatura keeps a choice of its own that it would compare with that of others."""
    chars = sum(map(len, found.itertext()))
    paragraphs = found.findall(".//p")
    is_text = any(one.text or len(one) for one in paragraphs) and len(found.findall(".//table")) <= len(paragraphs)
    is_enough = chars >= FOUND_MIN_CHARS and chars >= FOUND_SHARE * other_chars
    return is_text and is_enough and not _is_short(chars, page)


def _trafilatura(page: html.HtmlElement, *, is_fast: bool) -> etree._Element | None:
    """Return what trafilatura chose as an element; None where it finds nothing or fails."""
    import trafilatura

    try:
        # It works on a copy of its own. The format only keeps it from writing its choice out as text.
        found = trafilatura.bare_extraction(
            page, fast=is_fast, include_comments=False, include_formatting=True, output_format="xml"
        )
    except Exception:  # whatever goes wrong inside, there is other evidence
        return None
    return None if found is None or isinstance(found, dict) else found.body


def _lines(found: etree._Element | None) -> list[str]:
    return [] if found is None else ["".join(element.itertext()) for element in found]


def _readability(page: html.HtmlElement) -> list[str]:
    """Return the texts that readability chose; an empty list where it finds nothing or fails."""
    from narrate.sources.read.choosing.readability_document import ReadabilityDocument

    try:
        summary = ReadabilityDocument(page).summary(html_partial=True)
        root = html.fromstring(summary)
    except Exception:  # it raises what its parts raise; there is other evidence
        return []
    return [piece.block.text for piece in pieces(root)]
