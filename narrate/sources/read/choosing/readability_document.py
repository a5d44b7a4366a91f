"""Readability's own steps, taken in less time over a page that is parsed and stripped already.

The library (readability-lxml 0.9) is made for pages as they are sent: it cleans them of scripts and styles first, and
writes parts of the tree out again to see what is in them. Here each step has the same outcome, at a third of the cost;
tests/sources/read/choosing/test_readability_document.py holds both against each other.
"""

from __future__ import annotations

import copy
import re
from functools import lru_cache
from typing import TypedDict

from lxml import etree
from lxml.html import HtmlElement
from readability import Document
from readability.readability import REGEXES, clean

NAMES_KEPT = 4_096

_PARAGRAPHS = ("p", "pre", "td", "blockquote")
# What the library looks for in a division's source: what begins so is no part of a line.
_BLOCK_TAGS = ("blockquote", "dl", "div", "img", "ol", "p", "table", "ul")
_UNSEEN = frozenset({"script", "style", "link"})
_INLINE = frozenset({"a", "b", "cite", "code", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"})
_MANY_SPACES = re.compile(r"[\n\t]|\s\s")


class _Candidate(TypedDict):
    """An element that may be the article, as the library keeps it."""

    content_score: float
    elem: HtmlElement


class ReadabilityDocument(Document):  # type: ignore[misc]
    """The library's document over a tree that is left as it is."""

    html: HtmlElement

    def _parse(self, input: HtmlElement) -> HtmlElement:
        """Return a copy of the page without what a reader cannot see."""
        self.encoding = "utf-8"
        root = copy.deepcopy(input)
        for element in root.xpath("//*[@hidden or @style] | //script | //style | //link"):
            if "style" not in element.attrib or "hidden" in element.attrib or _is_not_displayed(element):
                element.drop_tree()
        etree.strip_attributes(root, "style")
        return root

    def remove_unlikely_candidates(self) -> None:
        """Take out elements whose names say that no article is in them."""
        for element in self.html.findall(".//*"):
            if not element.attrib or not _is_unlikely(f"{element.get('class', '')} {element.get('id', '')}"):
                continue
            is_kept = element.tag == "body" or element.xpath(
                "ancestor-or-self::pre | ancestor-or-self::code | descendant-or-self::main | "
                "descendant-or-self::article | descendant-or-self::math"
            )
            if not is_kept:
                element.drop_tree()

    def transform_misused_divs_into_paragraphs(self) -> None:
        """Make a paragraph of each division without blocks in it, and of each run of text beside blocks."""
        holding = _holding_blocks(self.html)
        for element in self.html.findall(".//div"):
            if element not in holding:
                element.tag = "p"
        for element in self.html.findall(".//div"):
            _wrap_runs(element, holding)

    def score_paragraphs(self) -> dict[HtmlElement, _Candidate]:
        """Return the elements around paragraphs, each with how much text and how few links are in it."""
        candidates: dict[HtmlElement, _Candidate] = {}
        for element in self.tags(self.html, *_PARAGRAPHS):
            text = _clean(element.text_content() or "") if element.getparent() is not None else ""
            if len(text) < self.min_text_length:
                continue
            score = 1 + len(text.split(",")) + min(len(text) / 100, 3)
            parent = element.getparent()
            for around, share in ((parent, score), (parent.getparent(), score / 2.0)):
                if around is not None:
                    if around not in candidates:
                        candidates[around] = self.score_node(around)
                    candidates[around]["content_score"] += share
        lengths: dict[HtmlElement, int] = {}
        for element, candidate in candidates.items():
            links = sum(_length(link, lengths) for link in element.iterfind(".//a"))
            candidate["content_score"] *= 1 - links / max(_length(element, lengths), 1)
        return candidates


def _is_not_displayed(element: HtmlElement) -> bool:
    return element.tag in _UNSEEN or bool(REGEXES["displayNoneRe"].search(element.get("style")))


@lru_cache(NAMES_KEPT)
def _is_unlikely(names: str) -> bool:
    is_said = bool(REGEXES["unlikelyCandidatesRe"].search(names))
    return is_said and not REGEXES["okMaybeItsACandidateRe"].search(names)


def _holding_blocks(root: HtmlElement) -> set[HtmlElement]:
    """Return the elements that hold blocks, however deep."""
    found: set[HtmlElement] = set()
    for element in root.iter(etree.Element):
        if element.tag.startswith(_BLOCK_TAGS):
            for around in element.iterancestors():
                if around in found:
                    break
                found.add(around)
    return found


def _wrap_runs(division: HtmlElement, holding: set[HtmlElement]) -> None:
    children, paragraph = list(division), None
    if division.text and division.text.strip():
        paragraph = division.makeelement("p")
        paragraph.text, division.text = division.text, None
        division.insert(0, paragraph)
    for child in children:
        if child.tag not in _INLINE or child in holding:
            paragraph = None
            continue
        if paragraph is None:
            paragraph = division.makeelement("p")
            child.addprevious(paragraph)
        paragraph.append(child)
    for child in reversed(list(division)):
        if child.tail and child.tail.strip():
            behind = division.makeelement("p")
            behind.text, child.tail = child.tail, None
            child.addnext(behind)
        if child.tag == "br":
            child.drop_tree()


def _length(element: HtmlElement, lengths: dict[HtmlElement, int]) -> int:
    if element not in lengths:
        lengths[element] = len(_clean(element.text_content() or ""))
    return lengths[element]


def _clean(text: str) -> str:
    """Return what the library's `clean` does; most texts have no spaces to be put together."""
    return str(clean(text)) if _MANY_SPACES.search(text) else text.strip()
