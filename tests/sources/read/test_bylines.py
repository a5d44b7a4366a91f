"""Bylines and datelines under a title."""

from __future__ import annotations

from datetime import date

import pytest

from narrate.sources.read import article_from_text
from narrate.sources.read.bylines import byline_author, line_date

PROSE = "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book of the house."


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Anna Berg", "Anna Berg"),
        ("By Anna Berg and Tom Ek", "Anna Berg and Tom Ek"),
        ("Written by: Anna Berg, Tom Ek", "Anna Berg, Tom Ek"),
        ("Von Karl-Heinz Müller", "Karl-Heinz Müller"),
        ("Par Jean de La Fontaine", "Jean de La Fontaine"),
        ("Por Luciana O’Higgins", "Luciana O’Higgins"),
        ("Di Maria Rossi", "Maria Rossi"),
        ("By the sea", None),
        ("By Night", None),
        ("By Anna Berg in Oslo", None),
        ("Anna Berg", None),
        ("By 1900 Anna Berg had left", None),
    ],
)
def test_bylines(line: str, author: str | None) -> None:
    """A preposition and full names, nothing else."""
    assert byline_author(line) == author


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("October 9, 2018", date(2018, 10, 9)),
        ("Oct. 9th, 2018", date(2018, 10, 9)),
        ("9 October 2018", date(2018, 10, 9)),
        ("Published on May 12, 2024", date(2024, 5, 12)),
        ("Friday, December 19, 2025", date(2025, 12, 19)),
        ("8. Dezember 2012", date(2012, 12, 8)),
        ("21 de abril de 2022", date(2022, 4, 21)),
        ("1er mars 2020", date(2020, 3, 1)),
        ("Publicado em 2 de março de 2021", date(2021, 3, 2)),
        ("2022-04-26 21:21:50", date(2022, 4, 26)),
        ("May 2024", None),
        ("31 February 2020", None),
        ("1984", None),
        ("On October 9, 2018 the light went out", None),
        ("9/10/2018", None),
    ],
)
def test_datelines(line: str, day: date | None) -> None:
    """A whole date in words or in ISO form; what could be two dates is none."""
    assert line_date(line) == day


def test_front_lines_go_into_the_metadata_and_stay_in_the_text() -> None:
    """Front lines go into the metadata and are no headings, though prose follows."""
    article = article_from_text(f"A Light at Sea\n\nBy Anna Berg\n\nMay 12, 2024\n\n{PROSE}")

    assert (article.meta.author, article.meta.published) == ("Anna Berg", date(2024, 5, 12))
    assert [block.kind for block in article.blocks] == ["title", "paragraph", "paragraph", "paragraph"]


def test_only_front_lines_count() -> None:
    """A name further down is somebody else's."""
    article = article_from_text("\n\n".join(["A Light at Sea", *[PROSE] * 5, "By Anna Berg"]))

    assert article.meta.author is None
