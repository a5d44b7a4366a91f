"""Weighs what a page hides: the article behind a script that shows it, answers behind their questions, or a menu."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from lxml import etree

from narrate.sources.read.characters import bare
from narrate.sources.read.class_names import is_called
from narrate.sources.read.shown.elements import BREAKING, UNSPOKEN
from narrate.sources.read.shown.prose import lines, prose_words, sentence_words

# Less than that is a notice, be there as little else on the page as there may.
MOST_MIN_WORDS = 60
# A part that opens in an article has a sentence or two.
PART_MIN_WORDS = 15
# What is hidden within what is hidden, so many times, is not looked at.
NESTED_MAX = 8
# How many elements further up may say what a hidden one is.
AROUND = 4

_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WHOLE = frozenset({"html", "body", "main", "article"})
# May hold an article until a script shows it; scripts, pictures and frames never do.
_HOLDERS = frozenset({"template", "noscript", "dialog", "button"})
_FURNITURE = frozenset({"nav", "footer", "header", "aside", "form", "dialog", "menu"})
_CONTROLS = ("aria-controls", "data-target", "data-bs-target", "href")


def is_hidden(element: etree._Element) -> bool:
    """Tell whether an element says of itself that it is not shown, or not to everybody."""
    attributes = element.attrib
    if not attributes or element.tag in _WHOLE:
        return False
    if attributes.get("hidden", "until-found") != "until-found" or attributes.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN_STYLE.search(attributes.get("style", "")))


def opened_parts(root: etree._Element) -> set[str]:
    """Return the names of the elements that a page's buttons and tabs say they open."""
    return {
        name.removeprefix("#")
        for control in root.iter("a", "button", "div", "span", "li", "label")
        for attribute in _CONTROLS
        for name in (control.get(attribute) or "").split()
        if attribute != "href" or (name.startswith("#") and control.get("role") == "tab")
    }


def show_what_is_read(root: etree._Element, opened: Container[str]) -> None:
    """Show what is hidden where it has most of the page's prose, and where it opens inside the article.

    Nothing is shown that the page shows anyway, nor what no article is: consent, menus, search and the like.

    Args:
        root: The page.
        opened: What its buttons open.
    """
    hidden = list(_outermost(root))
    if not hidden:
        return
    shown = _Shown(root, hidden, opened)
    waiting = [(element, 0) for element in hidden[::-1]]
    while waiting:
        element, depth = waiting.pop()
        if depth <= NESTED_MAX and shown.takes(element):
            _show(element)
            waiting += [(inner, depth + 1) for child in element for inner in _outermost(child)][::-1]


class _Shown:
    """The part of a page that is shown so far: how much prose, which lines, and what its buttons open."""

    def __init__(self, root: etree._Element, hidden: list[etree._Element], opened: Container[str]) -> None:
        self._root, self._without = root, set(hidden)
        self.opened = opened
        self._words: int | None = None
        self._lines: set[str] = set()

    def takes(self, element: etree._Element) -> bool:
        """Tell whether to show an element, and count it in if so."""
        inner = {found for child in element for found in _outermost(child)}
        own = [(line, count) for line in lines(element, inner) if (count := sentence_words(line))]
        within = sum(map(prose_words, inner))
        # Most of what is hidden has too few words, whatever is shown; for the rest all that is shown is gone through.
        if within + sum(count for _, count in own) < PART_MIN_WORDS or _is_never(element):
            return False
        words_before = self._shown_words()
        fresh = {line: count for line, count in own if bare(line) not in self._lines}
        words = sum(count for line, count in own if line in fresh)
        whole = words + within
        is_most = whole >= MOST_MIN_WORDS and whole > words_before
        is_opened = element.tag not in _HOLDERS and whole >= PART_MIN_WORDS and self._is_opened(element)
        if not is_most and not is_opened:
            return False
        self._words = words_before + words
        self._lines.update(map(bare, fresh))
        return True

    def _shown_words(self) -> int:
        """Return how many words of prose are shown so far; their lines are known from then on."""
        if self._words is None:
            counts = [(line, count) for line in lines(self._root, self._without) if (count := sentence_words(line))]
            self._words = sum(count for _, count in counts)
            self._lines = {bare(line) for line, _ in counts}
        return self._words

    def _is_opened(self, element: etree._Element) -> bool:
        """Tell whether it opens among the words of the page: by a button that names it, or by what it is called."""
        if element.tag not in BREAKING or any(outer.tag in _FURNITURE for outer in element.iterancestors()):
            return False
        if element.get("role") == "tabpanel" or element.get("id") in self.opened:
            return True
        around = (element, *list(element.iterancestors())[:AROUND])
        return any(is_called(outer, "shown.opened", ("class", "id")) for outer in around if outer.tag not in _WHOLE)


def _is_never(element: etree._Element) -> bool:
    """Tell whether an element, one right around it, or all there is in it, is called by what no article is."""
    if element.get("role") in {"dialog", "alertdialog", "menu", "navigation", "search", "tooltip", "alert", "status"}:
        return True
    is_wrapper = len(element) == 1 and not f"{element.text or ''}{element[0].tail or ''}".strip()
    inner = element[0] if is_wrapper else element
    around = (inner, element, *list(element.iterancestors())[: AROUND - 2])
    return any(is_called(outer, "shown.never", ("class", "id")) for outer in around if outer.tag not in _WHOLE)


def _outermost(root: etree._Element) -> Iterator[etree._Element]:
    """Yield what is hidden and lies in nothing that is hidden."""
    events = etree.iterwalk(root, events=("start",))
    for _, element in events:
        if not isinstance(element.tag, str):
            continue
        if element.tag in _HOLDERS or (element.tag not in UNSPOKEN and is_hidden(element)):
            yield element
            events.skip_subtree()
        elif element.tag in UNSPOKEN:
            events.skip_subtree()


def _show(element: etree._Element) -> None:
    element.tag = "div" if element.tag in _HOLDERS else element.tag
    for name in ("hidden", "aria-hidden"):
        element.attrib.pop(name, None)
    if style := _HIDDEN_STYLE.sub("", element.get("style") or ""):
        element.set("style", style)
    else:
        element.attrib.pop("style", None)
