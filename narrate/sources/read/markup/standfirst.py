"""Finds the lines between a headline and the text that sum the article up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from lxml import etree

from narrate.core.article import Block
from narrate.sources.read.characters import bare
from narrate.sources.read.class_names import is_name

# So many pieces after the headline; between stand bylines, dates and buttons.
REACH_PIECES = 10
# Of so many headlines, one is the article's.
HEADLINES_MAX = 5
MIN_WORDS, MAX_WORDS = 4, 90
# A heading of so many words is a sentence.
SENTENCE_MIN_WORDS = 8
# Of a page's own description, letters and digits alone, so that "Contact us" is none.
DESCRIPTION_MIN_CHARS = 30

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAMED_BY = ("class", "id", "itemprop", "role", "data-testid", "data-component", "data-type")
_DESCRIBED_BY = (("name", "description"), ("property", "og:description"), ("name", "twitter:description"))


def standfirst_index(root: etree._Element, found: Sequence[tuple[Block, etree._Element]]) -> int | None:
    """Return which piece is the standfirst: it is called so, or it is the page's own description; None without one.

    Args:
        root: The page.
        found: Its pieces and their elements, in reading order.
    """
    described = _descriptions(root)
    headlines = (place for place, (block, _) in enumerate(found) if block.kind == "heading" and block.level == 1)
    for start in islice(headlines, HEADLINES_MAX):
        for index in range(start + 1, min(start + 1 + REACH_PIECES, len(found))):
            if _is_standfirst(*found[index], described):
                return index
    return None


def _is_standfirst(block: Block, element: etree._Element, described: Sequence[str]) -> bool:
    words = len(block.text.split())
    if block.kind not in {"paragraph", "heading", "quote"} or not MIN_WORDS <= words <= MAX_WORDS:
        return False
    return _is_called_so(element) or _is_described(bare(block.text), described) or _ends_header(element, words)


def _ends_header(element: etree._Element, words: int) -> bool:
    """Tell whether it is a sentence in large letters that shares its box with the headline alone."""
    before, around = element.getprevious(), element.getparent()
    is_under = before is not None and before.tag == "h1" and around is not None and around.tag in {"header", "hgroup"}
    return is_under and (element.tag in {"h2", "h3", "h4"} or around.tag == "hgroup") and words >= SENTENCE_MIN_WORDS


def _is_called_so(element: etree._Element) -> bool:
    """Tell whether the element has such a name, or the one around it that holds nothing else."""
    around = element.getparent()
    is_alone = element.getprevious() is None and element.getnext() is None
    named = [element, around] if around is not None and is_alone and not (around.text or "").strip() else [element]
    names = (_CAMEL.sub("-", one.get(name) or "") for one in named for name in _NAMED_BY)
    return any(is_name(name, "markup.standfirsts") for name in names)


def _is_described(text: str, described: Sequence[str]) -> bool:
    if len(text) < DESCRIPTION_MIN_CHARS:
        return False
    return any(text.startswith(one) or one.startswith(text) for one in described)


def _descriptions(root: etree._Element) -> list[str]:
    """Return the page's descriptions of itself, letters and digits alone."""
    found = []
    for meta in root.iter("meta"):
        if any((meta.get(key) or "").lower() == name for key, name in _DESCRIBED_BY):
            found.append(bare(meta.get("content") or ""))
    return [text for text in found if len(text) >= DESCRIPTION_MIN_CHARS]
