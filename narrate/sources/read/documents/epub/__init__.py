"""Books in EPUB 2 and 3 (https://www.w3.org/TR/epub-33/): text in the order of the spine, chapters by navigation."""

from narrate.sources.read.documents.epub.book import read_epub

__all__ = ["read_epub"]
