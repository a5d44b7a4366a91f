"""Lists in the midst of a short letter are read, lists of links around it are not."""

from __future__ import annotations

import pytest

from narrate.sources.read.choosing.body_lists import SHORT_MAX_WORDS, lists_within
from narrate.sources.read.html import read_page
from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html

DIGEST = (
    '<ul><li><a href="http://a.example/1">A history of the paper clip</a>: longer than you think, and funnier.</li>'
    '<li><a href="http://a.example/2">Why bridges hum</a>: wind, mostly, but the pictures are lovely.</li>'
    '<li><a href="http://a.example/3">The last typewriter repairman</a>: I cried a bit.</li></ul>'
)
GERMAN = (
    '<ul><li><a href="http://a.example/1">Das Salz der Küste</a> (Die Woche). Man schmeckt es beim Lesen.</li>'
    '<li><a href="http://a.example/2">Warum Brücken summen</a>: meist ist es der Wind.</li></ul>'
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            f"<h1>Weekly links</h1><p>Good morning. It rained.</p>{DIGEST}<p>Until next week, Ines</p>",
            "Why bridges hum",
        ),
        (f"<p>Dear reader, three things that I read:</p>{DIGEST}", "The last typewriter"),
        (f"<p>Dear all, here we go.</p><p>This week:</p><div>{DIGEST}</div><p>Yours, Ann</p>", "A history of the"),
        (f"<p>Liebe Leute, es regnet seit Tagen.</p>{GERMAN}<p>Herzlich, Birgit</p>", "Warum Brücken summen"),
    ],
)
def test_a_letters_list_is_read(body: str, said: str) -> None:
    """Its points are links with a word to each, as in lists of further articles, and they are the letter."""
    article = read_page(f"<html><head><title>Letter</title></head><body><div>{body}</div></body></html>").article

    assert any(block.kind == "list_item" and said in block.text for block in article.blocks)
    assert not article.doubts


LINKS = '<ul><li><a href="/1">Council votes on the pier</a></li><li><a href="/2">School wins the cup</a></li></ul>'


@pytest.mark.parametrize(
    ("body", "kept", "found"),
    [
        (f"<p>One.</p>{DIGEST}<p>Two.</p>", {0, 4}, {1, 2, 3}),
        (f"<p>One:</p>{DIGEST}<p>Two.</p>", {0}, {1, 2, 3}),
        (f"<p>One.</p>{DIGEST}<p>Two.</p>", {0}, set()),
        (f"<p>One.</p>{DIGEST}<p>Two.</p>", {4}, set()),
        (f"<p>One.</p>{DIGEST}<p>Two.</p>", {0, 1, 2, 3, 4}, set()),
        (f"<p>One.</p>{LINKS}<p>Two.</p>", {0, 3}, set()),
        (f"<div><p>One.</p></div>{DIGEST}<p>Two.</p>", {0, 4}, set()),
        (f"<p>One.</p><section><h2>More</h2>{DIGEST}</section><p>Two.</p>", {0, 5}, set()),
        ("<p>One.</p><ul><li>Some words more<ul><li>and some below</li></ul></li></ul><p>Two.</p>", {0, 3}, {1, 2}),
    ],
)
def test_which_lists_are_within(body: str, kept: set[int], found: set[int]) -> None:
    """What is read stands right before and behind them, in the same element; most of their items say something."""
    root = parse_html(f"<body>{body}</body>")
    assert root is not None

    assert lists_within(tuple(pieces(root)), kept, 50) == found
    assert lists_within(tuple(pieces(root)), kept, SHORT_MAX_WORDS + 1) == set()
