"""The title is found again behind a page's menu."""

from __future__ import annotations

import pytest

from narrate.core.article import Article
from narrate.sources.read import article_from_text
from narrate.text.clean import clean

PROSE = "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book."


def settled(*lines: str) -> Article:
    return clean(article_from_text("\n\n".join([*lines, PROSE, PROSE]))).article


@pytest.mark.parametrize(
    "menu",
    [("News", "Sport", "Opinion"), ("Skip to content", "Menu"), ("Sign in", "Subscribe", "12"), ("HOME", "LIVE", "TV")],
)
def test_title_after_a_menu(menu: tuple[str, ...]) -> None:
    """The first line that is long enough, and the menu is dropped."""
    article = settled(*menu, "The Last Keeper of the Light")

    assert article.meta.title == "The Last Keeper of the Light"
    assert [block.kind for block in article.blocks] == ["title", "paragraph", "paragraph"]


@pytest.mark.parametrize("title", ["The Last Keeper of the Light", "Light", "News", "Read More Slowly"])
def test_a_title_of_its_own_stays(title: str) -> None:
    """However short, while no menu follows."""
    assert settled(title).meta.title == title


def test_without_a_better_line_the_first_stays() -> None:
    """Nothing is made up."""
    assert settled("News", "Sport", "Opinion").meta.title == "News"
