"""Pages of a PDF that unpack to more than any page draws, told before they are opened.

pdfium makes an object of each drawn thing, some 3 KB of memory for a few bytes that pack by a factor of a thousand: a
file of 1 MB takes all the memory there is.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

# Things that are drawn on one page: a map may have a hundred thousand.
DRAWN_MAX = 300_000
# Read and unpacked by so much at a time.
_PACKED_BYTES, _PIECE_BYTES = 64_000, 1_000_000

_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY_MAX_BYTES = 2000
# Operators that draw (ISO 32000-1, annex A): text, paths, shadings, objects.
_DRAWS = re.compile(rb"(?<=[\s\])>])(?:T[jJ]|['\"]|[SsFfBb]\*?|sh|Do)(?=\s|$)")


def draws_too_much(data: bytes) -> bool:
    """Tell whether a packed stream of a PDF draws more than DRAWN_MAX things."""
    for found in _STREAM.finditer(data):
        before = data[max(0, found.start() - _DICTIONARY_MAX_BYTES) : found.start()].rpartition(b" obj")[2]
        if b"FlateDecode" in before and b"/Image" not in before and _is_crowded(data, found.end()):
            return True
    return False


def _is_crowded(data: bytes, start: int) -> bool:
    drawn = 0
    for piece in _unpacked(data, start):
        drawn += sum(1 for _ in _DRAWS.finditer(piece))
        if drawn > DRAWN_MAX:
            return True
    return False


def _unpacked(data: bytes, start: int) -> Iterator[bytes]:
    """Give the content of a packed stream in pieces, up to where it ends or is damaged."""
    unpacking, packed = zlib.decompressobj(), b""
    while not unpacking.eof:
        if not packed:
            packed, start = data[start : start + _PACKED_BYTES], start + _PACKED_BYTES
        if not packed:
            return
        try:
            yield unpacking.decompress(packed, _PIECE_BYTES)
        except zlib.error:
            return
        packed = unpacking.unconsumed_tail
