"""Media types and endings of files that narrate reads, as browsers and phones are told of them."""

from __future__ import annotations

# A share sheet offers the library for these. Phones that know no type for an ending go by the ending.
MEDIA_TYPES = (
    "text/html",
    "text/plain",
    "text/markdown",
    "application/pdf",
    "application/epub+zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
    "application/rtf",
    "text/rtf",
    "message/rfc822",
)
ENDINGS = (".html", ".htm", ".txt", ".md", ".markdown", ".pdf", ".epub", ".docx", ".odt", ".rtf", ".eml")

ACCEPTED = (*MEDIA_TYPES, *ENDINGS)
