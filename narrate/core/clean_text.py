"""Text without what no file can hold: control characters, halves of letters; for titles, names, tags and lyrics.

What XML alone cannot hold is in `xml_text`, what acts on a terminal in `system.terminal_text`.
"""

from __future__ import annotations

import re
import unicodedata

# In UTF-16 it says in which order bytes come, so it must not stand in a text.
_BYTE_ORDER_MARK = "\ufeff"


def one_line(text: str, max_bytes: int | None = None) -> str:
    """Return a text as every file format can hold it: one line, no control characters, no halves of letters.

    Args:
        text: Anything; half of a surrogate pair becomes "\N{REPLACEMENT CHARACTER}".
        max_bytes: What is longer in UTF-8 ends in "…".
    """
    line = " ".join(_without_controls(text).split())
    if max_bytes is None or len(line.encode()) <= max_bytes:
        return line
    return line.encode()[: max_bytes - len("…".encode())].decode(errors="ignore").rstrip() + "…"


def many_lines(text: str) -> str:
    """Return a text without such characters that keeps its lines, of any length."""
    lines = (_without_controls(line).rstrip() for line in re.split(r"\r\n|[\r\n]", text))
    return "\n".join(lines).strip("\n")


def _without_controls(text: str) -> str:
    if text.isprintable():  # the rule, and then there is neither a control nor half of a character in it
        return text
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace(_BYTE_ORDER_MARK, "")
    return "".join(" " if unicodedata.category(char) == "Cc" else char for char in whole)
