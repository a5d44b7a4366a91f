"""Two rounds of edits join into one that does both."""

from __future__ import annotations

import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Edit, replay
from narrate.text.spoken.edits import compose


def _edits(text: str, pattern: str, said: str) -> tuple[Edit, ...]:
    return tuple(
        Edit(pattern, match.start(), match.end(), match[0], said)
        for match in re.finditer(pattern, text)
        if match[0] != said
    )


def test_apart() -> None:
    """Edits that do not touch stay apart, in the order of the text."""
    written = "b1 a2"
    first = _edits(written, "1", "one ")
    second = _edits(replay(written, first), "a", "")

    assert compose(written, first, second) == (Edit("1", 1, 2, "1", "one "), Edit("a", 3, 4, "a", ""))


def test_touching() -> None:
    """Edits on the same words become one that carries both names."""
    written = "x 1 y"
    first = _edits(written, "1", "one")
    second = _edits(replay(written, first), "e y", "!")

    assert compose(written, first, second) == (Edit("1+e y", 2, 5, "1 y", "on!"),)


@given(
    st.text("abc", max_size=20),
    *[st.sampled_from(["a", "ab", "b+", "c|aa", "bc"])] * 2,
    *[st.text("abc", max_size=3)] * 2,
)
def test_both_rounds_at_once(written: str, one: str, two: str, said: str, said_then: str) -> None:
    """Joined edits give the same text as one round after the other, and never overlap."""
    first = _edits(written, one, said)
    between = replay(written, first)
    second = _edits(between, two, said_then)

    joined = compose(written, first, second)

    assert replay(written, joined) == replay(between, second)
    assert all(left.end_char <= right.start_char for left, right in itertools.pairwise(joined))
    assert all(edit.before == written[edit.start_char : edit.end_char] != edit.after for edit in joined)
