"""Tests of the numbers by which a page's pieces are told apart."""

from __future__ import annotations

import math
from itertools import islice, permutations

import pytest
from lxml import etree

from narrate.sources.read.choosing.columns import row_of
from narrate.sources.read.choosing.features import Page, feature_columns
from narrate.sources.read.choosing.holders import names_of
from narrate.sources.read.choosing.places import Places
from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html

PROSE = "The clockmaker of Brigg wound the tower clock by hand, two hundred turns on every Sunday before church."


def rows(body: str, page: Page = Page(), chosen: dict[str, set[int]] | None = None) -> list[dict[str, float]]:  # noqa: B008
    root = parse_html(f"<body>{body}</body>")
    assert root is not None
    found = list(pieces(root))
    columns = feature_columns(found, page, chosen or {}, {"sidebar": -2.0, "post": 1.5, "body": 0.5})
    assert {len(column) for column in columns.values()} <= {len(found)}
    return [row_of(columns, index) for index in range(len(found))]


def test_length_links_and_ends() -> None:
    """Words as their logarithm, links as a share of the text, a sentence by its end."""
    prose, link = rows(f"<p>{PROSE}</p><p><a href=/x>Ten clocks to see</a></p>")
    assert prose["words"] == pytest.approx(math.log1p(18))
    assert (prose["links"], prose["ends"], prose["prose"]) == (0, 1, 1)
    assert (link["links"], link["ends"], link["prose"]) == (1, 0, 0)


def test_places_and_what_they_are_called() -> None:
    """Elements around a piece, and the odds of the words in their classes and ids."""
    inside, beside = rows(f'<main class="postBody"><p>{PROSE}</p></main><aside id=side_sidebar><p>{PROSE}</p></aside>')
    assert inside["in main"] == 1
    assert (inside["in aside"], beside["in main"]) == (0, 0)
    assert beside["in aside"] == 1
    assert inside["near sum"] == 2.0
    assert beside["near worst"] == -2.0


def test_where_the_prose_is() -> None:
    """A holder's share is that of the page's words in sentences; labels do not count."""
    first, label, *_ = rows(f"<div><p>{PROSE}</p><p>Label</p></div><div><p>{PROSE}</p></div>")
    assert first["share 1"] == pytest.approx(0.5)
    assert label["share 1"] == pytest.approx(0.5)
    assert first["share 0"] == pytest.approx(0.5)
    assert label["share 0"] == 0


def test_what_the_page_says_of_itself() -> None:
    """Title, description, the page's own copy of the text, the author's name, and what is said twice."""
    page = Page("The clocks of Brigg", (PROSE,), PROSE, "en", "Ada Byrne and Ben Ito")
    title, prose, bio, *_ = rows(
        f"<h1>The clocks of Brigg</h1><p>{PROSE}</p><p>Ada Byrne writes on clocks.</p><p>Share</p><p>Share</p>", page
    )
    assert title["title"] == 1
    assert (prose["described"], prose["stated"], prose["author"]) == (1, 1, 0)
    assert (bio["stated"], bio["author"], bio["times"]) == (0, 1, 1)
    assert _[0]["times"] == 2


def test_what_others_chose() -> None:
    """A choice that was not asked for is no choice of nothing."""
    first, second = rows(f"<p>{PROSE}</p><p>{PROSE} Again.</p>", chosen={"usual": {0}})
    assert (first["in usual"], second["in usual"], first["in readability"]) == (1, 0, -1)
    assert (first["votes"], second["votes"], second["off usual"]) == (1, 0, 1)


def test_neighbours() -> None:
    """Each piece knows what stands beside it, and where nothing does."""
    first, second = rows(f"<p>{PROSE}</p><h2>Bells</h2>")
    assert first["-1 none"] == 1
    assert first["+1 level"] == 2
    assert second["-1 prose"] == 1
    assert second["-1 sibling"] == 1


def test_a_page_without_pieces_has_no_features() -> None:
    """Nothing is shown, so nothing is known."""
    assert feature_columns([], Page("A title"), {"usual": set()}, {}) == {}


@pytest.mark.parametrize(
    ("attributes", "names"),
    [
        ('class="postBody main-text"', {"post", "body", "main", "text"}),
        ('id=relatedStories class="x1 a"', {"related", "stories"}),
        ('role=navigation class="NAV"', {"navigation", "nav"}),
        ("", set()),
    ],
)
def test_names(attributes: str, names: set[str]) -> None:
    """Words of classes, ids and roles, in small letters; numbers and single letters say nothing."""
    root = parse_html(f"<body><div {attributes}>x</div></body>")
    assert root is not None
    assert names_of(next(root.iter("div"))) == names


@pytest.mark.parametrize(
    ("tag", "names"), [("related-stories", {"related", "stories"}), ("x-1", set()), ("section", set())]
)
def test_names_of_tags(tag: str, names: set[str]) -> None:
    """An element of the page's own making is called by its tag; those that every page has are not."""
    assert names_of(etree.Element(tag)) == names


def test_words_of_a_name_are_summed_in_any_order() -> None:
    """A page's choice is the same in every run, though the words of a class are a set."""
    odds = {"aa": 0.1, "bb": 0.2, "cc": 0.3, "dd": 1e16, "ee": -1e16, "ff": 0.7}
    said = set()
    for order in islice(permutations(odds), 0, None, 40):
        holder = etree.Element("div", {"class": " ".join(order)})
        said.add(Places([[holder]], {}, odds).columns()["called sum"][0])
    assert said == {math.fsum(odds.values())}
