"""Tests of the choice of a page's article: pages of several builds, and what is said of what was left."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.core.article import NOT_THE_ARTICLE
from narrate.core.settings.loading import CleanChoices, Settings
from narrate.sources.read import read_source
from narrate.sources.read.choosing.choice import PIECES_MAX, choose, everything
from narrate.sources.read.choosing.features import Page
from narrate.sources.read.html import Wanted, read_page
from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.prepared import prepared

SAID = (
    "The miller of Aldham kept his sluice open through all of that dry summer, and the village grumbled about it.",
    "By August the pond had sunk so low that boys could walk across it, and they came home with eels in their caps.",
    "An inspector came from the county, measured the weir with a folding rule, and wrote nothing down that anyone saw.",
    "When the rain returned in October the wheel turned again, and the first sack of flour went to the schoolmistress.",
)
MENU = "<nav><ul><li><a href=/>Home</a></li><li><a href=/n>News</a></li><li><a href=/s>Sport</a></li></ul></nav>"
MORE = (
    "<aside class=related><h3>More stories</h3><ul><li><a href=/1>Ten mills that you can still visit</a></li>"
    "<li><a href=/2>Why the eels came back</a></li><li><a href=/3>A folding rule for every pocket</a></li></ul></aside>"
)
FOOT = "<footer><p>© 2026 The Aldham Echo. All rights reserved.</p><p><a href=/p>Privacy policy</a></p></footer>"
TITLE = "The miller and the weir"


def page(body: str) -> str:
    return (
        f"<html lang=en><head><title>{TITLE} - Aldham Echo</title></head><body>{MENU}{body}{MORE}{FOOT}</body></html>"
    )


PARAGRAPHS = "".join(f"<p>{text}</p>" for text in SAID)
BUILDS = {
    "article": f"<main><article><h1>{TITLE}</h1>{PARAGRAPHS}</article></main>",
    "divs of no known name": f"<div class=x1><div class=x2><h1>{TITLE}</h1><div>{PARAGRAPHS}</div></div></div>",
    "parts with ads between": f"<div class=post><h1>{TITLE}</h1>"
    + "<div class=ad-slot><span>Advertisement</span></div>".join(
        f"<div class=part><p>{text}</p></div>" for text in SAID
    )
    + "</div>",
    "table": f"<table><tr><td><h1>{TITLE}</h1>{PARAGRAPHS}</td></tr></table>",
    "bare": f"<h1>{TITLE}</h1>{PARAGRAPHS}",
}


@pytest.mark.parametrize("build", BUILDS)
def test_the_article_and_nothing_else(build: str) -> None:
    """Whatever a page is built of, all its paragraphs are read, and neither its menu nor other articles' headlines."""
    read = [block.text for block in read_page(page(BUILDS[build])).article.blocks]

    assert read[0] == TITLE
    assert [text for text in read if text in SAID] == list(SAID)
    assert not {"Home", "Sport", "Why the eels came back", "Privacy policy"} & set(read)


def test_what_was_left_is_on_record() -> None:
    """Each piece that is not read is among the drops, with its rule and how sure that was."""
    article = read_page(page(BUILDS["article"])).article

    left = {drop.block.text: drop for drop in article.drops}
    assert left["Why the eels came back"].rule == NOT_THE_ARTICLE
    assert 0 <= float(left["Why the eels came back"].why) < 0.5


def test_why_is_said_in_words() -> None:
    """Asked for it, every piece is there with words for what decided."""
    article = read_page(page(BUILDS["article"]), wanted=Wanted(is_explained=True)).article

    judged = {one.block.text: one for one in article.judged}
    assert judged[SAID[1]].is_kept
    assert not judged["Why the eels came back"].is_kept
    words, _, probability = judged["Why the eels came back"].why.rpartition("; ")
    assert words
    assert float(probability) < 0.5


def test_all_text_is_all_text() -> None:
    """Without a choice everything that is shown is read, and nothing is doubtful."""
    article = read_page(page(BUILDS["article"]), wanted=Wanted(all_text=True)).article

    read = [block.text for block in article.blocks]
    assert {"Home", "Why the eels came back", *SAID} <= set(read)
    assert article.doubts == ()


def test_pieces_are_read_or_left_never_lost() -> None:
    """What is read and what is left are all pieces of the page, each once."""
    made = prepared(page(BUILDS["article"]))
    assert made
    choice = choose(made.root, made.stated)

    texts = [piece.block for piece in pieces(made.root)]
    assert sorted(texts, key=repr) == sorted([*choice.blocks, *(drop.block for drop in choice.drops)], key=repr)


def test_more_pieces_than_anybody_reads() -> None:
    """A page of thousands of paragraphs is read where its prose is, without menu and footer, and without a model."""
    body = "<article>" + f"<p>{SAID[0]}</p>" * (PIECES_MAX + 1) + "</article>"
    made = prepared(page(body))
    assert made
    choice = choose(made.root, Page(), is_explained=True)

    assert choice.sureness == ()
    assert {(one.is_kept, one.why) for one in choice.judged} == {
        (True, "where the page's prose is"),
        (False, "leads elsewhere"),
    }
    assert sum(block.text == SAID[0] for block in choice.blocks) == PIECES_MAX + 1
    assert "Home" not in {block.text for block in choice.blocks}


def test_everything_is_every_piece() -> None:
    """The choice of all leaves nothing."""
    made = prepared(page(BUILDS["bare"]))
    assert made
    assert everything(made.root).drops == ()


def test_hardly_anything_of_much_prose_is_nothing() -> None:
    """Where next to nothing of a page's prose would be read, all that stands where its prose is is read instead."""
    cards = "".join(f"<div class=card><div><span>{text}</span></div></div>" for text in SAID * 6)
    made = prepared(f"<html><body>{MENU}<div class=grid>{cards}</div>{FOOT}</body></html>")
    assert made
    read = {block.text for block in choose(made.root, Page()).blocks}
    assert set(SAID) <= read
    assert "Sport" not in read


def test_lines_to_keep_are_read_whatever_is_chosen(tmp_path: Path) -> None:
    """A user's `--keep-line` brings back what was left of a page, for all pages or those of a site."""
    path = tmp_path / "a.html"
    path.write_text(
        page(BUILDS["article"]).replace("<head>", "<head><link rel=canonical href=https://aldham.example/1>")
    )
    own = CleanChoices(keep_lines=("WHY the eels",))

    for settings in (Settings(clean=own), Settings(clean_sites=(("aldham.example", own),))):
        article = read_source(path, settings, is_explained=True)
        assert "Why the eels came back" in [block.text for block in article.blocks]
        assert "Why the eels came back" in [one.block.text for one in article.judged if one.is_kept]
        assert "Why the eels came back" not in [drop.block.text for drop in article.drops]
    assert "Why the eels came back" in [drop.block.text for drop in read_source(path).drops]
