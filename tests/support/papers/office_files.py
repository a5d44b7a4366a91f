"""Files of word processors with what writers, readers and programs leave in them, and what is to be read of each.

`PYTHONPATH=tests python -m support.papers.office_files` tells which of them are read otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from narrate.core.article import Article
from narrate.sources.read.documents.document import whole_article
from narrate.sources.read.documents.forms import document_form, read_document
from support.papers.packed import packed

_A = "The lamp at the end of the pier was lit by hand until the winter of the great ice."
_B = "Nobody in the village remembers who carried the oil, but the ladder still leans there."
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PREFIXES = (
    f'xmlns:w="{_W}/main" xmlns:r="{_OFFICE}/relationships" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_PARTS = ("footnotes", "endnotes", "comments", "numbering", "styles", "header1")


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """A file of a word processor.

    Attributes:
        name: What is special about it.
        data: The file.
        read: Its blocks, each as kind and text.
        unread: Words that must not be read.
    """

    name: str
    data: bytes
    read: tuple[tuple[str, str], ...]
    unread: tuple[str, ...] = ()


def office_files() -> Iterator[OfficeFile]:
    """Yield all of them."""
    yield from _word()
    yield from _word_lists()
    yield from _open_documents()
    yield from _rich_texts()


def docx(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a DOCX with this body and other parts by their names."""
    made = dict(parts or {})
    kinds = {"header1": "header"}
    types = "".join(
        (
            f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.w'
            f'ordprocessingml.{kind}+xml"/>'
        )
        for name, kind in (("document", "document.main"), *((one, kinds.get(one, one)) for one in made))
    )
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/relationships/{kinds.get(name, name)}" Target="{name}.xml"/>'
        for number, name in enumerate(made)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    root = f'<Relationship Id="r1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">{root}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        "word/document.xml": f"<w:document {_PREFIXES}><w:body>{body}</w:body></w:document>",
    }
    return packed(files | {f"word/{name}.xml": text for name, text in made.items()})


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content: str, properties: str = "") -> str:
    """Return a paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def _part(name: str, content: str) -> str:
    return f"<w:{name} {_PREFIXES}>{content}</w:{name}>"


def _said(*texts: str) -> tuple[tuple[str, str], ...]:
    return tuple(("paragraph", text) for text in texts)


def _word() -> Iterator[OfficeFile]:
    note = (
        '<w:endnote w:id="2"><w:p><w:r><w:endnoteRef/></w:r><w:r><w:t xml:space="preserve"> Oil '
        "of rape.</w:t></w:r></w:p></w:endnote>"
    )
    yield OfficeFile(
        "an endnote",
        docx(
            par(run(_A) + '<w:r><w:endnoteReference w:id="2"/></w:r>') + par(run(_B)),
            {"endnotes": _part("endnotes", note)},
        ),
        (*_said(_A, _B), ("footnote", "1. Oil of rape.")),
    )
    remark = '<w:comment w:id="1" w:author="Rolf"><w:p><w:r><w:t>Is this true?</w:t></w:r></w:p></w:comment>'
    commented = (
        f'<w:commentRangeStart w:id="1"/>{run(_A)}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference '
        f'w:id="1"/></w:r>'
    )
    yield OfficeFile("a comment", docx(par(commented), {"comments": _part("comments", remark)}), _said(_A), ("true",))
    deleted = '<w:del w:id="3"><w:r><w:delText xml:space="preserve"> gone</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="4">{run("Moved words. ")}</w:moveFrom>'
    yield OfficeFile(
        "what was moved away",
        docx(par(moved + run(_A)) + par(run(_B) + f'<w:moveTo w:id="5">{run(" Moved words.")}</w:moveTo>')),
        _said(_A, f"{_B} Moved words."),
    )
    yield OfficeFile("what was deleted", docx(par(run("Seen") + deleted + run("."))), _said("Seen."), ("gone",))
    mark = '<w:rPr><w:del w:id="6"/></w:rPr>'
    yield OfficeFile(
        "a paragraph's end that was deleted",
        docx(par(run("The lamp was lit "), mark) + par(run("by hand."))),
        _said("The lamp was lit by hand."),
    )
    box = f"<w:txbxContent>{par(run('A word in a box.'))}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>"
        f"</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    yield OfficeFile(
        "a text box in two versions",
        docx(par(run(_A) + f"<w:r>{both}</w:r>") + par(run(_B))),
        _said(_A, "A word in a box.", _B),
    )
    drawn = both[both.index("<w:drawing>") : both.index("</mc:Choice>")]
    yield OfficeFile(
        "a text box without a second version",
        docx(par(run(_A) + f"<w:r>{drawn}</w:r>") + par(run(_B))),
        _said(_A, "A word in a box.", _B),
    )
    picture = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="A lamp on a pier"/>'
        '<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="x9"/></pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    yield OfficeFile("a picture that is missing", docx(par(run(_A)) + par(picture) + par(run(_B))), _said(_A, _B))
    fields = (
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF _Ref12 \\h </w:instrText>'
            '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        + run("Figure 2")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    yield OfficeFile(
        "a field", docx(par(run("See ") + fields + run(" below."))), _said("See Figure 2 below."), ("REF",)
    )
    simple = f'<w:fldSimple w:instr=" DATE ">{run("3 November 2026")}</w:fldSimple>'
    yield OfficeFile("a simple field", docx(par(run("It was ") + simple + run("."))), _said("It was 3 November 2026."))
    hyphens = "<w:r><w:t>light</w:t><w:softHyphen/><w:t>house on Sea</w:t><w:noBreakHyphen/><w:t>Road</w:t></w:r>"
    yield OfficeFile("soft and firm hyphens", docx(par(hyphens)), _said("lighthouse on Sea\u2011Road"))
    yield OfficeFile("a soft hyphen as a character", docx(par(run("light\u00adhouse"))), _said("lighthouse"))
    section = '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>'
    yield OfficeFile("a section's end", docx(par(run(_A), section) + par(run(_B)) + section), _said(_A, _B))
    yield OfficeFile(
        "breaks of pages and lines",
        docx(
            par(run(_A) + '<w:r><w:br w:type="page"/></w:r>' + run(_B))
            + par(run("One") + "<w:r><w:br/></w:r>" + run("two"))
        ),
        _said(_A, _B, "One two"),
    )
    yield OfficeFile(
        "an inline control",
        docx(par(f"<w:sdt><w:sdtContent>{run('The lamp')}</w:sdtContent></w:sdt>" + run(" was lit."))),
        _said("The lamp was lit."),
    )
    yield OfficeFile(
        "a smart tag",
        docx(par(f'<w:smartTag w:element="place">{run("Dublin")}</w:smartTag>' + run(" was dark."))),
        _said("Dublin was dark."),
    )
    head = _part("hdr", par(run("Draft — do not cite")))
    yield OfficeFile("a head of pages", docx(par(run(_A)), {"header1": head}), _said(_A), ("Draft",))
    google = _part(
        "styles",
        (
            '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style><w:style '
            'w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
        ),
    )
    body = (
        par(run("The Pier", '<w:rtl w:val="0"/>'), '<w:pStyle w:val="Title"/>')
        + par("")
        + par(run("One"), '<w:pStyle w:val="Heading1"/>')
        + par(f'<w:bookmarkStart w:id="0" w:name="_x"/>{run(_A)}')
        + par(run("Two"), '<w:pStyle w:val="Heading1"/>')
        + par(run(_B))
    )
    yield OfficeFile(
        "Google Docs",
        docx(body, {"styles": google}),
        (("title", "The Pier"), ("heading", "One"), ("paragraph", _A), ("heading", "Two"), ("paragraph", _B)),
    )
    yield OfficeFile(
        "bold lines for headings",
        docx(
            "".join(
                par(run(title, '<w:b/><w:sz w:val="32"/>')) + par(run(text, '<w:sz w:val="22"/>'))
                for title, text in (("One", _A), ("Two", _B))
            )
        ),
        (("heading", "One"), ("paragraph", _A), ("heading", "Two"), ("paragraph", _B)),
    )
    ruby = (
        "<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r>"
        "</w:rubyBase></w:ruby></w:r>"
    )
    yield OfficeFile("ruby", docx(par(run("The sign ") + ruby + run(" is old."))), _said("The sign 漢 is old."))
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    yield OfficeFile(
        "a sign of a font of signs", docx(par(run("This way ") + sign + run(" home."))), _said("This way 🡪 home.")
    )


def _word_lists() -> Iterator[OfficeFile]:
    level = '<w:lvl w:ilvl="0"><w:start w:val="{}"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = _part(
        "numbering",
        (
            f'<w:abstractNum w:abstractNumId="0">{level.format(1)}</w:abstractNum><w:num w:numId="1">'
            f'<w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride '
            f'w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        ),
    )

    def item(text: str, number: int) -> str:
        return par(run(text), f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')

    both = item("Oil.", 1) + item("Wick.", 1) + par(run(_A)) + item("Bell.", 2) + item("Rope.", 2)
    yield OfficeFile(
        "a list that begins anew",
        docx(both, {"numbering": numbering}),
        (
            ("list_item", "1. Oil."),
            ("list_item", "2. Wick."),
            ("paragraph", _A),
            ("list_item", "1. Bell."),
            ("list_item", "2. Rope."),
        ),
    )
    goes_on = item("Oil.", 1) + par(run(_A)) + item("Wick.", 1)
    yield OfficeFile(
        "a list that goes on",
        docx(goes_on, {"numbering": numbering}),
        (("list_item", "1. Oil."), ("paragraph", _A), ("list_item", "2. Wick.")),
    )
    later = _part(
        "numbering",
        (
            f'<w:abstractNum w:abstractNumId="0">{level.format(5)}</w:abstractNum><w:num w:numId="1">'
            f'<w:abstractNumId w:val="0"/></w:num>'
        ),
    )
    yield OfficeFile(
        "a list that begins at five",
        docx(item("Oil.", 1) + item("Wick.", 1), {"numbering": later}),
        (("list_item", "5. Oil."), ("list_item", "6. Wick.")),
    )
    next_to = item("Oil.", 1) + item("Wick.", 1) + item("Bell.", 2)
    yield OfficeFile(
        "two lists side by side",
        docx(next_to, {"numbering": numbering}),
        (("list_item", "1. Oil."), ("list_item", "2. Wick."), ("list_item", "1. Bell.")),
    )


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


def _open_documents() -> Iterator[OfficeFile]:
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


def missed(file: OfficeFile) -> str:
    """Return how a file is read otherwise than it should be, "" where it is not."""
    try:
        article = read_file(file.data)
    except Exception as error:  # what is measured is whether it is read
        return f"{type(error).__name__}: {error}"
    got = tuple((block.kind, block.text) for block in article.blocks if block.kind != "image")
    spoken = [words for words in file.unread if any(words in text for _, text in got)]
    return "" if got == file.read and not spoken else str(got)


def read_file(data: bytes) -> Article:
    """Read a file whole."""
    form = document_form(data, "letter")
    assert form
    return whole_article(read_document(data, form, "letter"))


if __name__ == "__main__":
    every = list(office_files())
    wrong = [(file.name, how) for file in every if (how := missed(file))]
    for name, how in wrong:
        print(f"{name}: {how}")
    print(f"{len(every) - len(wrong)} of {len(every)} are read as they should be")
