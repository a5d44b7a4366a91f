"""Copyfitting: breaks a few words into balanced lines, as large as they fit into a box, and draws them."""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import ImageDraw

from narrate.episode.cover.fonts import BUILT_IN, Face
from narrate.episode.cover.tables import letters as known_letters
from narrate.episode.cover.typeset import (
    Copy,
    Layout,
    Run,
    Unit,
    clusters,
    drawing_with,
    font_of,
    joined,
    layout_options,
    shows,
)

# Lengths are measured at this size and counted in ems: rounding to whole pixels then is a five-hundredth.
_MEASURE_PX = 256
# Marks have no length. A letter that goes back, or is this long, is a broken font's.
_LETTER_MAX_EM = 20
_PITCH_MIN_EM = 1.14
_GAP_EM = 0.1

# A word that alone would make the title smaller than this is divided.
_DIVIDE_BELOW_PX = 190
# A line of one word that is shorter than this part of the width looks forgotten; type may shrink a little for it.
_ORPHAN_SHARE = 0.4
_LONELY_SHARE = 0.2
_LONELY_COST = 3
_SHRINK_STEPS = (1.0, 0.95, 0.9, 0.85, 0.8)

# More words than can be set in a legible size.
_UNITS_MAX = 400


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines of type.

    Attributes:
        lines: Each from its beginning, which may be at the right.
        size_px: Size of the type.
        pitch_px: From one line's foot to the next one's.
        ascent_px: From the top of the highest letter of the first line to its foot.
        height_px: From there to the lowest letter of the last line.
        rtl: Whether lines begin at the right.
        language: BCP 47 tag, or "".
    """

    lines: tuple[tuple[Run, ...], ...]
    size_px: int
    pitch_px: int
    ascent_px: int
    height_px: int
    rtl: bool
    language: str


@dataclass(frozen=True, slots=True)
class _Measured:
    """Units in ems: `sums` are of all before a unit, spaces included; `ascent` and `descent` are of the letters."""

    sums: tuple[float, ...]
    spaces: tuple[float, ...]
    hyphens: tuple[float, ...]
    ascent: float
    descent: float

    @property
    def pitch(self) -> float:
        """The distance from one line's foot to the next one's: Vietnamese and Hindi need more than English."""
        return max(_PITCH_MIN_EM, self.ascent + self.descent + _GAP_EM)

    def line(self, start: int, end: int) -> float:
        """Length of a line of some units."""
        return self.sums[end] - self.sums[start] - self.spaces[start] + self.hyphens[end - 1]

    def height(self, lines: int) -> float:
        """Return the height from the top of the first line to the bottom of the last."""
        return self.ascent + self.descent + self.pitch * (lines - 1)


def fitted(
    copy: Copy, width_px: int, height_px: int, largest_px: int, smallest_px: int, lines_max: int = 20
) -> Setting:
    """Breaks words into lines so that they are as large as a box allows, and the lines are of like length.

    Raises BrokenFontError, as does `draw`, where a face cannot be measured after all.

    Args:
        copy: At least one unit.
        width_px: Width of the box.
        height_px: Its height.
        largest_px: No larger, however few the words are.
        smallest_px: No smaller: words at the end give way to "…".
        lines_max: No more lines.
    """
    units = [part for unit in copy.units[:_UNITS_MAX] for part in _parts(unit, copy, width_px / _DIVIDE_BELOW_PX)]

    def largest(some: Sequence[Unit]) -> tuple[float, int]:
        return _largest(_measured(some, copy), width_px, height_px, largest_px, lines_max)

    if copy.cut or len(copy.units) > _UNITS_MAX or largest(units)[0] < smallest_px:
        fits = bisect_left(
            range(2, len(units) + 1), True, key=lambda count: largest(_ellipsis(units, count))[0] < smallest_px
        )
        units = _ellipsis(units, 1 + fits)
    measured = _measured(units, copy)
    size, lines = _without_orphan(measured, *largest(units), width_px)
    return Setting(
        lines=tuple(_joined_units(units[start:end]) for start, end in lines),
        size_px=size,
        pitch_px=round(measured.pitch * size),
        ascent_px=math.ceil(measured.ascent * size),
        height_px=math.ceil(measured.height(len(lines)) * size),
        rtl=copy.rtl,
        language=copy.language,
    )


def draw(
    canvas: ImageDraw.ImageDraw, setting: Setting, left_px: int, top_px: int, width_px: int, colour: str, *, right: bool
) -> None:
    """Draw lines of type, flush left or right: the ink, not the letters' side bearings, meets the edge."""
    for index, line in enumerate(setting.lines):
        foot = top_px + setting.ascent_px + index * setting.pitch_px
        runs = line[::-1] if setting.rtl else line
        lengths = [_length(run, setting, setting.size_px) for run in runs]
        ink_left, ink_right = _ink_sides(runs[0], setting)[0], sum(lengths[:-1]) + _ink_sides(runs[-1], setting)[1]
        x = left_px + width_px - ink_right if right else left_px - ink_left
        for run, length in zip(runs, lengths, strict=True):
            with drawing_with(run.face):
                font, options = font_of(run.face, setting.size_px), _options(run, setting)
                canvas.text((x, foot), run.text, font=font, fill=colour, anchor="ls", **options)
            x += length


def _options(run: Run, text: Copy | Setting) -> Layout:
    return layout_options(run.face, text.rtl, text.language)


def _length(run: Run, text: Copy | Setting, size_px: int) -> float:
    with drawing_with(run.face):
        length = font_of(run.face, size_px).getlength(run.text, **_options(run, text))
        if not 0 <= length <= len(run.text) * _LETTER_MAX_EM * size_px:
            raise ValueError(f"{run.text[:20]!r} is {length} pixels long at {size_px} pixels")
        return length


def _ink_sides(run: Run, setting: Setting) -> tuple[int, int]:
    """Return where ink begins and ends, from where the text is put; Pillow's getbbox counts empty sides in."""
    with drawing_with(run.face):
        font = font_of(run.face, setting.size_px)
        mask, (offset, _) = font.getmask2(run.text, "L", anchor="ls", **_options(run, setting))
        left, _, right, _ = mask.getbbox() or (0, 0, 0, 0)
        return int(offset) + left, int(offset) + right


def _em(run: Run, copy: Copy) -> float:
    return _length(run, copy, _MEASURE_PX) / _MEASURE_PX


def _ink(run: Run, copy: Copy) -> tuple[float, float]:
    """Return how far letters reach above and below the foot of their line, in ems."""
    with drawing_with(run.face):
        box = font_of(run.face, _MEASURE_PX).getbbox(run.text, anchor="ls", **_options(run, copy))
        return -box[1] / _MEASURE_PX, box[3] / _MEASURE_PX


def _other(text: str, face: Face) -> Run:
    """A sign of ours in the face of the letters before it, or in one that has it for sure."""
    return Run(text, face if all(shows(face, char) for char in text) else BUILT_IN)


def _measured(units: Sequence[Unit], copy: Copy) -> _Measured:
    spaces = tuple(_em(_other(" ", unit.runs[0].face), copy) if unit.space else 0.0 for unit in units)
    hyphens = tuple(_em(_other("-", unit.runs[-1].face), copy) if unit.hyphen else 0.0 for unit in units)
    sums = [0.0]
    for unit, space in zip(units, spaces, strict=True):
        sums.append(sums[-1] + space + sum(_em(run, copy) for run in unit.runs))
    inks = [_ink(run, copy) for unit in units for run in unit.runs]
    # Not zero, which sizes are divided by: a broken font may show at one size what it does not at another.
    ascent, descent = (max(0.001, *(ink[side] for ink in inks)) for side in (0, 1))
    return _Measured(tuple(sums), spaces, hyphens, ascent, descent)


def _largest(measured: _Measured, width_px: int, height_px: int, largest_px: int, lines_max: int) -> tuple[float, int]:
    """The largest size of type that a box allows, and with how many lines."""
    best = (0.0, 1)
    for count in range(1, min(lines_max, len(measured.spaces)) + 1):
        by_height = min(largest_px, height_px / measured.height(count))
        if by_height <= best[0]:
            break
        best = max(best, (min(by_height, width_px / _narrowest(measured, count)), count), key=lambda each: each[0])
    return best


def _narrowest(measured: _Measured, count: int) -> float:
    """The least width, to a thousandth of an em, into which so many lines go."""
    low, high = 0.0, max(0.001, measured.line(0, len(measured.spaces)))
    while high - low > 0.001:
        middle = (low + high) / 2
        low, high = (low, middle) if _greedy(measured, middle) <= count else (middle, high)
    return high


def _greedy(measured: _Measured, width: float) -> float:
    """Count the lines when each takes what it can; no number is enough when a unit is too wide."""
    lines, start = 1, 0
    for end in range(1, len(measured.spaces) + 1):
        if measured.line(end - 1, end) > width:
            return math.inf
        if measured.line(start, end) > width:
            lines, start = lines + 1, end - 1
    return lines


def _without_orphan(measured: _Measured, size: float, count: int, width_px: int) -> tuple[int, list[tuple[int, int]]]:
    """Size in whole pixels, and lines as pairs of start and end; a little smaller where that saves a lonely word."""
    choices = []
    for step in _SHRINK_STEPS:
        # A thousandth more, for the widest line is as wide as the box, give or take a rounding.
        width = width_px / (size * step) * 1.001
        lines = _balanced(measured, int(min(count, _greedy(measured, width))), width)
        lonely = sum(_is_lonely(measured, start, end, width) for start, end in lines)
        choices.append((lonely, -max(1, int(size * step)), lines))
    _, negative_size, lines = min(choices, key=lambda choice: choice[:2])
    return -negative_size, lines


def _is_lonely(measured: _Measured, start: int, end: int, width: float) -> bool:
    """Tell whether a line is one short word; the last line looks forgotten sooner than others."""
    last = start > 0 and end == len(measured.spaces)
    whole = start == 0 and end == len(measured.spaces)
    share = _ORPHAN_SHARE if last else _LONELY_SHARE
    return not whole and end - start == 1 and measured.line(start, end) < share * width


def _balanced(measured: _Measured, count: int, width: float) -> list[tuple[int, int]]:
    """Return exactly so many lines, no wider than `width`, with the least sum of squared gaps at their ends."""
    total = len(measured.spaces)
    costs: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(count):
        reached: dict[int, tuple[float, int]] = {}
        for start, (cost, _start) in costs[-1].items():
            for end in range(start + 1, total + 1):
                if (length := measured.line(start, end)) > width:
                    break
                now = cost + (width - length) ** 2 * (_LONELY_COST if _is_lonely(measured, start, end, width) else 1)
                if end not in reached or now < reached[end][0]:
                    reached[end] = (now, start)
        costs.append(reached)
    lines: list[tuple[int, int]] = []
    end = total
    for reached in reversed(costs[1:]):
        lines.append((reached[end][1], end))
        end = reached[end][1]
    return lines[::-1]


def _joined_units(units: Sequence[Unit]) -> tuple[Run, ...]:
    """Return one line: spaces belong to what is before them, and a hyphen shows only at the end."""
    runs: list[Run] = []
    for unit in units:
        if runs and unit.space:
            runs = joined(runs, _other(" ", runs[-1].face))
        for run in unit.runs:
            runs = joined(runs, run)
    return tuple(joined(runs, _other("-", runs[-1].face)) if units[-1].hyphen else runs)


def _ellipsis(units: Sequence[Unit], count: int) -> list[Unit]:
    """The first units, and the sign that there were more."""
    last = units[count - 1]
    face = last.runs[-1].face
    sign = _other("…", face) if shows(face, "…") else _other("...", face)
    return [*units[: count - 1], Unit(tuple(joined(list(last.runs), sign)), last.space)]


def _parts(unit: Unit, copy: Copy, limit_em: float) -> list[Unit]:
    parts = [Run(cluster, run.face) for run in unit.runs for cluster in clusters(run.text)]
    widths = [_em(run, copy) for run in parts]
    if sum(widths) <= limit_em:
        return [unit]
    # Room for a hyphen, and for a syllable more or less.
    count = math.ceil(sum(widths) / (limit_em - 2))
    return _cut(unit, parts, widths, sum(widths) / count)


def _cut(unit: Unit, letters: list[Run], widths: list[float], target_em: float) -> list[Unit]:
    """Cut a word near the places where its pieces are full; between letters it takes a hyphen."""
    parts: list[Unit] = []
    start, space = 0, unit.space
    texts = [letter.text for letter in letters]
    for index in range(len(letters) - 2):
        if index < start or sum(widths[start : index + 1]) < target_em:
            continue
        end = _end_near(texts, start, index)
        hyphen = _is_cased(texts[end - 1]) and _is_cased(texts[end])
        parts.append(Unit(_merged(letters[start:end]), space, hyphen))
        start, space = end, texts[end - 1] == " "
    return [*parts, Unit(_merged(letters[start:]), space, unit.hyphen)]


def _end_near(letters: Sequence[str], start: int, full: int) -> int:
    """Return where to cut near a place: after a space or stroke, else before a syllable, else just there.

    A syllable begins with a consonant and a vowel, or with two consonants that are one sound. Words put together from
    words are cut wrong at times: no dictionary of hyphens comes along.
    """
    last = len(letters) - 2
    near = [full + step for step in (0, 1, -1, 2, -2, -3, -4, -5) if start + 2 < full + step < last]
    for place in near:
        if letters[place] in " -–—/_.=&?":
            return place + 1
    for place in near:
        if _is_syllable(letters, place + 1):
            return place + 1
    return full + 1


def _is_syllable(letters: Sequence[str], place: int) -> bool:
    table = known_letters()
    before, first, second = (unicodedata.normalize("NFD", letters[place + step])[0].lower() for step in (-1, 0, 1))
    consonant = first.isalpha() and first not in table["vowels"]
    return consonant and second in table["vowels"] and before + first not in table["sounds"]


def _is_cased(text: str) -> bool:
    return text.lower() != text.upper()


def _merged(letters: Sequence[Run]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for letter in letters if letters[-1].text != " " else letters[:-1]:
        runs = joined(runs, letter)
    return tuple(runs)
