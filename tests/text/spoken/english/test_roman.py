"""Roman numerals are said only behind names and numbered things."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("King Louis XIV built", "King Louis the fourteenth built"),
        ("King Charles III’s day", "King Charles the third's day"),
        ("World War II", "World War two"),
        ("Chapter IV", "Chapter four"),
        ("Act V, Scene II", "Act five, Scene two"),
        ("Type I and Type II", "Type one and Type two"),
        ("Super Bowl LVIII", "Super Bowl fifty eight"),
        ("Rocky III", "Rocky three"),
        ("King Charles I was", "King Charles the first was"),
        ("Elizabeth I of England", "Elizabeth the first of England"),
    ],
)
def test_said(written: str, said: str) -> None:
    """Rulers have ranks, everything else has numbers."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    "written",
    [
        "Malcolm X",
        "Vitamin C",
        "I think I know",
        "the Part I liked",
        "Charles I know",
        "the NT IV",
        "a CD MIX",
        "World IIII",
    ],
)
def test_left(written: str) -> None:
    """A letter that may be a letter stays one."""
    assert spoken_form(written).text == written
