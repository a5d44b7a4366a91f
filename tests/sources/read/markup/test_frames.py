"""Text is what the elements around it say: footnote, caption, quote."""

from __future__ import annotations

import pytest

from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html


def kinds(body: str) -> list[str]:
    root = parse_html(f"<body>{body}</body>")
    assert root is not None
    return [piece.block.kind for piece in pieces(root)]


@pytest.mark.parametrize(
    "body",
    [
        "<section class=footnotes><ol><li>County register.</ol></section>",
        "<ul class=ltx_biblist><li>County register.</ul>",
        "<div role=doc-endnotes><p>County register.</p></div>",
        "<ul><li id=fn:1>County register.</ul>",
        "<p id=_ftn1>County register.</p>",
        "<div id=footnote-12><p>County register.</p></div>",
        "<ol><li id=cite_note-Holm-3>County register.</ol>",
        "<aside id=user-content-fn-1>County register.</aside>",
    ],
)
def test_footnotes_by_name(body: str) -> None:
    """A class, a role, or the name that a mark links to makes a footnote."""
    assert kinds(body) == ["footnote"]


@pytest.mark.parametrize(
    ("heading", "items", "kind"),
    [
        ("Footnotes", "ol", "footnote"),
        ("Footnotes:", "ul", "footnote"),
        ("Fußnoten", "ul", "footnote"),
        ("Notes and references", "ol", "footnote"),
        ("Notes", "ol", "footnote"),
        ("Notes", "ul", "list_item"),
        ("Notes on the crane", "ol", "list_item"),
    ],
)
def test_a_list_under_its_heading(heading: str, items: str, kind: str) -> None:
    """What stands right under "Footnotes" is; under "Notes" only where it is numbered."""
    assert kinds(f"<h2>{heading}</h2><{items}><li>County register.</{items}>") == ["heading", kind]
    assert kinds(f"<h2>{heading}</h2><p>So it is.</p><{items}><li>Register.</{items}>")[-1] == "list_item"


@pytest.mark.parametrize("name", ["fnord-1", "section-1", "footnotes-are-fun", "fnref:1x", "fn", "note-1"])
def test_other_names_are_no_footnotes(name: str) -> None:
    """An anchor that only looks a little like a footnote's is none."""
    assert kinds(f"<p id='{name}'>County register.</p>") == ["paragraph"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("wp-caption-text", "caption"),
        ("image_caption", "caption"),
        ("photo-credit", "caption"),
        ("article__image-source", "caption"),
        ("cutline", "caption"),
        ("credit-line", "caption"),
        ("credits", "paragraph"),
        ("captioned", "paragraph"),
        ("by", "paragraph"),
    ],
)
def test_captions_by_class(name: str, kind: str) -> None:
    """Captions and credits of pictures have many classes; who is thanked for a film is in the text."""
    assert kinds(f"<p class='{name}'>The crane in May.</p>") == [kind]
