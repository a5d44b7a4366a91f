"""Texts of a page that may be one short line; each is put together once."""

from __future__ import annotations

from lxml import etree, html

from narrate.sources.read.shown.flat_text import flat_text

LINE_MAX_WORDS = 40
LINE_MAX_CHARS = 240
# What holds more elements is no line, however few words it holds.
SHORT_MAX_ELEMENTS = 1_000


class ShortTexts:
    """Counts of words and elements for all elements of a page, and the text of those that hold few.

    They are those of the moment it is made: elements that leave the page later are counted still.
    """

    def __init__(self, root: html.HtmlElement) -> None:
        self.root = root
        self._words: dict[html.HtmlElement, int] = {}
        self._sizes: dict[html.HtmlElement, int] = {}
        self._lines: dict[html.HtmlElement, str] = {}
        for element in reversed(list(root.iter(etree.Element))):
            count = self._words.get(element, 0) + (len(element.text.split()) if element.text else 0)
            size = self._sizes[element] = self._sizes.get(element, 0) + 1
            self._words[element] = count
            if (parent := element.getparent()) is not None:
                tail = len(element.tail.split()) if element.tail else 0
                self._words[parent] = self._words.get(parent, 0) + count + tail
                self._sizes[parent] = self._sizes.get(parent, 0) + size

    def is_short(self, element: html.HtmlElement, words_max: int) -> bool:
        """Tell whether there are words in an element, and no more than that."""
        is_one = self._sizes.get(element, 0) <= SHORT_MAX_ELEMENTS
        return is_one and 0 < self._words.get(element, 0) <= words_max

    def line(self, element: html.HtmlElement) -> str:
        """Return the text of an element that holds one short line; "" for any other."""
        if not self.is_short(element, LINE_MAX_WORDS):
            return ""
        text = self._lines.get(element)
        if text is None:
            text = self._lines[element] = flat_text(element)
        return text if len(text) <= LINE_MAX_CHARS else ""
