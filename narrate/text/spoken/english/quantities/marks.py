"""Quote marks behind figures: inches, feet, minutes and seconds, or the end of a quotation."""

from __future__ import annotations

from collections.abc import Iterator

from narrate.text.spoken.claims import late
from narrate.text.spoken.english.quantities.numerals import FRACTION_SIGNS

_SHORT_YEAR = late(r"\d\ds?(?![\w'])")
# What may stand right behind: the sign of a size, the direction of a degree, nothing at the end of a text.
_BEHIND = ("", "x", "N", "S", "E", "W")


def measuring_marks(text: str) -> Iterator[int]:
    """Yield the places of quote marks behind figures that are inches or feet, and close no quotation.

    Where a mark of its kind is open, a mark behind a figure closes it, unless one that can only close follows:
    "a 9" pan," he said.
    """
    for mark in ('"', "'"):
        yield from _measuring(text, mark)


def _measuring(text: str, mark: str) -> Iterator[int]:
    is_open = False
    places = [at for at, char in enumerate(text) if char == mark]
    for at, is_closed_later in zip(places, _closed_later(text, places), strict=True):
        if _is_behind_figure(text, at) and (not is_open or is_closed_later):
            if text[at + 1 : at + 2] in _BEHIND or not text[at + 1].isalpha():
                yield at
        elif is_open and not text[at - 1].isspace():
            is_open = mark == "'" and text[at + 1 : at + 2].isalnum()
        else:
            is_open = (mark == '"' and not is_open) or (mark == "'" and _opens(text, at))


def _closed_later(text: str, places: list[int]) -> list[bool]:
    """Tell of each mark whether of those behind it the first that is behind no figure closes a quotation."""
    closed: list[bool] = []
    closes = False
    for at in reversed(places):
        closed.append(closes)
        if not _is_behind_figure(text, at):
            closes = at > 0 and not text[at - 1].isspace() and not text[at + 1 : at + 2].isalnum()
    return closed[::-1]


def _is_behind_figure(text: str, at: int) -> bool:
    return at > 0 and (text[at - 1].isdigit() or text[at - 1] in FRACTION_SIGNS)


def _opens(text: str, at: int) -> bool:
    """Tell whether an apostrophe begins a quotation: not in a word, and before no year such as '98."""
    if text[max(0, at - 1) : at].isalnum():
        return False
    return text[at + 1 : at + 2].isalnum() and not _SHORT_YEAR().match(text, at + 1)
