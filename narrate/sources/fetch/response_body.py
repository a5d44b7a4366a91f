"""The body of an answer, whatever a server makes of it: decompressed in pieces, and never more than is allowed."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

import requests

from narrate.core.errors import SourceError
from narrate.sources.fetch.addresses import SAVE_IT, shown
from narrate.sources.fetch.connections import Clock

_PIECE = 64 * 1024


def body_of(response: requests.Response, clock: Clock, size: int | None = None) -> bytes:
    """The body of an answer, whole and decompressed.

    Args:
        response: The answer, of which nothing was read.
        clock: Its limits count.
        size: So many bytes at most, as sent and decompressed; as the clock's limits say where left out.

    Raises:
        SourceError: It is larger than the clock's limits allow, or compressed in a way that was not asked for.
        zlib.error: It is damaged or cut off.
    """
    url, size = shown(str(response.url)), size or clock.limits.size
    if (response.raw.length_remaining or 0) > size:
        raise _too_large(url, size)
    pieces = _at_most(response.raw.stream(_PIECE, decode_content=False), url, size)
    codings = response.headers.get("Content-Encoding", "").lower().split(",")
    codings = [coding for coding in map(str.strip, codings) if coding not in ("", "identity")]
    if len(codings) > 2 or not {"gzip", "x-gzip", "deflate"}.issuperset(codings):
        raise SourceError(f"{url} is compressed in a way narrate did not ask for", SAVE_IT)
    for coding in reversed(codings):
        pieces = _inflated(pieces, coding, clock)
    body = io.BytesIO()
    for piece in _at_most(pieces, url, size):
        body.write(piece)
    return body.getvalue()


def _at_most(pieces: Iterator[bytes], url: str, size: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > size:
            raise _too_large(url, size)
        yield piece


def _too_large(url: str, size: int) -> SourceError:
    return SourceError(
        f"{url} is larger than {size // 2**20} MB", "save the article's text to a .txt file and give that"
    )


def _inflated(pieces: Iterator[bytes], coding: str, clock: Clock) -> Iterator[bytes]:
    """Undo a compression in pieces of limited size; zlib's own limit is what keeps a bomb out of memory."""
    stream = None
    for piece in filter(None, pieces):
        rest = piece
        while rest:
            clock.left()
            if stream is None or stream.eof:
                if stream and (coding == "deflate" or not rest.startswith(b"\x1f")):
                    return  # what follows the last part is padding
                stream = zlib.decompressobj(_window(coding, rest))
            yield stream.decompress(rest, _PIECE)
            rest = stream.unconsumed_tail or stream.unused_data
    if stream is not None:
        yield stream.flush()
        if not stream.eof:
            raise zlib.error("incomplete")


def _window(coding: str, data: bytes) -> int:
    """Return the window that zlib expects: gzip, zlib, or the bare deflate that some servers send by that name."""
    if coding != "deflate":
        return 16 + zlib.MAX_WBITS
    return zlib.MAX_WBITS if data[0] & 0x0F == zlib.DEFLATED else -zlib.MAX_WBITS
