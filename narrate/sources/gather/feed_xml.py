"""XML from anywhere as a tree: repaired where it is broken, with nothing fetched and nothing that grows."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from html.entities import name2codepoint
from typing import Protocol

from lxml import etree

from narrate.core.errors import SourceError
from narrate.core.xml_text import xml_text
from narrate.sources.encodings import MARKS, codec_of, codec_within
from narrate.sources.read.bounds import with_few_attributes

# A feed of ten thousand articles with all their words has some hundred thousand.
MARKS_MAX = 1_000_000

_UTF16_STARTS = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*>")
_AMPERSAND = re.compile(r"&(?:([a-zA-Z][a-zA-Z0-9]{1,10});|#[0-9]{1,8};|#[xX][0-9a-fA-F]{1,6};)?")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def text_of(data: bytes, charset: str | None) -> str:
    """The text of a feed: by its first bytes, its server's word, its declaration; then UTF-8, then Windows-1252."""
    for mark, encoding in (*MARKS, *_UTF16_STARTS):
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    declared = _DECLARED.match(data)
    own = codec_within(declared[1].decode("ascii", "replace")) if declared else None
    for codec in filter(None, (codec_of(charset), own, "utf-8")):
        with suppress(UnicodeDecodeError):
            return data.decode(codec)
    return data.decode("cp1252", "replace")


class Element(Protocol):
    """An element of a document, as lxml has it; of its types narrate uses no more than this.

    Attributes:
        tag: "{namespace}name"; something else for a comment.
        text: What stands before its first child.
        attrib: What stands in the element itself, by name.
    """

    tag: str
    text: str | None

    @property
    def attrib(self) -> MutableMapping[str, str]: ...

    def __iter__(self) -> Iterator[Element]: ...

    def get(self, key: str, default: str = ..., /) -> str: ...

    def iter(self, tag: str, /) -> Iterator[Element]: ...

    def itertext(self) -> Iterator[str]: ...

    def remove(self, element: Element, /) -> None: ...


def tree_of(text: str, name: str) -> Element | None:
    """The root of a document, as lxml has it; None where there is none.

    Entities of HTML are known; others are dropped and never looked up.

    Raises:
        SourceError: It has too many marks.
    """
    if text.count("<") > MARKS_MAX:
        raise SourceError(f"{name} has more than {MARKS_MAX:,} marks, and no feed is so large", "split it")
    text = xml_text(_mended(with_few_attributes(_DECLARATION.sub("", text, count=1))))
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root: Element | None = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError):
        return None
    if root is None:
        return None
    etree.strip_tags(root, etree.Entity)
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace, in lower case; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _mended(text: str) -> str:
    """Ampersands as XML writes them, but for those in CDATA: addresses have them as they are, bare."""
    head, *sections = text.split(_CDATA)
    pieces = [_AMPERSAND.sub(_character, head)]
    for section in sections:
        inside, end, after = section.partition(_CDATA_END)
        pieces += [_CDATA, inside, end, _AMPERSAND.sub(_character, after)]
    return "".join(pieces)


def _character(found: re.Match[str]) -> str:
    name = found[1]
    if len(found[0]) == 1:
        return "&amp;"
    return chr(name2codepoint[name]) if name in name2codepoint and name not in _XML_NAMES else found[0]
