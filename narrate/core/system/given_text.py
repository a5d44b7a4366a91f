"""A text that a user gave by another way, in the place of standard input."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager


class GivenText(io.TextIOWrapper):
    """Standard input that holds a text.

    Attributes:
        called: What errors call it.
    """

    def __init__(self, text: str, called: str) -> None:
        """Hold a text; what no encoding has of it, as halves of characters, becomes a question mark."""
        super().__init__(io.BytesIO(text.encode("utf-8", "replace")), encoding="utf-8")
        self.called = called


@contextmanager
def as_standard_input(text: str, called: str) -> Iterator[None]:
    """Give a text to whoever reads standard input."""
    before = sys.stdin
    sys.stdin = GivenText(text, called)
    try:
        yield
    finally:
        sys.stdin = before
