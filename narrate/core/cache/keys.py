"""Names for what the cache keeps, and the way out where its folder cannot be used."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

CACHE_HINT = "free some space (narrate cache clear), or choose another folder with NARRATE_CACHE_DIR, or use --no-cache"


def content_key(parts: Iterable[object]) -> str:
    """Return the SHA-256 of a list of values, in hexadecimal digits; different lists have different keys.

    The list is never as a whole in memory.
    """
    digest = hashlib.sha256(b"[")
    for number, part in enumerate(parts):
        digest.update(f"{', ' if number else ''}{json.dumps(str(part))}".encode())
    digest.update(b"]")
    return digest.hexdigest()


def cache_hint(error: OSError) -> str:
    """Return the hint for a folder of the cache that cannot be written.

    A folder where a file should be, or the other way round, is no lack of space.
    """
    is_in_the_way = isinstance(error, (IsADirectoryError, NotADirectoryError, FileExistsError))
    return (
        CACHE_HINT.replace("free some space (narrate cache clear)", "remove what is in the way")
        if is_in_the_way
        else CACHE_HINT
    )
