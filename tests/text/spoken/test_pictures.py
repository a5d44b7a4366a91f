"""Pictures are dropped, and named where a noun would be missing."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Her only reply was a 👍.", "Her only reply was a thumbs up."),
        ("He sent a 🎉 and left", "He sent a party popper and left"),
        ("with one 👍🏽 emoji", "with one thumbs up emoji"),
        ("Then came the 🦀🦀🦀!", "Then came the crab!"),
        ("the 🎉 party", "the party"),
        ("Great job! 🎉", "Great job!"),
        ("I love it ❤️ so much", "I love it so much"),
    ],
)
def test_named_or_dropped(written: str, said: str) -> None:
    """Behind an article, with no noun behind it, a picture is one."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize("language", ["de", "fr"])
def test_elsewhere_dropped(language: str) -> None:
    """The names are English ones."""
    assert "thumb" not in spoken_form("a 👍.", language).text
