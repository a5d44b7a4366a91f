"""The article that a draft was made of, looked up for every source: so little as possible is loaded here."""

from __future__ import annotations

import os
from pathlib import Path

from narrate.core.web.addresses import is_web_address
from narrate.sources.read.draft.signs import ENDING, HEAD_MAX_CHARS


def made_of(source: str | Path) -> str | Path:
    """Return the article that a draft was made of, where it still is; any other source is its own.

    Args:
        source: A draft is known by its name and its front matter.
    """
    if not str(source).lower().endswith(ENDING):
        return source
    # Here, because articles that are no drafts need nothing of it.
    from narrate.sources.read.draft.head import is_draft, source_in

    path = Path(source)
    text = _beginning(path)
    found = source_in(text) if is_draft(text) else ""
    if not found or is_web_address(found):
        return found or source
    article = Path(os.path.normpath(path.parent / found))
    return article if article.is_file() else source


def _beginning(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            return file.read(HEAD_MAX_CHARS)
    except (OSError, ValueError):
        return ""
