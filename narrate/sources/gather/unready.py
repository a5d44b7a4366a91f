"""Articles in folders that are not ready: their authors say `draft: true`, or they are drafts that narrate wrote."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from narrate.core.system.files import FileState, file_state
from narrate.core.system.terminal_text import printable
from narrate.sources.read.draft.signs import ENDING as DRAFT

logger = logging.getLogger(__name__)

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")

# No front matter is longer; the rest of a file is not read for it.
HEAD_MAX_CHARS = 64_000
_STARTS = ("---", "+++")


def is_unready(path: Path, asked: str) -> bool:
    """Tell whether a file is an article that is left alone in a folder, though it is spoken where it is named itself.

    A file that is watched is read again only when it has changed, and it is told once that it is left alone. So are
    drafts that narrate wrote, whose articles may lie beside them.

    Args:
        path: Of the file.
        asked: The folder or pattern that it was found by; one that ends as drafts do asks for them.
    """
    if path.name.lower().endswith(DRAFT):
        return not asked.lower().endswith(DRAFT)
    if not path.name.lower().endswith(_MARKDOWN):
        return False
    try:
        return _is_unready(path, file_state(path))
    except (OSError, ValueError):  # whoever reads it says what is wrong
        return False


@lru_cache(maxsize=100_000)
def _is_unready(path: Path, state: FileState) -> bool:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        head = file.read(HEAD_MAX_CHARS)
    if not head.lstrip().startswith(_STARTS):
        return False
    from narrate.sources.read.front_matter.particulars import metadata_of
    from narrate.sources.read.front_matter.splitting import front_matter_of

    meta, _ = metadata_of(front_matter_of(head).values)
    if meta.is_draft:
        logger.warning("%s is left alone: it says that it is a draft; name it to speak it", printable(str(path)))
    return meta.is_draft
