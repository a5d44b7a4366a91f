"""A program beside its line numbers is one program."""

from __future__ import annotations

import pytest

from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.markup.code_tables import join_code_tables

PROGRAM = "for boat in sound:\n    boat.leave()"


def read(body: str) -> list[tuple[str, str]]:
    root = parse_html(f"<body>{body}</body>")
    assert root is not None
    join_code_tables(root)
    return [(piece.block.kind, piece.block.text) for piece in pieces(root)]


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr><td class=gutter><pre>1\n2\n</pre></td><td class=code><pre>{PROGRAM}\n</pre></td></tr></table>",
        f"<table class=rouge-table><tr><td class='gutter gl'><pre class=lineno>1\n2</pre><td>"
        f"<pre>{PROGRAM}</pre></table>",
        f"<table><tr><td><div class=linenodiv><pre><a>1</a>\n<a>2</a></pre></div><td><pre>{PROGRAM}</pre></table>",
        "<table><tr><td class=blob-num data-line-number=1><td class=blob-code>for boat in sound:"
        "<tr><td class=blob-num data-line-number=2><td class=blob-code>    boat.leave()</table>",
        "<table><tr><td class=line-numbers>1<br>2<td class=code><pre><span>for boat in sound:</span><br>"
        "<span>    boat.leave()</span></pre></table>",
        "<pre><span class=lineno>1 </span>for boat in sound:\n<span class=lineno>2 </span>    boat.leave()</pre>",
        "<pre><code><div class=line>for boat in sound:</div><div class=line>    boat.leave()</div></code></pre>",
        "<pre class=prettyprint><ol class=linenums><li>for boat in sound:</li><li>    boat.leave()</li></ol></pre>",
    ],
)  # fmt: skip
def test_numbered_lines_are_one_program(body: str) -> None:
    """Whatever numbers the lines (a column, a cell each, an element in each), the program keeps its lines alone."""
    assert read(f"<p>So:</p>{body}<p>End.</p>") == [("paragraph", "So:"), ("code", PROGRAM), ("paragraph", "End.")]


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><th>Year<th>Boats<tr><td>1990<td>21</table>",
        "<table><tr><td>1<td>Norholm<tr><td>2<td>Sund</table>",
        "<table><tr><td>1<td><code>ls</code> lists files<tr><td>2<td><code>cd</code> goes on</table>",
    ],
)
def test_tables_of_data_stay(body: str) -> None:
    """Numbers beside words, or beside a word of a program, are data."""
    assert [kind for kind, _ in read(body)] == ["table"]


def test_many_digits_cost_little() -> None:
    """A cell of digits that is no number after all is looked at once."""
    assert read(f"<table><tr><td class=gutter>{'1' * 5000}x<td class=code>y</table>")[0][0] == "paragraph"
