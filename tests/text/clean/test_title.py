"""The title is found again behind a page's menu."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Article, Block
from narrate.core.resources import packaged_file
from narrate.sources.read import article_from_text
from narrate.text.clean import clean
from narrate.text.clean.line_features import lines_of
from narrate.text.clean.phrases import phrases_for
from narrate.text.clean.title import STAY, settled_index, title_evidence, with_settled_title

PROSE = "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book."
LONG = (
    "In winter the ferry stays away for weeks, and the keeper of the last light is alone with the lamp, the stairs "
    "and the book that her father and her grandfather wrote in before her."
)
TITLE = "The Last Keeper of the Light"


def settled(*lines: str) -> Article:
    return clean(article_from_text("\n\n".join([*lines, PROSE, LONG, PROSE]))).article


@pytest.mark.parametrize(
    "menu",
    [
        ("News", "Sport", "Opinion"),
        ("Skip to content", "Menu"),
        ("Sign in", "Subscribe", "12"),
        ("HOME", "LIVE", "TV"),
        ("Island Post", "News", "Business", "Home › Islands"),
        ("Skip to main content", "BREAKING", "Storm warnings", "Sign in", "Home", "World", "More", "Islands", "/"),
        ("Aller au contenu", "S'abonner", "Se connecter", "Société"),
    ],
)
@pytest.mark.parametrize("under", [(), ("By Anna Berg", "14 October 2025"), ("Share", "4 min read")])
def test_title_after_a_menu(menu: tuple[str, ...], under: tuple[str, ...]) -> None:
    """The headline, whatever entries stand before it and whoever signs it."""
    assert settled(*menu, TITLE, *under).meta.title == TITLE


def test_what_stands_before_the_title_is_the_pages() -> None:
    """The first entry of the menu is no longer the title, and goes with the others."""
    article = settled("News", "Sport", "Opinion", TITLE)

    assert [block.kind for block in article.blocks] == ["title", "paragraph", "paragraph", "paragraph"]


@pytest.mark.parametrize("title", [TITLE, "Light", "News", "Read More Slowly", "Who keeps the light?"])
@pytest.mark.parametrize("under", [(), ("Three winters on the outer skerry",), ("By Anna Berg",)])
def test_a_title_of_its_own_stays(title: str, under: tuple[str, ...]) -> None:
    """However short, while no menu follows; a standfirst under it is not taken for it."""
    assert settled(title, *under).meta.title == title


@pytest.mark.parametrize(
    "texts", [(PROSE,), ("News",), ("My mother's coat", "hung by the dock", "and the tide", "came in")]
)
def test_where_nothing_is_better_the_article_comes_back(texts: tuple[str, ...]) -> None:
    """A text without a title, a single line, a song: the same value."""
    article = article_from_text("\n\n".join(texts))

    assert with_settled_title(article, lines_of(article.blocks, phrases_for("en"))) is article


@given(
    st.lists(st.sampled_from(["News", "Sport", TITLE, "By Anna Berg", PROSE, LONG, "1", "…"]), min_size=1, max_size=15)
)
def test_no_word_is_lost_and_one_title_stays_one(texts: list[str]) -> None:
    """Only kinds change, and never so that there are two titles."""
    article = article_from_text("\n\n".join(texts))

    after = with_settled_title(article, lines_of(article.blocks, phrases_for("en")))

    assert [block.text for block in after.blocks] == [block.text for block in article.blocks]
    assert sum(block.kind == "title" for block in after.blocks) == sum(b.kind == "title" for b in article.blocks)


def test_evidence_names_what_stands_around_a_line() -> None:
    """A byline and a date under it, words of the text in it, the distance to the first paragraph."""
    blocks = article_from_text("\n\n".join(["News", TITLE, "By Anna Berg", "4 May 2025", LONG, LONG])).blocks
    found = title_evidence(lines_of(blocks, phrases_for("en")))

    assert {"length:6 open", "phrase:none", "under:author-bio", "soon:author-bio", "longest", "share:5"} <= set(
        found[1]
    )
    assert "to body:2" in found[1]
    assert {"read", "read first:navigation"} <= set(found[STAY])


def test_weights_decide() -> None:
    """With others another line is the title; without any nothing moves."""
    lines = lines_of(article_from_text("\n\n".join(["News", TITLE, "4 May 2025", LONG])).blocks, phrases_for("en"))

    assert settled_index(lines, {"year": 9.0}) == 2
    assert settled_index(lines, {}) is None


def test_a_line_that_may_be_the_title_is_not_lost() -> None:
    """Where weights cannot tell two headlines apart, one is the title and the other is read, too."""
    texts = ["News", "Sport", "Lamp oil dearer again", "Opinion", TITLE, "By Anna Berg", LONG, PROSE, LONG]
    article = article_from_text("\n\n".join(texts))
    weights = {"length:6 open": 2.0, "length:4 open": 1.0, "longest": 0.5}

    kept = [block.text for block in clean(article, titles=weights).article.blocks]

    assert kept[:2] == ["Lamp oil dearer again", TITLE]
    assert "Lamp oil dearer again" not in [
        block.text for block in clean(article, titles={**weights, "longest": 5.0}).article.blocks
    ]


def test_every_weight_has_a_use() -> None:
    """The names in the data file are of groups that a line can have."""
    weights = json.loads(packaged_file("narrate.text.clean", "title.json").read_text("utf8"))
    blocks = (
        Block("title", "News 2025 | 2"),
        Block("paragraph", "Subscribe to our newsletter"),
        Block("paragraph", LONG),
    )
    groups = {"mentions", "repeated", "in line above", "soon", "lately"}
    for seen in title_evidence(lines_of(blocks, phrases_for("en"))).values():
        groups |= {name.partition(":")[0] for name in seen}

    assert {name.partition(":")[0] for name in weights} <= groups
