"""Tests of the pieces that are left without being weighed: notes beside the text, further articles."""

from __future__ import annotations

import pytest

from narrate.sources.read.choosing.apart import pieces_apart
from narrate.sources.read.choosing.features import Page
from narrate.sources.read.html import read_page
from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html

TEXT = (
    "The warden counted the swans on the moat each New Year's morning, and sent the number to the bishop by the post. "
    * 4
)
OTHER = (
    "The ferry company has asked for a second boat, since the first one lies on the slip with a hole in its bottom. "
    * 4
)
TITLE = "The swans of Wells"


def article(title: str, text: str, build: str = "<article>") -> str:
    return f"{build}<h1>{title}</h1><p>{text}</p></{build[1:].split(maxsplit=1)[0].rstrip('>')}>"


def left(body: str, title: str | None = TITLE) -> set[str]:
    """Return the texts that are left of a page."""
    root = parse_html(f"<body><main>{body}</main></body>")
    assert root is not None
    found = list(pieces(root))
    return {found[index].block.text for index in pieces_apart(found, Page(title))}


@pytest.mark.parametrize("build", ["<article>", "<div class=entry>", "<article class='post full'>"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_further_articles(build: str, place: int) -> None:
    """Of articles in a row the one with the page's title is read, whichever it is."""
    others = [article(name, OTHER, build) for name in ("A second boat", "A third boat")]
    others.insert(place, article(TITLE, TEXT, build))
    assert left("".join(others)) == {"A second boat", "A third boat", OTHER.strip()}


@pytest.mark.parametrize(
    "body",
    [
        article(TITLE, TEXT),
        article(TITLE, TEXT) + article("A note", "Short."),
        "".join(article(name, text, "<section>") for name, text in ((TITLE, TEXT), ("Their winter", OTHER))),
        f"<header><h1>{TITLE}</h1></header>" + article("Their winter", OTHER) + article("Their summer", TEXT),
        article("One", TEXT) + article("Two", OTHER),
        f"<div><h1>{TITLE}</h1><p>{TEXT}</p><h1>Their winter</h1><p>{OTHER}</p></div>",
    ],
)
def test_parts_of_one_article(body: str) -> None:
    """Sections, short boxes, headings of the first level in one article, and rows without the title stay."""
    assert left(body) == set()


def test_notes_beside_the_text() -> None:
    """A note that stood in the margin is no part of the sentence, and is left on record."""
    page = (
        f"<html lang=en><body><article><h1>{TITLE}</h1><p>{TEXT}"
        "<span class=sidenote>See the register of the chapter.</span> They are counted still.</p></article>"
    )
    article = read_page(page).article
    assert "See the register" not in " ".join(block.text for block in article.blocks)
    assert [drop.why for drop in article.drops if "See the register" in drop.block.text] == ["a note beside the text"]
