"""Web pages become articles with their structure."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.core.article import Article, Block
from narrate.core.errors import SourceError
from narrate.sources.read.html import decode_page, read_page

PAGES = Path(__file__).parent / "pages"
PROSE = "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book. Nobody asks why."
MORE = "In winter the ferry stays away for weeks, and what was not bought in autumn is not on the table in spring."


@pytest.fixture(scope="module")
def news() -> Article:
    return read_page((PAGES / "news.html").read_bytes(), url="https://harbour.example/2024/05/light?ref=x").article


def kinds(body: str) -> list[tuple[str, str]]:
    page = f"<html><body><article>{body}</article></body></html>"
    return [(block.kind, block.text) for block in read_page(page).article.blocks]


def test_news_page_keeps_its_structure(news: Article) -> None:
    """Title, headings, numbered and nested items, quotes, tables and captions arrive as what they are."""
    spoken = [(block.kind, block.text[:24]) for block in news.blocks if block.kind not in {"image", "caption"}]

    assert spoken == [
        ("title", "A Light at Sea"),
        ("paragraph", "The keeper climbs the st"),
        ("paragraph", "In winter the ferry stay"),
        ("heading", "What the rock needs"),
        ("paragraph", "A list hangs beside the "),
        ("list_item", "1. Oil for the lamp, twe"),
        ("list_item", "2. Flour and salt:"),
        ("list_item", "two sacks of flour that "),
        ("list_item", "one sack of salt for the"),
        ("list_item", "3. Paper for the book, b"),
        ("quote", "Nobody comes here for th"),
        ("quote", "I would not want to be a"),
        ("heading", "Supplies by month"),
        ("paragraph", "The harbour office count"),
        ("table", "Month | Crates | May | 4"),
        ("paragraph", "She ends each line in th"),
    ]


@pytest.mark.parametrize(
    "words", ["Tides", "Most read", "Ferry timetable", "Lovely piece", "All rights", "one of three"]
)
def test_news_page_loses_what_is_around_the_article(news: Article, words: str) -> None:
    """Navigation, related articles, comments, the foot and what is hidden are no part of it."""
    assert all(words not in block.text for block in news.blocks)


def test_inline_markup_changes_no_words(news: Article) -> None:
    """A word half in bold stays whole, a quotation gets its marks, a footnote's number goes."""
    texts = [block.text for block in news.blocks]

    assert texts[-1].startswith(
        "She ends each line in the book with unbelievable care, and signs it with “still here”,"
    )
    assert "in the book. Nobody has" in texts[1]


def test_heading_levels_and_table_rows(news: Article) -> None:
    """A heading knows its depth, a table its headers."""
    levels = [block.level for block in news.blocks if block.kind == "heading"]
    table = next(block for block in news.blocks if block.kind == "table")

    assert levels == [2, 3]
    assert table.rows == (("Month", "Crates"), ("May", "4"), ("October", "31"))


def test_documentation_keeps_code_and_list_numbers() -> None:
    """Code keeps its lines; a list that begins at three, and an item with a number of its own, keep them."""
    blocks = read_page((PAGES / "docs.html").read_bytes()).article.blocks

    assert [block.text for block in blocks if block.kind == "heading"] == ["The rope", "The steps"]
    assert "knot = Bowline(rope)\nif knot.holds(80):\n    knot.release()" in [
        b.text for b in blocks if b.kind == "code"
    ]
    assert [b.text[:7] for b in blocks if b.kind == "list_item"] == ["3. Lead", "7. Take"]
    assert not any("¶" in block.text for block in blocks)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{PROSE}<br><br>{MORE}", [("paragraph", PROSE), ("paragraph", MORE)]),
        (f"<div>{PROSE}</div><div>{MORE}</div>", [("paragraph", PROSE), ("paragraph", MORE)]),
        (f"<p>One<br>line.</p><p>{MORE}</p>", [("paragraph", "One line."), ("paragraph", MORE)]),
        (
            f"<p>{PROSE}</p><p>* * *</p><p>{MORE}</p>",
            [("paragraph", PROSE), ("paragraph", "* * *"), ("paragraph", MORE)],
        ),
        (f"<table><tr><td><p>{PROSE}</p><p>{MORE}</p></td></tr></table>", [("paragraph", PROSE), ("paragraph", MORE)]),
        (
            f"<p>{PROSE}<p>{MORE}<ul><li>a bag of salt<li>a lamp",
            [
                ("paragraph", PROSE),
                ("paragraph", MORE),
                ("list_item", "a bag of salt"),
                ("list_item", "a lamp"),
            ],
        ),
        (f"<p>so\u00adft&nbsp;&nbsp;  spaces</p><p>{MORE}</p>", [("paragraph", "soft spaces"), ("paragraph", MORE)]),
        (f"<p><ruby>漢<rt>kan</rt></ruby>字 {PROSE}</p>", [("paragraph", f"漢字 {PROSE}")]),
        (
            f"<p>{PROSE}</p><p>{MORE}</p><p>{PROSE}</p>",
            [("paragraph", PROSE), ("paragraph", MORE), ("paragraph", PROSE)],
        ),
    ],
    ids=["br", "divs", "one br", "separator", "layout table", "unclosed", "invisible", "ruby", "repeated"],
)
def test_small_pages(body: str, expected: list[tuple[str, str]]) -> None:
    """However a page is written, its paragraphs come out as a browser shows them."""
    assert kinds(body) == expected


def test_forty_words_are_an_article() -> None:
    """A page of one's own with a title and two short paragraphs is read whole."""
    page = f"<html><head><title>Notes</title></head><body><h1>Notes</h1><p>{PROSE}</p><p>Short.</p></body></html>"

    assert [block.text for block in read_page(page).article.blocks] == ["Notes", PROSE, "Short."]


def test_letter_in_pre_becomes_paragraphs() -> None:
    """Archives of mailing lists keep whole letters in <pre>, wrapped."""
    letter = "\n\n".join(
        ["Dear all, this is a line of a letter that is wrapped at a column,\nas was the custom then."] * 8
    )

    blocks = read_page(f"<body><pre>{letter}</pre></body>").article.blocks

    assert {block.kind for block in blocks} == {"paragraph"}
    assert len(blocks) == 8


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("<p>Größe".encode(), None),
        ("<p>Größe".encode(), "iso-8859-1"),
        ("<p>Größe".encode("utf-16"), None),
        ("<meta charset=iso-8859-1><p>Größe “x”".encode("cp1252"), None),
        ("<p>Größe".encode("cp1252"), None),
        ("<p>Größe".encode("cp1250"), "windows-1250"),
        ('<meta charset="no-such-thing"><p>Größe'.encode("cp1252"), "rot13"),
        ("<meta http-equiv=content-type content='text/html; charset=gb2312'><p>Größe 鎔".encode("gb18030"), None),
        ("<meta charset=iso-2022-jp><p>Größe".replace("öß", "漢字").encode("iso2022_jp"), None),
    ],
)
def test_encodings(data: bytes, charset: str | None) -> None:
    """Mark, valid UTF-8, the server's word, the page's word, Windows-1252."""
    assert "Größe" in decode_page(data, charset).replace("漢字", "öß")


def test_xhtml_with_an_encoding_declaration_is_read() -> None:
    """The declaration says what the bytes were; the text is decoded already."""
    page = f'<?xml version="1.0" encoding="iso-8859-1"?><html xml:lang="de"><body><p>{PROSE} Größe.</p></body></html>'

    assert read_page(page).article.blocks[0].text.endswith("Größe.")


@pytest.mark.parametrize(
    "page",
    ["", "   ", "<html><body></body></html>", "<frameset><frame src=a></frameset>", "<p></p>", "\0", "<", "<!-- x -->"],
)
def test_pages_without_text_are_refused(page: str) -> None:
    """The error names the page."""
    with pytest.raises(SourceError, match=r"page\.html holds no article text"):
        read_page(page, name="page.html")


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 5000 + f"<p>{PROSE}</p>" + "</div>" * 5000,
        "<font>" * 5000 + PROSE,
        "<table><tr><td>" * 1000 + PROSE,
        "<blockquote><ul><li>" * 1000 + PROSE,
        f"<script type='application/ld+json'>{'[' * 100_000}</script><p>{PROSE}</p>",
        f"<p>{PROSE}</p>" + "<p " * 10_000,
        f"<p>Nul\0{PROSE}</p>",
    ],
)
def test_hostile_pages_give_up_their_text(page: str) -> None:
    """Depth, broken markup and zeros neither break the reader nor hide the text."""
    assert any("lights the lamp" in block.text for block in read_page(page).article.blocks)


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("Anna Berg: Ferry company drops inquiry", "Anna Berg: Ferry company drops inquiry"),
        ("Ferry company drops inquiry", "Ferry company drops inquiry"),
        ("Winter", "Ferry company drops its inquiry"),
    ],
)
def test_the_headline_over_the_text_wins(headline: str, title: str) -> None:
    """Over what the page calls itself for search engines, if both say the same; else it is a heading."""
    article = read_page(
        '<head><meta property="og:title" content="Ferry company drops its inquiry">'
        "<title>Ferry company drops its inquiry</title></head>"
        f"<body><article><h1>{headline}</h1><p>{PROSE}</p><p>{PROSE} It never was.</p></article></body>"
    ).article

    assert article.meta.title == title
    assert article.blocks[0] == Block("title", title)
    assert [block.text for block in article.blocks].count(headline) == 1


def test_a_page_larger_than_any_article_is_refused() -> None:
    """Rather than read for minutes."""
    with pytest.raises(SourceError, match="elements"):
        read_page(f"<p>{PROSE}</p>" + "<br>" * 200_001, name="page.html")


def test_the_standfirst_is_named() -> None:
    """What the page calls its summary is known to the cleaning, which would weigh a short line like it."""
    prose = "<p>I used to count everything: the steps to the pier, the gulls, the hours until the lamp is lit.</p>"
    body = f"<article><h1>How I stopped</h1><h2 class=subtitle>The lamp, the gulls and me</h2>{prose}</article>"

    assert read_page(body).article.standfirst == "The lamp, the gulls and me"
    assert read_page(body.replace("class=subtitle", "")).article.standfirst is None
