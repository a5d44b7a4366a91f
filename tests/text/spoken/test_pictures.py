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


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a hotel (4.6★)", "a hotel (four point six stars)"),
        ("3+★ or 4+ ★ or 2½★", "three plus stars or four plus stars or two and a half stars"),
        ("5★", "five stars"),
        ("a 5★ hotel and a 4.5⭐️ app", "a five star hotel and a four point five star app"),
        ("from 3★ to 5★", "from three stars to five stars"),
        ("rated 4.8 ★ by guests", "rated four point eight stars by guests"),
        ("★★★★☆ from critics", "four out of five stars from critics"),
        ("It is worth ★★★½ to us", "It is worth three and a half stars to us"),
        ("Rating: ★★★★★", "Rating: five stars"),
        ("He gave ★★ and left", "He gave two stars and left"),
        ("★★★ SALE ★★★ is on", "SALE is on"),
        ("Great ⭐ day", "Great day"),
    ],
)
def test_stars_that_are_counted(written: str, said: str) -> None:
    """Behind a figure, with empty ones and behind a word of rating they say how good a thing is; others adorn."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize("language", ["de", "fr"])
def test_elsewhere_dropped(language: str) -> None:
    """The names are English ones."""
    assert "thumb" not in spoken_form("a 👍.", language).text
