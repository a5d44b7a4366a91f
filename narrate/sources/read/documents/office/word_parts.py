"""Parts of a DOCX that a reader sees and mammoth passes over or stumbles at: boxes, fields, lost references."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from narrate.sources.read.documents.office.word_numbers import W
from narrate.sources.read.documents.package import Package

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Elements around runs that say where their words come from, or in which direction they are written.
_AROUND = (f"{W}fldSimple", f"{W}bdo", f"{W}dir")
# Breaks after which something begins, so that no sentence goes on there; mammoth knows that of lines alone.
_BREAKS = frozenset({"page", "column", "textWrapping"})
_NOTES = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}
_DOCUMENT_RELATIONS = "word/_rels/document.xml.rels"


def open_parts(root: etree._Element, package: Package) -> None:
    """Put what a reader sees where mammoth finds it, and take out references that lead nowhere.

    Raises:
        SourceError: A part of the package is damaged.
    """
    for around in list(root.iter(*_AROUND)):
        _open(around, list(around))
    for ruby in list(root.iter(f"{W}ruby")):
        _show_base(ruby)
    for line_break in root.iter(f"{W}br"):
        if line_break.get(f"{W}type") in _BREAKS:
            del line_break.attrib[f"{W}type"]
    for remark in list(root.iter(f"{W}commentReference")):
        take_out(remark)
    _place_boxes(root)
    _drop_lost_references(root, package)


def take_out(element: etree._Element) -> None:
    """Take an element out of its tree, with all that is in it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _open(element: etree._Element, inside: list[etree._Element]) -> None:
    """Put some of an element's content in its place."""
    for child in reversed(inside):
        element.addnext(child)
    take_out(element)


def _show_base(ruby: etree._Element) -> None:
    """Keep what is written, and leave out how it is to be pronounced."""
    run = ruby.getparent()
    base = ruby.find(f"{W}rubyBase")
    inside = [part for part in base.iter(f"{W}t")] if base is not None else []
    if run is not None and run.tag == f"{W}r":
        _open(ruby, inside)


def _place_boxes(root: etree._Element) -> None:
    """Put the text of boxes behind the paragraph that they hang on; of two versions of one box, one."""
    for choice in reversed(list(root.iter(f"{_COMPATIBILITY}AlternateContent"))):
        versions = [choice.find(f"{_COMPATIBILITY}{name}") for name in ("Choice", "Fallback")]
        shown = next((one for one in versions if one is not None and _has_box(one)), None)
        for other in versions:
            if shown is not None and other is not None and other is not shown:
                take_out(other)
    for box in reversed(list(root.iter(f"{W}txbxContent"))):
        around = next(box.iterancestors(f"{W}p"), None)
        if around is not None:
            for paragraph in reversed(list(box)):
                around.addnext(paragraph)
            take_out(box)


def _has_box(element: etree._Element) -> bool:
    return next(element.iter(f"{W}txbxContent"), None) is not None


def _drop_lost_references(root: etree._Element, package: Package) -> None:
    """Take out pictures, links' targets and marks of notes that are not in the package."""
    known = _relation_ids(package)
    for element in list(root.iter(etree.Element)):
        for name in [one for one in element.attrib if one.startswith(_RELATIONS) and element.get(one) not in known]:
            del element.attrib[name]
            if name != f"{_RELATIONS}id" or not element.tag.startswith(W):
                _take_out_drawing(element)
    for kind, path in _NOTES.items():
        notes = {note.get(f"{W}id") for note in _notes(package, path, kind)}
        for mark in [one for one in root.iter(f"{W}{kind}Reference") if one.get(f"{W}id") not in notes]:
            take_out(mark)


def _relation_ids(package: Package) -> set[str | None]:
    if _DOCUMENT_RELATIONS not in package:
        return set()
    return {one.get("Id") for one in package.xml(_DOCUMENT_RELATIONS).iter("{*}Relationship")}


def _notes(package: Package, path: str, kind: str) -> Iterator[etree._Element]:
    if path in package:
        yield from package.xml(path).iter(f"{W}{kind}")


def _take_out_drawing(picture: etree._Element) -> None:
    """Take out the drawing that a picture is in; what is beside it in a group is pictures, too."""
    drawing = next(picture.iterancestors(f"{W}drawing", f"{W}pict"), None)
    if drawing is not None:
        take_out(drawing)
