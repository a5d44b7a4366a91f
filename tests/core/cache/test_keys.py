"""Keys of what the cache keeps, and the hints where it cannot."""

from __future__ import annotations

import errno
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.cache.keys import CACHE_HINT, cache_hint, content_key


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_different_lists_have_different_keys(parts: list[str], others: list[str]) -> None:
    """Also those whose parts would join to the same text, and those with quotes and commas in them."""
    assert (content_key(parts) == content_key(others)) == (parts == others)


@given(st.lists(st.text() | st.integers() | st.none(), max_size=5))
def test_a_key_is_that_of_the_whole_list(parts: list[object]) -> None:
    """Piece by piece as at once, so that caches of earlier versions are still found."""
    whole = json.dumps([str(part) for part in parts])

    assert content_key(iter(parts)) == hashlib.sha256(whole.encode()).hexdigest()


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "free some space"),
        (errno.EACCES, "free some space"),
        (errno.ENOTDIR, "remove what is in the way"),
        (errno.EISDIR, "remove what is in the way"),
        (errno.EEXIST, "remove what is in the way"),
    ],
)
def test_the_hint_says_what_can_be_done(number: int, hint: str) -> None:
    """A file where a folder should be is no lack of space; another folder is a way out of both."""
    found = cache_hint(OSError(number, "it did not work"))

    assert found.startswith(hint)
    assert found.endswith(CACHE_HINT.partition(", ")[2])
