"""ODT and RTF files with what writers, readers and programs leave in them; a part of `office_files`."""

from __future__ import annotations

from collections.abc import Iterator

from support.papers.office_files import FIRST as _A
from support.papers.office_files import SECOND as _B
from support.papers.office_files import OfficeFile
from support.papers.office_files import said as _said
from support.papers.packed import packed


def open_and_rich_files() -> Iterator[OfficeFile]:
    """Yield all of them."""
    yield from _open_texts()
    yield from _open_lists()
    yield from _open_sections()
    yield from _rich_texts()


def odt(body: str, styles: str = "") -> bytes:
    """Return an ODT with this text."""
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("text", "text"),
            ("style", "style"),
            ("draw", "drawing"),
            ("table", "table"),
            ("svg", "svg-compatible"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    content = (
        f'<office:document-content {names} xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://w'
        f'ww.w3.org/1999/xlink"><office:automatic-styles>{styles}</office:automatic-styles><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _open_texts() -> Iterator[OfficeFile]:
    """Notes, remarks, boxes and fields of ODT."""
    note = (
        '<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body>'
        "<text:p>Oil of rape.</text:p></text:note-body></text:note>"
    )
    yield OfficeFile(
        "ODT: an endnote", odt(f"<text:p>{_A}{note}</text:p>"), (("paragraph", _A), ("footnote", "Oil of rape."))
    )
    remark = "<office:annotation><dc:creator>Rolf</dc:creator><text:p>Is this true?</text:p></office:annotation>"
    yield OfficeFile("ODT: a comment", odt(f"<text:p>{_A}{remark}</text:p>"), _said(_A), ("true", "Rolf"))
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone words</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    yield OfficeFile(
        "ODT: changes", odt(f'{changes}<text:p>{_A}<text:change text:change-id="1"/></text:p>'), _said(_A), ("gone",)
    )
    frame = "<draw:frame><draw:text-box><text:p>A word in a box.</text:p></draw:text-box></draw:frame>"
    yield OfficeFile("ODT: a box in a paragraph", odt(f"<text:p>{_A}{frame}</text:p>"), _said(_A, "A word in a box."))
    yield OfficeFile("ODT: a box at a page", odt(f"{frame}<text:p>{_A}</text:p>"), _said("A word in a box.", _A))
    picture = (
        '<draw:frame draw:name="Image1"><draw:image xlink:href="Pictures/1.png"/><svg:title>Lamp</svg:title'
        "><svg:desc>A lamp on a pier</svg:desc></draw:frame>"
    )
    yield OfficeFile("ODT: a picture's description", odt(f"<text:p>{picture}</text:p><text:p>{_A}</text:p>"), _said(_A))
    fields = (
        '<text:page-number>12</text:page-number><text:bookmark-ref text:reference-format="text">'
        "Figure 2</text:bookmark-ref>"
    )
    yield OfficeFile(
        "ODT: fields",
        odt(f"<text:p>See {fields.split('</text:page-number>')[1]} below.</text:p>"),
        _said("See Figure 2 below."),
    )


def _open_lists() -> Iterator[OfficeFile]:
    """Hidden text and lists of ODT."""
    yield OfficeFile(
        "ODT: a soft hyphen and a soft page break",
        odt("<text:p>light\u00adhouse <text:soft-page-break/>keeper</text:p>"),
        _said("lighthouse keeper"),
    )
    hidden = (
        '<text:p>Seen.<text:hidden-text text:condition="x" text:string-value="gone">gone</text:hidden-text></text:p>'
    )
    yield OfficeFile("ODT: hidden text", odt(hidden), _said("Seen."), ("gone",))
    styles = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"'
        "/></text:list-style>"
    )
    item = "<text:list-item{}><text:p>{}</text:p></text:list-item>"
    two = (
        f'<text:list text:style-name="L1">{item.format("", "Oil.")}{item.format("", "Wick.")}</text:list>'
        f"<text:p>{_A}</text:p>"
    )
    yield OfficeFile(
        "ODT: a list that begins anew",
        odt(two + f'<text:list text:style-name="L1">{item.format("", "Bell.")}</text:list>', styles),
        (("list_item", "1. Oil."), ("list_item", "2. Wick."), ("paragraph", _A), ("list_item", "1. Bell.")),
    )
    yield OfficeFile(
        "ODT: a list that goes on",
        odt(
            two
            + f'<text:list text:continue-numbering="true" text:style-name="L1">{item.format("", "Bell.")}</text:list>',
            styles,
        ),
        (("list_item", "1. Oil."), ("list_item", "2. Wick."), ("paragraph", _A), ("list_item", "3. Bell.")),
    )
    started = item.format(' text:start-value="7"', "Bell.")
    yield OfficeFile(
        "ODT: an item with a number of its own",
        odt(
            f'<text:list text:style-name="L1">{item.format("", "Oil.")}{started}{item.format("", "Rope.")}</text:list>',
            styles,
        ),
        (("list_item", "1. Oil."), ("list_item", "7. Bell."), ("list_item", "8. Rope.")),
    )


def _open_sections() -> Iterator[OfficeFile]:
    """Sections of ODT."""
    section = '<text:section text:name="a"><text:p>{}</text:p></text:section>'
    yield OfficeFile(
        "ODT: a hidden section",
        odt(section.format(_A) + section.format("gone words").replace('name="a"', 'name="b" text:display="none"')),
        _said(_A),
        ("gone",),
    )


def _rich_texts() -> Iterator[OfficeFile]:
    def rtf(body: str, head: str = "") -> bytes:
        return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Times;}}}}{head}\\pard {body}\\par}}".encode(
            "cp1252"
        )

    yield OfficeFile(
        "RTF: a comment",
        rtf(f"{_A}{{\\*\\atnid R}}{{\\*\\atnauthor Rolf}}\\chatn{{\\*\\annotation\\pard Is this true?}}"),
        _said(_A),
        ("true", "Rolf"),
    )
    yield OfficeFile(
        "RTF: an endnote",
        rtf(f"{_A}{{\\super\\chftn{{\\footnote\\ftnalt\\pard{{\\super\\chftn}} Oil of rape.}}}}"),
        (("paragraph", _A), ("footnote", "Oil of rape.")),
    )
    yield OfficeFile("RTF: a deletion", rtf("Seen{\\deleted  gone}."), _said("Seen."), ("gone",))
    yield OfficeFile(
        "RTF: a field",
        rtf("See {\\field{\\*\\fldinst{ REF x }}{\\fldrslt{Figure 2}}} below."),
        _said("See Figure 2 below."),
    )
    yield OfficeFile("RTF: hyphens", rtf("light\\-house on Sea\\_Road"), _said("lighthouse on Sea-Road"))
    yield OfficeFile("RTF: a section's end", rtf(f"{_A}\\par\\sect\\sectd\\pard {_B}"), _said(_A, _B))
    yield OfficeFile(
        "RTF: a text box",
        rtf(
            f"{_A}{{\\shp{{\\*\\shpinst{{\\sp{{\\sn shapeType}}{{\\sv 202}}}}{{\\shptxt\\pard A word "
            f"in a box.\\par}}}}}}\\par\\pard {_B}"
        ),
        _said(_A, "A word in a box.", _B),
    )
    yield OfficeFile(
        "RTF: a picture",
        rtf(f"{{\\pict{{\\*\\picprop{{\\sp{{\\sn wzDescription}}{{\\sv A lamp}}}}}}\\pngblip 89504e47}}{_A}"),
        _said(_A),
        ("A lamp", "8950"),
    )
    yield OfficeFile("RTF: letters by number", rtf("Fog \\u8212\\'97 and \\'84ice\\'93"), _said("Fog — and „ice“"))
    yield OfficeFile(
        "RTF: a list's marks",
        rtf("{\\listtext\\pard 1.\\tab}\\ls1 Oil.\\par\\pard{\\listtext\\pard 2.\\tab}\\ls1 Wick."),
        (("list_item", "1. Oil."), ("list_item", "2. Wick.")),
    )
