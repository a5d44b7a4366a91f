"""Pages that Word and Google Docs saved: titles, items, quotes and notes are what they are."""

from __future__ import annotations

import pytest

from narrate.core.article import Article
from narrate.sources.read.html import read_page

RAIN = "It rained all day in the town, and the road was wet and long, and nobody had expected so much of it in May."
MARK = "<span style='mso-list: Ignore'>{}<span>&nbsp;&nbsp; </span></span>"
WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>Untitled</title></head><body lang=EN-US>
<div class=WordSection1><p class=MsoTitle>My Essay about Rain<o:p></o:p></p><h1>First part</h1>
<p class=MsoNormal>{RAIN}<a href="#_ftn1"><span class=MsoFootnoteReference>[1]</span></a></p>
<p class=MsoListParagraph><![if !supportLists]>{MARK.format("·")}<![endif]>eggs and milk from the farm</p>
<p class=MsoListParagraph>{MARK.format("2.")}bread and salt from the town</p>
<p class=MsoQuote>To be or not to be, that is the question here.</p>
<h1>Second part</h1><p class=MsoNormal>{RAIN}</p></div></body></html>"""
GOOGLE = f"""<html><head><meta charset="UTF-8"></head><body class="c3 doc-content">
<p class="c1 title"><span>My Essay about Rain</span></p><h1><span>First part</span></h1>
<p class="c1"><span>{RAIN}</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p>
<ul class="lst-kix_abc start"><li><span>eggs and milk from the farm</span></li></ul>
<h1><span>Second part</span></h1><p>{RAIN}</p></body></html>"""


def read(page: str) -> Article:
    """Read a page whole, so that what it means is looked at and not what is chosen."""
    return read_page(page).article


@pytest.mark.parametrize("page", [WORD, GOOGLE], ids=["word", "google"])
def test_a_title_is_the_title(page: str) -> None:
    """It is the article's, and the headings of the first level go below it."""
    article = read(page)

    assert article.meta.title == "My Essay about Rain"
    assert article.blocks[0].kind == "title"
    assert [block.text for block in article.blocks if block.kind == "heading"] == ["First part", "Second part"]


def test_items_and_quotes_of_word() -> None:
    """Marks that Word draws itself are not read; numbers are the items' own."""
    blocks = [(block.kind, block.text) for block in read(WORD).blocks]

    assert ("list_item", "eggs and milk from the farm") in blocks
    assert ("list_item", "2. bread and salt from the town") in blocks
    assert ("quote", "To be or not to be, that is the question here.") in blocks


def test_marks_of_notes_are_not_read() -> None:
    """Neither as figures nor in brackets."""
    assert "1" not in "".join(block.text for page in (WORD, GOOGLE) for block in read(page).blocks)


def test_other_pages_stay_as_they_are() -> None:
    """A class "title" means nothing elsewhere."""
    text = f"<p>{RAIN}</p><p>{RAIN}</p>"
    page = f"<html><body><h1>The Title</h1><p class='title'>A line</p><h2>Part</h2>{text}</body></html>"

    assert read(page).meta.title != "A line"
