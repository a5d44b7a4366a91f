"""Repairs of characters that every reader makes."""

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

# Ordering accents takes the square of their number, so a row of more than this is parted by a joiner that nobody sees:
# Unicode's Stream-Safe Text Format (https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format).
ACCENTS_MAX = 30
_JOINER = "\u034f"
_MAYBE_ACCENTS = re.compile(rf"[^\w\s\x00-\u02ff]{{{ACCENTS_MAX + 1},}}")


def bare(text: str) -> str:
    """Return letters and digits alone, in one case: what two ways to write the same title have in common."""
    return _NOT_LETTERS.sub("", text).casefold()


def tidy(text: str) -> str:
    """Bring a line of text to the form that blocks have: NFC, single spaces, nothing invisible."""
    # What can be printed holds nothing invisible, and that is seen in a tenth of the time.
    shown = text if text.isprintable() else text.translate(INVISIBLE)
    return nfc(" ".join(shown.split()))


def whole(text: str) -> str:
    """A text without halves of characters, as JSON ("\\ud800") and file names may hold them; no file takes them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def nfc(text: str) -> str:
    """Compose letters and their accents (NFC), in a time that grows with the text and no faster."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _MAYBE_ACCENTS.sub(_parted, text))


def _parted(match: re.Match[str]) -> str:
    count, parted = 0, []
    for char in match[0]:
        count = count + 1 if unicodedata.combining(char) else 0
        if count > ACCENTS_MAX:
            parted.append(_JOINER)
            count = 1
        parted.append(char)
    return "".join(parted)
