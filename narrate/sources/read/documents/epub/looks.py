"""Headings of books whose makers wrote none: lines that stylesheets make larger or bolder than the text.

Converters write `<p class="calibre_12">` for a chapter's title, and say in the stylesheet what that looks like. Of
CSS, rules for one class are understood (https://www.w3.org/TR/css-fonts-4/), and what an element says of itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree, html

from narrate.sources.read.documents.package import Package
from narrate.sources.read.shown.flat_text import flat_text

# All stylesheets of a book are read, so far.
STYLES_MAX_BYTES = 2 * 1024 * 1024
# A longer line is a sentence that was to be seen, and one that ends like a sentence is one.
HEADING_MAX_CHARS, HEADING_MAX_WORDS = 80, 12
LARGER_BY = 1.15
_SENTENCE_ENDS = (".", ",", ";", ":", "…")
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_CLASS = re.compile(r"[a-z0-9]*\.([\w-]+)", re.IGNORECASE)
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIZE = re.compile(
    r"font-size\s*:\s*(?:(\d*\.?\d+)\s*(r?em|%|pt|px)|(large|x-large|xx-large|larger|medium))", re.IGNORECASE
)
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold(?:er)?|[6-9]00)", re.IGNORECASE)
_UNITS: Mapping[str, float] = {"em": 1.0, "rem": 1.0, "%": 100.0, "pt": 12.0, "px": 16.0}
_WORDS: Mapping[str, float] = {"medium": 1.0, "large": 1.2, "larger": 1.2, "x-large": 1.5, "xx-large": 2.0}
_BOLD_TAGS = frozenset({"b", "strong"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BOXES = ("p", "div", "li", "table", "blockquote", "section", "ul", "ol", "figure")


@dataclass(frozen=True, slots=True)
class Look:
    """The look of letters: their size against those around, and whether they are bold."""

    size: float = 1.0
    is_bold: bool = False


def looks_of_classes(package: Package) -> dict[str, Look]:
    """Return how a book's stylesheets show the classes that they make larger or bolder."""
    found: dict[str, Look] = {}
    size_bytes = 0
    for path in [one for one in package.paths() if one.lower().endswith(".css")]:
        data = package.data(path)
        size_bytes += len(data)
        if size_bytes > STYLES_MAX_BYTES:
            break
        found |= dict(_looks(_REMARK.sub("", data.decode("utf-8", "replace"))))
    return found


def _looks(sheet: str) -> Iterator[tuple[str, Look]]:
    for selectors, declarations in _RULE.findall(sheet):
        look = _stated(declarations)
        if look != Look():
            names = (_CLASS.fullmatch(selector.strip()) for selector in selectors.split(","))
            yield from ((name[1], look) for name in names if name)


def _stated(declarations: str) -> Look:
    size = _SIZE.search(declarations)
    ratio = 1.0
    if size:
        ratio = _WORDS[size[3].lower()] if size[3] else float(size[1]) / _UNITS[size[2].lower()]
    return Look(ratio, bool(_WEIGHT.search(declarations)))


def name_headings(root: html.HtmlElement, classes: Mapping[str, Look]) -> None:
    """Give lines that look like headings the tag of one, in a file that has no heading."""
    if next(root.iter(*_HEADINGS), None) is not None:
        return
    lines = [(one, _look(one, classes)) for one in root.iter("p", "div") if _is_line(one)]
    usual = _usual(lines)
    for number, (line, look) in enumerate(lines):
        after = lines[number + 1][1] if number + 1 < len(lines) else look
        level = _level(look, usual)
        if level and _level(after, usual) in (None, level + 1) and _is_short(flat_text(line)):
            line.tag = f"h{level}"


def _is_line(element: etree._Element) -> bool:
    """Tell whether an element is a paragraph of the text with words, and none in a list or a table."""
    has_boxes = next((one for one in element.iterdescendants(*_BOXES)), None) is not None
    return not has_boxes and bool(flat_text(element)) and next(element.iterancestors("li", "table"), None) is None


def _look(element: etree._Element, classes: Mapping[str, Look]) -> Look:
    """Return how a paragraph looks, by itself and by what is around all of its text."""
    look, inner = Look(), element
    while True:
        own = [
            _stated(inner.get("style") or ""),
            *(classes.get(one, Look()) for one in (inner.get("class") or "").split()),
        ]
        for stated in own:
            look = Look(look.size * stated.size, look.is_bold or stated.is_bold)
        look = Look(look.size, look.is_bold or inner.tag in _BOLD_TAGS)
        children = [child for child in inner.iterchildren(etree.Element) if child.tag != "br"]
        if len(children) != 1 or flat_text(children[0]) != flat_text(inner):
            return look
        inner = children[0]


def _usual(lines: list[tuple[etree._Element, Look]]) -> Look:
    """Return how most of the text looks."""
    chars: Counter[Look] = Counter()
    for line, look in lines:
        chars[look] += len(flat_text(line))
    return chars.most_common(1)[0][0] if chars else Look()


def _level(look: Look, usual: Look) -> int | None:
    if look.size >= LARGER_BY * usual.size:
        return 1
    return 2 if look.is_bold and not usual.is_bold and look.size >= usual.size else None


def _is_short(text: str) -> bool:
    is_short = len(text) <= HEADING_MAX_CHARS and len(text.split()) <= HEADING_MAX_WORDS
    return is_short and any(map(str.isalnum, text)) and not text.endswith(_SENTENCE_ENDS)
