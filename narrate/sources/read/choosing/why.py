"""Says in words what decided about a piece of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from narrate.core.resources import packaged_table
from narrate.text.forest import Forest, reasons

REASONS_MAX = 3
# Some of the features that decide have no words of their own.
ASKED_MAX = 8

_NEIGHBOUR = re.compile(r"([+-]\d) (.+)")


def in_words(forest: Forest, row: Mapping[str, float], probability: float, is_kept: bool) -> str:
    """Return what decided about a piece, and how sure it is: "mostly links, few words; 0.03"."""
    names = reasons(forest, row, is_kept=is_kept, most=ASKED_MAX)
    words = list(dict.fromkeys(filter(None, (_words(name, row.get(name, 0.0)) for name in names))))
    return "; ".join(filter(None, (", ".join(words[:REASONS_MAX]), f"{probability:.2f}")))


def _words(name: str, value: float) -> str:
    table = packaged_table("narrate.sources.read.choosing", "why.toml")
    if neighbour := _NEIGHBOUR.fullmatch(name):
        said = _words(neighbour[2], value)
        return f"{table['neighbours'][neighbour[1]]}: {said}" if said else ""
    if name.startswith("in ") and (place := table["places"].get(name[3:])):
        return f"in {place}" if value else f"not in {place}"
    if name not in table["features"]:
        return ""
    edge, below, above = table["features"][name]
    return str(below if value < edge else above)
