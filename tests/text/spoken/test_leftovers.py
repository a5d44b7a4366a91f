"""Whatever no other rule says still leaves no digit and no dot or colon inside a word."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Node.js", "Node dot js"),
        ("it runs on .NET and in a .csv file", "it runs on dot net and in a dot csv file"),
        ("it ended .the next", "it ended .the next"),
        ("file:///c", "file c"),
        ("note:this", "note: this"),
        ("① and Ⅳ", "one and four"),
        ("٣ or 4", "three or four"),
        ("1.2.3.4.5", "one point two point three point four point five"),
        ("a_1", "a_one"),
    ],
)
def test_left_over(written: str, said: str) -> None:
    """Digits of any script become words, inner dots and colons are opened."""
    assert spoken_form(written).text == said
