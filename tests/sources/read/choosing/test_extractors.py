"""Tests of asking libraries for the article of a page."""

from __future__ import annotations

import pytest
import trafilatura

from narrate.sources.read.choosing.extractors import FAST_MAX_SIZE, FULL_MAX_SIZE, extractors_choices
from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html

PROSE = "The clockmaker of Brigg wound the tower clock by hand, two hundred turns on every Sunday before church. "
ARTICLE = "".join(f"<p>{PROSE * count}</p>" for count in (2, 3, 1, 4))
MENU = "<nav><a href=/a>Clocks to see</a></nav>"


def asked(body: str) -> dict[str, set[int]]:
    root = parse_html(f"<body>{body}</body>")
    assert root is not None
    return extractors_choices(root, list(pieces(root)))


def test_both_choose_the_prose() -> None:
    """Each library's choice is told as the pieces that it chose."""
    chosen = asked(f"{MENU}<article>{ARTICLE}</article>")
    assert chosen == {"usual": {1, 2, 3, 4}, "readability": {1, 2, 3, 4}}


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (ARTICLE + "<i></i>" * FULL_MAX_SIZE, {"usual"}),
        (ARTICLE + "<i></i>" * FAST_MAX_SIZE, set()),
        (f"<p>{PROSE * 3_200}</p>", {"usual"}),
        (f"<p>{PROSE * 6_500}</p>", set()),
        ("".join(f"<div>{PROSE * 4}" for _ in range(250)), set()),
        ("<div>" * 30 + ARTICLE * 4, {"usual", "readability"}),
        ("<div>" * 200 + ARTICLE, {"usual", "readability"}),
    ],
    ids=["elements", "more elements", "text", "more text", "text in text", "deep", "deeper"],
)
def test_what_would_take_too_long_is_not_asked(body: str, names: set[str]) -> None:
    """Of many elements, of long texts, and of texts within texts, which are read for each element around them."""
    assert set(asked(body)) == names


@pytest.mark.parametrize(
    ("around", "is_compared"),
    [
        (MENU, False),
        ("<aside><p>Tickets are sold at the gate.</p></aside>", False),
        (f"<ul>{'<li><a href=/b>Other clocks of this county, with their keepers</a></li>' * 200}</ul>", True),
        (f"<div class=teaser><p>{PROSE.replace('Brigg', 'Lund') * 12}</p></div>", True),
    ],
    ids=["a menu", "an aside", "little of much", "another text"],
)
def test_a_choice_is_compared_where_another_may_replace_it(
    monkeypatch: pytest.MonkeyPatch, around: str, is_compared: bool
) -> None:
    """Trafilatura runs others only where it would hear them: it chose little of the page, or something else."""
    ways = []

    def heard(page: object, *, fast: bool, **given: object) -> object:
        ways.append(fast)
        return own(page, fast=fast, **given)

    own = trafilatura.bare_extraction
    monkeypatch.setattr(trafilatura, "bare_extraction", heard)
    chosen = asked(f"<article>{ARTICLE}</article>{around}")
    assert (False in ways) is is_compared
    assert chosen["usual"] >= {0, 1, 2, 3}
