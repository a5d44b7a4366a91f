"""HTML text becomes the tree that a browser makes of it, whatever is wrong with it.

Lexbor parses by the rules of HTML 5 (https://html.spec.whatwg.org/multipage/parsing.html); its nodes are built into an
lxml tree, which is what everything after it works with. Why: docs/decisions/0037-html-parser.md.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree, html
from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from narrate.core.xml_text import html_source, xml_text
from narrate.sources.read.bounds import with_few_attributes
from narrate.sources.read.class_names import NAMES_MAX_CHARS
from narrate.sources.read.shown.assembly import STREAM_MARK, assemble

# Elements within elements beyond this depth are a mistake, such as a thousand <font> never closed. Such a page is read
# without the elements that can hold each other.
DEPTH_MAX = 300
# "War and Peace" on one page has 30,000; a page of a million would be read for minutes.
ELEMENTS_MAX = 200_000
# Every paragraph opens again what was never closed before it: a browser has so many times the page's elements.
REOPENED_MAX = 300_000
# So many open elements that each paragraph is looked for in would take the parser the square of their number.
OPEN_MAX = 2_000

# Pages have a hundred different names of elements and attributes, most of them in every element.
NAMES_KEPT = 1_024
# A shorter one says that scripts should be allowed, or holds a picture.
NOSCRIPT_MIN_CHARS = 300

_TOO_DEEP = etree.XPath("boolean(/" + "*/" * DEPTH_MAX + "*)")
_INLINE = re.compile(
    r"<(/?)(?:a|abbr|b|big|code|del|em|font|i|ins|label|nobr|s|small|span|strike|strong|sub|sup|tt|u)\b[^<>]*>", re.I
)
_REOPENED = re.compile(r"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b", re.IGNORECASE)
_HOLDING = re.compile(
    r"<(/?)(?!(?:html|head|title|meta|link|base|script|style|body|p|br|h[1-6]|a|abbr|b|big|del|em|font|i|ins|label|"
    r"nobr|s|small|span|strike|strong|sub|sup|tt|u|area|col|embed|hr|img|input|source|track|wbr|li|d[dt]|t[drh]|"
    r"t(?:body|head|foot)|opt(?:ion|group)|r[tp]|path)\b)[a-z]",
    re.IGNORECASE,
)
_SHEETS = re.compile(
    r"</?(?!(?:html|head|title|meta|link|base|script|style|body|p|br|h[1-6])\b)[a-z][^<>]*>", re.IGNORECASE
)
# In XHTML these may be closed at once; in HTML everything after them, to the end of the page, would be their text.
_CLOSED_AT_ONCE = re.compile(
    r"<(iframe|noembed|noframes|noscript|script|style|textarea|title|xmp)\b([^<>]*[\s\"'])?/>", re.IGNORECASE
)
_NAME = re.compile(r"[a-z_][\w.:-]*", re.IGNORECASE | re.ASCII)
_ATTRIBUTE_NAME = re.compile(r"[a-z_@][\w.:@-]*", re.IGNORECASE | re.ASCII)
_PARSER = html.HTMLParser(encoding="utf-8", collect_ids=False)
# One class for all elements: lxml's own look-up by tag is a call of Python each time that an element is met again.
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement, comment=html.HtmlComment))


def parse_html(text: str) -> html.HtmlElement | None:
    """Parse a page, or a piece of one; None where there is nothing in it.

    What is streamed and what is in shadow trees stands where it is shown, and what is in other templates within them.
    What is in a short `<noscript>` is its text, as where scripts run. Markup that is nested beyond all reason is taken
    for paragraphs in a row, so that no text is lost.
    """
    if not text.strip():
        return None
    source = _CLOSED_AT_ONCE.sub(r"<\1\2></\1>", html_source(with_few_attributes(text)))
    if _deepest(source, _REOPENED) * source.count("<") > REOPENED_MAX:
        source = _INLINE.sub("", source)
    tags = source.count("<") - source.count("</")
    if (tags <= OPEN_MAX or _deepest(source, _HOLDING) <= OPEN_MAX) and not _TOO_DEEP(root := _tree(source)):
        _unfold_noscripts(root)
        assemble(root)
        return root
    return _tree(_SHEETS.sub("<p>", _INLINE.sub("", source)))


def _unfold_noscripts(root: html.HtmlElement) -> None:
    """Parse what stands in a long `<noscript>`: it may be the article, for want of which a page is weighed."""
    for element in list(root.iter("noscript")):
        text = element.text or ""
        if (
            len(text) >= NOSCRIPT_MIN_CHARS
            and (body := _tree(text).find("body")) is not None
            and not _TOO_DEEP(body.getroottree())
        ):
            element.text = body.text
            element.extend(list(body))


def _deepest(source: str, tags: re.Pattern[str]) -> int:
    """Return how many of such elements are open at once at most, as their tags say; 0 up to DEPTH_MAX."""
    depth = deepest = 0
    for found in tags.finditer(source):
        depth = max(0, depth + (-1 if found[1] else 1))
        deepest = max(deepest, depth)
    return deepest if deepest > DEPTH_MAX else 0


def _tree(source: str) -> html.HtmlElement:
    page = LexborHTMLParser(source, options=LexborDocumentOptions.WO_EVENTS, scripting=True).root
    given = _attributes(page) if page else {}
    root = _PARSER.makeelement("html", {name: xml_text(value) for name, value in given.items()})
    waiting = [(root, page.first_child if page else None)]
    # The list grows while it is read, and holds all elements: lxml looks all the way up from each one that is let go.
    for parent, node in waiting:
        waiting += _add_children(parent, node)
    return root


def _add_children(parent: html.HtmlElement, node: LexborNode | None) -> list[tuple[html.HtmlElement, LexborNode]]:
    """Add a node and all after it to an element; return the new elements, each with the first node to go into it."""
    added: list[tuple[html.HtmlElement, LexborNode]] = []
    last: etree._Element | None = None
    texts: list[str] = []
    while node is not None:
        if node.is_text_node:
            texts.append(node.text_content or "")
        elif node.is_element_node:
            _add_text(parent, last, texts)
            last = _added(parent, _tag(node.tag or ""), _attributes(node))
            if (inside := _first_inside(node)) is not None:
                added.append((last, inside))
        elif node.is_comment_node and STREAM_MARK.fullmatch(mark := node.comment_content or ""):
            _add_text(parent, last, texts)
            last = etree.Comment(mark)
            parent.append(last)
        node = node.next
    _add_text(parent, last, texts)
    return added


def _add_text(parent: html.HtmlElement, last: etree._Element | None, texts: list[str]) -> None:
    """Put text, which comments may have parted, behind the last child, or before the first one."""
    if not texts:
        return
    text = "".join(texts)
    try:
        _put_text(parent, last, text)
    except ValueError:
        _put_text(parent, last, xml_text(text))
    texts.clear()


def _put_text(parent: html.HtmlElement, last: etree._Element | None, text: str) -> None:
    if last is not None:
        last.tail = text
    else:
        parent.text = text


def _added(parent: html.HtmlElement, tag: str, attributes: dict[str, str]) -> html.HtmlElement:
    """Add an element; values lose what no tree can hold only where the tree refuses them, as it looks anyway."""
    try:
        return etree.SubElement(parent, tag, attributes)
    except ValueError:
        return etree.SubElement(parent, tag, {name: xml_text(value) for name, value in attributes.items()})


@lru_cache(NAMES_KEPT)
def _tag(name: str) -> str:
    tag = name.lower()
    return tag.replace(":", "-") if _NAME.fullmatch(tag) else "span"


def _first_inside(node: LexborNode) -> LexborNode | None:
    """Return the first node in an element; those of a template belong to a document of its own."""
    if node.tag == "template" and (fragments := node.template_fragments()):
        return fragments[0].first_child
    return node.first_child


@lru_cache(NAMES_KEPT)
def _is_attribute(name: str) -> bool:
    return _ATTRIBUTE_NAME.fullmatch(name) is not None


def _attributes(node: LexborNode) -> dict[str, str]:
    """Return the attributes that a tree of lxml can hold, without endless classes."""
    given = node.attributes
    if not given:
        return {}
    found = {name: value or "" for name, value in given.items() if _is_attribute(name)}
    if len(found.get("class", "")) > NAMES_MAX_CHARS:
        found["class"] = found["class"][:NAMES_MAX_CHARS]
    return found
