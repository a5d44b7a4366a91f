"""Plain text: lines become paragraphs, and what is no part of the text is left out, on record."""

from narrate.sources.read.plain_text.paragraphs import article_from_text
from narrate.sources.read.plain_text.reading import read_text

__all__ = ["article_from_text", "read_text"]
