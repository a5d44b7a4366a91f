"""Buttons that are all of a heading, or head what they open; those of a sentence are in test_lines.py."""

from __future__ import annotations

import pytest
from lxml import html
from support.costs import DOUBLING_MAX, time_growth

from narrate.sources.read.html_fragments import blocks_from_fragment
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.shown.buttons import keep_words_of_buttons


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ("<h4><div><button>How deep?</button></div></h4><p>Deep.</p>", 4),
        ("<h4><button>How deep?<svg><title>Open</title></svg></button></h4><p>Deep.</p>", 4),
        ("<h4><button>How deep?</button><span aria-hidden=true>+</span></h4><p>Deep.</p>", 4),
        ("<button aria-expanded=false>How deep it is<svg></svg></button><div>As deep as it is wide.</div>", 3),
    ],
)
def test_the_words_of_a_heading(body: str, level: int) -> None:
    """A button is all of a heading whatever wraps it, and whatever beside it is not read."""
    block = blocks_from_fragment(body)[0]

    assert (block.kind, block.level) == ("heading", level)
    assert block.text.startswith("How deep")


@pytest.mark.parametrize(
    "body",
    [
        "<h4>Depth <button>Copy link</button></h4><p>Deep.</p>",
        "<h4><button>Fold</button><button>Unfold</button></h4><p>Deep.</p>",
        "<button aria-expanded=false>All of our pages</button> Beside it.<div>Home, and all the rest.</div>",
        "<nav><button aria-expanded=false>All of our pages</button><div>Home, and all the rest.</div></nav>",
    ],
)
def test_no_words_of_a_heading(body: str) -> None:
    """Beside other words, beside another button and in a menu, a button is a control."""
    assert not {"Copy", "Fold", "Unfold", "our"} & {
        word for block in blocks_from_fragment(body) for word in block.text.split()
    }


def _page(buttons: int) -> html.HtmlElement:
    root = parse_html("<body><h2>" + "<button aria-expanded=false>Open it</button>" * buttons)
    assert root is not None
    return root


def test_buttons_in_one_heading_are_looked_at_once() -> None:
    """Twice the buttons in a heading are twice the work."""
    assert time_growth(_page, keep_words_of_buttons, 500, size_max=2**14).ratio <= DOUBLING_MAX
