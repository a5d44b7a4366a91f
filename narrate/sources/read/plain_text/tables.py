"""Tables that are drawn with bars and dashes in plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence

Rows = tuple[tuple[str, ...], ...]

# "| oil | 12 |", "│ oil │ 12 │"; or a rule: "+-----+----+", "|:----|---:|", "├────┼───┤".
_ROW = re.compile(r"[|│║].*[|│║]")
_BARS_OF_RULES = frozenset("+|│║├┤┼┌┐└┘┬┴╔╗╚╝╠╣╦╩╬")
_DASHES = frozenset("-=─═━")
_OF_RULES = _BARS_OF_RULES | _DASHES | frozenset(": ")
_BARS = re.compile(r"\s*[|│║]\s*")


def is_table_line(line: str) -> bool:
    """Tell whether a line is a row of cells, or a rule between rows."""
    return len(line) > 2 and (_is_rule(line) or bool(_ROW.fullmatch(line) and any(map(str.isalnum, line))))


def _is_rule(line: str) -> bool:
    there = set(line)
    return there <= _OF_RULES and bool(there & _BARS_OF_RULES) and bool(there & _DASHES)


def rows_of(lines: Sequence[str]) -> Rows:
    """Return the cells of the rows: the headers first, an empty row where no rule stands under the first one."""
    rows = [_cells(line) for line in lines if not _is_rule(line)]
    is_rule = [_is_rule(line) for line in lines]
    first = is_rule.index(False) if False in is_rule else len(lines)
    has_headers = is_rule[first + 1 : first + 2] == [True] and len(rows) > 1
    return tuple(rows if has_headers or not rows else [(), *rows])


def _cells(line: str) -> tuple[str, ...]:
    return tuple(_BARS.split(line.strip("|│║ ")))
