"""Takes out quotes that only repeat, in large letters, what the text says anyway."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html

from narrate.core.article import Drop
from narrate.sources.read.characters import bare
from narrate.sources.read.class_names import is_called
from narrate.sources.read.markup.removal import taken_out
from narrate.sources.read.shown.flat_text import flat_text

RULE = "pull-quote"

_PLACES = ("blockquote", "aside", "figure", "q", "div", "p", "section")
_QUOTING = frozenset({"blockquote", "aside", "q"})
# What is called a pull quote may be short; a quote that is said again elsewhere may be meant.
PULLED_MIN_WORDS, QUOTE_MIN_WORDS = 3, 8
QUOTES_MAX = 60
# Beside a name, a line is most of its quote.
LINE_SHARE = 0.6


def remove_pull_quotes(root: html.HtmlElement) -> list[Drop]:
    """Take out quotes whose words stand in a paragraph of the page as well, so that they are said once; return them."""
    quotes = [quote for quote in root.iter(*_PLACES) if _min_words(quote)][:QUOTES_MAX]
    if not quotes:
        return []
    said = {quote: lines for quote in quotes if (lines := list(_said(quote)))}
    if not said:
        return []
    inside = {inner for quote in quotes for inner in quote.iter()}
    text = "\n".join(bare(flat_text(one)) for one in root.iter("p", "li") if one not in inside)
    repeated = [quote for quote, lines in said.items() if any(line in text for line in lines)]
    return taken_out(repeated, RULE, "its words stand in the text as well")


def _min_words(element: html.HtmlElement) -> int:
    """Return how many words a quote needs to be one that may repeat others; 0 for what is no quote."""
    if element.get("role") == "doc-pullquote" or is_called(element, "markup.pull_quotes"):
        return PULLED_MIN_WORDS
    return QUOTE_MIN_WORDS if element.tag in _QUOTING else 0


def _said(quote: html.HtmlElement) -> Iterator[str]:
    """The quote's words: all of them, and those of its longest line, beside which a name may stand."""
    whole = flat_text(quote)
    lines = [flat_text(one) for one in quote.iter("p", "q", "span", "div", "blockquote") if one is not quote]
    longest = max(lines, key=len, default="")
    for line in [whole, longest] if len(longest) >= LINE_SHARE * len(whole) else [whole]:
        if len(line.split()) >= _min_words(quote):
            yield bare(line)
