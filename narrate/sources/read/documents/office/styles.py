"""Styles of word processors by the names that they have in many languages: headings with their level, and contents."""

from __future__ import annotations

import re

from narrate.core.resources import packaged_table

_NAMES = packaged_table("narrate.sources.read.documents.office", "styles.toml")
_HEADING = re.compile(rf"(?:{'|'.join(_NAMES['headings'])})\s*(?P<level>[1-9])", re.IGNORECASE)
_CONTENTS = re.compile(rf"(?:{'|'.join(_NAMES['contents'])})\s*[1-9]?", re.IGNORECASE)


def heading_level(style: str) -> int | None:
    """Return the level of the headings that a style is for, None where it is for none: 2 for "Titre 2"."""
    found = _HEADING.fullmatch(style.strip())
    return int(found["level"]) if found else None


def is_for_contents(style: str) -> bool:
    """Tell whether lines of a style belong to a table of contents or an index."""
    return bool(_CONTENTS.fullmatch(style.strip()))
