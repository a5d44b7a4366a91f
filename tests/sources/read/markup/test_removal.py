"""Taking an element out glues nothing together and cuts nothing apart."""

from __future__ import annotations

import pytest

from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.markup.bare_text import wrap_bare_text
from narrate.sources.read.markup.removal import take_out


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<div>It rained.<div class=x>Ad</div>It snowed.</div>", ["It rained.", "It snowed."]),
        ("<div>It rained.<div class=x>Ad</div> <b>It</b> snowed.</div>", ["It rained.", "It snowed."]),
        ("<div>It rained<div class=x>Ad</div>and snowed.</div>", ["It rained and snowed."]),
        ("<div>It rained<div class=x>Ad</div>, they say.</div>", ["It rained, they say."]),
        ("<div>It <span class=x>always</span> rained.</div>", ["It rained."]),
        ("<div><p>It rained.</p><p class=x>Ad</p><p>It snowed.</p></div>", ["It rained.", "It snowed."]),
        ("<div>It rained.<div class=x>Ad</div></div>", ["It rained."]),
    ],
)
def test_what_was_apart_stays_apart(body: str, texts: list[str]) -> None:
    """Sentences on both sides of a block are two lines, halves of one sentence are one; words keep their spaces."""
    root = parse_html(f"<body>{body}</body>")
    assert root is not None
    take_out(root.find_class("x"))
    wrap_bare_text(root)

    assert [piece.block.text for piece in pieces(root)] == texts
