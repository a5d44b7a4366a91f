"""Reader for ODT (OpenDocument text, https://docs.oasis-open.org/office/OpenDocument/v1.3/): content.xml as blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from narrate.core.article import Block, BlockKind, Drop, Metadata
from narrate.core.errors import SourceError
from narrate.core.language.tags import tag_in
from narrate.sources.read.characters import tidy
from narrate.sources.read.documents.document import Document, require_text, stated_day
from narrate.sources.read.documents.headings import document_of
from narrate.sources.read.documents.package import Package, opened

_HEADING_MAX = 6
# Lists made by the program: they repeat what stands elsewhere.
_MADE = frozenset(
    {"table-of-content", "alphabetical-index", "illustration-index", "table-index", "object-index", "user-index"}
)
# Changes that were taken back, remarks of who reads along, scripts and forms.
_UNREAD = frozenset(
    {
        *("tracked-changes", "annotation", "annotation-end", "forms", "script", "ruby-text", "desc", "title"),
        *("hidden-text", "hidden-paragraph"),
    }
)
_HOLDERS = frozenset({"section", "index-body", "frame", "g", "text-box", "custom-shape", "numbered-paragraph"})
# Names of styles as LibreOffice and others save them, "_20_" being a space; what a style is made from counts as well.
_KINDS: Mapping[str, BlockKind] = {
    "title": "title",
    "quotations": "quote",
    "quote": "quote",
    "block quotation": "quote",
    "preformatted text": "code",
    "source code": "code",
    "caption": "caption",
    "figure": "caption",
    "illustration": "caption",
    "table": "caption",
    "drawing": "caption",
}


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in the document, as its paragraphs see it.

    Attributes:
        kind: What a paragraph there is.
        number: Of the item of a list, None where it has bullets or the number was said.
    """

    kind: BlockKind = "paragraph"
    number: int | None = None


@dataclass(slots=True)
class _Reading:
    """A document that is being read.

    Attributes:
        parents: For each style the one that it is made from.
        numbered: Names of lists' styles that count.
        notes: Notes of the paragraph that is read, which follow it.
        drops: What is not read.
        reached: Numbers that lists have come to: by the list's style, and by its id.
    """

    parents: Mapping[str, str]
    numbered: frozenset[str]
    reached: dict[str, int] = field(default_factory=dict)
    notes: list[Block] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)


def read_odt(data: bytes, name: str) -> Document:
    """Read a document of LibreOffice's.

    Args:
        data: The file.
        name: What to call it in an error.

    Raises:
        SourceError: It is damaged, encrypted, or holds no text.
    """
    with opened(data, name) as package:
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.data("META-INF/manifest.xml"):
            raise SourceError(f"{name} is encrypted", "save a copy without a password and give that")
        package.require_fewer_paragraphs("content.xml")
        content = package.xml("content.xml")
        styles = package.xml("styles.xml") if "styles.xml" in package else None
        meta = _metadata(package, styles)
    reading = _Reading(_parents(content, styles), _numbered(content, styles))
    blocks = list(_blocks(_body(content), _Place(), reading))
    require_text(blocks, name)
    return document_of(meta, blocks, reading.drops)


def _body(content: etree._Element) -> etree._Element:
    texts = (one for one in content.iter(etree.Element) if _name(one) == "text")
    return next((one for one in texts if _name(one.getparent()) == "body"), content)


def _name(element: etree._Element | None) -> str:
    return str(etree.QName(element).localname) if element is not None else ""


def _attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its local name."""
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), "")


def _blocks(parent: etree._Element, place: _Place, reading: _Reading) -> Iterator[Block]:
    for element in parent.iterchildren(etree.Element):
        name = _name(element)
        if name in _MADE:
            reading.drops += [Drop(block, "contents") for block in _blocks(element, place, reading)]
        elif name in ("p", "h"):
            yield from _paragraph(element, place, reading)
        elif name == "list":
            yield from _list(element, place, reading)
        elif name == "table":
            yield from _table(element, reading)
        elif name in _HOLDERS and _attribute(element, "display") != "none":
            yield from _blocks(element, place, reading)


def _paragraph(element: etree._Element, place: _Place, reading: _Reading) -> Iterator[Block]:
    reading.notes = []
    boxes: list[etree._Element] = []
    written = "".join(_texts(element, reading, boxes))
    notes = reading.notes
    kind = _kind(element, reading) or place.kind
    text = written.strip("\n") if kind == "code" else tidy(written)
    if text:
        number = f"{place.number}. " if kind == "list_item" and place.number else ""
        level = min(_HEADING_MAX, int(_level(element))) if kind == "heading" else 0
        yield Block(kind, number + text, level)
    for box in boxes:
        yield from _blocks(box, _Place(), reading)
    yield from notes


def _kind(element: etree._Element, reading: _Reading) -> BlockKind | None:
    """Return what a paragraph is by its own word or by the styles that its style is made from."""
    style = _attribute(element, "style-name")
    for _ in range(len(reading.parents) + 1):
        plain = style.replace("_20_", " ").lower()
        if plain in _KINDS:
            return _KINDS[plain]
        if plain.startswith("heading") and _name(element) == "h":
            break
        if style not in reading.parents:
            break
        style = reading.parents[style]
    return "heading" if _name(element) == "h" else None


def _level(element: etree._Element) -> str:
    level = _attribute(element, "outline-level")
    return level if level.isdecimal() and level != "0" else "1"


def _texts(element: etree._Element, reading: _Reading, boxes: list[etree._Element]) -> Iterator[str]:
    """Yield the text of a paragraph; notes in it are read apart, and so are boxes that hang on it."""
    yield element.text or ""
    for child in element:
        yield from _inline(child, reading, boxes)
        yield child.tail or ""


def _inline(child: etree._Element, reading: _Reading, boxes: list[etree._Element]) -> Iterator[str]:
    match _name(child) if isinstance(child.tag, str) else "":
        case "" | "bookmark" | "sequence-ref":
            return
        case "s":
            count = _attribute(child, "c")
            yield " " * (min(100, int(count)) if count.isdecimal() else 1)
        case "tab":
            yield " "
        case "line-break":
            yield "\n"
        case "note":
            reading.notes.append(_note(child, reading))
        case "text-box" | "custom-shape":
            boxes.append(child)
        case name if name not in _UNREAD:
            yield from _texts(child, reading, boxes)


def _note(note: etree._Element, reading: _Reading) -> Block:
    """Return a note that stands at its mark; its text may be paragraphs."""
    own = replace(reading, notes=[], drops=[])
    body = next((child for child in note.iterchildren(etree.Element) if _name(child) == "note-body"), note)
    mark = next((tidy("".join(child.itertext())) for child in note if _name(child) == "note-citation"), "")
    text = " ".join(block.text for block in _blocks(body, _Place(), own))
    return Block("footnote", f"{mark}. {text}" if mark.isdecimal() else text)


def _list(element: etree._Element, place: _Place, reading: _Reading) -> Iterator[Block]:
    style = _attribute(element, "style-name")
    counts = style in reading.numbered
    number = _number_before(element, reading)
    for item in element.iterchildren(etree.Element):
        if _name(item) not in ("list-item", "list-header"):
            continue
        started = _attribute(item, "start-value")
        number = int(started) if started.isdecimal() else number + (_name(item) == "list-item")
        inside = replace(place, kind="list_item", number=number if counts else None)
        for block in _blocks(item, inside, reading):
            yield block
            inside = replace(inside, number=None)
    reading.reached |= dict.fromkeys((style, _attribute(element, "id")), number)


def _number_before(element: etree._Element, reading: _Reading) -> int:
    """Return the number that a list goes on from: that of the list it names, or of the last one of its style."""
    named = _attribute(element, "continue-list")
    if named:
        return reading.reached.get(named, 0)
    goes_on = _attribute(element, "continue-numbering") == "true"
    return reading.reached.get(_attribute(element, "style-name"), 0) if goes_on else 0


def _table(element: etree._Element, reading: _Reading) -> Iterator[Block]:
    """Yield a table; one of a single cell is a frame around its text."""
    rows = [_row(row, reading) for row in element.iter(etree.Element) if _name(row) == "table-row"]
    rows = [row for row in rows if any(row)]
    if len(rows) == 1 and len(rows[0]) == 1:
        yield Block("paragraph", rows[0][0])
    elif rows:
        yield Block("table", " | ".join(cell for row in rows for cell in row), rows=tuple(rows))


def _row(row: etree._Element, reading: _Reading) -> tuple[str, ...]:
    cells = (cell for cell in row.iterchildren(etree.Element) if _name(cell) == "table-cell")
    return tuple(" ".join(block.text for block in _blocks(cell, _Place(), reading)) for cell in cells)


def _parents(*trees: etree._Element | None) -> dict[str, str]:
    styles = (one for tree in trees if tree is not None for one in tree.iter(etree.Element) if _name(one) == "style")
    return {_attribute(one, "name"): _attribute(one, "parent-style-name") for one in styles}


def _numbered(*trees: etree._Element | None) -> frozenset[str]:
    """Return the names of lists' styles whose first level counts."""
    lists = (
        one for tree in trees if tree is not None for one in tree.iter(etree.Element) if _name(one) == "list-style"
    )
    return frozenset(_attribute(one, "name") for one in lists if _counts(one))


def _counts(style: etree._Element) -> bool:
    first = next(style.iterchildren(etree.Element), None)
    return _name(first) == "list-level-style-number" and bool(first is not None and _attribute(first, "num-format"))


def _metadata(package: Package, styles: etree._Element | None) -> Metadata:
    found: dict[str, str] = {}
    if "meta.xml" in package:
        for one in package.xml("meta.xml").iter(etree.Element):
            found.setdefault(_name(one), tidy(one.text or ""))
    author = found.get("initial-creator") or found.get("creator")
    published = stated_day(found.get("creation-date") or found.get("date") or "")
    return Metadata(found.get("title") or None, author or None, published, _language(styles))


def _language(styles: etree._Element | None) -> str | None:
    """Return the language of the paragraphs' default style."""
    for one in styles.iter(etree.Element) if styles is not None else ():
        if _name(one) == "text-properties" and _name(one.getparent()) == "default-style":
            language, country = _attribute(one, "language"), _attribute(one, "country")
            tag = f"{language}-{country}" if country not in ("", "none") else language
            if language not in ("", "none", "zxx") and (found := tag_in(tag)):
                return found
    return None
