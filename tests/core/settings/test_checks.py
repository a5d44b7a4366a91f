"""Values of settings, checked one by one."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.settings import checks

CHECKS: list[Callable[[object], Any]] = [
    checks.word,
    checks.word_or_none,
    checks.words,
    checks.patterns,
    checks.one_of("a", "b"),
    checks.path,
    checks.path_or_none,
    checks.paths,
    checks.flag,
    checks.flag_or_word,
    checks.uuid_or_none,
    checks.number(0.5, 2.0),
    checks.whole(1, 10),
]


@pytest.mark.parametrize(
    ("check", "value", "expected"),
    [
        (checks.word, " a b ", "a b"),
        (checks.word_or_none, "", ""),
        (checks.word_or_none, "low", "low"),
        (checks.words, ["a", "b "], ("a", "b")),
        (checks.words, (), ()),
        (checks.patterns, ["^a+"], ("^a+",)),
        (checks.one_of("a", "b"), "b", "b"),
        (checks.path, "a/b.mp3", Path("a/b.mp3")),
        (checks.path, Path("~/x"), Path("~/x")),
        (checks.path_or_none, "", None),
        (checks.path_or_none, "a.mp3", Path("a.mp3")),
        (checks.paths, "a.toml", (Path("a.toml"),)),
        (checks.paths, ["a.toml", Path("b.toml")], (Path("a.toml"), Path("b.toml"))),
        (checks.flag, " Yes ", True),
        (checks.flag, "off", False),
        (checks.flag, True, True),
        (checks.flag_or_word, "no", False),
        (checks.flag_or_word, "1", True),
        (checks.flag_or_word, "{title}.", "{title}."),
        (checks.number(0.5, 2.0), "1.5", 1.5),
        (checks.number(0.5, 2.0), 2, 2.0),
        (checks.whole(1, 10), "10", 10),
        (checks.whole(1, 10), 3.0, 3),
    ],
)
def test_what_can_be_used(check: Callable[[object], Any], value: object, expected: object) -> None:
    """Files give typed values, variables give words; both arrive as what they mean."""
    found = check(value)

    assert found == expected
    assert type(found) is type(expected)


def test_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """A "~" in a file, which no shell has seen."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(Path("/home/anna")))

    assert checks.path("~/x.mp3") == Path("/home/anna/x.mp3")


@pytest.mark.parametrize(
    ("check", "value", "message"),
    [
        (checks.word, "  ", "a word"),
        (checks.word, 3, "a word"),
        (checks.words, "a", "a list"),
        (checks.words, ["a", 1], "a word"),
        (checks.patterns, ["a", "("], "no regular expression"),
        (checks.one_of("a", "b"), "c", "one of a, b"),
        (checks.one_of("a", "b"), ["a"], "one of a, b"),
        (checks.path, "", "a word"),
        (checks.path, "a\0b", "called"),
        (checks.path_or_none, 3, "a word"),
        (checks.flag, "perhaps", "true or false"),
        (checks.flag, 1, "true or false"),
        (checks.flag_or_word, 3, "a word"),
        (checks.number(0.5, 2.0), True, "a number"),
        (checks.number(0.5, 2.0), [1], "a number"),
        (checks.number(0.5, 2.0), float("nan"), "between 0.5 and 2"),
        (checks.number(0.5, 2.0), 10**400, "between 0.5 and 2"),
        (checks.whole(1, 10), 1.5, "a whole number"),
        (checks.whole(1, 10), "inf", "between 1 and 10"),
    ],
)
def test_what_cannot(check: Callable[[object], Any], value: object, message: str) -> None:
    """The error says what would do."""
    with pytest.raises(ValueError, match=re.escape(message)):
        check(value)


@pytest.mark.skipif(os.name == "nt", reason="Windows guesses where others live")
def test_the_home_of_nobody() -> None:
    """Is a value that cannot be used."""
    with pytest.raises(ValueError, match="home folder"):
        checks.path("~no-such-user-at-all/x.mp3")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(ANYTHING)
def test_whatever_a_file_holds_is_taken_or_refused_in_words(value: object) -> None:
    """No other error comes out of a check, and what was taken is taken again."""
    for check in CHECKS:
        try:
            found = check(value)
        except (TypeError, ValueError) as error:
            assert str(error)
        else:
            assert found in ("", None) or check(found) == found


@pytest.mark.parametrize(
    ("value", "expected"),
    [("", ""), ("9B024349-ccf0-5f69-a609-6b82873eab3c", "9b024349-ccf0-5f69-a609-6b82873eab3c")],
)
def test_identities(value: str, expected: str) -> None:
    """In one way of writing them."""
    assert checks.uuid_or_none(value) == expected


@pytest.mark.parametrize("value", ["x", 5, None, "9b024349"])
def test_no_identities(value: object) -> None:
    """The error shows what one looks like."""
    with pytest.raises(ValueError, match="9b024349-ccf0"):
        checks.uuid_or_none(value)
