"""A page made ready for the choice: parsed, its own data gathered, what is not shown taken out, its markup settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree, html

from narrate.core.article import Drop, Metadata
from narrate.core.errors import SourceError
from narrate.sources.read.choosing.features import Page
from narrate.sources.read.html_tree import ELEMENTS_MAX, parse_html
from narrate.sources.read.markup.drop_caps import join_drop_caps
from narrate.sources.read.markup.page_formulas import speak_formulas
from narrate.sources.read.markup.settle import settle_markup
from narrate.sources.read.page_data import PageData, metadata, page_data
from narrate.sources.read.shown.unspoken import remove_unspoken
from narrate.sources.read.state.payloads import script_texts
from narrate.sources.read.state.stated_body import body_blocks
from narrate.sources.read.word_processors import name_by_style

_DESCRIPTIONS = ("description", "og:description", "twitter:description")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page before its article is chosen.

    Attributes:
        root: All that is shown, as elements.
        data: What the page states about itself.
        meta: What follows from it for the article.
        scripts: Data for the page's script, each with where it was.
        stated: What the page says of itself, as the choice asks for it.
        elements: All of them. While somebody holds them lxml does not make them anew, each at a look-up of its class:
            27,000 of a page's 1,500, and a tenth of the time that a page takes.
        drops: What was taken out of it that no author put there.
    """

    root: html.HtmlElement
    data: PageData
    meta: Metadata
    scripts: Sequence[tuple[str, str]]
    stated: Page
    elements: Sequence[etree._Element]
    drops: tuple[Drop, ...]


def prepared(text: str, *, url: str | None = None, name: str = "the page") -> Prepared | None:
    """Make a page ready for the choice; None where there is nothing in it.

    Args:
        text: The page.
        url: Where it came from.
        name: What to call the page in an error.

    Raises:
        SourceError: The page has more than ELEMENTS_MAX elements.
    """
    root = parse_html(text)
    if root is None:
        return None
    elements = list(root.iter())
    if len(elements) > ELEMENTS_MAX:
        message = f"{name} has more than {ELEMENTS_MAX:,} elements, and no article is so large"
        raise SourceError(message, "save the article's text to a .txt file")
    name_by_style(root)
    data, scripts = page_data(root, url), script_texts(root)
    meta = metadata(root, data)
    drops = settled(root, meta.language)
    return Prepared(root, data, meta, scripts, _stated(data, meta), elements, drops)


def settled(root: html.HtmlElement, language: str | None, *, is_book: bool = False) -> tuple[Drop, ...]:
    """Take out what is not shown and put what is into the elements that say what it is; return what was taken out.

    Args:
        root: All of the page. The caller holds its elements meanwhile (Prepared.elements).
        language: Its language, for formulas.
        is_book: It is a part of a document, see settle_markup.
    """
    speak_formulas(root, language)
    join_drop_caps(root)
    remove_unspoken(root)
    return settle_markup(root, is_book=is_book)


def _stated(data: PageData, meta: Metadata) -> Page:
    described = tuple(text for name in _DESCRIPTIONS for text in data.meta.get(name, ())[:1])
    body = " ".join(block.text for block in body_blocks(data.node.get("articleBody")))
    return Page(meta.title, described, body, meta.language, meta.author)
