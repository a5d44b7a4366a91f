"""What a second look knows of a line: what the chain made of it and of all others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.sources.read import article_from_text
from narrate.text.clean.line_features import lines_of
from narrate.text.clean.phrases import phrases_for
from narrate.text.clean.second_look import NAMES, NO_LOGIT, rows
from narrate.text.clean.surroundings import Text, text_of

STAIRS = (
    "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book that lies beside it "
    "on the table, as her father did before her."
)
PAGE = ("A Light at Sea", "News", STAIRS, "Lamp oil", "Two gulls", STAIRS, "Most read", "The keeper of 4 gulls", "Oil")
SURE = (9.0, -5.0, 8.0, 1.0, -1.0, 8.0, -6.0, -2.0, -3.0)


def text(*lines: str) -> Text:
    return text_of(lines_of(article_from_text("\n\n".join(lines)).blocks, phrases_for("en")))


def numbers(index: int) -> dict[str, float]:
    row = rows(text(*PAGE), SURE, [index])[index]
    return dict(zip(NAMES, row, strict=True))


@pytest.mark.parametrize(
    ("index", "name", "number"),
    [
        (3, "sure", 1.0),
        (3, "sure above", 8.0),
        (3, "sure below", -1.0),
        (0, "sure above", NO_LOGIT),
        (8, "sure below", NO_LOGIT),
        (3, "lines of run", 2),
        (3, "run mean", 0.5),
        (4, "above sure", 2),
        (4, "below sure", 1),
        (1, "above sure", 99),
        (7, "below sure", 99),
        (7, "from first sure", 5),
        (7, "lines under related", 1),
        (3, "lines under related", 99),
        (7, "prose since related", 0),
        (3, "prose since comments", -1),
        (3, "from title", 3),
        (3, "to end", 5),
        (7, "title words", 0),
        (7, "shared words", 1),
        (7, "digits", 1 / 21),
        (3, "same shape", 3),
    ],
)
def test_numbers_of_a_line(index: int, name: str, number: float) -> None:
    """Neighbours, the run of short lines, the nearest sure paragraphs, the header above, words of the article."""
    assert numbers(index)[name] == pytest.approx(number)


def test_the_article_goes_on_where_the_chain_is_sure() -> None:
    """How much of it stands above a line and below it counts words by their probability, not all of the page's."""
    between, behind = numbers(3), numbers(7)

    assert 0.4 < between["kept share"] < 0.6
    assert behind["kept share"] > 0.95
    assert behind["kept after"] < 1 < between["kept after"]


def test_only_what_is_asked_for_is_looked_at() -> None:
    """Numbers cost time; most lines need none."""
    assert rows(text(*PAGE), SURE, []) == {}
    assert list(rows(text(*PAGE), SURE, [7, 3])) == [7, 3]


@given(st.lists(st.sampled_from(PAGE), min_size=1, max_size=12), st.data())
def test_every_line_of_every_text_has_all_numbers(lines: list[str], data: st.DataObject) -> None:
    """Also the first, the last, and that of a text of one line."""
    seen = text(*lines)
    count = len(seen.lines)
    logits = data.draw(st.lists(st.floats(-60, 60), min_size=count, max_size=count))

    found = rows(seen, logits, range(count))

    assert [len(found[index]) for index in range(count)] == [len(NAMES)] * count
