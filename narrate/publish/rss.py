"""Feeds as files: tags with fixed prefixes, HTML in CDATA sections, and nothing that XML cannot hold.

The standard library's writer knows no CDATA sections, and PSP-1 and Apple ask for them around HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from narrate.core.xml_text import xml_text

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

_TEXT_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_IN_TEXT = str.maketrans(_TEXT_SIGNS)
_IN_ATTRIBUTE = str.maketrans({**_TEXT_SIGNS, '"': "&quot;", "\t": "&#9;", "\n": "&#10;"})


def allowed(text: str) -> str:
    """A text without the characters that XML 1.0 has no way to write; all ends of lines are line feeds."""
    return xml_text(_LINE_ENDS.sub("\n", text))


def put(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    """Add a tag at the end of another.

    Args:
        parent: The other.
        name: Of the tag, with its prefix.
        text: What stands in it.
        attributes: In the order in which they are written.
    """
    tag = SubElement(parent, name, {key: allowed(value) for key, value in attributes.items()})
    tag.text = allowed(text)
    return tag


def new_feed() -> Element:
    """An empty feed of RSS 2.0."""
    return Element("rss", {"version": "2.0", **{f"xmlns:{prefix}": uri for prefix, uri in NAMESPACES.items()}})


def to_xml(feed: Element) -> bytes:
    """The feed as a file: a line for each tag, UTF-8; the same feed is the same bytes."""
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', *_lines(feed, ""), "")).encode()


def _lines(tag: Element, indent: str) -> Iterator[str]:
    attributes = "".join(f' {name}="{value.translate(_IN_ATTRIBUTE)}"' for name, value in tag.items())
    opening = f"{indent}<{tag.tag}{attributes}"
    if len(tag):
        yield f"{opening}>"
        for child in tag:
            yield from _lines(child, f"{indent}  ")
        yield f"{indent}</{tag.tag}>"
    elif tag.text:
        yield f"{opening}>{_content(tag.tag, tag.text)}</{tag.tag}>"
    else:
        yield f"{opening}/>"


def _content(name: str, text: str) -> str:
    if name not in _HTML:
        return text.translate(_IN_TEXT)
    inner = text.replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{inner}]]>"
