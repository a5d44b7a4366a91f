"""Web archives of Safari: property lists that hold a page and all that belongs to it."""

from __future__ import annotations

import plistlib
import re
import struct
from dataclasses import dataclass
from xml.parsers.expat import ExpatError

from narrate.core.errors import SourceError

_BINARY = b"bplist00"
_XML = re.compile(rb"\s*<\?xml[^>]*>\s*<!DOCTYPE\s+plist|\s*<plist\b")
_SEEN_BYTES = 4096


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """The page of a web archive.

    Attributes:
        data: Its bytes.
        media_type: What they are; "" where the archive does not say.
        url: Where the page came from; None where that was no address of the web.
        charset: Name of its encoding.
    """

    data: bytes
    media_type: str = ""
    url: str | None = None
    charset: str | None = None


def is_webarchive(data: bytes) -> bool:
    """Tell whether bytes are a property list with a page in it, by what they begin with."""
    if data.startswith(_BINARY):
        return b"WebMainResource" in data
    return bool(_XML.match(data[:_SEEN_BYTES])) and b"WebMainResource" in data[:_SEEN_BYTES]


def archived_page(data: bytes, name: str) -> ArchivedPage:
    """Return the page of a web archive.

    Args:
        data: The archive.
        name: What to call it in an error.

    Raises:
        SourceError: It is damaged, or holds no page.
    """
    try:
        main = plistlib.loads(data)["WebMainResource"]
        page, values = main["WebResourceData"], {key: main.get(key) for key in main}
    except (
        *(plistlib.InvalidFileException, ExpatError, struct.error),
        *(ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError, MemoryError),
    ) as error:
        raise SourceError(f"{name} is a damaged web archive", "open it in Safari and save it again") from error
    if not isinstance(page, bytes) or not page.strip():
        raise SourceError(f"{name} is a web archive without a page", "open it in Safari and save it again")
    url, kind, charset = (
        value if isinstance(value := values.get(key), str) else ""
        for key in ("WebResourceURL", "WebResourceMIMEType", "WebResourceTextEncodingName")
    )
    is_web = bool(re.match(r"https?://", url, re.IGNORECASE))
    return ArchivedPage(page, kind.lower(), url if is_web else None, charset or None)
