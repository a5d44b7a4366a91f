"""A cast as it is asked for, in a line or a table."""

from __future__ import annotations

import pytest

from narrate.core.casting import Casting, casting_of, parse_casting
from narrate.core.errors import UnfitValue


@pytest.mark.parametrize(
    ("text", "cast"),
    [
        ("Anna=high, Ben = low", Casting((("Anna", "high"), ("Ben", "low")))),
        ("auto", Casting(is_auto=True)),
        ("Anna Berg=high,AUTO", Casting((("Anna Berg", "high"),), is_auto=True)),
        ("none", Casting()),
        ("", Casting()),
    ],
)
def test_a_line_is_read_and_written_again(text: str, cast: Casting) -> None:
    """Pairs, auto, both, or nothing; its own writing means the same."""
    assert parse_casting(text) == cast == parse_casting(str(cast))
    assert bool(cast) == (text not in ("none", ""))


@pytest.mark.parametrize("text", ["Anna", "Anna=", "=high", "Anna=high, anna=low", "none, Anna=high"])
def test_what_is_no_cast_is_refused(text: str) -> None:
    """A name without a voice, twice the same name, nothing beside something."""
    with pytest.raises(UnfitValue):
        parse_casting(text)


def test_a_table_is_the_same() -> None:
    """Names and voices below [cast], and auto = true."""
    assert casting_of({"Anna": "high", "auto": True}) == parse_casting("auto, Anna=high")
    with pytest.raises(UnfitValue):
        casting_of({"Anna": 1})
