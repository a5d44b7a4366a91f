"""Files of word processors with what writers, readers and programs leave in them, and what is to be read of each.

`PYTHONPATH=tests python -m support.papers.all_office_files` tells which of them are read otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from narrate.core.article import Article
from narrate.sources.read.documents.document import whole_article
from narrate.sources.read.documents.forms import document_form, read_document
from support.papers.packed import packed

FIRST = "The lamp at the end of the pier was lit by hand until the winter of the great ice."
SECOND = "Nobody in the village remembers who carried the oil, but the ladder still leans there."
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


def word_files() -> Iterator[OfficeFile]:
    """Yield all of them."""
    yield from _changes()
    yield from _boxes()
    yield from _breaks()
    yield from _signs()
    yield from _word_lists()


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


def said(*texts: str) -> tuple[tuple[str, str], ...]:
    """Return paragraphs as they are read."""
    return tuple(("paragraph", text) for text in texts)


def _changes() -> Iterator[OfficeFile]:
    """Notes, remarks, and what was changed."""
    note = (
        '<w:endnote w:id="2"><w:p><w:r><w:endnoteRef/></w:r><w:r><w:t xml:space="preserve"> Oil '
        "of rape.</w:t></w:r></w:p></w:endnote>"
    )
    yield OfficeFile(
        "an endnote",
        docx(
            par(run(FIRST) + '<w:r><w:endnoteReference w:id="2"/></w:r>') + par(run(SECOND)),
            {"endnotes": _part("endnotes", note)},
        ),
        (*said(FIRST, SECOND), ("footnote", "1. Oil of rape.")),
    )
    remark = '<w:comment w:id="1" w:author="Rolf"><w:p><w:r><w:t>Is this true?</w:t></w:r></w:p></w:comment>'
    commented = (
        f'<w:commentRangeStart w:id="1"/>{run(FIRST)}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference '
        f'w:id="1"/></w:r>'
    )
    yield OfficeFile("a comment", docx(par(commented), {"comments": _part("comments", remark)}), said(FIRST), ("true",))
    deleted = '<w:del w:id="3"><w:r><w:delText xml:space="preserve"> gone</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="4">{run("Moved words. ")}</w:moveFrom>'
    yield OfficeFile(
        "what was moved away",
        docx(par(moved + run(FIRST)) + par(run(SECOND) + f'<w:moveTo w:id="5">{run(" Moved words.")}</w:moveTo>')),
        said(FIRST, f"{SECOND} Moved words."),
    )
    yield OfficeFile("what was deleted", docx(par(run("Seen") + deleted + run("."))), said("Seen."), ("gone",))
    mark = '<w:rPr><w:del w:id="6"/></w:rPr>'
    yield OfficeFile(
        "a paragraph's end that was deleted",
        docx(par(run("The lamp was lit "), mark) + par(run("by hand."))),
        said("The lamp was lit by hand."),
    )


def _boxes() -> Iterator[OfficeFile]:
    """Boxes, pictures and fields."""
    box = f"<w:txbxContent>{par(run('A word in a box.'))}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>"
        f"</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    yield OfficeFile(
        "a text box in two versions",
        docx(par(run(FIRST) + f"<w:r>{both}</w:r>") + par(run(SECOND))),
        said(FIRST, "A word in a box.", SECOND),
    )
    drawn = both[both.index("<w:drawing>") : both.index("</mc:Choice>")]
    yield OfficeFile(
        "a text box without a second version",
        docx(par(run(FIRST) + f"<w:r>{drawn}</w:r>") + par(run(SECOND))),
        said(FIRST, "A word in a box.", SECOND),
    )
    picture = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="A lamp on a pier"/>'
        '<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="x9"/></pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    yield OfficeFile(
        "a picture that is missing", docx(par(run(FIRST)) + par(picture) + par(run(SECOND))), said(FIRST, SECOND)
    )
    fields = (
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF _Ref12 \\h </w:instrText>'
            '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        + run("Figure 2")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    yield OfficeFile("a field", docx(par(run("See ") + fields + run(" below."))), said("See Figure 2 below."), ("REF",))


def _breaks() -> Iterator[OfficeFile]:
    """Hyphens, breaks, controls and heads of pages."""
    simple = f'<w:fldSimple w:instr=" DATE ">{run("3 November 2026")}</w:fldSimple>'
    yield OfficeFile("a simple field", docx(par(run("It was ") + simple + run("."))), said("It was 3 November 2026."))
    hyphens = "<w:r><w:t>light</w:t><w:softHyphen/><w:t>house on Sea</w:t><w:noBreakHyphen/><w:t>Road</w:t></w:r>"
    yield OfficeFile("soft and firm hyphens", docx(par(hyphens)), said("lighthouse on Sea\u2011Road"))
    yield OfficeFile("a soft hyphen as a character", docx(par(run("light\u00adhouse"))), said("lighthouse"))
    section = '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>'
    yield OfficeFile(
        "a section's end", docx(par(run(FIRST), section) + par(run(SECOND)) + section), said(FIRST, SECOND)
    )
    yield OfficeFile(
        "breaks of pages and lines",
        docx(
            par(run(FIRST) + '<w:r><w:br w:type="page"/></w:r>' + run(SECOND))
            + par(run("One") + "<w:r><w:br/></w:r>" + run("two"))
        ),
        said(FIRST, SECOND, "One two"),
    )
    yield OfficeFile(
        "an inline control",
        docx(par(f"<w:sdt><w:sdtContent>{run('The lamp')}</w:sdtContent></w:sdt>" + run(" was lit."))),
        said("The lamp was lit."),
    )
    yield OfficeFile(
        "a smart tag",
        docx(par(f'<w:smartTag w:element="place">{run("Dublin")}</w:smartTag>' + run(" was dark."))),
        said("Dublin was dark."),
    )
    head = _part("hdr", par(run("Draft — do not cite")))
    yield OfficeFile("a head of pages", docx(par(run(FIRST)), {"header1": head}), said(FIRST), ("Draft",))
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
        + par(f'<w:bookmarkStart w:id="0" w:name="_x"/>{run(FIRST)}')
        + par(run("Two"), '<w:pStyle w:val="Heading1"/>')
        + par(run(SECOND))
    )
    yield OfficeFile(
        "Google Docs",
        docx(body, {"styles": google}),
        (("title", "The Pier"), ("heading", "One"), ("paragraph", FIRST), ("heading", "Two"), ("paragraph", SECOND)),
    )


def _signs() -> Iterator[OfficeFile]:
    """Ruby and signs."""
    yield OfficeFile(
        "bold lines for headings",
        docx(
            "".join(
                par(run(title, '<w:b/><w:sz w:val="32"/>')) + par(run(text, '<w:sz w:val="22"/>'))
                for title, text in (("One", FIRST), ("Two", SECOND))
            )
        ),
        (("heading", "One"), ("paragraph", FIRST), ("heading", "Two"), ("paragraph", SECOND)),
    )
    ruby = (
        "<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r>"
        "</w:rubyBase></w:ruby></w:r>"
    )
    yield OfficeFile("ruby", docx(par(run("The sign ") + ruby + run(" is old."))), said("The sign 漢 is old."))
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    yield OfficeFile(
        "a sign of a font of signs", docx(par(run("This way ") + sign + run(" home."))), said("This way 🡪 home.")
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

    both = item("Oil.", 1) + item("Wick.", 1) + par(run(FIRST)) + item("Bell.", 2) + item("Rope.", 2)
    yield OfficeFile(
        "a list that begins anew",
        docx(both, {"numbering": numbering}),
        (
            ("list_item", "1. Oil."),
            ("list_item", "2. Wick."),
            ("paragraph", FIRST),
            ("list_item", "1. Bell."),
            ("list_item", "2. Rope."),
        ),
    )
    goes_on = item("Oil.", 1) + par(run(FIRST)) + item("Wick.", 1)
    yield OfficeFile(
        "a list that goes on",
        docx(goes_on, {"numbering": numbering}),
        (("list_item", "1. Oil."), ("paragraph", FIRST), ("list_item", "2. Wick.")),
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
