"""The text of a DOCX before mammoth reads it: hidden words are taken out, contents marked, equations put in words.

Names of elements and attributes are those of ECMA-376, part 1: chapter 17 for text, chapter 22 for mathematics.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from narrate.core.language.tags import DEFAULT_LANGUAGE
from narrate.sources.read.documents.office.styles import heading_level, is_for_contents
from narrate.sources.read.documents.office.word_headings import mark_headings
from narrate.sources.read.documents.office.word_numbers import mark_numbers
from narrate.sources.read.documents.office.word_parts import open_parts, take_out
from narrate.sources.read.documents.package import Package
from narrate.sources.read.formulas import spoken_formula

DOCUMENT, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
# Id of a style; no program makes one that is called so.
CONTENTS_STYLE = "narrate-contents"
HEADINGS_MAX = 6
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Equations that are made of parts, as TeX; names of parts are the elements'.
_PARTS = ("num", "den", "e", "sub", "sup", "fName", "lim")
_TEX = {
    "f": "\\frac{{{num}}}{{{den}}}",
    "sSup": "{{{e}}}^{{{sup}}}",
    "sSub": "{{{e}}}_{{{sub}}}",
    "sSubSup": "{{{e}}}_{{{sub}}}^{{{sup}}}",
    "func": "{fName} {e}",
    "limLow": "{e}_{{{lim}}}",
}
_OFF = frozenset({"0", "false", "off"})
_GALLERIES = frozenset({"Table of Contents", "Tables of Contents", "Table of Figures", "Bibliographies"})


def settled_document(package: Package, language: str | None) -> bytes:
    """Return a document whose text is what a reader sees, in words.

    Args:
        package: The file.
        language: The document's, for equations.

    Raises:
        SourceError: A part of it is damaged.
    """
    root = package.xml(DOCUMENT)
    open_parts(root, package)
    for run in list(root.iter(f"{_W}r")):
        if _is_hidden(run):
            take_out(run)
    for block in list(root.iter(f"{_W}sdt")):
        if _gallery(block) in _GALLERIES:
            _mark_contents(block)
    for formula in list(root.iter(f"{_M}oMath")):
        _put_in_words(formula, language or DEFAULT_LANGUAGE)
    if not _has_headings(root, package):
        mark_headings(root)
    if NUMBERING in package:
        mark_numbers(root, package.xml(NUMBERING))
    return _with_part(package, DOCUMENT, etree.tostring(root, encoding="utf-8", xml_declaration=True))


def style_rules(package: Package) -> Iterator[str]:
    """Yield rules of mammoth's for the styles of a document that are headings or contents by level or by name."""
    if STYLES not in package:
        return
    for style in package.xml(STYLES).iter(f"{_W}style"):
        name = _value(style.find(f"{_W}name"))
        outline = _value(style.find(f"{_W}pPr/{_W}outlineLvl"))
        level = heading_level(name) or (int(outline) + 1 if outline.isdecimal() else 0)
        if not name or "'" in name or "\\" in name or style.get(f"{_W}type") != "paragraph":
            continue
        if is_for_contents(name):
            yield f"p[style-name='{name}'] => p.document-contents:fresh"
        elif 0 < level <= HEADINGS_MAX and name.lower() != "title":
            yield f"p[style-name='{name}'] => h{level}:fresh"


def _value(element: etree._Element | None) -> str:
    return (element.get(f"{_W}val") or "") if element is not None else ""


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and _value(mark) not in _OFF and run.find(f"{_W}fldChar") is None


def _has_headings(root: etree._Element, package: Package) -> bool:
    """Tell whether a paragraph is a heading by its style or by its own level in the outline."""
    used = {_value(one) for one in root.iter(f"{_W}pStyle")}
    if next(root.iter(f"{_W}outlineLvl"), None) is not None:
        return True
    return any(name in used for name, _ in _heading_styles(package))


def _heading_styles(package: Package) -> Iterator[tuple[str, int]]:
    """Yield the ids of styles that are headings, with their level."""
    for style in package.xml(STYLES).iter(f"{_W}style") if STYLES in package else ():
        outline = _value(style.find(f"{_W}pPr/{_W}outlineLvl"))
        level = heading_level(_value(style.find(f"{_W}name"))) or (int(outline) + 1 if outline.isdecimal() else 0)
        if 0 < level <= HEADINGS_MAX:
            yield style.get(f"{_W}styleId") or "", level


def _gallery(block: etree._Element) -> str:
    return _value(block.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery"))


def _mark_contents(block: etree._Element) -> None:
    for paragraph in block.iter(f"{_W}p"):
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            properties = etree.Element(f"{_W}pPr")
            paragraph.insert(0, properties)
        style = properties.find(f"{_W}pStyle")
        if style is None:
            style = etree.Element(f"{_W}pStyle")
            properties.insert(0, style)
        style.set(f"{_W}val", CONTENTS_STYLE)


def _put_in_words(formula: etree._Element, language: str) -> None:
    parent = formula.getparent()
    if parent is None:
        return
    words = spoken_formula(_tex(formula), language) or "".join(formula.itertext(f"{_M}t"))
    run, text = etree.Element(f"{_W}r"), etree.Element(f"{_W}t")
    text.text = words
    run.append(text)
    run.tail = formula.tail
    while parent.tag == f"{_M}oMathPara" and (above := parent.getparent()) is not None:
        formula, parent = parent, above
    parent.replace(formula, run)


def _tex(element: etree._Element) -> str:
    """Return an equation as TeX, as far as TeX has what it is made of."""
    kind = element.tag.removeprefix(_M) if isinstance(element.tag, str) else ""
    parts = {child.tag.removeprefix(_M): child for child in element if isinstance(child.tag, str)}
    if kind == "r":
        return "".join(element.itertext(f"{_M}t"))
    if kind in _TEX:
        return _TEX[kind].format_map({name: _tex(parts[name]) if name in parts else "" for name in _PARTS})
    if kind == "d":
        return f"({', '.join(_tex(child) for child in element.iterchildren(f'{_M}e'))})"
    if kind == "rad":
        degree = _tex(parts["deg"]) if "deg" in parts else ""
        return rf"\sqrt[{degree}]" + f"{{{_tex(parts['e'])}}}" if degree else rf"\sqrt{{{_tex(parts['e'])}}}"
    if kind == "nary":
        sign = element.find(f"{_M}naryPr/{_M}chr")
        return ((sign.get(f"{_M}val") if sign is not None else None) or "∫") + _inside(parts)
    return "" if kind.endswith("Pr") else "".join(_tex(child) for child in element)


def _inside(parts: Mapping[str, etree._Element]) -> str:
    below, above, body = (_tex(parts[name]) if name in parts else "" for name in ("sub", "sup", "e"))
    return f"_{{{below}}}^{{{above}}} {body}"


def _with_part(package: Package, name: str, content: bytes) -> bytes:
    """Return an archive of a document's texts, one of them with another content; nobody hears its pictures."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in package.paths():
            if path == name:
                archive.writestr(path, content)
            elif path.endswith((".xml", ".rels")):
                archive.writestr(path, package.data(path))
    return buffer.getvalue()
