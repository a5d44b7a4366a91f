"""Rules look at the words around a span."""

from __future__ import annotations

import pytest

from narrate.text.spoken.context import sentence_ends, word_after, words_before


@pytest.mark.parametrize(
    ("before", "after", "ends"),
    [
        ("the U.S.", "", True),
        ("the U.S.", " He left", True),
        ("the U.S.", '" He left', True),
        ("the U.S.", "\nNext", True),
        ("the U.S.", " Senate", False),
        ("the U.S.", " troops", False),
        ("the U.S.", ", he", False),
        ("the U.S.", ") and", False),
    ],
)
def test_sentence_ends(before: str, after: str, ends: bool) -> None:
    """Only a likely starter, or nothing at all, behind a dot makes it a full stop."""
    assert sentence_ends(before + after, len(before)) is ends


def test_words_around() -> None:
    """Words are found across one space, the nearest first."""
    text = "a 10-year, $5 plan"

    assert words_before(text, text.index("$"), 3) == ["10-year", "a"]
    assert word_after(text, text.index("$") + 2) == "plan"
    assert words_before("", 0, 1) == []
