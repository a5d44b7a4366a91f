"""Units of one chain that follow each other are one amount."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("in 1h 23m 45s", "in one hour twenty three minutes forty five seconds"),
        (
            "in 1h30m, 2h05 or 20min 30s",
            "in one hour thirty minutes, two hours five minutes or twenty minutes thirty seconds",
        ),
        ("7 lb, 4 oz heavy", "seven pounds four ounces heavy"),
        ("11st 8lb", "eleven stone eight pounds"),
        ("5 ft. 2 in.-6 ft. 4 in. tall", "five feet two inches to six feet four inches tall"),
        ("about 5'9½\" tall", "about five feet nine and a half inches tall"),
        ("about 5'9⅝ tall", "about five feet nine and five eighths inches tall"),
        ("~6' 2\" tall", "about six feet two inches tall"),
        ("5'11 tall", "five feet eleven inches tall"),
        ("1 yr 3 mos", "one year three months"),
        ("40.7° N, 74° W", "forty point seven degrees north, seventy four degrees west"),
        ("3 m 5 h", "three meters five hours"),
        ("12 oz 3 lb", "twelve ounces three pounds"),
    ],
)
def test_chains(written: str, said: str) -> None:
    """Links go from the larger to the smaller; others are amounts of their own."""
    assert spoken_form(written).text == said
