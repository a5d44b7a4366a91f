"""Tells elements by what a page calls them in `class` and `id`; the names stand in tables beside the code that asks."""

from __future__ import annotations

import re
from functools import cache

from narrate.core.resources import packaged_table

# By the list that a name stands in: what must be before it, and after it.
_EDGES = {
    "classes": (r"(?:^|\s)", r"(?:$|\s)"),
    "words": (r"(?:^|[\s_-])", r"(?:$|[\s_-])"),
    "begins": (r"(?:^|[\s_-])", ""),
    "parts": ("", ""),
}


@cache
def called(package: str, kind: str) -> re.Pattern[str]:
    """Return a pattern to search for in what an element is called.

    Args:
        package: Whose `names.toml` has the names.
        kind: The table there. Its lists are `classes` (names of a whole class), `words` (of a word in one, between its
            ends, dashes and underscores), `begins` (how such a word begins) and `parts` (found anywhere).
    """
    lists = packaged_table(package, "names.toml")[kind]
    ways = (f"{_EDGES[way][0]}(?:{'|'.join(names)}){_EDGES[way][1]}" for way, names in lists.items())
    return re.compile("|".join(ways), re.IGNORECASE)
