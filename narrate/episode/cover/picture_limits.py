"""Counts of a picture's pieces, made without decoding anything: some are made to keep decoders busy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

# A progressive JPEG has about ten scans. Each costs as much time as a whole picture, up to 0.1 s, and counts for ten.
JPEG_MAX_PIECES = 1000
# Files of 30 MB have 4000 at most as encoders make them; Pillow needs 10 µs for each, or 3 minutes for 10 MB of them.
PICTURE_MAX_PIECES = 20_000

_MARKER = re.compile(rb"\xff([^\0\xff])")
_MARKER_AFTER_SCAN = re.compile(rb"\xff([^\0\1\xd0-\xd7\xff])")
# Markers of JPEG that no length follows.
_BARE = bytes((0x01, 0xC8, *range(0xD0, 0xDA), *range(0xF0, 0xFE)))


def is_laborious(image: bytes) -> bool:
    """Tell whether a file is in more pieces than any encoder makes: decoders would be busy with them for minutes."""
    jpeg, png = image.startswith(b"\xff\xd8"), image.startswith(b"\x89PNG")
    pieces = _jpeg_pieces if jpeg else _png_pieces if png else _gif_pieces if image.startswith(b"GIF8") else None
    most = JPEG_MAX_PIECES if jpeg else PICTURE_MAX_PIECES
    return pieces is not None and next(islice(pieces(image), most, None), None) is not None


def _jpeg_pieces(image: bytes) -> Iterator[int]:
    """Yield once a thing that Pillow reads singly to the first scan, then once a scan; a film may lie behind."""
    yield from range(image.count(b"8BIM"))
    place, drawn = 2, False
    while found := (_MARKER_AFTER_SCAN if drawn else _MARKER).search(image, place):
        if drawn and found[1] == b"\xd9":
            return
        scan = found[1] == b"\xda"
        yield from range((0 if drawn else found.start() - place) + (10 if scan else 1))
        drawn = drawn or scan
        place = found.end() + (0 if found[1] in _BARE else int.from_bytes(image[found.end() : found.end() + 2]))
    yield from range(0 if drawn else len(image) - place)


def _png_pieces(image: bytes) -> Iterator[int]:
    place = 8
    while place < len(image):
        yield place
        place += 12 + int.from_bytes(image[place : place + 4])


def _gif_pieces(image: bytes) -> Iterator[int]:
    """Yield once a piece up to the first frame: parts of 255 bytes and less, and what is between them."""
    place = 13 + (3 * 2 ** ((image[10] & 7) + 1) if image[10] & 0x80 else 0)
    while place < len(image) and image[place] != ord(","):
        if image[place] == ord("!"):
            place += 2
            while place < len(image) and image[place]:
                yield place
                place += 1 + image[place]
        yield place
        place += 1
