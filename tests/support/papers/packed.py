"""A paper as EPUB, DOCX, ODT and RTF, written part by part from the formats' own rules."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import escape
from itertools import groupby

from support.papers.paper import Paper, Part

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_XHTML = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
    "<head><title>{title}</title></head><body>{body}</body></html>"
)
_OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="{version}">'
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
    '<dc:title>{title}</dc:title><dc:creator opf:role="aut">{author}</dc:creator>'
    '<dc:creator opf:role="ill">Ina Painter</dc:creator><dc:language>en-GB</dc:language><dc:date>2024-03-05</dc:date>'
    '</metadata><manifest>{items}</manifest><spine toc="ncx">{spine}</spine></package>'
)
_ELEMENTS = {
    "paragraph": "<p>{}</p>",
    "list_item": "<ul><li>{}</li></ul>",
    "quote": "<blockquote><p>{}</p></blockquote>",
}


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def chapters_of(paper: Paper) -> list[tuple[str, list[Part]]]:
    """Return a paper's sections, each with its heading."""
    number = 0
    numbered = []
    for part in paper.parts:
        number += part.kind == "heading"
        numbered.append((number, part))
    groups = [[part for _, part in group] for _, group in groupby(numbered, key=lambda one: one[0])]
    return [(group[0].text, group[1:]) for group in groups]


def paper_epub(paper: Paper, *, version: int = 3, others: Mapping[str, str] | None = None) -> bytes:
    """Bind a paper as a book: cover, title page, rights, a file for each section, and an index.

    Args:
        paper: What is in it.
        version: 2 has an NCX, 3 a page for navigation.
        others: Files to put beside, or in the place of, those of the book.
    """
    sections = chapters_of(paper)
    texts = {
        "cover.xhtml": '<section epub:type="cover"><p>Cover</p></section>',
        "title.xhtml": f"<h1>{paper.title}</h1><p>{paper.author}</p>",
        "rights.xhtml": f"<p>Copyright © 2024 {paper.author}. All rights reserved.</p>",
        **{f"c{number}.xhtml": _section(*section, number) for number, section in enumerate(sections, 1)},
        "index.xhtml": "<h1>Index</h1><p>river, 3, 17</p>",
    }
    labels = [(f"c{number}.xhtml", heading) for number, (heading, _) in enumerate(sections, 1)]
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in texts)
    spine = "".join(f'<itemref idref="{name}"/>' for name in texts)
    if version == 3:
        items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    else:
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "OEBPS/book.opf": _OPF.format(
            version=version, title=paper.title, author=paper.author, items=items, spine=spine
        ),
        **{f"OEBPS/{name}": _XHTML.format(title=paper.title, body=body) for name, body in texts.items()},
        **({"OEBPS/nav.xhtml": _nav(labels)} if version == 3 else {"OEBPS/toc.ncx": _ncx(labels)}),
    }
    return packed({**files, **(others or {})})


def _section(heading: str, parts: list[Part], number: int) -> str:
    body = [f"<h2>Chapter {number}</h2><h2>{escape(heading)}</h2>"]
    notes = []
    for index, part in enumerate(parts):
        text = escape(part.text)
        if part.note:
            key = f"n{number}-{index}"
            first, stop, rest = text.partition(". ")
            text = f'{first}{stop.strip()}<a epub:type="noteref" href="#{key}">{len(notes) + 1}</a> {rest}'
            notes.append(f'<aside epub:type="footnote" id="{key}"><p>{escape(part.note)}</p></aside>')
        body.append(_ELEMENTS[part.kind].format(text))
        if index % 2:
            body.append(f'<span epub:type="pagebreak" id="page{number}{index}">{number * 10 + index}</span>')
    return "".join(body + notes)


def _nav(labels: list[tuple[str, str]]) -> str:
    entries = "".join(f'<li><a href="{name}">{escape(text)}</a></li>' for name, text in labels)
    return _XHTML.format(title="Contents", body=f'<nav epub:type="toc"><h1>Contents</h1><ol>{entries}</ol></nav>')


def _ncx(labels: list[tuple[str, str]]) -> str:
    points = "".join(
        f"<navPoint><navLabel><text>{escape(text)}</text></navLabel><content src='{name}'/></navPoint>"
        for name, text in labels
    )
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>'


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DOCX_STYLES = {
    "Title": "Title",
    "Heading1": "heading 1",
    "Quote": "Quote",
    "ListBullet": "List Bullet",
    "TOC1": "toc 1",
}
_DOCX_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def paper_docx(paper: Paper) -> bytes:
    """Write a paper as Word does: styles, notes, a table of contents, a change that was taken back, and a head."""
    notes: list[str] = []
    body = [_w_paragraph(paper.title, "Title"), _w_paragraph(f"{paper.parts[0].text} ........ 3", "TOC1")]
    body.append(_w_paragraph(paper.author, None))
    for part in paper.parts:
        style = {"heading": "Heading1", "list_item": "ListBullet", "quote": "Quote"}.get(part.kind)
        body.append(_w_paragraph(part.text, style, _w_note(part.note, notes)))
    texts = [f'<w:footnote w:id="{at}"><w:p>{_w_run(note)}</w:p></w:footnote>' for at, note in enumerate(notes, 2)]
    parts = {"footnotes": "footnotes.xml", "styles": "styles.xml", "header": "header1.xml"}
    return packed(
        {
            "[Content_Types].xml": _DOCX_TYPES,
            "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
            "word/_rels/document.xml.rels": _relations(parts),
            "word/document.xml": f"<w:document {_W}><w:body>{''.join(body)}</w:body></w:document>",
            "word/header1.xml": f"<w:hdr {_W}><w:p>{_w_run('Running head')}</w:p></w:hdr>",
            "word/styles.xml": f"<w:styles {_W}>{''.join(map(_w_style, _DOCX_STYLES))}</w:styles>",
            "word/footnotes.xml": f"<w:footnotes {_W}>{''.join(texts)}</w:footnotes>",
        }
    )


def _w_style(key: str) -> str:
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{_DOCX_STYLES[key]}"/></w:style>'


def _relations(targets: Mapping[str, str]) -> str:
    kinds = enumerate(targets.items())
    rows = (f'<Relationship Id="r{at}" Type="{_TYPES}/{kind}" Target="{path}"/>' for at, (kind, path) in kinds)
    name = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{name}">{"".join(rows)}</Relationships>'


def _w_run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _w_note(note: str, notes: list[str]) -> str:
    if not note:
        return ""
    notes.append(note)
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{len(notes) + 1}"/></w:r>'


def _w_paragraph(text: str, style: str | None, after: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    gone = "<w:del><w:r><w:delText>taken back</w:delText></w:r></w:del>" if style is None else ""
    return f"<w:p>{named}{_w_run(text)}{gone}{after}</w:p>"


_ODF = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "style", "meta")
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def paper_odt(paper: Paper) -> bytes:
    """Write a paper as LibreOffice does, quotes in a style that is made from another one."""
    contents = "<text:index-body><text:p>About 3</text:p></text:index-body>"
    body = [
        f'<text:p text:style-name="Title">{paper.title}</text:p><text:p>{paper.author}</text:p>',
        f"<text:table-of-content>{contents}</text:table-of-content>",
        *(_o_part(part, number) for number, part in enumerate(paper.parts)),
    ]
    styles = [
        '<style:style style:name="P1" style:parent-style-name="Text_20_body"/>',
        '<style:style style:name="P2" style:parent-style-name="Quotations"/>',
    ]
    author = f"<office:meta><meta:initial-creator>{paper.author}</meta:initial-creator></office:meta>"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{''.join(styles)}"
            f"</office:automatic-styles><office:body><office:text>{''.join(body)}</office:text></office:body>"
            "</office:document-content>",
            "meta.xml": f"<office:document-meta {_ODF}>{author}</office:document-meta>",
        }
    )


def _o_part(part: Part, number: int) -> str:
    text = escape(part.text)
    if part.note:
        body = f"<text:note-body><text:p>{escape(part.note)}</text:p></text:note-body>"
        text += f"<text:note><text:note-citation>{number}</text:note-citation>{body}</text:note>"
    return {
        "heading": '<text:h text:outline-level="1">{}</text:h>',
        "paragraph": '<text:p text:style-name="P1">{}</text:p>',
        "list_item": "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
        "quote": '<text:p text:style-name="P2">{}</text:p>',
    }[part.kind].format(text)


_RTF_STYLES = r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2 Title;}{\s3 Quote;}}"
_RTF_BEGINS = {
    "heading": r"\pard\s1 ",
    "paragraph": r"\pard ",
    "list_item": r"{\listtext\'b7\tab}\pard\ls1 ",
    "quote": r"\pard\s3 ",
}


def paper_rtf(paper: Paper) -> bytes:
    """Write a paper as RTF: a head, styles, notes, and words that are hidden."""
    parts = [
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}",
        _RTF_STYLES,
        r"{\info{\author " + paper.author + r"}}{\header Running head\par}",
        rf"\pard\s2 {paper.title}\par\pard {paper.author}\par ",
    ]
    for part in paper.parts:
        note = r"{\super\chftn{\footnote\pard\plain\chftn  " + part.note + "}}" if part.note else ""
        parts.append(f"{_RTF_BEGINS[part.kind]}{part.text}{note}" + r"{\v hidden words}\par" + "\n")
    return ("".join(parts) + "}").encode("ascii")
