"""A paper as PDF, set line by line, so that every hyphen, head and note on a page is known."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from support.papers.paper import Paper, Part

_WIDTH, _HEIGHT = A4
_TOP, _FOOT, _MARGIN = 770.0, 90.0, 60.0


@dataclass(frozen=True, slots=True)
class Layout:
    """How a paper is set.

    Attributes:
        columns: One, two or three.
        font: Of the text; "Times", "Helvetica" or "Courier".
        size_pt: Of its letters.
        is_indented: Paragraphs begin with an indent; else there is space between them.
        is_justified: Lines reach both edges.
        head: At the top of each page; "" for none.
        number: Where the page's number stands: "foot", "head", "outer".
        is_interleaved: The file draws the page's lines from top to bottom, through all columns.
    """

    columns: int = 1
    font: str = "Times"
    size_pt: float = 10.0
    is_indented: bool = True
    is_justified: bool = True
    head: str = "Journal of Invented Notes"
    number: str = "foot"
    is_interleaved: bool = False

    @property
    def roman(self) -> str:
        return "Times-Roman" if self.font == "Times" else self.font

    @property
    def bold(self) -> str:
        return f"{self.font}-Bold"

    @property
    def width(self) -> float:
        """Of a column."""
        return (_WIDTH - 2 * _MARGIN - 20 * (self.columns - 1)) / self.columns


@dataclass(frozen=True, slots=True)
class _Set:
    """A line as it is drawn: its words, its font, and how far it stands from the one before."""

    words: tuple[str, ...]
    font: str
    size_pt: float
    step_pt: float
    indent_pt: float = 0.0
    is_full: bool = False
    mark: str = ""
    note: str = ""
    mark_at: int = -1


def paper_pdf(paper: Paper, layout: Layout) -> bytes:
    """Set a paper."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle(paper.title)
    lines = [line for number, part in enumerate(paper.parts) for line in _set(part, layout, number + 1)]
    page = 0
    while lines:
        page += 1
        lines = _draw_page(canvas, paper, lines, layout, page)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _set(part: Part, layout: Layout, number: int) -> Iterator[_Set]:
    if part.kind == "heading":
        size = layout.size_pt + 3
        for index, words in enumerate(_broken(part.text, layout.bold, size, layout.width)):
            yield _Set(words, layout.bold, size, 1.2 * size + (0 if index else 10))
        return
    size = layout.size_pt
    is_running = part.kind == "paragraph"
    first = 1.5 * size if is_running and layout.is_indented else 2 * size if part.kind == "quote" else 0.0
    hang = 0.0 if is_running else size
    text = f"• {part.text}" if part.kind == "list_item" else part.text
    rows = list(_broken(text, layout.roman, size, layout.width - hang, first if is_running else 0.0))
    marked = next((i for i, row in enumerate(rows) if _sentence_end(row) >= 0), 0) if part.note else -1
    for index, words in enumerate(rows):
        gap = 6.0 if index == 0 and not (is_running and layout.is_indented) else 0.0
        line = _Set(words, layout.roman, size, 1.2 * size + gap, hang if index else first)
        line = replace(line, is_full=layout.is_justified and index < len(rows) - 1)
        if index == marked:
            line = replace(line, mark=str(number % 90 + 1), note=part.note, mark_at=_sentence_end(words))
        yield line


def _sentence_end(words: Sequence[str]) -> int:
    """Return the index of the first word that ends a sentence, -1 where none does."""
    return next((index for index, word in enumerate(words) if word.endswith(".")), -1)


def _broken(text: str, font: str, size: float, width: float, indent: float = 0.0) -> Iterator[tuple[str, ...]]:
    """Part a text into lines; long words are parted at their middle, compounds at their hyphen."""
    row: list[str] = []
    room = width - indent
    for word in text.split():
        needed = stringWidth(" ".join([*row, word]), font, size)
        if needed <= room:
            row.append(word)
            continue
        left, right = _halves(word)
        is_parted = bool(left) and stringWidth(" ".join([*row, left]), font, size) <= room
        yield (*row, left) if is_parted else tuple(row)
        row, room = [right if is_parted else word], width
    yield tuple(row)


def _halves(word: str) -> tuple[str, str]:
    if "-" in word:
        left, right = word.split("-", 1)
        return f"{left}-", right
    middle = len(word) // 2
    return (f"{word[:middle]}-", word[middle:]) if len(word) > 9 else ("", word)


def _draw_page(canvas: Canvas, paper: Paper, lines: Sequence[_Set], layout: Layout, page: int) -> list[_Set]:
    _draw_edges(canvas, paper, layout, page)
    rest = list(lines)
    top = _TOP
    if page == 1:
        canvas.setFont(layout.bold, 18)
        canvas.drawString(_MARGIN, top - 18, paper.title)
        canvas.setFont(layout.roman, layout.size_pt)
        canvas.drawString(_MARGIN, top - 40, paper.author)
        top -= 60
    drawn = []
    for column in range(layout.columns):
        left = _MARGIN + column * (layout.width + 20)
        placed, rest = _column(rest, layout, left, top)
        drawn += placed
    for _, _, draw in sorted(drawn, key=lambda one: (-one[0], one[1])) if layout.is_interleaved else drawn:
        draw(canvas)
    return rest


def _draw_edges(canvas: Canvas, paper: Paper, layout: Layout, page: int) -> None:
    canvas.setFont(layout.roman, 9)
    head = layout.head if page % 2 else paper.author
    if layout.head:
        canvas.drawString(_MARGIN, 800, head)
    match layout.number:
        case "foot":
            canvas.drawCentredString(_WIDTH / 2, 40, str(page))
        case "head":
            canvas.drawRightString(_WIDTH - _MARGIN, 800, str(page))
        case _:
            canvas.drawString(_MARGIN if page % 2 else _WIDTH - _MARGIN, 40, f"Page {page}")


def _column(lines: list[_Set], layout: Layout, left: float, top: float) -> tuple[list, list[_Set]]:
    """Place lines in a column, its notes at its foot; return what draws each, and the lines that are left."""
    placed, notes, y, index = [], [], top, 0
    small = layout.size_pt - 2.5
    while index < len(lines):
        line = lines[index]
        rows = list(_broken(line.note, layout.roman, small, layout.width - 8)) if line.note else []
        foot = _FOOT + 1.2 * small * (sum(len(one) for _, one in notes) + len(rows))
        if y - line.step_pt < foot + layout.size_pt or (line.font == layout.bold and y < foot + 50):
            break
        y -= line.step_pt
        placed.append((y, left, _drawer(line, layout, left, y)))
        if rows:
            notes.append((line.mark, rows))
        index += 1
    at = _FOOT + 1.2 * small * sum(len(rows) for _, rows in notes)
    for mark, rows in notes:
        for number, words in enumerate(rows):
            at -= 1.2 * small
            placed.append((at, left, _note_drawer(mark if number == 0 else "", words, layout, left, at)))
    return placed, lines[index:]


def _drawer(line: _Set, layout: Layout, left: float, y: float):
    def draw(canvas: Canvas) -> None:
        x = left + line.indent_pt
        canvas.setFont(line.font, line.size_pt)
        space = stringWidth(" ", line.font, line.size_pt)
        if line.is_full and len(line.words) > 1:
            used = sum(stringWidth(word, line.font, line.size_pt) for word in line.words)
            space = min(3 * space, (layout.width - line.indent_pt - used) / (len(line.words) - 1))
        for index, word in enumerate(line.words):
            canvas.drawString(x, y, word)
            x += stringWidth(word, line.font, line.size_pt)
            if line.mark and index == line.mark_at:
                canvas.setFont(line.font, line.size_pt * 0.65)
                canvas.drawString(x, y + line.size_pt * 0.35, line.mark)
                x += stringWidth(line.mark, line.font, line.size_pt * 0.65)
                canvas.setFont(line.font, line.size_pt)
            x += space

    return draw


def _note_drawer(mark: str, words: Sequence[str], layout: Layout, left: float, y: float):
    def draw(canvas: Canvas) -> None:
        small = layout.size_pt - 2.5
        canvas.setFont(layout.roman, small * 0.7)
        canvas.drawString(left, y + 2.5, mark)
        canvas.setFont(layout.roman, small)
        canvas.drawString(left + 8, y, " ".join(words))

    return draw
