"""Pieces of HTML become blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Block
from narrate.sources.read.html_fragments import blocks_from_fragment


def kinds(html: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks_from_fragment(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One <b>bold</b>ly\n put<p>Two", [("paragraph", "One boldly put"), ("paragraph", "Two")]),
        ("a<br>b<hr>c", [("paragraph", "a b"), ("paragraph", "c")]),
        ("<div>a<div>b</div>c</div>", [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]),
        ("<details><summary>More</summary>x</details>", [("paragraph", "More"), ("paragraph", "x")]),
        ("<ul><li>a<ul><li>b</ul>c<li>d</ul>", [("list_item", "a"), ("list_item", "b"), ("paragraph", "c")]),
        ("<ol start=3><li>a<li><p>b<p>c</ol>", [("list_item", "3. a"), ("list_item", "4. b"), ("paragraph", "c")]),
        ("<ol start=x><li>a</ol>", [("list_item", "1. a")]),
        ("<blockquote>a<p>b</blockquote>c", [("quote", "a"), ("quote", "b"), ("paragraph", "c")]),
        ("<img src=x alt=' A  lamp '>", [("image", "A lamp")]),
        ("<img src=x><img alt>", []),
        ("<figure><img alt=A><figcaption>B</figcaption></figure>", [("image", "A"), ("caption", "B")]),
        ("<pre><code>a\n  b\n</code></pre>", [("code", "a\n  b")]),
        ("<!-- no --><script>no<b</script><style>no</style>yes", [("paragraph", "yes")]),
        ("<video src=x>no video</video><svg><title>no</title></svg><iframe />yes", [("paragraph", "yes")]),
        ("<div>a <!-- never closed", [("paragraph", "a")]),
        ("<div>a <![if x]> b <!x> c", [("paragraph", "a b c")]),
        ("<p>&eacute;&shy;&#8203;e&#769; &amp;", [("paragraph", "éé &")]),
        ("</div></p></ul></table></td>", []),
        ("a &lt; b < c", [("paragraph", "a < b < c")]),
    ],
)
def test_fragments(html: str, expected: list[tuple[str, str]]) -> None:
    """Kinds follow the tags, and what a browser does not show is gone."""
    assert kinds(html)[: len(expected) or None] == expected


def test_headings_keep_their_level() -> None:
    """Even where more tags stand inside."""
    assert blocks_from_fragment("<h2 align=center><div>A</div></h2>b") == [
        Block("heading", "A", 2),
        Block("paragraph", "b"),
    ]


def test_tables_have_rows() -> None:
    """Captions and images of cells are kept, closed or not."""
    html = "<table><caption>C</caption><tr><th>H<th>I<tr><td>1<br>2<td><img alt=A></table>after"

    assert blocks_from_fragment(html) == [
        Block("caption", "C"),
        Block("table", "H | I | 1 2 | A", rows=(("H", "I"), ("1 2", "A"))),
        Block("paragraph", "after"),
    ]


def test_tables_without_headers_have_an_empty_first_row() -> None:
    """Tables without headers have an empty first row: a reader of rows knows where the values begin."""
    assert blocks_from_fragment("<table><tr><td>1<td>2")[0].rows == ((), ("1", "2"))


@pytest.mark.parametrize("html", ["<div>", "<ul><li>", "<table><tr><td>", "<b>", "<blockquote>", "<pre>", "<script>"])
def test_depth_costs_nothing(html: str) -> None:
    """Thousands of open tags are no deeper than one."""
    assert len(blocks_from_fragment(html * 10_000 + "word")) == (html != "<script>")


TAGS = st.sampled_from(
    (
        *("<p>", "</p>", "<div>", "</div>", "<ul>", "<ol>", "<li>", "</li>", "</ul>", "</ol>", "<h2>", "</h2>", "<br>"),
        *("<table>", "<tr>", "<td>", "<th>", "<caption>", "</caption>", "</td>", "</tr>", "</table>", "<b>", "</b>"),
        *("<blockquote>", "</blockquote>", "<pre>", "</pre>", "<figure>", "<figcaption>", "</figcaption>"),
    )
)


@given(st.lists(TAGS | st.text("abc", min_size=1, max_size=3).map(" {} ".format)))
def test_no_word_is_lost(pieces: list[str]) -> None:
    """Tags in any order, closed or not, leave every word in some block."""
    words = [piece.strip() for piece in pieces if not piece.startswith("<")]
    read = " ".join(block.text for block in blocks_from_fragment("".join(pieces))).split()

    assert sorted(word for word in read if word.isalpha()) == sorted(words)


@given(st.text(st.sampled_from("<>/!-[]?&#;=\"' \naptd1"), max_size=60) | st.text(max_size=60))
def test_blocks_are_tidy(html: str) -> None:
    """Nothing raises; blocks hold single spaces, and only code has lines."""
    for block in blocks_from_fragment(html):
        assert block.text
        assert block.kind == "code" or block.text == " ".join(block.text.split())
