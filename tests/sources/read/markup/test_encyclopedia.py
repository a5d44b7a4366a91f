"""Of an encyclopedia's page its article is read: no buttons, boxes, coordinates and lists to look things up in."""

from __future__ import annotations

import pytest

from narrate.sources.read.html import read_page
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.markup.encyclopedia import is_encyclopedia, remove_apparatus
from narrate.sources.read.shown.flat_text import flat_text

FIRST = "Skerry Light is a lighthouse on a rock off the western coast, and has had no keeper since 1974."
SECOND = "The tower was built by two brothers from the mainland, who rowed the granite out in summer."
EDIT = '<span class="mw-editsection"><span>[</span><a href="/e">{}</a><span>]</span></span>'


def wiki(body: str, language: str = "en") -> str:
    """Return a page as MediaWiki writes it."""
    return (
        f'<html lang={language}><head><title>Skerry Light - Wikipedia</title></head><body class="mediawiki">'
        f'<main class="mw-body">'
        f'<h1 class="firstHeading">Skerry Light</h1><div class="mw-parser-output">{body}</div></main></body></html>'
    )


def plain(body: str) -> str:
    """Return a page of another wiki, without a class on it."""
    return f"<html><head><title>Skerry Light</title></head><body><div><h1>Skerry Light</h1>{body}</div></body></html>"


def list_of(*items: str) -> str:
    """Return a list of links."""
    return "<ul>" + "".join(f'<li><a href="/{item}">{item}</a></li>' for item in items) + "</ul>"


@pytest.mark.parametrize(
    "page",
    [
        wiki(
            '<div id="siteSub">From Wikipedia, the free encyclopedia</div>'
            '<div class="hatnote">For others, see Skerry.</div>'
            f'<span id="coordinates">Coordinates: 57°12′N 5°40′W</span><p>{FIRST}<sup class="reference">'
            f'<a href="#c">[1]</a></sup></p>'
            f'<div id="toc" class="toc"><h2>Contents</h2>{list_of("1 History", "2 See also")}</div>'
            f"<h2>History{EDIT.format('edit')}</h2><p>{SECOND}</p><h2>See also</h2>{list_of('Rock lights', 'Bran')}"
            '<h2>References</h2><div class="reflist"><ol class="references"><li>'
            "<b>^</b> Munro, A. (1988). Lights.</li></ol></div>"
            f"<h2>External links</h2>{list_of('The board')}<div class=navbox>Ardan · Bran · Corr</div>"
            '<div id="catlinks" class="catlinks">Categories: Lighthouses</div>'
        ),
        wiki(
            f'<p>{FIRST}</p><div class="mw-heading mw-heading2"><h2>History</h2>{EDIT.format("Bearbeiten")}'
            f"</div><p>{SECOND}</p>"
            f'<div class="mw-heading"><h2>Weblinks</h2></div>{list_of("Das Amt")}<div class="mw-heading">'
            f"<h2>Einzelnachweise</h2></div>"
            "<ol class=references><li>↑ Karte der Küste, 1911.</li></ol>",
            "de",
        ),
        plain(
            f"<p>Coordinates: 52°30′N 13°24′E</p><p>{FIRST}[2]</p><h2>History [edit]</h2><p>"
            f"{SECOND}[3][citation needed]</p>"
            f"<h2>See also [edit]</h2>{list_of('Rock lights')}<h2>References</h2><ol>"
            f"<li>↑ Bauer, H.: Lights, p. 12.</li></ol>"
            "<h2>Further reading</h2><ul><li>Lindt, K. (2004). Rocks. Heide Press.</li></ul>"
        ),
    ],
)
def test_only_the_article_is_read(page: str) -> None:
    """What is taken out is on record, each with what it was."""
    article = read_page(page).article

    assert [block.text for block in article.blocks] == ["Skerry Light", FIRST, "History", SECOND]
    rules = {drop.rule for drop in article.drops}
    assert "references" in rules
    assert rules <= {"references", "wikipedia", "note-mark", "not-the-article"}
    assert all(drop.why for drop in article.drops)


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Lights</h1><p>{FIRST}</p><h2>References</h2>{list_of('Munro 1988')}",
        f"<h1>Lights</h1><p>{FIRST} [sic] It was.[1]</p><h2>Notes</h2><p>{SECOND}</p>",
        f"<h1>How to [edit]</h1><p>{FIRST}</p>",
    ],
)
def test_other_pages_are_left_as_they_are(body: str) -> None:
    """A list of references under an article is its author's."""
    root = parse_html(f"<body>{body}</body>")
    assert root is not None
    before = flat_text(root)

    assert not is_encyclopedia(root)
    assert remove_apparatus(root) == []
    assert flat_text(root) == before


@pytest.mark.parametrize(
    ("head", "body", "found"),
    [
        ('<meta name="generator" content="MediaWiki 1.44">', "", True),
        ('<meta name="generator" content="WordPress 6">', "", False),
        ("", '<div id="mw-content-text"></div>', True),
        ("", "<h2>One [edit]</h2><h2>Two [edit | edit source]</h2>", True),
        ("", "<h2>Un [modifier]</h2><h3>Deux [modifier | modifier le code]</h3>", True),
        ("", "<h2>One [edit]</h2><h2>Two</h2>", False),
    ],
)
def test_which_pages_are_of_a_wiki(head: str, body: str, found: bool) -> None:
    """By the program's name, its classes, or buttons behind two headings."""
    root = parse_html(f"<html><head>{head}</head><body>{body}<p>{FIRST}</p></body></html>")
    assert root is not None

    assert is_encyclopedia(root) is found


def test_prose_under_such_a_heading_is_read() -> None:
    """What stands in sentences is text, whatever it is called."""
    article = read_page(wiki(f"<p>{FIRST}</p><h2>Notes</h2><p>{SECOND}</p><h2>Sources</h2>{list_of('Board')}")).article

    assert [block.text for block in article.blocks] == ["Skerry Light", FIRST, "Notes", SECOND]
