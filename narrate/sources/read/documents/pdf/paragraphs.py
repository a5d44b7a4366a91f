"""Lines become paragraphs, headings, items, captions, tables and notes; a paragraph goes on in the next column."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from narrate.core.article import Block, BlockKind
from narrate.core.resources import packaged_table
from narrate.sources.read.characters import tidy
from narrate.sources.read.documents.pdf.columns import Line
from narrate.sources.read.documents.pdf.measures import INDENT_MIN_SIZES, SIZE_STEP_PT, Usual
from narrate.sources.read.plain_text.hyphens import is_parted, joined, words_of

# A wider distance than this many lines parts paragraphs; a heading is larger than the text by so much.
APART_STEPS = 1.35
HEADING_SIZE_SHARE = 1.08
HEADING_MAX_WORDS = 25
HEADING_LEVELS = 6
# Of so many lines at most, so far apart.
HEADING_MAX_LINES = 3
HEADING_STEP_SIZES = 1.7
# Notes are smaller than the text.
NOTE_SIZE_SHARE = 0.93
# A line that ends so far from the edge was the last of its paragraph.
SHORT_SHARE = 0.12
# So many lines of cells in a row are a table.
TABLE_MIN_ROWS = 3
CELL_MAX_WORDS = 12

_SENTENCE_END = re.compile(r"[.!?…:。！？][\"'”’»)\]]*$")
_ITEM = re.compile(r"(?:[•‣▪◦·●○■□–—*-]\s+|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]\s+)(?=\S)")
_BULLET = re.compile(r"[•‣▪◦·●○■□–—*-]\s+")
_NOTE = re.compile(r"(?:\d{1,3}[.)]?(?:\s+(?=\S)|(?=[^\W\d_]{2}))|[*†‡§¶]+[.)]?\s*(?=\S))")
_WORDS = packaged_table("narrate.sources.read.documents.pdf", "words.toml")
_CAPTION = re.compile(
    rf"(?:{'|'.join(_WORDS['captions'])})\s?(?:[A-Z]\.?)?\d{{1,3}}(?:\.\d{{1,2}})?[a-z]?\s*[.:|–—]", re.IGNORECASE
)
_NUMBERED = re.compile(
    r"(?:(?:\d{1,2}|[A-Z])(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|"
    rf"(?:{'|'.join(_WORDS['divisions'])})\s+\w+[.:]?)\s+\S",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Group:
    """Lines that belong together.

    Attributes:
        kind: What they are.
        lines: In order.
        style: Size and weight of a heading.
    """

    kind: BlockKind
    lines: list[Line]
    style: tuple[float, bool] = (0.0, False)


@dataclass(slots=True)
class _Flow:
    """Groups so far, and what stands aside until the paragraph around it ends."""

    groups: list[_Group] = field(default_factory=list)
    aside: list[_Group] = field(default_factory=list)

    def add(self, group: _Group) -> None:
        """Begin a group of the text; what stood aside comes before it."""
        self.groups += [*self.aside, group]
        self.aside.clear()


def blocks_of_lines(pages: Sequence[Sequence[Line]], usual: Usual) -> list[Block]:
    """Return the blocks of a document.

    Args:
        pages: The lines of each page in reading order, without running heads.
        usual: What most of the text is like.
    """
    flow = _Flow()
    for lines in pages:
        for _, column in groupby(lines, key=lambda line: line.column):
            _read_column(list(column), usual, flow)
    groups = [*flow.groups, *flow.aside]
    words = words_of([line.text for lines in pages for line in lines])
    levels = _levels(groups)
    return [block for group in groups if (block := _block(group, words, levels)) is not None]


def _read_column(column: Sequence[Line], usual: Usual, flow: _Flow) -> None:
    text_end = _notes_start(column, usual)
    index = 0
    while index < text_end:
        count = _table_rows(column[index:text_end])
        if count:
            flow.aside.append(_Group("table", list(column[index : index + count])))
        elif count := _caption_lines(column[index:text_end], usual):
            flow.aside.append(_Group("caption", list(column[index : index + count])))
        else:
            before = column[index - 1] if index else None
            _read_line(column[index], before, _after(column[index:text_end]), usual, flow)
            count = 1
        index += count
    flow.aside += _notes(column[text_end:])


def _after(column: Sequence[Line]) -> Line | None:
    """Return the line that follows the first one of a column, or the heading that this may begin."""
    first = column[0]
    for count, (before, line) in enumerate(pairwise(column)):
        is_more = first.is_bold and line.is_bold and abs(line.size_pt - first.size_pt) <= SIZE_STEP_PT
        if not is_more or count == HEADING_MAX_LINES - 1 or _distance(before, line) > HEADING_STEP_SIZES * line.size_pt:
            return line
    return None


def _read_line(line: Line, before: Line | None, after: Line | None, usual: Usual, flow: _Flow) -> None:
    """Add a line to the group that is read, or begin another one."""
    last = flow.groups[-1] if flow.groups else None
    if _is_heading(line, before, after, usual):
        style = (round(line.size_pt / SIZE_STEP_PT) * SIZE_STEP_PT, line.is_bold)
        is_more = last and last.kind == "heading" and before is last.lines[-1] and last.style == style
        if (
            is_more
            and last
            and _distance(last.lines[-1], line) <= HEADING_STEP_SIZES * line.size_pt
            and not _NUMBERED.match(line.text)
        ):
            last.lines.append(line)
        else:
            flow.add(_Group("heading", [line], style))
    elif last is None or last.kind == "heading" or _begins(line, last, usual):
        flow.add(_Group(_kind(line, usual), [line]))
    else:
        last.lines.append(line)


def _kind(line: Line, usual: Usual) -> BlockKind:
    if line.is_fixed and not usual.is_fixed:
        return "code"
    return "list_item" if _ITEM.match(line.text) else "paragraph"


def _distance(a: Line, b: Line) -> float:
    return a.bottom - b.bottom


def _is_heading(line: Line, before: Line | None, after: Line | None, usual: Usual) -> bool:
    """Tell whether a line is larger than the text, or stands alone in bold."""
    words = line.text.split()
    if len(words) > HEADING_MAX_WORDS or not any(map(str.isalpha, line.text)) or line.text.endswith((",", ";")):
        return False
    if line.size_pt >= HEADING_SIZE_SHARE * usual.size_pt and line.size_pt - usual.size_pt >= SIZE_STEP_PT:
        return True
    is_alone = before is None or _distance(before, line) > APART_STEPS * usual.step_pt
    is_followed = after is not None and (not after.is_bold or _distance(line, after) > APART_STEPS * usual.step_pt)
    if line.is_bold and not usual.is_bold and is_followed:
        return not line.text.endswith(".") or bool(_NUMBERED.match(line.text))
    is_numbered = bool(_NUMBERED.match(line.text)) and is_alone and is_followed and after is not None
    return is_numbered and not line.text.endswith(".") and line.text.isupper()


def _begins(line: Line, last: _Group, usual: Usual) -> bool:
    """Tell whether a line begins another paragraph than the one that is read."""
    before = last.lines[-1]
    if is_parted(before.text, line.text) and line.text[0].islower():
        return False
    if line.is_fixed != before.is_fixed or abs(line.size_pt - before.size_pt) > max(SIZE_STEP_PT, 0.08 * usual.size_pt):
        return True
    if _ITEM.match(line.text) and (_BULLET.match(line.text) or last.kind == "list_item" or _ends(before)):
        return True
    is_indented = _is_indented(line)
    if line.page == before.page and line.column == before.column:
        if _distance(before, line) > APART_STEPS * usual.step_pt:
            return True
        if last.kind == "list_item":
            return line.left < last.lines[0].left - 1
        if usual.has_indents and is_indented and not _is_indented(before):
            return True
        return _ends(before) and _is_short(before) and not is_indented
    if not _ends(before):
        return False
    return (usual.has_indents and is_indented) or (_is_short(before) and not usual.has_indents) or last.kind == "code"


def _is_indented(line: Line) -> bool:
    return line.left - line.edge_left >= INDENT_MIN_SIZES * line.size_pt


def _ends(line: Line) -> bool:
    return bool(_SENTENCE_END.search(line.text))


def _is_short(line: Line) -> bool:
    return line.right < line.edge_right - SHORT_SHARE * (line.edge_right - line.edge_left)


def _notes_start(column: Sequence[Line], usual: Usual) -> int:
    """Return the index of the first line of the notes at a column's foot."""
    start = len(column)
    for index in range(len(column) - 1, -1, -1):
        line = column[index]
        begins = bool(_NOTE.match(line.text))
        is_code = begins and not line.mark and not usual.is_fixed and _is_code(column, index)
        if line.size_pt > NOTE_SIZE_SHARE * usual.size_pt or is_code:
            break
        if line.mark or begins:
            start = index
    return start if start > 0 or any(line.mark for line in column[start : start + 1]) else len(column)


def _is_code(column: Sequence[Line], index: int) -> bool:
    """Tell whether a line is code, and one next to it: a note may be a name or an address in the same letters."""
    is_code = column[index].is_fixed and "://" not in column[index].text
    return is_code and sum(line.is_fixed for line in column[max(0, index - 1) : index + 2]) > 1


def _notes(lines: Sequence[Line]) -> list[_Group]:
    groups: list[_Group] = []
    for line in lines:
        if not groups or line.mark or _NOTE.match(line.text):
            groups.append(_Group("footnote", []))
        groups[-1].lines.append(line)
    return groups


def _caption_lines(column: Sequence[Line], usual: Usual) -> int:
    """Return of how many lines a caption is that begins here; 0 where none does."""
    first = column[0]
    if not _CAPTION.match(first.text):
        return 0
    count = 1
    for before, line in pairwise(column):
        is_same = abs(line.size_pt - first.size_pt) <= SIZE_STEP_PT
        if not is_same or _distance(before, line) > APART_STEPS * 1.2 * first.size_pt or _CAPTION.match(line.text):
            break
        is_text = abs(first.size_pt - usual.size_pt) <= SIZE_STEP_PT
        if is_text and _ends(before) and _is_short(before):
            break
        count += 1
    return count


def _table_rows(column: Sequence[Line]) -> int:
    """Return how many rows a table has that begins here; 0 where none does."""
    count = 0
    for line in column:
        if len(line.cells) < 2 or any(len(cell.text.split()) > CELL_MAX_WORDS for cell in line.cells):
            break
        count += 1
    is_list = all(_ITEM.match(f"{line.cells[0].text} x") and len(line.cells) == 2 for line in column[:count])
    return count if count >= TABLE_MIN_ROWS and not is_list else 0


def _levels(groups: Sequence[_Group]) -> dict[tuple[float, bool], int]:
    """Rank the headings' styles: the largest is the first, and at one size the bold one."""
    styles = sorted({group.style for group in groups if group.kind == "heading"}, reverse=True)
    return {style: min(HEADING_LEVELS, rank) for rank, style in enumerate(styles, 1)}


def _block(group: _Group, words: Set[str], levels: dict[tuple[float, bool], int]) -> Block | None:
    if group.kind == "code":
        return Block("code", "\n".join(line.text for line in group.lines))
    if group.kind == "table":
        rows = tuple(tuple(cell.text for cell in line.cells) for line in group.lines)
        return Block("table", " | ".join(cell for row in rows for cell in row), rows=rows)
    text = tidy(joined([line.text for line in group.lines], words))
    if group.kind == "list_item":
        text = _BULLET.sub("", text, count=1)
    if group.kind == "footnote" and group.lines[0].mark:
        text = f"{group.lines[0].mark}. {text}"
    if not any(map(str.isalnum, text)):
        return None
    return Block(group.kind, text, levels.get(group.style, 0) if group.kind == "heading" else 0)
