"""Elements leave a page, and the text around them stays in its order."""

from __future__ import annotations

import pytest
from lxml import etree, html

from narrate.sources.read.shown.moves import drop_all


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("<p>a<b>x</b>c<b>x</b>d<i>e</i>f<b>x</b>g</p>", "<p>acd<i>e</i>fg</p>"),
        ("<p><b>x</b>a</p>", "<p>a</p>"),
        ("<p>a<i>b</i><b>x</b></p>", "<p>a<i>b</i></p>"),
        ("<p>a<b>x<b>y</b>z</b>c<i><b>x</b>d</i></p>", "<p>ac<i>d</i></p>"),
    ],
    ids=["several", "the first", "the last", "one in another"],
)
def test_what_stands_between_elements_that_go_stays(source: str, left: str) -> None:
    """Text before, between and behind them is put together where they were."""
    root = html.fragment_fromstring(source)

    drop_all([*root.iter("b"), *root.iter("b")])

    assert etree.tostring(root, encoding="unicode") == left
