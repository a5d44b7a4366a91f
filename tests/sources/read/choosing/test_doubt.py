"""Tests of the warnings about a choice that may be the wrong one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from narrate.core.article import Article, Block, Metadata
from narrate.core.errors import SourceError
from narrate.sources.read.choosing.choice import Choice
from narrate.sources.read.choosing.doubt import doubts, lost_reason
from narrate.sources.read.choosing.features import Page
from narrate.sources.read.html import read_page
from narrate.sources.read.html_blocks import Piece, pieces
from narrate.sources.read.html_tree import parse_html

PROSE = "The bells of the lower town rang all night, though nobody could say afterwards who had pulled the ropes."


def choice(kept: int, left: int, sureness: float = 0.9, heading: str = "") -> Choice:
    """Return a choice of pages with so many paragraphs read and left."""
    body = (f"<h1>{heading}</h1>" if heading else "") + f"<p>{PROSE}</p>" * (kept + left)
    root = parse_html(f"<body><h1>The night of the bells</h1>{body}</body>")
    assert root is not None
    found: tuple[Piece, ...] = tuple(pieces(root))
    read = frozenset(range(len(found) - left))
    return Choice(tuple(found[index].block for index in read), (), found, read, (sureness,) * len(found))


@pytest.mark.parametrize(
    ("made", "begins"),
    [
        (choice(20, 0), []),
        (choice(20, 20), []),
        (choice(4, 40), ["76 of the 836 words of prose"]),
        (choice(1, 3), ["19 of the 76 words of prose"]),
        (choice(1, 1), []),
        (choice(2, 2), []),
        (choice(20, 0, sureness=0.4), ["of 380 words it is not sure"]),
        (choice(20, 0, heading="Another story of the same town"), ["there is another title in it: “Another story"]),
    ],
)
def test_doubts(made: Choice, begins: list[str]) -> None:
    """Little of the prose, pieces of which nobody can say, another article's title: each is said."""
    found = doubts(made, Page(title="The night of the bells"))
    assert len(found) == len(begins)
    assert all(doubt.startswith(begin) for doubt, begin in zip(found, begins, strict=True))


def test_hardly_a_word_of_much_prose_is_an_error() -> None:
    """A title and a few words would be spoken of a page full of prose."""
    made = choice(0, 40)
    article = Article(Metadata(), (Block("title", "The night of the bells"), Block("paragraph", "By our staff")))
    assert lost_reason(made, article) == "has 760 words of prose, and which of them are the article cannot be told"
    whole = Article(Metadata(), (Block("paragraph", PROSE * 3),))
    assert lost_reason(made, whole) is None


def test_a_page_without_text_is_an_error() -> None:
    """Nothing but a title is no article."""
    with pytest.raises(SourceError, match="holds no article text"):
        read_page("<html><head><title>A long title of a page</title></head><body></body></html>")


@pytest.mark.parametrize(
    ("read", "left", "is_doubted"),
    [
        ((0.95,) * 6, (0.02,) * 6, False),
        ((0.95,) * 6, (0.2,) * 3, True),
        ((0.95,) * 40, (0.2,) * 2, False),
        ((0.95,) * 6 + (0.4,) * 4, (), True),
        ((0.95,) * 40 + (0.4,) * 2, (), False),
        ((0.99,) * 2, (0.3,) * 2, True),
        ((0.99,) * 2, (), False),
    ],
)
def test_what_the_probabilities_say_is_lost_or_wrong(
    read: tuple[float, ...], left: tuple[float, ...], is_doubted: bool
) -> None:
    """A doubt comes where much may be left out, or much of what is read may not be the article, on pages of "
    "any size."""
    made = choice(len(read), len(left))
    made = replace(made, sureness=(0.9, *read, *left))
    found = doubts(made, Page())

    assert any("it is not sure" in doubt for doubt in found) is is_doubted


def test_menus_and_notices_are_no_prose_that_is_lost() -> None:
    """Sentences in a footer, and one sentence beside the article, are left in silence."""
    for around in (
        f"<footer><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p></footer>",
        "<p>We use cookies to serve you well on here.</p>",
    ):
        root = parse_html(f"<body><p>{PROSE}</p>{around}</body>")
        assert root is not None
        found = tuple(pieces(root))
        assert not doubts(Choice((found[0].block,), (), found, frozenset({0})), Page())
