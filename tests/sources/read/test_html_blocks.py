"""Every piece of a page is told for what it is, with what is needed to choose among the pieces."""

from __future__ import annotations

import pytest

from narrate.sources.read.html_blocks import Piece, pieces
from narrate.sources.read.html_tree import parse_html


def walked(body: str) -> list[Piece]:
    root = parse_html(f"<body>{body}</body>")
    assert root is not None
    return list(pieces(root))


@pytest.mark.parametrize(
    ("body", "parents"),
    [
        ("<div><p>One.</p><p>Two.</p><h2>Three</h2></div>", "aaa"),
        ("<div>Bare.<p>One.</p>Bare.<p>Two.</p></div>", "aaaa"),
        ("<div><p>One.</p></div><div><p>Two.</p></div>", "ab"),
        ("<p>One.</p><div><p>Two.</p></div><p>Three.</p>", "aba"),
        ("<ul><li>One<ul><li>Two</ul><li>Three</ul>", "aba"),
        ("<div><p>One.</p><pre>x = 1</pre><p>Two.</p></div>", "aaa"),
        ("<div>One.<br><br>Two.</div>", "aa"),
    ],
)
def test_siblings_share_a_parent(body: str, parents: str) -> None:
    """Pieces that stand side by side have one number, whether each has an element of its own or not."""
    names: dict[int, str] = {}

    assert "".join(names.setdefault(piece.parent, "abc"[len(names)]) for piece in walked(body)) == parents


def test_a_piece_knows_its_element() -> None:
    """A paragraph is read from its own element, bare text from the one around it, an image from itself."""
    found = walked("<div>Bare.<p>One <b>word</b>.</p><img alt=Ferry><table><tr><td>1<td>2</table></div><h2>Two</h2>")

    assert [piece.element.tag for piece in found] == ["div", "p", "img", "table", "h2"]


def test_characters_in_links_are_counted() -> None:
    """What is in links is counted line by line, without the spaces that a browser does not show."""
    found = walked("<p>See <a href=/a>the  <b>old</b>\n ferry</a> now.</p><p>No link.</p><div><a>All of it</a></div>")
    lines = walked("<p><a href=/a>Home.<br>News</a> of today</p>")

    assert [piece.link_chars for piece in found] == [len("the old ferry"), 0, len("All of it")]
    assert [(piece.block.text, piece.link_chars) for piece in lines] == [("Home.", 5), ("News of today", 4)]
