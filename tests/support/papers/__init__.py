"""Documents whose text is known, written as EPUB, PDF, DOCX, ODT and RTF."""
