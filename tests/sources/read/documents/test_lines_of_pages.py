"""Tests for pages of a PDF as lines: squeezed spaces, and code at a page's foot."""

from __future__ import annotations

import pytest

from narrate.sources.read.documents.pdf.columns import Line
from narrate.sources.read.documents.pdf.lines import Segment, Word, _Char, _words
from narrate.sources.read.documents.pdf.measures import Usual
from narrate.sources.read.documents.pdf.paragraphs import blocks_of_lines

SIZE_PT = 10.0


def letters(text: str, gaps_pt: dict[int, float]) -> list[_Char]:
    """The letters of a word, five points wide each; a gap stands in front of the letter with its number."""
    left, found = 0.0, []
    for at, char in enumerate(text):
        left += gaps_pt.get(at, 0.0)
        found.append(_Char(char, at, left, left + 5, 0.0, SIZE_PT))
        left += 5
    return found


@pytest.mark.parametrize(
    ("text", "gaps_pt", "words"),
    [
        ("onoverloading", {2: 1.1}, ["on", "overloading"]),
        ("thepackage", {3: 2.5}, ["the", "package"]),
        ("overloading", {4: 0.3}, ["overloading"]),
        ("fontFs", {5: 1.1}, ["fontFs"]),
        ("onoverloading", {2: 1.1, 6: 0.8}, ["onoverloading"]),
        ("f(x)done", {4: 1.1}, ["f(x)done"]),
        ("a", {}, ["a"]),
    ],
)
def test_a_squeezed_space_parts_words(text: str, gaps_pt: dict[int, float], words: list[str]) -> None:
    """One gap among letters that touch is a space; kerning, spaced letters and what follows a sign are not."""
    assert [word.text for word in _words(letters(text, gaps_pt))] == words


def line(text: str, row: int, size_pt: float = SIZE_PT, is_fixed: bool = False, mark: str = "") -> Line:
    bottom = 700.0 - 12 * row
    segment = Segment((Word(text, 50.0, 500.0),), bottom, bottom + size_pt, size_pt, False, is_fixed, mark)
    return Line((segment,), 0, 0, 50.0, 500.0)


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        ([line(f"5{row} global firstcolumntrue", row, 8.0, is_fixed=True) for row in (5, 6)], "code"),
        ([line("51 The first column of the page.", 5, 8.0)], "footnote"),
        ([line("The first column of the page.", 5, 8.0, mark="3")], "footnote"),
        ([line("3 firstcolumn", 5, 8.0, is_fixed=True), line("4 The second one.", 6, 8.0)], "footnote"),
        ([line(f"{row} https://example.org/first/column", row, 8.0, is_fixed=True) for row in (5, 6)], "footnote"),
    ],
)
def test_numbered_code_at_the_foot_is_no_note(last: list[Line], kind: str) -> None:
    """Small lines of code that begin with numbers are code, notes in other letters and addresses are notes."""
    text = [line(f"line {row} of the text goes on and on", row) for row in range(4)]
    blocks = blocks_of_lines([[*text, *last]], Usual(SIZE_PT, False, 12.0, False, False))
    assert {block.kind for block in blocks[1:]} == {kind}
