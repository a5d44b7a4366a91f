"""First stage: a source (a path, an address, or "-" for standard input) becomes an Article of typed blocks."""

from __future__ import annotations

from narrate.read.picture import find_picture
from narrate.read.source import read_source
from narrate.read.text import article_from_text

__all__ = ["article_from_text", "find_picture", "read_source"]
