"""Files of word processors: DOCX (Word, Google Docs, Pages), ODT (LibreOffice) and RTF."""
