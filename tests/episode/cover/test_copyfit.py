"""Words in lines: as large as they fit, balanced, nothing over the edge."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from support.fontmaker import Made, write_font

from narrate.episode.cover.copyfit import Setting, draw, fitted
from narrate.episode.cover.fonts import faces
from narrate.episode.cover.typeset import BrokenFontError, Copy, Run, Unit, font_of, prepared

BOX = (2500, 2000)
SIZES = (600, 120)


def _copy(text: str) -> Copy:
    return prepared(text, "en", ())


def _lines(setting: Setting) -> list[str]:
    return ["".join(run.text for run in line) for line in setting.lines]


def _width(setting: Setting, line: int) -> float:
    return sum(font_of(run.face, setting.size_px).getlength(run.text) for run in setting.lines[line])


@given(st.lists(st.text("abcdefghilmnorstuvw-/", min_size=1, max_size=40), min_size=1, max_size=40))
def test_everything_is_in_the_box(words: list[str]) -> None:
    """Every line within the width, all lines within the height, every letter in its place."""
    text = " ".join(words)
    setting = fitted(_copy(text), *BOX, *SIZES)
    assert all(_width(setting, line) <= 1.01 * BOX[0] for line in range(len(setting.lines)))
    assert setting.height_px <= BOX[1] + 2
    assert setting.size_px <= SIZES[0]
    written, said = (re.sub("[- ]", "", line) for line in (text, "".join(_lines(setting))))
    assert said == written or (said.endswith("...") and written.startswith(said[:-3]))


def test_a_few_words_are_large() -> None:
    """As large as is allowed."""
    assert fitted(_copy("Rain"), *BOX, *SIZES).size_px == 600


def test_more_words_are_smaller() -> None:
    """Never more than the box holds."""
    sizes = [fitted(_copy("a lighthouse keeper " * count), *BOX, *SIZES).size_px for count in (1, 3, 9, 20)]
    assert sizes == sorted(set(sizes), reverse=True)


@pytest.mark.parametrize("text", ["word " * 500, "x" * 5000, "日" * 30 + "word " * 900])
def test_too_much_is_cut(text: str) -> None:
    """At a legible size, and one can see that it was."""
    setting = fitted(_copy(text), *BOX, *SIZES)
    assert setting.size_px >= 0.8 * SIZES[1]
    assert _lines(setting)[-1].endswith("...")


def test_one_can_see_that_a_text_was_cut_before() -> None:
    """Even where what was left of it has room, as emoji that no font has take none."""
    assert _lines(fitted(_copy("Rain at last " + "🎉" * 3000), *BOX, *SIZES))[-1].endswith("last...")


def test_a_font_whose_letters_have_no_length(tmp_path: Path) -> None:
    """Is no error."""
    path = write_font(tmp_path / "x.ttf", Made("Rain"))
    path.write_bytes(path.read_bytes().replace(struct.pack(">Hh", 600, 60) * 5, bytes(20)))
    setting = fitted(prepared("Rain", "en", faces((tmp_path,))), *BOX, *SIZES)
    assert setting.lines[0][0].face.path == path and setting.size_px == SIZES[0]


def test_a_font_that_measures_nonsense(tmp_path: Path) -> None:
    """Is broken, and the error says which it is: a letter of 60 ems."""
    path = write_font(tmp_path / "x.ttf", Made("Rain"))
    path.write_bytes(path.read_bytes().replace(struct.pack(">Hh", 600, 60) * 5, struct.pack(">Hh", 60000, 60) * 5))
    with pytest.raises(BrokenFontError) as error:
        fitted(Copy((Unit((Run("Rain", faces((tmp_path,))[0]),)),)), *BOX, *SIZES)
    assert error.value.face.path == path


def test_one_line_if_there_may_be_only_one() -> None:
    """What does not go into it is cut."""
    setting = fitted(_copy("Jonathan Featherstonehaugh " * 9), *BOX, 104, 72, 1)
    assert len(setting.lines) == 1 and _lines(setting)[0].endswith("...")


def test_lines_are_balanced() -> None:
    """No line is half as long as another where words could be exchanged."""
    text = "How a retired lighthouse keeper and two teenage hackers rebuilt the only complete record of the flood"
    setting = fitted(_copy(text), *BOX, *SIZES)
    widths = [_width(setting, line) for line in range(len(setting.lines))]
    assert len(widths) > 3 and min(widths) > 0.6 * max(widths)


def test_no_word_is_left_alone() -> None:
    """Type shrinks a little where that brings a short last word up to the others."""
    setting = fitted(_copy("Understanding considerable circumstances of it"), *BOX, *SIZES)
    assert _lines(setting)[-1] != "it"


def test_a_long_word_is_divided() -> None:
    """With hyphens before syllables, in pieces of like length."""
    setting = fitted(_copy("Donaudampfschifffahrtsgesellschaftskapitänsmütze verschwunden"), *BOX, *SIZES)
    assert _lines(setting) == ["Donaudampfschiff-", "fahrtsgesellschafts-", "kapitansmutze", "verschwunden"]


def test_an_address_is_divided_after_its_strokes() -> None:
    """An address is divided after its strokes and takes no hyphens."""
    lines = _lines(fitted(_copy("https://example.com/a/very/long/address?with=parameters"), *BOX, *SIZES))
    assert len(lines) > 1 and all(line[-1] in "/.?=&" for line in lines[:-1])


def test_a_word_that_fits_is_whole() -> None:
    """However long the title."""
    assert not any(
        line.endswith("-") for line in _lines(fitted(_copy("international understanding " * 8), *BOX, *SIZES))
    )


@pytest.mark.parametrize("right", [False, True])
@pytest.mark.parametrize("text", ["jazz", "The last keeper", "Wow"])
def test_ink_meets_the_edge(text: str, right: bool) -> None:
    """To a pixel, left or right, and begins where it was told to."""
    setting = fitted(_copy(text), 800, 600, 200, 50)
    picture = Image.new("L", (1000, 800))
    draw(ImageDraw.Draw(picture), setting, 100, 50, 800, "white", right=right)
    box = picture.point(lambda value: 255 * (value > 100)).getbbox()
    assert box is not None
    left, top, end, bottom = box
    assert abs(end - 900 if right else left - 100) <= 2
    assert 50 <= top <= 53 + setting.pitch_px and abs(bottom - 50 - setting.height_px) <= 0.25 * setting.size_px
