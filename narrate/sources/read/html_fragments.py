"""Pieces of HTML inside Markdown become blocks, and Markdown's own code and tables take the same form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from narrate.core.article import Block, Drop
from narrate.sources.read.characters import INVISIBLE, nfc
from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.markup.furniture import remove_furniture
from narrate.sources.read.markup.removal import taken_out
from narrate.sources.read.shown.elements import UNSPOKEN
from narrate.sources.read.shown.flat_text import flat_text
from narrate.sources.read.shown.unspoken import remove_unspoken

# What a browser runs, draws or hides: nothing between its tags is the author's text.
SILENT_TAGS = UNSPOKEN

MENU_RULE = "menu"

_BLANK_LINES = re.compile(r"^(?:[^\S\n]*\n)+|\s+$")


def code_block(text: str) -> tuple[Block, ...]:
    """The block for lines of code; none where there are only blank lines."""
    lines = _BLANK_LINES.sub("", nfc(text.translate(INVISIBLE)))
    return (Block("code", lines),) if lines else ()


def table_block(rows: Sequence[Sequence[str]]) -> tuple[Block, ...]:
    """The block for a table whose first row holds its headers; none where all its cells are empty."""
    header, *body = [tuple(row) for row in rows]
    filled = [row for row in body if any(row)]
    text = " | ".join(cell for row in [header, *filled] for cell in row if cell)
    return (Block("table", text, rows=(header if any(header) else (), *filled)),) if text else ()


def blocks_from_fragment(text: str) -> list[Block]:
    """Turn a piece of HTML into blocks; comments, scripts and styles give none, as in a browser."""
    return list(read_fragment(text).blocks)


@dataclass(frozen=True, slots=True)
class Fragment:
    """The outcome of reading a piece of HTML.

    Attributes:
        blocks: What it shows.
        drops: What was taken out that no author put there, as on pages.
    """

    blocks: tuple[Block, ...] = ()
    drops: tuple[Drop, ...] = ()


def read_fragment(text: str) -> Fragment:
    """Turn a piece of HTML into blocks as on a page: hidden parts, marks of notes, labels and menus are not in them."""
    root = parse_html(f"<body>{text}</body>")
    if root is None:
        return Fragment()
    remove_unspoken(root)
    drops = (*taken_out(root.iter("nav"), MENU_RULE, "a menu"), *remove_furniture(root))
    return Fragment(tuple(piece.block for piece in pieces(root)), drops)


def line_from_fragment(text: str) -> str:
    """Return what a line with HTML in it says: without what is hidden, and one of two halves that say the same."""
    root = parse_html(f"<body><p>{text}</p></body>")
    if root is None:
        return ""
    remove_unspoken(root)
    return flat_text(root)
