"""Names what a run of dropped lines is: other articles, comments, or the furniture of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from narrate.text.clean.line_features import Line

Region = Literal["article", "furniture", "related", "comments"]


def regions(lines: Sequence[Line], is_out: Sequence[bool]) -> tuple[Region, ...]:
    """Return the region of every line.

    A run of dropped lines is of the kind that its last header says: "related" under "Related stories", "comments"
    under "12 comments", "furniture" where there is no header.

    Args:
        lines: All lines of the text.
        is_out: Which of them are dropped.
    """
    found: list[Region] = []
    region: Region = "article"
    for line, out in zip(lines, is_out, strict=True):
        if not out:
            region = "article"
        elif line.hit and line.hit.strength == "opens":
            region = "comments" if line.hit.rule == "comments" else "related"
        elif region == "article":
            region = "furniture"
        found.append(region)
    return tuple(found)
