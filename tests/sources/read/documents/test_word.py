"""DOCX and RTF as Word, LibreOffice and others write them: what a reader sees is read, and nothing else."""

from __future__ import annotations

import pytest
from support.papers.packed import packed

from narrate.core.article import Article
from narrate.sources.read.documents.document import whole_article
from narrate.sources.read.documents.office.docx import read_docx
from narrate.sources.read.documents.office.rtf import read_rtf
from narrate.sources.read.documents.office.styles import heading_level, is_for_contents

_PREFIXES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
)


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, style: str = "") -> str:
    """Return a paragraph, of a style where one is named."""
    return f'<w:p><w:pPr>{f"""<w:pStyle w:val="{style}"/>""" if style else ""}</w:pPr>{content}</w:p>'


def docx(body: str, styles: str = "") -> Article:
    """Read a document with this body, and these styles."""
    return whole_article(
        read_docx(
            packed(
                {
                    "[Content_Types].xml": _TYPES,
                    "_rels/.rels": _RELATION.format("officeDocument", "word/document.xml"),
                    "word/document.xml": f"<w:document {_PREFIXES}><w:body>{body}</w:body></w:document>",
                    "word/styles.xml": f"<w:styles {_PREFIXES}>{styles}</w:styles>",
                    "word/_rels/document.xml.rels": _RELATION.format("styles", "styles.xml"),
                }
            ),
            "letter",
        )
    )


def style(name: str, properties: str = "") -> str:
    """Return a style of that name, whose id is "s"."""
    return f'<w:style w:type="paragraph" w:styleId="s"><w:name w:val="{name}"/><w:pPr>{properties}</w:pPr></w:style>'


@pytest.mark.parametrize(
    ("name", "level"),
    [
        *(("heading 1", 1), ("Heading 3", 3), ("Überschrift 2", 2), ("Titre 1", 1), ("Título 4", 4), ("Titolo2", 2)),
        *(("Заголовок 1", 1), ("Normal", None), ("heading", None), ("Heading 12", None), ("Headings 1", None)),
    ],
)  # fmt: skip
def test_names_of_headings(name: str, level: int | None) -> None:
    """The level follows the word that a language has for it."""
    assert heading_level(name) == level


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *(("toc 1", True), ("Verzeichnis 2", True), ("TM 1", True), ("Table of Figures", True)),
        *(("Tocqueville", False), ("Body", False)),
    ],
)  # fmt: skip
def test_names_of_contents(name: str, expected: bool) -> None:
    """Tables of contents and indexes have styles of their own."""
    assert is_for_contents(name) is expected


@pytest.mark.parametrize(
    ("styles", "kind"),
    [
        (style("Titre 2"), "heading"),
        (style("Überschrift 1"), "heading"),
        (style("Our own", '<w:outlineLvl w:val="2"/>'), "heading"),
        (style("Body", '<w:outlineLvl w:val="9"/>'), "paragraph"),
    ],
)
def test_headings_of_docx(styles: str, kind: str) -> None:
    """A style is a heading by its name in any language, or by its level in the outline."""
    body = paragraph(run("Boats"), "s") + paragraph(run("The sea was calm.")) + paragraph(run("Nets"), "s")

    assert [block.kind for block in docx(body, styles).blocks] == [kind, "paragraph", kind]


def math(name: str, **parts: str) -> str:
    """Return an element of an equation, with the letters of its parts."""
    inside = "".join(f"<m:{part}><m:r><m:t>{text}</m:t></m:r></m:{part}>" for part, text in parts.items())
    return f"<m:oMath><m:{name}>{inside}</m:{name}></m:oMath>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("Seen") + run(" unseen", "<w:vanish/>") + run(" words."), "Seen words."),
        (run("Seen") + run(" again", '<w:vanish w:val="0"/>') + run("."), "Seen again."),
        (
            f'<w:ins w:id="1">{run("Kept")}</w:ins><w:del w:id="2"><w:r><w:delText>gone</w:delText></w:r></w:del>',
            "Kept",
        ),
        (run("With ") + math("sSup", e="x", sup="2"), "With x squared"),
        (f"<m:oMathPara>{math('f', num='a', den='b')}</m:oMathPara>", "a over b"),
        (run("From ") + math("rad", deg="3", e="x"), "From the cube root of x"),
        (run("Of ") + math("unheardOf", e="x", other="y"), "Of x y"),
    ],
)
def test_text_of_docx(content: str, text: str) -> None:
    """Hidden words and deleted ones are not read; equations are, in words."""
    assert docx(paragraph(content)).blocks[0].text == text


def test_contents_of_docx() -> None:
    """Word's own table of contents is on record, whatever its lines look like; other controls are text."""
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    body = (
        f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{paragraph(run('Boats 3'))}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtContent>{paragraph(run('The sea was calm.'))}</w:sdtContent></w:sdt>"
    )

    article = docx(body)

    assert [block.text for block in article.blocks] == ["The sea was calm."]
    assert [(drop.rule, drop.block.text) for drop in article.drops] == [("contents", "Boats 3")]


def test_styles_of_rtf() -> None:
    """Headings and contents are known by the names of their styles in other languages, too."""
    data = (
        rb"{\rtf1\ansi{\stylesheet{\s0 Normal;}{\s1 \'dcberschrift 1;}{\s2 Titre 2;}{\s3 Verzeichnis 1;}}"
        rb"\pard\s3 Boats\tab 3\par\pard\s1 Boats\par\pard\s2 Nets\par\pard\s0 The sea was calm.\par\pard\s1 Ropes\par}"
    )

    article = whole_article(read_rtf(data, "letter"))

    levels = [(block.kind, block.level) for block in article.blocks]
    assert levels == [("heading", 1), ("heading", 2), ("paragraph", 0), ("heading", 1)]
    assert [drop.block.text for drop in article.drops] == ["Boats 3"]
