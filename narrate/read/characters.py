"""What every reader does to the characters of a text."""

from __future__ import annotations

import re
import unicodedata

# Characters that carry no sound and would split or glue words: soft hyphen, zero-width space, marks of direction,
# word joiner, byte order mark, and control characters that are no white space. Joiners that shape the letters of
# some scripts (U+200C, U+200D) stay.
INVISIBLE = dict.fromkeys(
    [*map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"), *range(9), *range(14, 28), *range(127, 133), *range(134, 160)]
)


_NOT_LETTERS = re.compile(r"[\W_]+")


def bare(text: str) -> str:
    """Letters and digits alone, in one case: what two ways to write the same title have in common."""
    return _NOT_LETTERS.sub("", text).casefold()


def tidy(text: str) -> str:
    """Bring a line of text to the form that blocks have: NFC, single spaces, nothing invisible."""
    return unicodedata.normalize("NFC", " ".join(text.translate(INVISIBLE).split()))
