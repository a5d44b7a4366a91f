"""TOML from anywhere is read, or refused in words before it takes what there is of memory and stack."""

from __future__ import annotations

import tomllib

import pytest

from narrate.core import toml

DEEP = {
    "a dotted key": "a." * 20_000 + "a = 1",
    "a dotted key with spaces": "a . " * 40 + "a = 1",
    "a quoted dotted key": "''." * 40 + "a = 1",
    "a key of both": '"a b".c.' * 20 + "a = 1",
    "a dotted table": "[" + "a." * 40 + "a]",
    "a key in a table of one line": "a = { " + "b." * 40 + "b = 1 }",
    "brackets": "a = " + "[" * 20_000,
    "tables of one line": "a = " + "{a=" * 20_000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_what_lies_too_deep_is_refused(text: str) -> None:
    """As TOML that is wrong, which every caller has an answer to."""
    with pytest.raises(tomllib.TOMLDecodeError, match=r"parts|deep"):
        toml.loads(text)


def test_the_line_of_a_deep_key_is_named() -> None:
    """The line of a deep key is named, so that it can be found."""
    with pytest.raises(tomllib.TOMLDecodeError, match="line 3"):
        toml.loads("a = 1\n\n" + "b." * 20 + "c = 1\n")


def test_what_is_too_large_is_refused() -> None:
    """Before it is read."""
    with pytest.raises(tomllib.TOMLDecodeError, match="12 characters, more than the 10 "):
        toml.loads('a = "hello!"', 10)


@pytest.mark.parametrize(
    "text",
    [
        "a.b.c.d.e.f = 1",
        'a = "www.one.two.example.com/index.html?v=1.2.3"',
        "version = 1.2\nwhen = 2024-01-01T10:00:00.123456Z",
        '["engadget.com".names]\n"St. Mary\'s" = "saint. mary"',
        'a = """\nOne. Two. Three. Four.\nFive. Six.\n"""',
        "a = [[[[1]]]]",
    ],
)
def test_what_people_write_is_read(text: str) -> None:
    """As Python reads it."""
    assert toml.loads(text) == tomllib.loads(text)
