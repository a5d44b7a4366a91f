"""HTML text becomes a tree, whatever is wrong with it."""

from __future__ import annotations

import re

from lxml import etree, html

from narrate.core.xml_text import html_source
from narrate.sources.read.bounds import with_few_attributes

# Elements within elements beyond this depth are a mistake, such as a thousand <font> never closed; the parser
# loses what is deeper than 2048. Such a page is read without the elements that can hold each other.
DEPTH_MAX = 300
_TOO_DEEP = etree.XPath("boolean(/" + "*/" * DEPTH_MAX + "*)")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|big|del|em|font|i|ins|label|nobr|s|small|span|strike|strong|sub|sup|tt|u)\b[^<>]*>", re.I
)
_SHEETS = re.compile(
    r"</?(?!(?:html|head|title|meta|link|base|script|style|body|p|br|h[1-6])\b)[a-z][^<>]*>", re.IGNORECASE
)


def parse_html(text: str) -> html.HtmlElement | None:
    """Parse a page, or a piece of one; None where there is nothing in it.

    Markup that is nested beyond all reason is taken for paragraphs in a row, so that no text is lost.
    """
    root = _tree(text)
    if root is not None and _TOO_DEEP(root):
        return _tree(_SHEETS.sub("<p>", _INLINE.sub("", text)))
    return root


def _tree(text: str) -> html.HtmlElement | None:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True)
    # Of a string, lxml refuses an encoding declaration; of bytes it does not, and takes the parser's word.
    data = html_source(with_few_attributes(text)).encode("utf-8")
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError:
        return None
    return root if isinstance(root, html.HtmlElement) else None
