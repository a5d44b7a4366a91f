"""First stage: a source (a path, an address, or "-" for standard input) becomes an Article of typed blocks."""

from __future__ import annotations

from narrate.sources.read.lead_picture import find_picture
from narrate.sources.read.own_article import settled_article
from narrate.sources.read.plain_text import article_from_text
from narrate.sources.read.source import read_source, read_text_given

__all__ = ["article_from_text", "find_picture", "read_source", "read_text_given", "settled_article"]
