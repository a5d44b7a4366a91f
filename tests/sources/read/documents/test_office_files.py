"""Files of word processors with what writers, readers and programs leave in them."""

from __future__ import annotations

import pytest
from support.papers.all_office_files import office_files
from support.papers.office_files import OfficeFile, docx, missed, par, run
from support.papers.open_files import odt

from narrate.core.errors import SourceError
from narrate.sources.read.documents.forms import document_form, read_document
from narrate.sources.read.documents.package import PARAGRAPHS_MAX


@pytest.mark.parametrize("file", list(office_files()), ids=lambda file: file.name)
def test_what_is_read(file: OfficeFile) -> None:
    """What a reader sees is read, once and as what it is; remarks, deletions and heads of pages are not."""
    assert not missed(file)


@pytest.mark.parametrize(
    "data",
    [
        docx("<w:p/>" * (PARAGRAPHS_MAX + 1)),
        docx("<w:p w:rsidR='1'/>" * (PARAGRAPHS_MAX + 1)),
        odt("<text:p/>" * (PARAGRAPHS_MAX + 1)),
    ],
    ids=["docx", "docx with attributes", "odt"],
)
def test_too_many_paragraphs(data: bytes) -> None:
    """What is longer than any document is refused before a tree is made of it."""
    form = document_form(data, "letter")
    assert form
    with pytest.raises(SourceError, match="paragraphs") as caught:
        read_document(data, form, "letter")

    assert "split" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "properties"),
    [
        ("The whole of this paragraph is bold, since its writer shouted, and it ends as a sentence does.", "<w:b/>"),
        ("Bold, with a comma,", "<w:b/>"),
        ("Not bold", '<w:b w:val="0"/>'),
        ("Small print", '<w:sz w:val="16"/>'),
    ],
)
def test_lines_that_are_no_headings(text: str, properties: str) -> None:
    """Bold sentences and smaller lines are text."""
    data = docx(
        par(run(text, properties)) + par(run("The lamp was lit by hand until the winter of the great ice.")) * 2
    )

    blocks = [block for chapter in read_document(data, "docx", "letter").chapters for block in chapter.blocks]

    assert [block.kind for block in blocks] == ["paragraph"] * 3
