"""Stand-ins for marks while their text is read: two signs that no reader knows, and that part words as brackets do.

A reader carries them along as it does any other sign, so that the place of a mark survives joined lines, headings,
lists and whatever else becomes of the text around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from narrate.core.errors import MarkError

# Signs of a script that hardly any text is in (Sutton SignWriting, category So), then the planes for private use.
_BLOCKS = (0x1D800, 0xF0000, 0x100000)
_DIGITS = 128


class Piece(NamedTuple):
    """A part of a text: words, or a stand-in by the number of its mark."""

    words: str
    number: int = -1


@dataclass(frozen=True)
class StandIns:
    """The signs that stand for the marks of one text.

    Attributes:
        first: Code point of the first sign: a pair of signs counts marks, each a digit of its own kind, and one more
            makes it as wide as the mark was written.
    """

    first: int

    def of(self, number: int, width_chars: int = 0) -> str:
        """Return what stands for a mark, in the width that it had.

        Raises:
            MarkError: There are too many marks.
        """
        high, low = divmod(number, _DIGITS)
        if high >= _DIGITS:
            raise MarkError(f"the text has more than {_DIGITS**2:,} marks", "split it into several files")
        pair = chr(self.first + high) + chr(self.first + _DIGITS + low)
        return pair + self._filling * max(0, width_chars - len(pair))

    @property
    def _filling(self) -> str:
        return chr(self.first + 2 * _DIGITS)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        bounds = [chr(self.first + at) for at in (0, _DIGITS - 1, _DIGITS, 2 * _DIGITS - 1)]
        return re.compile("([{}-{}])([{}-{}]){}*".format(*bounds, self._filling))

    def parts(self, text: str) -> list[Piece]:
        """Return a text as words and stand-ins, in order."""
        found: list[Piece] = []
        at = 0
        for match in self._pattern.finditer(text):
            found.append(Piece(text[at : match.start()]))
            number = (ord(match[1]) - self.first) * _DIGITS + ord(match[2]) - self.first - _DIGITS
            found.append(Piece("", number))
            at = match.end()
        return [*found, Piece(text[at:])]

    def occur_in(self, text: str) -> bool:
        """Tell whether a stand-in is in a text."""
        return self._pattern.search(text) is not None


def stand_ins_for(text: str) -> StandIns:
    """Return signs that a text does not hold.

    Raises:
        MarkError: It holds some of all that there are to choose from.
    """
    used = set(text) if not text.isascii() else set()
    for first in _BLOCKS:
        if not any(chr(code) in used for code in range(first, first + 2 * _DIGITS + 1)):
            return StandIns(first)
    raise MarkError("the text holds signs for private use where marks would need them", "read it with --no-marks")


_ANY = "[{}]".format("".join(f"{chr(at)}-{chr(at + 2 * _DIGITS)}" for at in _BLOCKS))
_LONE = re.compile(rf"(?:{_ANY}|\s)+")
_ONE = re.compile(_ANY)


def only_stand_ins(text: str) -> bool:
    """Tell whether a text is nothing but stand-ins: no paragraph, but a mark between two."""
    return not text.isascii() and _LONE.fullmatch(text) is not None


def without_stand_ins(text: str) -> str:
    """Return a line as it would be without its marks, for what its length and its words decide."""
    return text if text.isascii() or not _ONE.search(text) else " ".join(_ONE.sub("", text).split())


def without_first(text: str, count: int) -> str:
    """Return a text without its first characters; stand-ins among them stay, and do not count."""
    kept = ""
    for at, char in enumerate(text):
        if _ONE.match(char):
            kept += char
        elif count <= 0:
            return kept + text[at:]
        else:
            count -= 1
    return kept
