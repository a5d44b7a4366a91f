"""XML from anywhere, read without harm: no document type, so no entities, nothing fetched and nothing that grows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from narrate.check.files import whole
from narrate.check.finding import NARRATE, PSP_1, RSS, Rule, shown

# A feed of a thousand episodes with all their words has 20 million.
MAX_BYTES = 64_000_000

# Feeds are six deep; show notes written as elements a few more.
MAX_DEPTH = 200

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"

# The same namespace by another name, https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md
_ALIASES = {"https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": PODCAST}


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read.

    Attributes:
        root: None where it is no XML, or not safe to read.
        problem: Why there is no root, "" where there is one.
        has_doctype: It was left unread for its document type.
        encoding: As the file names it, else "utf-8".
        namespaces: All that are declared.
    """

    root: Element | None
    problem: str = ""
    has_doctype: bool = False
    encoding: str = "utf-8"
    namespaces: tuple[str, ...] = ()

    @property
    def channels(self) -> list[Element]:
        """The channels of an RSS 2.0 feed; one, if it is a good one."""
        if self.root is None or self.root.tag != "rss":
            return []
        return self.root.findall("channel")


class _Refused(Exception):
    """The parser is to stop."""


class _Reader:
    """Builds a tree from the parser's events."""

    def __init__(self) -> None:
        self.builder = TreeBuilder()
        self.encoding = "utf-8"
        self.namespaces: dict[str, None] = {}
        self.has_doctype = False
        self._depth = 0

    def read(self, data: bytes) -> Element:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartNamespaceDeclHandler = self._namespace
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.builder.data
        parser.Parse(data, True)
        return self.builder.close()

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        self.encoding = encoding or "utf-8"

    def _doctype(self, *about: object) -> None:
        # Before any entity is declared, so that "billion laughs" and files of this machine stay unread.
        self.has_doctype = True
        raise _Refused

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        self.namespaces[uri or ""] = None

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _Refused(f"its elements lie more than {MAX_DEPTH} deep")
        self.builder.start(_qualified(name), {_qualified(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self.builder.end(_qualified(name))


def _qualified(name: str) -> str:
    uri, separator, local = name.rpartition("}")
    return f"{{{_ALIASES.get(uri, uri)}}}{local}" if separator else name


def read_document(path: Path) -> Document:
    """Read a file; whatever it holds, this raises nothing."""
    try:
        return parsed(whole(path, MAX_BYTES))
    except ValueError as error:
        return Document(None, str(error))


def parsed(data: bytes) -> Document:
    """Read XML; whatever the bytes are, this raises nothing."""
    reader = _Reader()
    try:
        root = reader.read(data)
    except _Refused as error:
        return Document(None, str(error), reader.has_doctype, reader.encoding)
    except (expat.ExpatError, ValueError, LookupError) as error:  # of foreign encodings, the last two
        return Document(None, f"it is not well-formed XML: {error}", encoding=reader.encoding)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else reader.encoding
    return Document(root, encoding=encoding, namespaces=tuple(reader.namespaces))


def _not_xml(document: Document) -> Iterator[str]:
    if document.problem:
        yield document.problem


def _doctype(document: Document) -> Iterator[str]:
    if document.has_doctype:
        yield "it has a document type (<!DOCTYPE>), which careful readers refuse"


def _encoding(document: Document) -> Iterator[str]:
    if document.root is not None and document.encoding.lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
        yield f"its encoding is {shown(document.encoding)}, not UTF-8"


def _no_rss(document: Document) -> Iterator[str]:
    if document.root is None:
        return
    if document.root.tag != "rss":
        yield f"it begins with <{document.root.tag.rpartition('}')[2]}>, not with <rss>"
    elif document.root.get("version") != "2.0":
        yield f"its version is {shown(document.root.get('version', ''))}, not 2.0"
    elif len(document.channels) != 1:
        yield f"it has {len(document.channels)} channels, not one"


def _namespaces(document: Document) -> Iterator[str]:
    """A namespace is compared letter by letter, so a tag in nearly the right one is not seen at all."""
    known = {_loosely(uri): uri for uri in (ITUNES, PODCAST, ATOM, CONTENT)}
    for uri in document.namespaces:
        meant = known.get(_loosely(_ALIASES.get(uri, uri)))
        if meant and _ALIASES.get(uri, uri) != meant:
            yield f"the namespace {shown(uri)} is written {meant}"


def _loosely(uri: str) -> str:
    return uri.lower().strip().removeprefix("https:").removeprefix("http:").strip("/").removeprefix("www.")


DOCUMENT_RULES: tuple[Rule[Document], ...] = (
    Rule("feed-xml", "error", RSS, "it is well-formed XML of at most 64 MB", _not_xml),
    Rule("feed-doctype", "error", NARRATE, "it has no document type", _doctype),
    Rule("feed-encoding", "error", PSP_1, "it is UTF-8", _encoding),
    Rule("feed-rss", "error", RSS, "it is RSS 2.0 with one channel", _no_rss),
    Rule("feed-namespaces", "error", PSP_1, "namespaces are written exactly", _namespaces),
)
