"""What a page states about itself becomes metadata, and tells a teaser."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from narrate.core.article import Metadata
from narrate.sources.read.html import read_page

PAGES = Path(__file__).parent / "pages"
SENTENCE = "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book. "


def meta(head: str, body: str = "", url: str | None = None, lang: str = "") -> Metadata:
    page = f"<html {lang}><head>{head}</head><body>{body}<p>{SENTENCE * 3}</p></body></html>"
    return read_page(page, url=url).article.meta


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_news_page() -> None:
    """Everything a page states is found."""
    url = "https://www.harbour.example/2024/05/light?ref=x"
    assert read_page((PAGES / "news.html").read_bytes(), url=url).article.meta == Metadata(
        title="A Light at Sea",
        author="Ada Byrne and Ben Ito",
        published=date(2024, 5, 3),
        language="en-GB",
        url="https://harbour.example/2024/05/light",
        site="The Harbour Weekly",
        cover_url="https://harbour.example/pictures/light.jpg",
    )


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>A Light at Sea - Harbour</title>", "<h1>A Light at Sea</h1>", "A Light at Sea"),
        ("<title>A Light | Harbour</title><meta property=og:site_name content=Harbour>", "", "A Light"),
        ("<title>A Light at Sea</title>", "<h1>Harbour</h1><h1>A Light at Sea</h1>", "A Light at Sea"),
        ("<title>Sea: A Light</title>", "", "Sea: A Light"),
        ("", "", None),
    ],
)
def test_titles(head: str, body: str, title: str | None) -> None:
    """The headline most of the page agrees on, without the site's name."""
    assert meta(head, body).title == title


@pytest.mark.parametrize(
    ("head", "author"),
    [
        ('<meta name=author content="Ada Byrne">', "Ada Byrne"),
        ('<meta name=author content="By Ada Byrne">', "Ada Byrne"),
        ("<meta name=author content=admin>", None),
        ("<meta name=author content=@harbour>", None),
        ('<meta property=article:author content="https://social.example/ada">', None),
        ("<meta property=og:site_name content=Harbour><meta name=author content=Harbour>", None),
        (ld('{"@type": "Article", "author": ["A B", {"name": "C D"}, {"name": ["E F"]}]}'), "A B, C D and E F"),
    ],
)
def test_authors(head: str, author: str | None) -> None:
    """People are kept; sites, accounts and addresses are not people."""
    assert meta(head).author == author


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ("<meta property=article:published_time content=2024-05-03T10:00:00Z>", "", date(2024, 5, 3)),
        ('<meta name=date content="Fri, 03 May 2024 10:00:00 GMT">', "", date(2024, 5, 3)),
        ("", "<time datetime=2024-05-03 pubdate>3 May</time>", date(2024, 5, 3)),
        (ld('{"@type": "Article", "datePublished": "20240503"}'), "", date(2024, 5, 3)),
        ("<meta name=date content=2024-99-03>", "", None),
        ("<meta property=article:modified_time content=2024-05-03>", "<p>© 2021. Posted 3 May 2024.</p>", None),
    ],
)
def test_dates_are_stated_not_guessed(head: str, body: str, day: date | None) -> None:
    """Text, address and copyright say nothing about the day."""
    assert meta(head, body, url="https://harbour.example/2020/01/02/light").published == day


@pytest.mark.parametrize(
    ("lang", "language"),
    [("lang=pt_br", "pt-BR"), ("lang=EN-us", "en-US"), ("lang=zh-hant-tw", "zh-Hant-TW"), ("lang=xx-yy-zz", "xx-YY"),
     ("", None), ("lang=english", None), ('lang=""', None)],
)  # fmt: skip
def test_languages(lang: str, language: str | None) -> None:
    """Tags are written the standard way; what is no tag is nothing."""
    assert meta("", lang=lang).language == language


@pytest.mark.parametrize(
    ("canonical", "address"),
    [
        ("/light", "https://harbour.example/light"),
        ("https://other.example/light", "https://harbour.example/2024/light"),
        ("https://harbour.example/", "https://harbour.example/2024/light"),
        ("http://[broken", "https://harbour.example/2024/light"),
    ],
)
def test_canonical_address(canonical: str, address: str) -> None:
    """It counts where it is an article's address on the same site."""
    assert meta(f"<link rel=canonical href='{canonical}'>", url="https://harbour.example/2024/light").url == address


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "null", '{"@type": 5, "author": 7, "image": {"url": 3}, "wordCount": []}', "[" * 3000,
     '{"@type": "Article", "headline": {"a": 1}, "author": [[["x"]]], "datePublished": {"@value": []}}'],
)  # fmt: skip
def test_broken_json_ld_is_passed_over(text: str) -> None:
    """No page fails for what it says to search engines."""
    assert meta("<title>A Light</title>" + ld(text)).title == "A Light"


@pytest.mark.parametrize(
    "text",
    ["<!-- {} -->", "//<![CDATA[\n{}\n//]]>", "{},"[:2], "[{}]"],
)
def test_wrapped_json_ld_is_read(text: str) -> None:
    """Comments around it, lists, commas too many."""
    node = '{"@type": "Article", "headline": "A Light", "author": {"name": "Ada Byrne",},}'
    assert meta(ld(text.replace("{}", node))).author == "Ada Byrne"


@pytest.mark.parametrize(
    ("stated", "words", "teaser"),
    [
        ('"wordCount": 1240', 100, "the page says that it has 1,240 words; 102 of them are here"),
        ('"wordCount": 150', 30, None),
        ('"wordCount": "200"', 200, None),
        ('"isAccessibleForFree": "False"', 100, "the page says that the article is not free; 102 words of it are here"),
        ('"isAccessibleForFree": false', 400, None),
        ('"isAccessibleForFree": true', 100, None),
        ('"hasPart": {"isAccessibleForFree": false}, "wordCount": 120', 110, None),
    ],
)
def test_teasers(stated: str, words: int, teaser: str | None) -> None:
    """A page that says it has more than it shows is a teaser; one that shows it all is not, free or not."""
    body = "".join(f"<p>{SENTENCE}</p>" for _ in range(words // 17 + 1))
    head = ld('{"@type": "Article", ' + stated + "}")
    assert read_page(f"<head>{head}</head>{body}").teaser == teaser


@pytest.mark.parametrize(
    ("last", "is_teaser"),
    [
        ("The rest of it is …", True),
        ("Continue reading", True),
        ("Subscribe to continue reading.", True),
        ("It ends.", False),
    ],
)
def test_cut_off_text_is_a_teaser(last: str, is_teaser: bool) -> None:
    """The last words of what was got can tell."""
    page = f"<article><p>{SENTENCE * 4}</p><p>{SENTENCE * 3}</p><p>{last}</p></article>"
    assert (read_page(page).teaser is not None) is is_teaser


def test_article_body_of_the_page_is_taken_when_it_has_more() -> None:
    """Pages that build their text in the browser often carry it for machines."""
    paragraphs = [SENTENCE.strip(), *(f"Paragraph {number} goes on for a while." for number in range(30))]
    page = "<head>" + ld(json.dumps({"@type": "Article", "articleBody": "\n".join(paragraphs)})) + "</head>"

    article = read_page(f"{page}<p>{SENTENCE}</p>").article

    assert len(article.blocks) == 31


def test_half_a_character_in_json_ld() -> None:
    """Found by fuzzing: JSON may name one, no file can hold it, and the run ended in a UnicodeEncodeError."""
    stated = ld(
        r'{"@type": "Article", "headline": "A \ud800 Light", "image": "\ud83d.jpg", '
        r'"author": {"name": "Anna \uDFFF Berg"}, "publisher": {"name": "The \ud83d\ude00 Daily"}}'
    )

    found = meta(stated, f"<p>{SENTENCE * 3}</p>")

    assert (found.title, found.author, found.site) == ("A \ufffd Light", "Anna \ufffd Berg", "The \U0001f600 Daily")
    assert found.cover_url == "\ufffd.jpg"


def test_title_of_a_million_separators() -> None:
    """Found by fuzzing: at each of them the rest of the title was compared with the site's name."""
    found = meta("<title>" + "Light - " * 130_000 + "</title>", f"<h1>A Light at Sea</h1><p>{SENTENCE * 3}</p>")

    assert found.title == "A Light at Sea"


@pytest.mark.parametrize("mark", ['<a class="headerlink" href="#light">¶</a>', '<sup><a href="#fn1">1</a></sup>'])
def test_title_without_marks(mark: str) -> None:
    """A heading's link to itself and a footnote's mark are no part of the title."""
    found = meta("<title>A Light at Sea | Docs</title>", f"<h1>A Light at Sea{mark}</h1><p>{SENTENCE * 3}</p>")

    assert found.title == "A Light at Sea"


def test_a_heading_that_was_never_closed() -> None:
    """It holds the whole article, which would be the title and be read again."""
    assert meta("", f"<article><h1>A Light at Sea<p>{SENTENCE}<p>{SENTENCE}</article>").title is None
