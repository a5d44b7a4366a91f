"""Why a line was dropped is said in words."""

from __future__ import annotations

import re

import pytest

from narrate.core.resources import packaged_table
from narrate.sources.read import article_from_text
from narrate.text.clean import clean
from narrate.text.clean.reasons import said_of
from narrate.text.clean.second_look import NAMES

STAIRS = "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book that lies beside it."
PAGE = (
    "A Light at Sea",
    STAIRS,
    STAIRS.replace("keeper", "warden"),
    "Related stories",
    "Ferry runs aground",
    "Lamp oil",
)


def test_every_feature_with_a_weight_has_words() -> None:
    """Whatever decided, there is something to say of it, or it is known not to be worth saying."""
    weights = packaged_table("narrate.text.clean", "weights.json")["own"]

    assert [name for name in (*weights, *NAMES) if said_of(name) is None] == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("place:after prose 3 short", "after the last paragraph"),
        ("place:in prose short", ""),
        ("under related:5 short", "under a header of other articles"),
        ("holds:hashtag", "holds a hashtag"),
        ("no such group:1", None),
    ],
)
def test_the_nearest_words_are_taken(name: str, said: str | None) -> None:
    """The value of a feature is looked for as it is, then with fewer and fewer words."""
    assert said_of(name) == said


def test_a_drop_says_what_decided() -> None:
    """What the line looks like, where it stands, and how certain that is; a phrase needs no more than its name."""
    drops = clean(article_from_text("\n\n".join((*PAGE, "© 2024 Example Media")))).drops
    whys = {drop.block.text: drop.why for drop in drops}

    assert re.fullmatch(r"short line(, [a-z' ]+)+; 0\.\d\d", whys["Lamp oil"])
