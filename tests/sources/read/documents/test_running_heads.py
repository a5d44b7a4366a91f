"""Tests for `sources/read/documents/pdf/heads.py`: what belongs to the pages, and text that only looks like it."""

from __future__ import annotations

import pytest

from narrate.sources.read.documents.pdf.columns import Line
from narrate.sources.read.documents.pdf.heads import running_lines
from narrate.sources.read.documents.pdf.lines import Segment, Word

TOP_PT, STEP_PT, SIZE_PT = 740.0, 12.0, 10.0
LINES = 12
PAGES = 30


def line(text: str, page: int, bottom: float) -> Line:
    word = Word(text, 50.0, 50.0 + 5 * len(text))
    return Line((Segment((word,), bottom, bottom + SIZE_PT, SIZE_PT),), page, 0, 50.0, 550.0)


def page_of(number: int, head: str = "", first: str = "", last: str = "") -> list[Line]:
    """A page of text with a head far above it, and with its first and last line as they are given."""
    texts = [f"{chr(97 + at)} line of the text that {'abcdefghij'[number % 10]} {number} has" for at in range(LINES)]
    texts = [first or texts[0], *texts[1:-1], last or texts[-1]]
    lines = [line(text, number, TOP_PT - 30 - STEP_PT * at) for at, text in enumerate(texts)]
    return [line(head, number, TOP_PT), *lines] if head else lines


def dropped(pages: list[list[Line]]) -> list[str]:
    found = running_lines(pages)
    return [one.text for lines in pages for one in lines if id(one) in found]


def test_a_first_or_last_line_of_text_is_no_head_where_another_comes_again() -> None:
    """Text that begins or ends where a line came again by chance is read: there are no heads at all."""
    again = {4: "Report a bug", 11: "Report a bug", 25: "Report a bug"}
    pages = [page_of(number, last=again.get(number, "")) for number in range(PAGES)]
    assert dropped(pages) == []
    pages = [page_of(number, first=again.get(number, "")) for number in range(PAGES)]
    assert dropped(pages) == []


def test_text_stays_where_a_line_recurs_on_neighbouring_pages() -> None:
    """A last line that three pages in a row have takes none of the other pages' last lines along."""
    pages = [page_of(number, last="struct context *ctx" if 4 <= number < 7 else "") for number in range(PAGES)]
    assert set(dropped(pages)) <= {"struct context *ctx"}


def test_a_heading_below_text_is_no_head_however_often_it_comes() -> None:
    """A line that comes again in one place is text where text stands between it and the edge of the page."""
    pages = [page_of(number) for number in range(PAGES)]
    for lines in pages[3:9]:
        lines[1] = line("Released in April", lines[1].page, lines[1].bottom)
    assert dropped(pages) == []


@pytest.mark.parametrize("every", [1, 2, 4])
def test_heads_are_found_on_every_page_or_every_other(every: int) -> None:
    """A head that comes again soon is one, whether left and right pages or pages of pictures lie between."""
    pages = [page_of(number, "The whole book" if number % every == 0 else "") for number in range(PAGES)]
    assert dropped(pages) == ["The whole book"] * len(range(0, PAGES, every))


def test_names_of_short_chapters_are_heads_where_others_have_theirs() -> None:
    """A head that comes once stands apart at the height of the others; text at this height that does not is read."""
    pages = [page_of(number, f"{'ABCDEFG'[number // 5]} chapter") for number in range(PAGES)]
    pages[12] = page_of(12, "Chapter of one page")
    pages[17] = [line(f"text {at} that fills its page", 17, TOP_PT - STEP_PT * at) for at in range(LINES)]
    assert set(dropped(pages)) == {*(f"{letter} chapter" for letter in "ABCDEF"), "Chapter of one page"}


def test_a_number_beyond_a_head_does_not_hide_it() -> None:
    """A head inside of the page's number is found, the number as such."""
    pages = [page_of(number, "The whole book") for number in range(PAGES)]
    for number, lines in enumerate(pages):
        lines.insert(0, line(str(number + 7), number, TOP_PT + 20))
    found = running_lines(pages)
    assert [found.get(id(one)) for one in pages[5][:3]] == ["page-number", "running-head", None]
