"""Feeds and articles as they were fetched last, so that a server that has nothing new need not send them again."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import logging
import zlib
from collections.abc import Mapping
from pathlib import Path

from narrate.core.cache.space import used
from narrate.core.system.files import write_whole
from narrate.sources.fetch.web import Page

logger = logging.getLogger(__name__)

# Another number makes older files unknown, so the pages are fetched again.
VERSION = 1

# Of a file; a feed of some ten thousand articles.
MAX_BYTES = 16 * 1024 * 1024
# Of a page, unpacked.
MAX_PAGE_BYTES = 20 * 1024 * 1024


class KeptPages:
    """Pages in a folder, a file for each address: the page and by what its server knows it.

    The page is kept as well, not only its mark: a run may end after its feed was fetched and before its articles
    were spoken, and the next one must find them though the feed has not changed. Files appear whole or not at
    all, so any number of threads and processes may share the folder; a damaged one counts as none.

    Args:
        folder: For pages that are fetched for one purpose.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, url: str) -> Page | None:
        """Return what was kept for an address; None for nothing."""
        path = self._path(url)
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
            if len(data) > MAX_BYTES:
                raise ValueError("it is too large")
            page = _page(json.loads(data), url)
            used(path)
            return page
        except FileNotFoundError:
            return None
        except (OSError, ValueError, LookupError, TypeError, RecursionError, zlib.error) as error:
            logger.debug("%s cannot be used and is made again: %s", path, error)
            return None

    def store(self, url: str, page: Page) -> None:
        """Keep a page, if its server has said by what it knows it; the disk being full is no reason to stop."""
        if not (page.etag or page.last_modified):
            return
        values = {
            "version": VERSION,
            "address": url,
            "url": page.url,
            "etag": page.etag,
            "last_modified": page.last_modified,
            "media_type": page.media_type,
            "charset": page.charset,
            "page": base64.b64encode(zlib.compress(page.data)).decode("ascii"),
        }
        path = self._path(url)
        data = json.dumps(values, indent=1).encode()
        if len(data) > MAX_BYTES:
            return
        try:
            write_whole(path, data)
        except OSError as error:
            logger.warning("%s cannot be kept, so it is fetched whole next time: %s", page.url, error)

    def _path(self, url: str) -> Path:
        return self._folder / f"{hashlib.sha256(url.encode('utf-8', 'surrogatepass')).hexdigest()}.json"


def _page(values: Mapping[str, object], url: str) -> Page:
    if values["version"] != VERSION or values["address"] != url:
        raise ValueError("it is another version's, or another address's")
    texts = [values[key] for key in ("url", "media_type", "etag", "last_modified", "page")]
    charset = values["charset"]
    if not all(isinstance(text, str) and text.isprintable() for text in texts):
        raise ValueError("a value is no text")
    if not (charset is None or isinstance(charset, str)):
        raise ValueError("the charset is no text")
    final, media_type, etag, last_modified, packed = map(str, texts)
    return Page(final, _unpacked(packed), media_type, charset, etag, last_modified)


def _unpacked(packed: str) -> bytes:
    try:
        stream = zlib.decompressobj()
        data = stream.decompress(base64.b64decode(packed, validate=True), MAX_PAGE_BYTES)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
    if not stream.eof:
        raise ValueError("the page is cut off or too large")
    return data
