"""Whole texts of several kinds: no line of the author's is lost, and little of the page is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.core.article import Article, Block, Metadata
from narrate.core.language.detection import settled_language
from narrate.sources.read import article_from_text
from narrate.text.clean import clean
from narrate.text.clean.judging import SENTENCE_PRICES

# Lines of the page begin with "~"; none of these texts was learnt from.
TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))
IDS = [path.stem for path in TEXTS]

# Of all their lines of boilerplate at least so many are found.
FOUND_MIN_SHARE = 0.8


def lines_of(path: Path) -> tuple[list[str], set[str], set[str]]:
    """All lines of a text, the author's, and the page's."""
    lines = [line for line in path.read_text("utf8").split("\n") if line.strip()]
    page = {line[1:] for line in lines if line.startswith("~")}
    return [line.removeprefix("~") for line in lines], {line for line in lines if not line.startswith("~")}, page


def dropped(text: str, strictness: str = "normal") -> set[str]:
    """What cleaning drops of a text."""
    article = article_from_text(text)
    language = settled_language(None, text) or "en"
    return {drop.block.text for drop in clean(article, language, strictness=strictness).drops}


@pytest.mark.parametrize("path", TEXTS, ids=IDS)
def test_no_line_of_the_authors_is_lost(path: Path) -> None:
    """Short headings, ingredients, results, verses, questions of one word, signatures: between prose they stay."""
    lines, own, _ = lines_of(path)

    assert dropped("\n\n".join(lines)) & own == set()


@pytest.mark.parametrize("path", TEXTS, ids=IDS)
def test_a_text_without_a_page_around_it_stays_whole(path: Path) -> None:
    """Nothing is dropped to fill a share."""
    lines, own, _ = lines_of(path)

    assert dropped("\n\n".join(line for line in lines if line in own)) == set()


def test_most_of_the_pages_lines_are_found() -> None:
    """Headlines of other articles, buttons, notices; in four languages."""
    found = []
    for path in TEXTS:
        lines, _, page = lines_of(path)
        found += [line in dropped("\n\n".join(lines)) for line in page]

    assert sum(found) >= FOUND_MIN_SHARE * len(found)


def test_a_stricter_cleaning_drops_no_less() -> None:
    """Each step takes what the one before took, and more."""
    texts = ["\n\n".join(lines_of(path)[0]) for path in TEXTS]
    gentle, normal, strict = ([dropped(text, strictness) for text in texts] for strictness in SENTENCE_PRICES)

    assert all(less <= more for pair in ((gentle, normal), (normal, strict)) for less, more in zip(*pair, strict=True))
    assert sum(map(len, gentle)) < sum(map(len, strict))


def test_what_a_rule_would_drop_stays_where_it_is_not_used() -> None:
    """Nothing else drops it instead, though it stands at the end among other lines of the page."""
    lines, _, page = lines_of(TEXTS[IDS.index("interview-en")])
    article = article_from_text("\n\n".join(lines))

    kept = {block.text for block in clean(article, keep=["tags"]).article.blocks}

    assert kept & page == {"Tags: Crafts, People"}


def test_words_that_a_user_wants_stay() -> None:
    """A part of the line is enough, in any letter case; the rest of the page goes."""
    lines, _, page = lines_of(TEXTS[IDS.index("interview-en")])
    article = article_from_text("\n\n".join(lines))

    kept = {block.text for block in clean(article, keep_lines=["the MAN  who tunes"]).article.blocks}

    assert kept & page == {"The man who tunes bells"}


def test_words_that_a_user_wants_win_over_every_rule() -> None:
    """Over a phrase, over a pattern of the user's own, and they are words, not a pattern."""
    blocks = (Block("paragraph", "Read more (here)"), Block("paragraph", "Read more"))

    drops = clean(Article(Metadata(), blocks), keep_lines=["more (here)", " "], drop=["Read"]).drops

    assert [drop.block.text for drop in drops] == ["Read more"]
