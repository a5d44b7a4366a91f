"""Words within a line: buttons, hints of links, what is there to be seen or to be heard."""

from __future__ import annotations

import pytest

from narrate.sources.read.html_fragments import blocks_from_fragment


def kinds(html: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks_from_fragment(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        # In a sentence, at its end and at its beginning.
        ("<p>Buy a <button>winter pass</button> on board.</p>", [("paragraph", "Buy a winter pass on board.")]),
        ("<p>Buy a <span><button>winter pass</button></span>.</p>", [("paragraph", "Buy a winter pass.")]),
        ("<p><button>Winter passes</button> are cheap.</p>", [("paragraph", "Winter passes are cheap.")]),
        # Alone, before a sentence and after one.
        ("<p>The pass is cheap.</p><button>Buy now</button>", [("paragraph", "The pass is cheap.")]),
        ("<p>The pass is cheap. <button>Read more</button></p>", [("paragraph", "The pass is cheap.")]),
        ("<p><button>Play</button> Listen to it.</p>", [("paragraph", "Listen to it.")]),
        ("<p>See <button aria-label=x><svg></svg></button> there.</p>", [("paragraph", "See there.")]),
        # The whole of a heading, and beside one.
        ("<h3><button>How deep?</button></h3>", [("heading", "How deep?")]),
        ("<h3><button><span>How</span> <b>deep</b></button></h3>", [("heading", "How deep")]),
        ("<h3>Depth <button>Copy link</button></h3>", [("heading", "Depth")]),
        # Over what it opens.
        (
            "<div class=accordion><button aria-expanded=false>The first years</button><div>It rained.</div></div>",
            [("heading", "The first years"), ("paragraph", "It rained.")],
        ),
        ("<div><button aria-controls=a>How deep?</button></div>", [("heading", "How deep?")]),
        ("<nav class=toggle><button aria-expanded=false>Main menu</button></nav>", []),
        ("<div class=toggle><button aria-expanded=false>Menu</button></div>", []),
    ],
)
def test_buttons(html: str, expected: list[tuple[str, str]]) -> None:
    """A button's words stay where they are part of a sentence or head something."""
    assert kinds(html) == expected


@pytest.mark.parametrize(
    "hint",
    [
        "<span>, opens new tab</span>",
        "<span class=x> (opens in a new window)</span>",
        " (opens in a new tab)",
        ", opens in new window",
        "<i>[external link]</i>",
        "<span>(Wird in einem neuen Fenster geöffnet)</span>",
        "<span> (s’ouvre dans un nouvel onglet)</span>",
        "<span>se abre en una nueva ventana</span>",
        "<span role=tooltip>A page of the council with all tables</span>",
        "<span class=tooltip-text>A page of the council</span>",
        "<span class=sr-only>Read all of it</span>",
    ],
)
def test_hints(hint: str) -> None:
    """What a link says besides its words is not said, and the comma that belongs to the sentence stays."""
    html = f"<p>The council published its <a href=x>report{hint}</a>, and slept.</p>"

    assert kinds(html) == [("paragraph", "The council published its report, and slept.")]


@pytest.mark.parametrize(
    "html",
    [
        "<p>The shop opens in a new window of the arcade.</p>",
        "<p>Read <a href=x>how a kiosk opens in new window</a> now.</p>",
        "<p><a href=x>New window</a> is the name of a band.</p>",
    ],
)
def test_no_hints(html: str) -> None:
    """Words of a hint that stand in a sentence are the author's."""
    assert "new window" in kinds(html)[0][1].lower()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("It rose by <i aria-hidden=true>12%</i><i class=sr-only>12 percent</i> then.", "It rose by 12% then."),
        ("It rose by <i class=sr-only>12 percent</i> <i aria-hidden=true>12%</i> then.", "It rose by 12% then."),
        ("We gave <i aria-hidden=true>★★★★☆</i><i class=visually-hidden>four stars</i>.", "We gave four stars."),
        (
            "<b aria-hidden=true>O</b><b aria-hidden=true>a</b><b aria-hidden=true>k</b>"
            "<b class=sr-only>Oak</b> grows.",
            "Oak grows.",
        ),
        ("<b aria-label=Oak><i aria-hidden=true>O</i><i aria-hidden=true>ak</i></b> grows.", "Oak grows."),
        ("<i aria-hidden=true>T</i>he oak grows.", "The oak grows."),
        ("<i aria-hidden=true>T</i><i class=sr-only>T</i>he oak grows.", "The oak grows."),
        ("Oak <i class=icon aria-hidden=true>arrow_forward</i><i class=sr-only>more</i> grows.", "Oak more grows."),
        ("Oak <i aria-hidden=true>arrow_forward</i> grows.", "Oak grows."),
        ("Oak<a aria-hidden=true href=#a>#</a> grows.", "Oak grows."),
    ],
)
def test_halves(html: str, text: str) -> None:
    """Of what is there twice, to be seen and to be heard, one half is said."""
    assert kinds(f"<p>{html}</p>") == [("paragraph", text)]
