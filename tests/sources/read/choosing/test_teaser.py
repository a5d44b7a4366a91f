"""Tests of the signs that a page shows only the beginning of its article."""

from __future__ import annotations

import pytest

from narrate.core.article import Article, Block, Metadata
from narrate.sources.read.choosing.teaser import Verdict, teaser_verdict
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.page_data import PageData

SENTENCE = "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book."
LONG, SHORT = 20, 4
UNFREE = {"@type": "NewsArticle", "isAccessibleForFree": False}


def verdict(
    paragraphs: int, last: str = "", node: dict[str, object] | None = None, body: str = "", after: tuple[str, ...] = ()
) -> Verdict:
    """Weigh a page of so many paragraphs that ends as said."""
    root = parse_html(f"<body>{body}<p>{SENTENCE}</p></body>")
    assert root is not None
    blocks = [Block("paragraph", SENTENCE)] * paragraphs + ([Block("paragraph", last)] if last else [])
    node = node or {}
    return teaser_verdict(root, PageData({}, node, [node]), Article(Metadata(), tuple(blocks)), after)


@pytest.mark.parametrize(
    ("paragraphs", "last", "node", "body", "after"),
    [
        (SHORT, "The rest of it is …", {}, "", ()),
        (SHORT, "Subscribe to continue reading.", {}, "", ()),
        (SHORT, "", {}, "", ("Advertisement", "Continue reading")),
        (SHORT, "", {"wordCount": 1240}, "", ()),
        (SHORT, "", UNFREE, "", ()),
        (LONG, "Subscribe to continue reading.", UNFREE, "", ()),
        (LONG, "", {"wordCount": 2400, **UNFREE}, "", ()),
        (LONG, "The rest of it is …", {"wordCount": 2400}, "", ()),
    ],
)
def test_two_signs_are_enough(
    paragraphs: int, last: str, node: dict[str, object], body: str, after: tuple[str, ...]
) -> None:
    """A sign, and that there is little of the article or another sign: it is only the beginning."""
    assert verdict(paragraphs, last, node, body, after).reason


@pytest.mark.parametrize(
    ("last", "node", "body"),
    [
        ("And nobody ever said why …", {}, ""),
        ("Join to read more of us", {}, ""),
        ("", {"wordCount": 2400}, ""),
        ("", UNFREE, ""),
        ("", UNFREE, "<div class=paywall></div>"),
    ],
)
def test_one_sign_is_a_doubt(last: str, node: dict[str, object], body: str) -> None:
    """Whole articles show each of the signs now and then: they are read, and it is said."""
    found = verdict(LONG, last, node, body)
    assert found.reason is None
    assert found.doubt
    assert "there may be more of it" in found.doubt


@pytest.mark.parametrize(
    ("paragraphs", "node"),
    [
        (LONG, {}),
        (SHORT, {}),
        (SHORT, {"wordCount": 70}),
        (LONG, {"wordCount": 340, **UNFREE}),
        (LONG, {"articleBody": " ".join([SENTENCE] * LONG), **UNFREE}),
    ],
)
def test_a_whole_article_is_no_teaser(paragraphs: int, node: dict[str, object]) -> None:
    """One that has as many words as the page says, free or not, is all of it."""
    assert verdict(paragraphs, "", node) == Verdict()


@pytest.mark.parametrize(
    ("last", "body", "is_doubted"),
    [
        ("", "", False),
        ("And so on", "", True),
        ("", "<div class=paywall></div>", True),
    ],
)
def test_a_long_article_that_is_not_free_is_whole(last: str, body: str, is_doubted: bool) -> None:
    """A few paragraphs are shown of what must be paid for; what is long and ends as an article does is all of it."""
    found = verdict(LONG * 3, last, UNFREE, body)

    assert found.reason is None
    assert bool(found.doubt) is is_doubted
