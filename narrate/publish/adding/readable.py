"""What browsers and phones are told that files may be: media types and endings of what narrate reads."""

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
