"""Tells elements by what a page calls them in `class` and `id`; the names stand in tables beside the code that asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from lxml import etree

from narrate.core.resources import packaged_table

# Of one element; beyond that, nobody wrote them. What is in the element asks again and again, so answers are kept.
NAMES_MAX_CHARS = 4_000
NAMES_KEPT = 2_048

# By the list that a name stands in: what must be before it, and after it.
_EDGES = {
    "classes": (r"(?:^|\s)", r"(?:$|\s)"),
    "words": (r"(?:^|[\s_-])", r"(?:$|[\s_-])"),
    "begins": (r"(?:^|[\s_-])", ""),
    "parts": ("", ""),
}


def is_called(element: etree._Element, kind: str, by: Sequence[str] = ("class",)) -> bool:
    """Tell whether an element is called what a kind of elements is.

    Args:
        element: The element.
        kind: A folder beside this module and a table in its `names.toml`: "markup.captions". The lists in a table are
            `classes` (names of a whole class), `words` (of a word in one, between its ends, dashes and underscores),
            `begins` (how such a word begins) and `parts` (found anywhere).
        by: The attributes that name it.
    """
    names = element.get(by[0]) if len(by) == 1 else " ".join(filter(None, map(element.get, by)))
    return bool(names) and _is_name(names[:NAMES_MAX_CHARS], kind)


def is_name(names: str, kind: str) -> bool:
    """Tell whether names, with spaces between them, are those of a kind of elements, as `is_called` has it."""
    return _is_name(names[:NAMES_MAX_CHARS], kind)


@lru_cache(NAMES_KEPT)
def _is_name(names: str, kind: str) -> bool:
    return bool(_pattern(kind).search(names))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    folder, _, table = kind.partition(".")
    lists = packaged_table(f"narrate.sources.read.{folder}", "names.toml")[table]
    ways = (f"{_EDGES[way][0]}(?:{'|'.join(names)}){_EDGES[way][1]}" for way, names in lists.items())
    return re.compile("|".join(ways), re.IGNORECASE)
