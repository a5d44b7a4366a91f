"""Elements are what their role, their class or their place says."""

from __future__ import annotations

import pytest

from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.markup.settle import settle_markup
from narrate.sources.read.shown.unspoken import remove_unspoken


def read(body: str) -> list[tuple[str, str]]:
    root = parse_html(f"<body>{body}</body>")
    assert root is not None
    remove_unspoken(root)
    settle_markup(root)
    blocks = [piece.block for piece in pieces(root)]
    return [(f"h{block.level}" if block.kind == "heading" else block.kind, block.text) for block in blocks]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<div role=heading aria-level=3>Ropes</div><div>Text.</div>", [("h3", "Ropes"), ("paragraph", "Text.")]),
        ("<span role=heading>Ropes</span><p>Text.</p>", [("h2", "Ropes"), ("paragraph", "Text.")]),
        ("<p role='heading' aria-level='9'>Ropes</p>", [("h6", "Ropes")]),
        ("<h3><span role=heading aria-level=2>Ropes</span></h3>", [("h3", "Ropes")]),
        ("<div role=list><div role=listitem>One</div><div role=listitem>Two</div></div>",
         [("list_item", "One"), ("list_item", "Two")]),
        ("<div role=table><div role=row><span role=columnheader>Year</span><span role=columnheader>Boats</span></div>"
         "<div role=row><span role=cell>1990</span><span role=cell>21</span></div></div>",
         [("table", "Year | Boats | 1990 | 21")]),
        ("<dl><dt>Hull</dt><dd>The body of a boat.</dd></dl>",
         [("list_item", "Hull"), ("list_item", "The body of a boat.")]),
    ],
)  # fmt: skip
def test_a_role_names_an_element(body: str, found: list[tuple[str, str]]) -> None:
    """Headings, lists and tables that are only called so are read as what they are; a level is kept in its bounds."""
    assert read(body) == found


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<x-section>One.</x-section><x-section>Two.</x-section>", ["One.", "Two."]),
        ("<x-page><x-title>Ropes</x-title><x-body><p>One.</p></x-body></x-page>", ["Ropes", "One."]),
        ("<p>A <x-term>rope</x-term> and a <x-term>hull</x-term>.</p>", ["A rope and a hull."]),
        ("<div>A <x-term>rope</x-term> is long.</div>", ["A rope is long."]),
    ],
)
def test_elements_of_a_sites_own_making(body: str, texts: list[str]) -> None:
    """A custom element is a block, unless it stands in a line of text."""
    assert [text for _, text in read(body)] == texts


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<h3><button aria-expanded=false>How deep?</button></h3><div>Deep.</div>", ("h3", "How deep?")),
        ("<h2 class=a><span><button><span>How deep?</span><svg></svg></button></span></h2>", ("h2", "How deep?")),
        ("<details><summary><button>How deep?</button></summary>Deep.</details>", ("paragraph", "How deep?")),
        ("<dl><dt><button>How deep?</button></dt><dd>Deep.</dd></dl>", ("list_item", "How deep?")),
        ("<h3>Ropes <button>Copy link</button></h3>", ("h3", "Ropes")),
        ("<div><button aria-expanded=false>How deep is it?</button><div>As deep as it is wide.</div></div>",
         ("h3", "How deep is it?")),
        ("<button aria-expanded=false>Menu</button><div>Home, and all the rest.</div>",
         ("paragraph", "Home, and all the rest.")),
        ("<nav><button aria-controls=m>All of our pages</button><div>Home, and all the rest.</div></nav>",
         ("paragraph", "Home, and all the rest.")),
    ],
)  # fmt: skip
def test_a_button_that_is_all_of_a_heading_is_its_text(body: str, found: tuple[str, str]) -> None:
    """An accordion's heading is read, a button above an answer is one; one beside a heading or in a menu is not."""
    assert read(body)[0] == found
    assert "Copy link" not in str(read(body))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<figure><blockquote><p>A road that swims.</p></blockquote><figcaption>Ada</figcaption></figure>",
         [("quote", "A road that swims."), ("caption", "Ada")]),
        ("<div><img src=a.png alt=Boat><span class=photo-credit>Ada Holm</span></div>",
         [("image", "Boat"), ("caption", "Ada Holm")]),
        ("<div><img src=a.png alt=Boat><p>In May.</p><small class='image-caption'>Ada Holm</small></div>",
         [("image", "Boat"), ("paragraph", "In May."), ("caption", "Ada Holm")]),
        ("<p>The <span class=caption>small</span> boat.</p>", [("paragraph", "The small boat.")]),
        ("<figure><p>Text in a figure.</p></figure>", [("paragraph", "Text in a figure.")]),
        ("<figure><img src=a.png alt=Boat>The boat<figcaption>In May</figcaption></figure>",
         [("image", "Boat"), ("caption", "The boat"), ("caption", "In May")]),
    ],
)  # fmt: skip
def test_figures_without_a_picture_hold_text(body: str, found: list[tuple[str, str]]) -> None:
    """A quote in a figure stays a quote; beside a picture, text is its caption."""
    assert read(body) == found


@pytest.mark.parametrize(
    ("names", "tag"),
    [
        ("note", "div"), ("admonition warning", "div"), ("c-callout", "div"), ("md-tip", "div"),
        ("sidebar note", "aside"), ("related-note", "aside"), ("footnote", "aside"), ("note ads", "aside"),
        ("newsletter-notice", "aside"), ("", "aside"),
    ],
)  # fmt: skip
def test_notes_in_the_text_are_no_asides(names: str, tag: str) -> None:
    """A note or warning belongs to the text; what is sold, related or set in the margin does not."""
    root = parse_html(f"<body><p>One.</p><aside class='{names}'><p>Mind the gap.</p></aside></body>")
    assert root is not None
    settle_markup(root)

    assert [element.tag for element in root.iter("aside", "div")] == [tag]


@pytest.mark.parametrize(
    ("before", "is_text"),
    [
        ("Three societies on the islands keep the old words alive:", True),
        ("Three societies on the islands keep the old words alive.", False),
        ("Share this article:", False),
    ],
)
def test_links_that_complete_a_sentence_are_text(before: str, is_text: bool) -> None:
    """A list of links after a sentence and its colon is no menu."""
    root = parse_html(f"<body><p>{before}</p><ul><li><a href=/n>Norn</a><li><a href=/g>Gaelic</a></ul></body>")
    assert root is not None
    settle_markup(root)

    assert [piece.link_chars == 0 for piece in pieces(root)][1:] == [is_text, is_text]


def test_who_said_a_quote() -> None:
    """The footer of a quote says whose words it is; it is no footer of the page."""
    root = parse_html("<blockquote><p>Rain.</p><footer>— Ada Holm</footer></blockquote><footer>Imprint</footer>")
    assert root is not None
    settle_markup(root)

    assert [(piece.block.kind, piece.element.tag) for piece in pieces(root)] == [
        ("quote", "p"), ("quote", "div"), ("paragraph", "footer"),
    ]  # fmt: skip
