"""What is open: the combinations that are known to be said wrong, and are no fault of a change."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

PATH = Path(__file__).parent.parent.parent / "text" / "spoken" / "data" / "open_quantities.toml"
# What a row may name; each with a list of names, one of which a sentence must have.
FIELDS = ("number", "unit", "form", "joint", "shape", "frame")

Row = Mapping[str, list[str]]


def open_rows() -> list[Row]:
    """Return the rows of the list, without the reasons that they give."""
    rows = tomllib.loads(PATH.read_text(encoding="utf-8")).get("open", [])
    return [{name: row[name] for name in FIELDS if name in row} for row in rows]


def is_open(key: Mapping[str, str], rows: list[Row]) -> bool:
    """Whether a row names a sentence: each field that the row has holds the sentence's."""
    return any(all(key[name] in names for name, names in row.items()) for row in rows)
