"""A block that is sent once for each size of screen is read once."""

from __future__ import annotations

import pytest

from narrate.sources.read.html import read_page
from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.markup.copies import remove_copies

STORY = (
    "<p>The studio makes chairs for people who sit too long. We began in a barn with one lathe and a dog.</p>"
    "<h2>How we work</h2>"
    "<p>Each chair takes nine days. Three of them are waiting for glue, and we spend those on the "
    "next one, or asleep beside the stove, which is what the dog does on all nine.</p>"
)
TEXTS = ["The studio makes chairs for people who sit too long. We began in a barn with one lathe and a dog."]


def texts(body: str) -> list[str]:
    """Return the texts of a page without copies."""
    root = parse_html(f"<body><main>{body}</main></body>")
    assert root is not None
    before = [piece.block.text for piece in pieces(root)]
    drops = remove_copies(root)
    after = [piece.block.text for piece in pieces(root)]
    assert bool(drops) is (before != after)
    assert all(drop.rule == "copy" and drop.why for drop in drops)
    return after


@pytest.mark.parametrize(
    "names",
    [
        ("ssr-variant hidden-a hidden-b", "ssr-variant hidden-b hidden-c", "ssr-variant hidden-c hidden-a"),
        ("d-none d-md-block", "d-block d-md-none"),
        ("hidden md:block", "block md:hidden"),
        ("desktop-only", "mobile-only"),
        ("a", "b"),
    ],
)
def test_one_copy_is_left(names: tuple[str, ...]) -> None:
    """The first of those beside each other, whatever they are called, if they are long."""
    copies = "".join(f'<div class="{name}">{STORY}</div>' for name in names)

    assert texts(copies) == texts(STORY)
    assert texts(f"<div>{copies}</div><p>End.</p>") == [*texts(STORY), "End."]


@pytest.mark.parametrize(("first", "second"), [("ssr-variant", "ssr-variant"), ("hidden lg:flex", "lg:hidden flex")])
def test_a_short_copy_for_a_screen_goes(first: str, second: str) -> None:
    """A heading is one where both say that they are for some screens."""
    assert texts(f'<div class="{first}"><h2>Our chairs</h2></div><div class="{second}"><h2>Our chairs</h2></div>') == [
        "Our chairs"
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<p>And the sea came in.</p><p>And the sea came in.</p>",
        f"<div class='d-block'>{STORY}</div><div class='d-block'>{STORY.replace('nine', 'ten')}</div>",
        "<ul><li>" + "Salt and water, and flour. " * 12 + "</li>"
        "<li>" + "Salt and water, and flour. " * 12 + "</li></ul>",
        f"<section>{STORY}</section><div><div>{STORY}</div></div>",
    ],
)
def test_what_is_said_twice_on_purpose_stays(body: str) -> None:
    """Refrains, items of lists, other words, other places."""
    root = parse_html(f"<body><main>{body}</main></body>")
    assert root is not None

    assert texts(body) == [piece.block.text for piece in pieces(root)]


def test_a_page_of_copies_is_read_once() -> None:
    """What was taken out is on record."""
    copies = "".join(f'<div class="ssr-variant hidden-{number}">{STORY}</div>' for number in range(3))
    article = read_page(f"<html><head><title>Chairs</title></head><body><main>{copies}</main></body></html>").article

    assert [block.text for block in article.blocks].count(TEXTS[0]) == 1
    assert [drop.rule for drop in article.drops].count("copy") == 2
