"""Sheets of invented sentences in the shapes that magazines, papers, briefs and reports have, drawn at random."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from support.papers.paper import make_sentence, words_of

_WIDTH, _HEIGHT = A4
_TOP, _FOOT = 760.0, 80.0


@dataclass(frozen=True, slots=True)
class Shape:
    """How a sheet is set.

    Attributes:
        columns: Of the text.
        font: "Times", "Helvetica" or "Courier".
        size_pt: Of its letters.
        gutter_pt: Between two columns.
        leading: From line to line, in sizes.
        summary_lines: Of the text across all columns above them.
        has_drop_cap: The first letter is as high as two lines.
        figure: On each page, across all columns, so many points high; 0 for none.
        is_numbered: Each fifth line has its number in the margin.
        has_side_notes: Small lines stand in the outer margin.
        is_justified: Lines reach both edges.
        is_interleaved: The file draws lines from top to bottom, through all columns.
        watermark: Words across the page, turned; "" for none.
        heads: What stands at the top of even and of odd pages.
    """

    columns: int = 2
    font: str = "Times"
    size_pt: float = 10.0
    gutter_pt: float = 18.0
    leading: float = 1.2
    summary_lines: int = 0
    has_drop_cap: bool = False
    figure: float = 0.0
    is_numbered: bool = False
    has_side_notes: bool = False
    is_justified: bool = True
    is_interleaved: bool = False
    watermark: str = ""
    heads: tuple[str, str] = ("A Quarterly of Harbours", "Anna Berg")

    @property
    def roman(self) -> str:
        return "Times-Roman" if self.font == "Times" else self.font

    @property
    def margin(self) -> float:
        return 110.0 if self.has_side_notes else 60.0

    @property
    def width(self) -> float:
        """Of a column."""
        return (_WIDTH - 2 * self.margin - self.gutter_pt * (self.columns - 1)) / self.columns


def random_shape(rng: random.Random) -> Shape:
    """Draw a shape; the same one from the same state."""
    columns, font = rng.choice((1, 1, 2, 2, 2, 3)), rng.choice(("Times", "Helvetica", "Courier"))
    is_narrow = columns == 3
    return Shape(
        columns,
        font,
        rng.choice((7.0, 8.0)) if is_narrow else rng.choice((9.0, 10.0, 11.0, 12.0)),
        rng.choice((10.0, 14.0, 20.0, 36.0)),
        rng.choice((1.1, 1.2, 1.4, 1.6)),
        rng.choice((0, 0, 6, 12)),
        rng.random() < 0.3,
        rng.choice((0.0, 0.0, 120.0)),
        rng.random() < 0.15,
        not is_narrow and rng.random() < 0.2,
        rng.random() < 0.6,
        rng.random() < 0.4,
        rng.choice(("", "", "DRAFT")),
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document as its bytes, and its words in the order in which they are read."""

    data: bytes
    words: tuple[str, ...]


def make_sheet(seed: int, shape: Shape, pages: int = 2) -> Sheet:
    """Set a sheet of invented sentences."""
    rng = random.Random(seed)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle("A Sheet")
    said: list[str] = []
    rest = [line for _ in range(60) for line in _paragraph(rng, shape, shape.width)]
    for page in range(1, pages + 1):
        rest = _draw_page(canvas, rng, shape, page, rest, said)
        canvas.showPage()
    canvas.save()
    return Sheet(buffer.getvalue(), tuple(words_of(" ".join(said))))


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as it is drawn: its words, whether it is filled, and how far it is put in."""

    words: tuple[str, ...]
    is_full: bool
    indent_pt: float = 0.0


def _paragraph(rng: random.Random, shape: Shape, width: float) -> Iterator[_Row]:
    indent = 1.5 * shape.size_pt
    words = " ".join(make_sentence(rng) for _ in range(rng.randint(2, 5))).split()
    row: list[str] = []
    room, at = width - indent, indent
    for word in words:
        if row and stringWidth(" ".join([*row, word]), shape.roman, shape.size_pt) > room:
            yield _Row(tuple(row), shape.is_justified, at)
            row, room, at = [], width, 0.0
        row.append(word)
    yield _Row(tuple(row), False, at)


def _draw_page(
    canvas: Canvas, rng: random.Random, shape: Shape, page: int, rest: Sequence[_Row], said: list[str]
) -> list[_Row]:
    _draw_edges(canvas, shape, page)
    top = _TOP
    if page == 1 and shape.summary_lines:
        top = _draw_summary(canvas, rng, shape, said)
    if shape.figure:
        top -= shape.figure + 20
        canvas.rect(shape.margin, top + 20, _WIDTH - 2 * shape.margin, shape.figure)
    step, left_over, drawn = shape.leading * shape.size_pt, list(rest), []
    for column in range(shape.columns):
        left, y, number = shape.margin + column * (shape.width + shape.gutter_pt), top, 0
        while y - step > _FOOT and left_over:
            y -= step
            number += 1
            row = left_over.pop(0)
            drawn.append((y, left, row, number))
            said.extend(row.words)
    order = sorted(drawn, key=lambda one: (-one[0], one[1])) if shape.is_interleaved else drawn
    for y, left, row, number in order:
        is_first = page == 1 and (y, left) == (drawn[0][0], drawn[0][1])
        _draw_row(canvas, shape, row, left, y, has_cap=is_first and shape.has_drop_cap)
        if shape.is_numbered and left == shape.margin and number % 5 == 0:
            canvas.setFont(shape.roman, 6)
            canvas.drawRightString(left - 12, y, str(number))
    if shape.has_side_notes:
        _draw_side_note(canvas, shape, page)
    return left_over


def _draw_edges(canvas: Canvas, shape: Shape, page: int) -> None:
    canvas.setFont(shape.roman, 8)
    canvas.drawString(shape.margin, 800, shape.heads[page % 2])
    canvas.drawRightString(_WIDTH - shape.margin, 40, str(page + 16))
    if shape.watermark:
        canvas.saveState()
        canvas.setFont("Helvetica-Bold", 60)
        canvas.setFillGray(0.9)
        canvas.translate(_WIDTH / 2, _HEIGHT / 2)
        canvas.rotate(45)
        canvas.drawCentredString(0, 0, shape.watermark)
        canvas.restoreState()


def _draw_summary(canvas: Canvas, rng: random.Random, shape: Shape, said: list[str]) -> float:
    """Draw lines across the page; return where they end."""
    y = _TOP
    rows: list[_Row] = []
    while len(rows) < shape.summary_lines:
        rows += _paragraph(rng, shape, _WIDTH - 2 * shape.margin)
    for row in rows:
        y -= shape.leading * shape.size_pt
        _draw_row(canvas, shape, row, shape.margin, y, width=_WIDTH - 2 * shape.margin)
        said.extend(row.words)
    return y - 2 * shape.size_pt


def _draw_row(
    canvas: Canvas, shape: Shape, row: _Row, left: float, y: float, *, width: float = 0.0, has_cap: bool = False
) -> None:
    space = stringWidth(" ", shape.roman, shape.size_pt)
    used = sum(stringWidth(word, shape.roman, shape.size_pt) for word in row.words)
    if row.is_full and len(row.words) > 1:
        space = min(3 * space, ((width or shape.width) - row.indent_pt - used) / (len(row.words) - 1))
    x = left + row.indent_pt
    for index, word in enumerate(row.words):
        if has_cap and index == 0:
            canvas.setFont(shape.roman, 2.2 * shape.size_pt)
            canvas.drawString(left - shape.size_pt * 0.2, y - 0.9 * shape.leading * shape.size_pt, word[0])
            x = left + 1.9 * shape.size_pt
        shown = word[1:] if has_cap and index == 0 else word
        canvas.setFont(shape.roman, shape.size_pt)
        canvas.drawString(x, y, shown)
        x += stringWidth(shown, shape.roman, shape.size_pt) + space


def _draw_side_note(canvas: Canvas, shape: Shape, page: int) -> None:
    canvas.setFont(shape.roman, 6)
    for index, words in enumerate(("set aside", "in the margin", "of the page")):
        canvas.drawString(_WIDTH - 100 if page % 2 else 20, 500 - 8 * index, words)
