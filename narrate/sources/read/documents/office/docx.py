"""Reader for DOCX: mammoth makes a page of what Word's styles say, and the page's reader makes blocks of it."""

from __future__ import annotations

import io
from collections.abc import Iterator

from lxml import etree

from narrate.core.article import Block, Drop, Metadata
from narrate.core.errors import SourceError
from narrate.core.language.tags import tag_in
from narrate.sources.read.characters import tidy
from narrate.sources.read.documents.document import Document, require_text, stated_day
from narrate.sources.read.documents.headings import document_of
from narrate.sources.read.documents.office.word_numbers import numbered_items
from narrate.sources.read.documents.office.word_text import DOCUMENT, settled_document, style_rules
from narrate.sources.read.documents.package import ALL_MAX_BYTES, Package, opened
from narrate.sources.read.documents.page_text import blocks_of_page

# What mammoth leaves alone: titles, quotes, code and captions; tables of contents are lines of their own styles.
# Styles are known by the names that Word has for them inside, whatever language they are shown in.
_STYLES = """
p[style-name='Title'] => h1.document-title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='List Bullet'] => ul > li:fresh
p[style-name='List Bullet 2'] => ul > li:fresh
p[style-name='List Number'] => ol > li:fresh
p[style-name='List Number 2'] => ol > li:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Source Code'] => pre:separator('\\n')
p.narrate-contents => p.document-contents:fresh
p[style-name='TOC Heading'] => p.document-contents:fresh
p[style-name='toc 1'] => p.document-contents:fresh
p[style-name='toc 2'] => p.document-contents:fresh
p[style-name='toc 3'] => p.document-contents:fresh
p[style-name='toc 4'] => p.document-contents:fresh
p[style-name='index 1'] => p.document-contents:fresh
p[style-name='index 2'] => p.document-contents:fresh
p[style-name='table of figures'] => p.document-contents:fresh
p.narrate-heading-1 => h1:fresh
p.narrate-heading-2 => h2:fresh
"""
_CONTENTS_CLASS, _TITLE_CLASS = "document-contents", "document-title"


def read_docx(data: bytes, name: str) -> Document:
    """Read a document of Word's.

    Args:
        data: The file.
        name: What to call it in an error.

    Raises:
        SourceError: It is damaged, or holds no text.
    """
    with opened(data, name) as package:
        package.require_unpacked_below(ALL_MAX_BYTES)
        if DOCUMENT in package:
            package.require_fewer_paragraphs(DOCUMENT)
        meta = _metadata(package)
        rules = "\n".join((_STYLES, *style_rules(package)))
        settled = settled_document(package, meta.language) if DOCUMENT in package else data
    page = blocks_of_page(_page(settled, name, rules), meta.language)
    blocks: list[Block] = []
    drops: list[Drop] = list(page.drops)
    for piece in page.pieces:
        names = (piece.element.get("class") or "").split()
        if _CONTENTS_CLASS in names:
            drops.append(Drop(piece.block, "contents"))
        else:
            blocks.append(Block("title", piece.block.text) if _TITLE_CLASS in names else piece.block)
    require_text(blocks, name)
    return document_of(meta, blocks, drops)


def _page(data: bytes, name: str, rules: str) -> str:
    import mammoth

    try:
        # Pictures are not carried along: a page may have a hundred megabytes of them, and nobody hears one.
        result = mammoth.convert_to_html(
            io.BytesIO(data), style_map=rules, convert_image=mammoth.images.img_element(lambda image: {"src": ""})
        )
    except Exception as error:  # mammoth has no errors of its own: whatever a damaged file leads it to
        raise SourceError(f"{name} is damaged: {type(error).__name__} while it was read", "save it anew") from error
    return numbered_items(str(result.value))


def _metadata(package: Package) -> Metadata:
    """Read Dublin Core of the package (ECMA-376, part 2), and the language of the default style."""
    root = package.xml("docProps/core.xml") if "docProps/core.xml" in package else None
    found = {etree.QName(one).localname: tidy(one.text or "") for one in _elements(root)}
    return Metadata(
        title=found.get("title") or None,
        author=found.get("creator") or None,
        published=stated_day(found.get("created") or ""),
        language=_language(package),
    )


def _elements(root: etree._Element | None) -> Iterator[etree._Element]:
    if root is not None:
        yield from root.iter(etree.Element)


def _language(package: Package) -> str | None:
    """Return the language that the text is marked with by default; None where no style says it."""
    if "word/styles.xml" not in package:
        return None
    defaults = package.xml("word/styles.xml").xpath("//*[local-name()='docDefaults']//*[local-name()='lang']/@*")
    return tag_in(str(defaults[0])) if defaults else None
