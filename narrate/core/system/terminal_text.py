"""Text for people at a terminal: on one line, and nothing in it moves the cursor or changes colours."""

from __future__ import annotations

# Letters of some scripts and emoji take joiners, and names of files have spaces of other widths (macOS writes U+202F
# into those of screenshots): all of them are harmless, though Python calls none of them printable.
_HARMLESS = frozenset("\u200c\u200d\u00a0\u2009\u202f\u3000")


def printable(text: str) -> str:
    """A name or a message with the codes of what cannot be printed: line feeds, escape sequences, marks of direction.

    >>> printable("two\\nlines\\x1b[31m.txt")
    'two\\\\nlines\\\\x1b[31m.txt'
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in _HARMLESS else _code(char) for char in text)


def _code(char: str) -> str:
    return char.encode("unicode_escape").decode()


def size_of(size_bytes: int) -> str:
    """Bytes for people, by thousands: "812 B", "2.0 MB"."""
    size, unit = float(size_bytes), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if round(size, 1) < 1000:
            break
        size, unit = size / 1000, larger
    return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
