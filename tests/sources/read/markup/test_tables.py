"""Tables of data are told from those that place things on a page."""

from __future__ import annotations

import pytest

from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html

LONG = "Sixteen families moved to the eastern shore after the mine closed. "


def kinds(body: str) -> list[str]:
    root = parse_html(f"<body>{body}</body>")
    assert root is not None
    return [piece.block.kind for piece in pieces(root)]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("<tr><td><a href=/>Home</a><td><a href=/n>News</a><tr><td><a href=/l>Links</a><td><a href=/g>Book</a>",
         ["paragraph"] * 4),
        ("<tr><td><h2>Left</h2>Text.<td><h2>Right</h2>Text.<tr><td>Foot<td>Note",
         ["heading", "paragraph"] * 2 + ["paragraph"] * 2),
        ("<tr><td><ul><li>One<li>Two</ul><td>Text.<tr><td>Foot<td>Note",
         ["list_item"] * 2 + ["paragraph"] * 3),
        (f"<tr><td>{LONG}<td>Side", ["paragraph"] * 2),
        (f"<tr><td>{LONG * 5}<td>Side<tr><td>Foot<td>Note", ["paragraph"] * 4),
    ],
)  # fmt: skip
def test_a_layout_is_read_cell_by_cell(table: str, found: list[str]) -> None:
    """Menus, columns with headings or lists, one long row and long cells are no table of data."""
    assert kinds(f"<table>{table}</table>") == found


@pytest.mark.parametrize(
    "table",
    [
        "<tr><th>Boat<th>Crew<tr><td><a href=/a>Ada</a><td><a href=/p>Petter</a>",
        "<tr><td><a href=/a>Ada</a><td>1931<tr><td><a href=/p>Petter</a><td>1958",
        "<thead><tr><td>Boat<td>Needs</thead><tr><td>Ada<td><ul><li>Rope<li>Paint</ul>",
        "<tr><td>1<td>2",
    ],
)
def test_data_is_one_block(table: str) -> None:
    """Headers make a table of what holds links or lists; numbers beside links are data, too."""
    assert kinds(f"<table>{table}</table>") == ["table"]
