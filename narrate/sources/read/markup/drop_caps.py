"""Joins a first letter that is printed large to the word it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import html

from narrate.sources.read.class_names import is_called
from narrate.sources.read.shown.elements import BREAKING
from narrate.sources.read.shown.flat_text import flat_text

# One letter, and the mark of a quotation that begins with it.
_CAP = re.compile(r"\s*([“\"'‘«„‚¿¡(]?\s?[^\W\d_])\s*")
# Between a letter and its word, or the beginning of the paragraph, there are no more elements than that.
STEPS_MAX = 12
_HOLDERS = ("span", "div", "p", "b", "strong", "big", "font", "i", "em", "img", "figure", "small")
# Letters that are words by themselves in the languages that are spoken.
_WORDS = frozenset("AIOÀEYUÈÓÉaioàeyu")
_CONSONANT = re.compile(r"[bcdfghjklmnpqrstvwxz]\b", re.IGNORECASE)


def join_drop_caps(root: html.HtmlElement) -> None:
    """Put every drop cap into the text of its word: an element, a block or an image of its own, shown or only read.

    Call it before what is hidden is taken out: of a letter that is there for the eye and again for the ear, one stays.
    """
    for element in [found for found in root.iter(*_HOLDERS) if _is_alone(found)]:
        if element.getparent() is not None and (cap := _letter(element)) and _begins_block(element):
            _join(element, cap)


def _is_alone(element: html.HtmlElement) -> bool:
    """Tell whether an element may be a cap; what holds one that has a mark of its own is left to that one."""
    return not len(element) or (len(element) == 1 and element.tag in BREAKING and element[0].tag == "img")


def _letter(element: html.HtmlElement) -> str | None:
    """Return the letter that an element shows, or None where it shows anything else."""
    image = element if element.tag == "img" else next(element.iter("img"), None)
    found = _CAP.fullmatch((image.get("alt") or "") if image is not None else element.text or "")
    return found[1].replace(" ", "") if found else None


def _join(element: html.HtmlElement, cap: str) -> None:
    after = next(_texts_after(element), None)
    if after is None:
        return
    node, where, is_apart, is_block_end = after
    text = (node.tail if where == "tail" else node.text) or ""
    is_copy = text.strip() == cap and "true" in (element.get("aria-hidden"), node.get("aria-hidden"))
    if where == "text" and (is_copy or (is_called(node, "shown.heard") and text.strip().startswith(cap))):
        node.attrib.clear()  # neither hidden nor for readers of screens alone: it is the only one now
        element.drop_tree()
    elif _continues(element, cap, text.lstrip(), is_apart or text[:1].isspace(), is_block_end):
        joined = cap + text.lstrip()
        if node is element:
            element.tail = joined
        else:
            element.tail = None
            setattr(node, where, joined)
        element.drop_tree()


def _continues(element: html.HtmlElement, cap: str, text: str, is_apart: bool, is_block_end: bool) -> bool:
    """Tell whether a text goes on with the word that a letter begins."""
    if not text[:1].isalpha() and text[:1] not in {"'", "’"}:
        return False
    is_marked = any(is_called(holder, "markup.drop_caps") for holder in _holders(element))
    is_image = element.tag == "img" or len(element) > 0
    is_lower = text[0].islower() or text[0] in {"'", "’"}
    if is_block_end:  # "A" above "the river" may be an answer to choose
        return (is_lower and (is_marked or is_image)) or (is_marked and text[:2].isupper())
    if is_apart:
        is_word = cap[-1] in _WORDS and not _CONSONANT.match(text)
        return is_marked and not is_word and (is_lower or text[:2].isupper() or len(text.split(maxsplit=1)[0]) == 1)
    return is_lower or is_marked


def _holders(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    yield element
    yield from element.iterchildren("img")
    parent = element.getparent()
    is_alone = element.getprevious() is None and element.getnext() is None and not (element.tail or "").strip()
    if parent is not None and is_alone and not (parent.text or "").strip():
        yield parent


def _begins_block(element: html.HtmlElement) -> bool:
    """Tell whether nothing is before an element in its paragraph."""
    node = element
    while node.tag not in BREAKING:
        before = list(islice(node.itersiblings(preceding=True), STEPS_MAX))
        if len(before) == STEPS_MAX or any(flat_text(one) or (one.tail or "").strip() for one in before):
            return False
        node = node.getparent()
        if node is None or (node.text or "").strip():
            return node is None
    return True


def _texts_after(element: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str, bool, bool]]:
    """Yield the texts that follow an element: node, "text" or "tail", apart by white space, in another block."""
    is_apart, is_block_end = False, element.tag in BREAKING
    node, where = element, "tail"
    for _ in range(STEPS_MAX):
        text = getattr(node, where) or ""
        if text.strip():
            yield node, where, is_apart, is_block_end
            return
        is_apart = is_apart or bool(text)
        step = _next(node, where)
        if step is None:
            return
        node, where, is_break = step
        is_block_end = is_block_end or is_break


def _next(node: html.HtmlElement, where: str) -> tuple[html.HtmlElement, str, bool] | None:
    """The place of the text that comes next, and whether a block begins or ends before it."""
    follower = node[0] if where == "text" and len(node) else node.getnext() if where == "tail" else None
    if follower is not None:
        return (follower, "text", follower.tag in BREAKING) if isinstance(follower.tag, str) else None
    if where == "text":
        return node, "tail", node.tag in BREAKING
    parent = node.getparent()
    return None if parent is None else (parent, "tail", parent.tag in BREAKING)
