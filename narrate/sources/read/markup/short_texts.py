"""Texts of a page that may be one short line; each is put together once."""

from __future__ import annotations

from lxml import etree, html

from narrate.sources.read.characters import tidy
from narrate.sources.read.shown.elements import BREAKING, UNSPOKEN

LINE_MAX_WORDS = 40
LINE_MAX_CHARS = 240
# The longest that is asked for as more than a line.
TEXT_MAX_WORDS = 90
# With all spaces between its words; what has more is no line.
SOURCE_MAX_CHARS = 20_000
# What holds more elements is no line, however few words it holds.
SHORT_MAX_ELEMENTS = 1_000


class ShortTexts:
    """Counts of words and elements for all elements of a page, and the text of those that hold few.

    They are those of the moment it is made: elements that leave the page later are counted and read still.
    """

    def __init__(self, root: html.HtmlElement) -> None:
        self.root = root
        self._words: dict[html.HtmlElement, int] = {}
        self._sizes: dict[html.HtmlElement, int] = {}
        self._lines: dict[html.HtmlElement, str] = {}
        # What is in an element, as its text is put together from behind; of those that hold few words.
        self._inside: dict[html.HtmlElement, str] = {}
        for element in reversed(list(root.iter(etree.Element))):
            self._count(element)

    def _count(self, element: html.HtmlElement) -> None:
        """Count an element of which all that is in it is counted, and what is behind it."""
        text, tail, parent = element.text or "", element.tail or "", element.getparent()
        words = self._words[element] = self._words.get(element, 0) + len(text.split())
        size = self._sizes[element] = self._sizes.get(element, 0) + 1
        inside = self._inside.get(element, "")
        if words <= TEXT_MAX_WORDS and size <= SHORT_MAX_ELEMENTS and len(inside) <= SOURCE_MAX_CHARS:
            begin = " " if element.tag in BREAKING or element.tag == "br" else ""
            end = " " if element.tag in BREAKING else ""
            inside = f"{begin}{text if element.tag not in UNSPOKEN else ''}{inside}{end}"
            self._inside[element] = inside
        else:
            self._inside.pop(element, None)
        if parent is not None:
            around = self._words[parent] = self._words.get(parent, 0) + words + len(tail.split())
            sizes = self._sizes[parent] = self._sizes.get(parent, 0) + size
            behind = self._inside.get(parent, "")
            if around <= TEXT_MAX_WORDS and sizes <= SHORT_MAX_ELEMENTS and len(behind) <= SOURCE_MAX_CHARS:
                self._inside[parent] = f"{inside}{tail}{behind}"

    def is_short(self, element: html.HtmlElement, words_max: int) -> bool:
        """Tell whether there are words in an element, and no more than that."""
        is_one = self._sizes.get(element, 0) <= SHORT_MAX_ELEMENTS
        return is_one and 0 < self._words.get(element, 0) <= words_max

    def line(self, element: html.HtmlElement) -> str:
        """Return the text of an element that holds one short line; "" for any other."""
        text = self.text(element, LINE_MAX_WORDS)
        return text if len(text) <= LINE_MAX_CHARS else ""

    def text(self, element: html.HtmlElement, words_max: int) -> str:
        """Return the text of an element that holds no more than so many words, TEXT_MAX_WORDS at most; else ""."""
        if not 0 < self._words.get(element, 0) <= words_max:
            return ""
        text = self._lines.get(element)
        if text is None:
            text = self._lines[element] = tidy(self._inside.get(element, ""))
        return text
