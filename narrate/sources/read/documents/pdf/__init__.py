"""PDF: characters with their places become lines, lines columns, and columns paragraphs, notes, captions and headings.

pdfium -> lines of each page in reading order -> without running heads -> paragraphs -> blocks
"""

from narrate.sources.read.documents.pdf.reading import read_pdf

__all__ = ["read_pdf"]
