"""Measures of most of a document: size of letters, distance of lines, whether paragraphs begin with an indent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from narrate.sources.read.documents.pdf.columns import Line

# Sizes that differ by less are one size: scanning programs and justified fonts vary.
SIZE_STEP_PT = 0.5
INDENT_MIN_SIZES = 0.7
INDENT_MAX_SIZES = 4.0
# So many of a document's lines begin with an indent where paragraphs do.
INDENTED_MIN_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class Usual:
    """Measures of most of the text.

    Attributes:
        size_pt: Size of its letters.
        is_bold: It is set in bold.
        step_pt: From one line to the next.
        has_indents: Paragraphs begin with an indent.
        is_fixed: Its letters all have one width, as a typewriter's do; so that says nothing of code.
    """

    size_pt: float
    is_bold: bool
    step_pt: float
    has_indents: bool
    is_fixed: bool


def measured(lines: Sequence[Line]) -> Usual:
    """Measure a document by its letters: headings and notes have fewer of them than the text."""
    chars: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        chars[_rounded(line.size_pt), line.is_bold] += len(line.text)
    (size, is_bold), _ = chars.most_common(1)[0] if chars else ((10.0, False), 0)
    own = [line for line in lines if abs(line.size_pt - size) <= SIZE_STEP_PT]
    steps = Counter(round(a.bottom - b.bottom, 1) for a, b in pairwise(own) if _are_next(a, b, size))
    step = steps.most_common(1)[0][0] if steps else 1.2 * size
    indented = sum(_is_indented(line) for line in own)
    is_fixed = 2 * sum(line.is_fixed for line in own) > len(own)
    return Usual(size, is_bold, step, bool(own) and indented >= INDENTED_MIN_SHARE * len(own), is_fixed)


def _rounded(size_pt: float) -> float:
    return round(size_pt / SIZE_STEP_PT) * SIZE_STEP_PT


def _are_next(a: Line, b: Line, size: float) -> bool:
    is_same_column = a.page == b.page and a.column == b.column
    return is_same_column and 0.8 * size < a.bottom - b.bottom < 2.5 * size


def _is_indented(line: Line) -> bool:
    return INDENT_MIN_SIZES * line.size_pt <= line.left - line.edge_left <= INDENT_MAX_SIZES * line.size_pt
