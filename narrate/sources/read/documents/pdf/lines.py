"""A page of a PDF as pdfium sees it: pieces of lines with their places, sizes and weights."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pypdfium2

# Between words is a quarter of the size; in justified text it may be three times as wide.
GAP_SIZES = 2.5
# Some programs leave out the space and move on by its width, which is hardly less than so much of the size.
SPACE_SIZES = 0.2
# In front of a link it may be squeezed to this, in a word whose letters stand no farther apart than kerning has them.
SQUEEZED_SIZES = 0.09
KERNED_MAX_SIZES = 0.03
# A mark of a note is smaller than the text and stands higher.
MARK_SIZE_SHARE = 0.85
MARK_RAISED_SHARE = 0.15
MARK_MAX_CHARS = 4
# A page with more is a drawing, or made to take all time.
PAGE_MAX_CHARS = 200_000
# Text that runs up a margin, or across a page as a watermark.
TURNED_MIN_RADIANS = 0.05

# pdfium writes these for a hyphen at the end of a line, and goes on with the next line.
_HYPHENS = frozenset({0x02, 0xFFFE})
_PARTED = "\ufffe"
_NAME_BYTES = 128
_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!tal)|-bd|cmbx|sfbx", re.IGNORECASE)
_FIXED = re.compile(r"mono|courier|consol|menlo|typewriter|cmtt|sftt|lmtt", re.IGNORECASE)
_FIXED_PITCH, _FORCE_BOLD = 1, 1 << 18
_MARK = re.compile(r"(?:\d{1,3}(?:[,–-]\d{1,3})*|[*†‡§¶]+|[a-z]|[⁰¹²³⁴-⁹]{1,3})")
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")


class Word(NamedTuple):
    """A word and where it begins and ends, in points from the page's left edge."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of characters on one line without a wide gap. Places are in points from the page's lower left corner.

    Attributes:
        words: A hyphen at the end of the last is "-", wherever the word goes on.
        bottom: Below its letters' feet.
        top: Above its capitals.
        size_pt: Size of its letters.
        is_bold: They are set in bold.
        is_fixed: They all have one width, as in code.
        mark: A raised mark at its beginning, as a note has.
    """

    words: tuple[Word, ...]
    bottom: float
    top: float
    size_pt: float
    is_bold: bool = False
    is_fixed: bool = False
    mark: str = ""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Half way between its bottom and its top."""
        return (self.bottom + self.top) / 2


class _Char(NamedTuple):
    """A character, its number on the page, and its box; a page has thousands, so it is the cheapest kind of value."""

    char: str
    at: int
    left: float
    right: float
    bottom: float
    top: float


def page_segments(text_page: pypdfium2.PdfTextPage) -> list[Segment]:
    """Return the segments of a page in the order of its source.

    Args:
        text_page: pypdfium2's PdfTextPage.
    """
    return [segment for run in _runs(text_page) if (segment := _segment(run, text_page)) is not None]


def _runs(text_page: pypdfium2.PdfTextPage) -> Iterator[list[_Char]]:
    """Part the characters at line ends and at wide gaps."""
    run: list[_Char] = []
    last: _Char | None = None
    for char in _chars(text_page):
        is_space = char.char.isspace()
        if run and (char.char in "\r\n" or (last is not None and not is_space and _is_apart(last, char))):
            yield run
            run, last = [], None
        if char.char in "\r\n":
            continue
        run.append(char)
        last = last if is_space else char
        if char.char == _PARTED:
            yield run
            run, last = [], None
    if run:
        yield run


def _is_apart(before: _Char, char: _Char) -> bool:
    """Tell whether a wide gap, or the way back to another line, lies between two characters."""
    height, own_height = before.top - before.bottom, char.top - char.bottom
    if own_height < MARK_SIZE_SHARE * height and char.left - before.right > own_height:
        return True  # the mark of a note in the next column
    height = max(height, own_height)
    is_far = char.left - before.right > GAP_SIZES * height
    is_back = char.left < before.left - height
    return is_far or is_back or char.top < before.bottom or char.bottom > before.top


def _chars(text_page: pypdfium2.PdfTextPage) -> Iterator[_Char]:
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    code_of, box_of, page = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox, text_page.raw
    for index in range(min(text_page.count_chars(), PAGE_MAX_CHARS)):
        code = code_of(page, index)
        box_of(page, index, reference)
        yield _Char(_character(code), index, box.left, box.right, box.bottom, box.top)


def _character(code: int) -> str:
    if code in _HYPHENS:
        return _PARTED
    return chr(code) if code and not 0xD800 <= code < 0xE000 else "\ufffd"


def _segment(run: list[_Char], text_page: pypdfium2.PdfTextPage) -> Segment | None:
    visible = [one for one in run if not one.char.isspace() and one.char != _PARTED]
    if not visible or _is_turned(visible[0], text_page):
        return None
    base, height = _line_of(visible)
    raised = {one.at for one in visible if _is_raised(one, height, base)}
    mark, chars = _without_marks(run, raised) if raised else ("", run)
    words = tuple(_words(chars))
    if not words:
        return None
    fonts = _fonts([one for one in visible if one.at not in raised] or visible, text_page)
    size = sorted(font.size_pt for font in fonts)[len(fonts) // 2]
    is_bold = 2 * sum(font.is_bold for font in fonts) > len(fonts)
    is_fixed = 2 * sum(font.is_fixed for font in fonts) > len(fonts)
    return Segment(words, base, base + height, round(size or height, 1), is_bold, is_fixed, mark)


def _line_of(visible: Sequence[_Char]) -> tuple[float, float]:
    """Return where most letters stand, and how high they are."""
    boxes = Counter((round(one.bottom, 1), round(one.top - one.bottom, 1)) for one in visible)
    return boxes.most_common(1)[0][0]


def _is_turned(char: _Char, text_page: pypdfium2.PdfTextPage) -> bool:
    import pypdfium2.raw as pdfium

    angle = float(pdfium.FPDFText_GetCharAngle(text_page, char.at))
    return TURNED_MIN_RADIANS < angle < 2 * math.pi - TURNED_MIN_RADIANS


def _is_raised(char: _Char, usual: float, base: float) -> bool:
    height = char.top - char.bottom
    return char.char in _RAISED or (height < MARK_SIZE_SHARE * usual and char.bottom > base + MARK_RAISED_SHARE * usual)


def _words(chars: Sequence[_Char]) -> Iterator[Word]:
    """Yield the words of a run; a soft hyphen counts at the run's end, where the word goes on."""
    for word in _parted_at_gaps(chars):
        text = "".join(one.char for one in word).replace(_PARTED, "-")
        if text.endswith("\u00ad") and word[-1].at >= chars[-1].at - 1:
            text = f"{text[:-1]}-"
        if text := text.replace("\u00ad", ""):
            yield Word(text, min(one.left for one in word), max(one.right for one in word))


def _parted_at_gaps(chars: Sequence[_Char]) -> Iterator[list[_Char]]:
    """Part a run at its spaces, and where a gap as wide as one stands among letters that touch each other."""
    for is_space, group in groupby(chars, key=lambda one: one.char.isspace()):
        if is_space:
            continue
        word = list(group)
        size = word[0].top - word[0].bottom
        gaps = [b.left - a.right for a, b in pairwise(word)]
        wide = [index for index, gap in enumerate(gaps, 1) if gap >= SPACE_SIZES * size] or _squeezed(word, gaps, size)
        is_spaced_out = len(wide) > 1 and 3 * len(wide) > len(word)
        edges = [0, *([] if is_spaced_out else wide), len(word)]
        yield from (word[start:end] for start, end in pairwise(edges))


def _squeezed(word: Sequence[_Char], gaps: Sequence[float], size: float) -> list[int]:
    """Return where a space was squeezed: one gap among letters, two or more on either side, that all else touch."""
    if max(gaps, default=0.0) < SQUEEZED_SIZES * size:
        return []
    at = max(range(len(gaps)), key=gaps.__getitem__) + 1
    if not 2 <= at <= len(word) - 2:
        return []
    is_among_letters = all(one.char.isalpha() for one in word[at - 2 : at + 2])
    others = (gap for index, gap in enumerate(gaps, 1) if index != at)
    return [at] if is_among_letters and all(gap <= KERNED_MAX_SIZES * size for gap in others) else []


def _without_marks(run: list[_Char], raised: set[int]) -> tuple[str, list[_Char]]:
    """Take out raised marks of notes; return the one at the beginning, and the other characters.

    What is raised behind a figure or a single letter is a power or an ordinal, and stays.
    """
    mark, index = "", 0
    kept: list[_Char] = []
    while index < len(run):
        end = index
        while end < len(run) and run[end].at in raised:
            end += 1
        text = "".join(one.char for one in run[index:end])
        before = "".join(one.char for one in kept[-3:])
        if text and len(text) <= MARK_MAX_CHARS and _MARK.fullmatch(text.strip()) and not _is_power(before, text):
            mark = mark if kept else text.strip()
        elif text:
            kept += run[index:end]
        else:
            kept.append(run[end])
            end += 1
        index = end
    return mark, kept


def _is_power(before: str, text: str) -> bool:
    if not before.strip():
        return False
    if not text.strip()[0].isdigit():
        return before[-1:].isdigit() and text.isalpha()
    return before[-1:].isdigit() or bool(re.search(r"(?:^|[\W\d_])[^\W\d_]{1,2}$", before))


class _Font(NamedTuple):
    """The font of a character: size in points, weight, and whether all its letters have one width."""

    size_pt: float
    is_bold: bool
    is_fixed: bool


def _fonts(chars: Sequence[_Char], text_page: pypdfium2.PdfTextPage) -> list[_Font]:
    """Return the fonts of a run's beginning, middle and end: a term in bold, or a name in another font, is no line."""
    return [_font(chars[at], text_page) for at in sorted({len(chars) // 8, len(chars) // 2, len(chars) * 7 // 8})]


def _font(char: _Char, text_page: pypdfium2.PdfTextPage) -> _Font:
    """Return the font of a character by its name and its flags (ISO 32000-1, table 123)."""
    import pypdfium2.raw as pdfium

    buffer, flags = ctypes.create_string_buffer(_NAME_BYTES), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page, char.at, buffer, _NAME_BYTES, ctypes.byref(flags))
    name = buffer.value.decode("utf-8", errors="replace")
    is_bold = bool(_BOLD.search(name)) or bool(flags.value & _FORCE_BOLD)
    is_fixed = bool(flags.value & _FIXED_PITCH) or bool(_FIXED.search(name))
    return _Font(float(pdfium.FPDFText_GetFontSize(text_page, char.at)), is_bold, is_fixed)
