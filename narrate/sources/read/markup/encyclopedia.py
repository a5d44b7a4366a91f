"""Takes out what an encyclopedia puts around its articles: buttons, boxes of links, coordinates, lists to look up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree, html

from narrate.core.article import Block, Drop
from narrate.sources.read.characters import tidy
from narrate.sources.read.class_names import is_called
from narrate.sources.read.markup.removal import taken_out
from narrate.sources.read.markup.short_texts import ShortTexts
from narrate.sources.read.plain_text.wikipedia import (
    MARK_RULE,
    REFERENCES_RULE,
    RULE,
    is_apparatus,
    is_contents,
    is_frame,
    without_edit,
    without_marks,
)
from narrate.sources.read.shown.flat_text import flat_text

# A paragraph of so many words is read, whatever it stands under.
PROSE_MIN_WORDS = 12
# Buttons behind headings make an encyclopedia of a page that does not say so.
EDITS_MIN = 2

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LINES = ("p", "div", "span", "li")
_TEXTS = ("p", "li", "dd", "td", "th", "figcaption", "blockquote", "b", "i", "a", "em", "strong", "span")
_COORDINATES = re.compile(
    r"(?:coordinates|koordinaten|coordonnées|coordenadas|coordinate|координаты)\s*:?\s*\W{0,3}\d.{0,80}", re.IGNORECASE
)
_MENTIONED = re.compile(r"^mediawiki|^dokuwiki|^xwiki", re.IGNORECASE)


def remove_apparatus(root: html.HtmlElement) -> list[Drop]:
    """Take out of an encyclopedia's page what no reader hears: what its classes name, and lists under known headings.

    Buttons to edit and marks of notes leave the texts that they stand in. Other pages are left as they are.

    Returns:
        What was taken out, each with what it was.
    """
    if not is_encyclopedia(root):
        return []
    drops = taken_out(_named(root, "markup.references"), REFERENCES_RULE, "references")
    drops += taken_out(_named(root, "markup.wiki_frame"), RULE, "a box or a button around the article")
    drops += _cleared_texts(root)
    page = ShortTexts(root)
    drops += taken_out(_frame_lines(page), RULE, "a line around the article")
    return drops + taken_out(_sections(page), REFERENCES_RULE, "a list to look things up in")


def is_encyclopedia(root: html.HtmlElement) -> bool:
    """Tell whether a wiki's program made a page: by what it says of itself, its classes, or buttons behind headings."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "generator" and _MENTIONED.search(meta.get("content") or ""):
            return True
    if any(is_called(one, "markup.wiki", ("class", "id")) for one in root.iter("body", "main", "div")):
        return True
    texts = (flat_text(heading) for heading in root.iter(*_HEADINGS))
    return sum(without_edit(text) != text.rstrip() for text in texts) >= EDITS_MIN


def _named(root: html.HtmlElement, kind: str) -> Iterator[html.HtmlElement]:
    return (
        one
        for one in root.iter(etree.Element)
        if one.tag not in {"body", "html"} and is_called(one, kind, ("class", "id"))
    )


def _cleared_texts(root: html.HtmlElement) -> list[Drop]:
    """Take buttons out of headings, and marks out of sentences."""
    for heading in root.iter(*_HEADINGS):
        _each_text(heading, without_edit)
    marks: list[str] = []

    def cleared(text: str) -> str:
        plain, taken = without_marks(without_edit(text)) if "[" in text else (text, "")
        marks.extend([taken] if taken else [])
        return plain

    for element in root.iter(*_TEXTS):
        element.text = cleared(element.text) if element.text else element.text
        for child in element:
            child.tail = cleared(child.tail) if child.tail else child.tail
    return [Drop(Block("paragraph", tidy(mark)), MARK_RULE, "marks of notes") for mark in marks]


def _each_text(element: html.HtmlElement, change: Callable[[str], str]) -> None:
    for inner in element.iter(etree.Element):
        inner.text = change(inner.text) if inner.text else inner.text
        if inner is not element and inner.tail:
            inner.tail = change(inner.tail)


def _frame_lines(page: ShortTexts) -> Iterator[html.HtmlElement]:
    for element in page.root.iter(*_LINES):
        line = page.line(element)
        if line and (is_frame(line) or _COORDINATES.fullmatch(line)):
            yield element


def _sections(page: ShortTexts) -> Iterator[html.HtmlElement]:
    """Yield headings of what is looked up, each with all up to the next heading of its level, if that is no prose."""
    for heading in page.root.iter(*_HEADINGS):
        name = page.line(heading)
        if not is_apparatus(name) and not is_contents(name):
            continue
        top = _whole(heading, page)
        below = list(_below(top, int(heading.tag[1])))
        if not any(_is_prose(one) for part in below for one in part.iter("p")):
            yield from (top, *below)


def _whole(heading: html.HtmlElement, page: ShortTexts) -> html.HtmlElement:
    """Return the largest element around a heading that holds no other words."""
    text, top = page.line(heading), heading
    while (around := top.getparent()) is not None and around.tag not in {"body", "main"} and page.line(around) == text:
        top = around
    return top


def _below(top: html.HtmlElement, level: int) -> Iterator[html.HtmlElement]:
    for sibling in top.itersiblings():
        first = next(sibling.iter(*_HEADINGS), None)
        if first is not None and int(first.tag[1]) <= level:
            return
        yield sibling


def _is_prose(paragraph: html.HtmlElement) -> bool:
    text = flat_text(paragraph)
    links = sum(len(flat_text(link)) for link in paragraph.iter("a"))
    return len(text.split()) >= PROSE_MIN_WORDS and 2 * links < len(text) and text.endswith((".", "!", "?"))
