"""The phrase files are whole and safe."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest

from narrate.core.article import Block
from narrate.text.clean import RULES
from narrate.text.clean.phrases import FOLDERS, STRENGTHS, phrases_for

LANGUAGES = tuple(
    sorted(
        file.name.removesuffix(".toml")
        for folder in FOLDERS
        for file in (resources.files("narrate.text.clean.phrases") / folder).iterdir()
    )
)
EXTRA_TABLES = {"words", "mentions", "about"}


def tables(language: str) -> dict[str, dict[str, list[str]]]:
    root = resources.files("narrate.text.clean.phrases")
    files = [root / folder / f"{language}.toml" for folder in FOLDERS]
    return tomllib.loads(next(file for file in files if file.is_file()).read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_those_of_the_rules(language: str) -> None:
    """A table that no rule reads, or a list of no known strength, would do nothing in silence."""
    names = {name for name, _ in RULES}

    for table, lists in tables(language).items():
        assert table in names | EXTRA_TABLES, table
        if table not in EXTRA_TABLES:
            assert set(lists) <= {*STRENGTHS, "continues"}, table


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_list_is_known(language: str) -> None:
    """A {name} that stands for nothing would be matched as it is written."""
    found = tables(language)
    words = set(found["words"])

    for table, lists in found.items():
        for phrase in (phrase for phrases in lists.values() for phrase in phrases):
            names = set(re.findall(r"\{([a-z]+)\}", phrase))
            assert names <= words, (table, phrase)


@pytest.mark.parametrize(
    ("line", "strength", "as_heading"),
    [
        ("Share", "weak", "edge"),
        ("Two years ago", "weak", "edge"),
        ("Highlights", "edge", None),
        ("Politics", "edge", None),
        ("Read more", "lines", "lines"),
    ],
)
def test_what_may_be_a_heading_of_the_authors_is_a_hint_there(line: str, strength: str, as_heading: str | None) -> None:
    """It says what its neighbours may be, and is dropped by no rule of its own."""
    phrases = phrases_for("en")

    assert getattr(phrases.hit(Block("paragraph", line)), "strength", None) == strength
    assert getattr(phrases.hit(Block("heading", line, 2)), "strength", None) == as_heading


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_of_a_language_join_the_english_ones(language: str) -> None:
    """Pages in every language carry English buttons."""
    hit = phrases_for(language).hit(Block("paragraph", "Read more"))

    assert hit is not None
    assert hit.rule == "read-more"


@pytest.mark.parametrize("tag", ["xx", "", "zh-Hant", "en_GB", "../../etc"])
def test_any_language_tag_will_do(tag: str) -> None:
    """A language without a file has the English phrases."""
    assert phrases_for(tag).hit(Block("paragraph", "Read more")) is not None


@pytest.mark.parametrize(
    "line", ["a" * 159, "a " * 350, "Photo " * 26, "1 " * 79, "A. " * 50, "(" * 150, "by by " * 25]
)
def test_no_line_takes_long(line: str) -> None:
    """No pattern doubles its work with each character: such a one would not end before the suite is stopped."""
    for language in LANGUAGES:
        hit = phrases_for(language).hit(Block("paragraph", line))

        assert hit is None or hit.strength in STRENGTHS
