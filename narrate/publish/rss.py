"""Feeds as files: tags with fixed prefixes, HTML in CDATA sections, and nothing that XML cannot hold.

PSP-1 and Apple ask for CDATA sections around HTML; lxml writes them, also where the text has the end of one.
"""

from __future__ import annotations

import re

from lxml import etree

from narrate.core.xml_text import xml_text

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'

# Compared letter by letter by those who read them.
NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "atom": "http://www.w3.org/2005/Atom",
    "psc": "http://podlove.org/simple-chapters",
}

# The tags that hold HTML.
_HTML = ("description", "content:encoded")

_LINE_ENDS = re.compile("\r\n?")


def allowed(text: str) -> str:
    """Return a text without the characters that XML 1.0 has no way to write; all ends of lines are line feeds."""
    return xml_text(_LINE_ENDS.sub("\n", text))


def put(parent: etree._Element, name: str, text: str = "", /, **attributes: str) -> etree._Element:
    """Add a tag at the end of another.

    Args:
        parent: The other.
        name: Of the tag, with its prefix.
        text: What stands in it.
        attributes: In the order in which they are written.
    """
    tag = etree.SubElement(parent, _named(name), {key: allowed(value) for key, value in attributes.items()})
    written = allowed(text) or None
    tag.text = etree.CDATA(written) if written and name in _HTML else written
    return tag


def _named(name: str) -> str:
    prefix, _, own = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{own}" if prefix else name


def new_feed() -> etree._Element:
    """Return an empty feed of RSS 2.0."""
    return etree.Element("rss", {"version": "2.0"}, nsmap=NAMESPACES)


def to_xml(feed: etree._Element) -> bytes:
    """Return the feed as a file: a line for each tag, UTF-8; the same feed is the same bytes."""
    return _DECLARATION + bytes(etree.tostring(feed, encoding="UTF-8", pretty_print=True, xml_declaration=False))
