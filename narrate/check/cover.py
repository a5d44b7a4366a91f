"""The rules for a cover as a file: what Apple asks of artwork, and the weight that hosts ask for."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from narrate.check.files import whole
from narrate.check.finding import APPLE_COVER, HOSTS, Finding, Rule, applied

_LOG = logging.getLogger(__name__)

MIN_PX, MAX_PX = 1400, 3000
MAX_BYTES = 512_000

# Nobody's cover is larger; what is, is not read.
READ_MAX_BYTES = 64_000_000
# Larger pictures are not decoded: they are too large anyway, and may be bombs.
DECODED_MAX_PIXELS = 25_000_000
# A progressive JPEG has about ten, and each costs as much time as a whole picture.
MAX_SCANS = 100

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_ENDINGS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}


@dataclass(frozen=True, slots=True)
class Looked:
    """The features of a picture that rules ask about.

    Attributes:
        problem: Why it cannot be used, "" where it can; nothing else is known then.
        format: Pillow's name of the format: "JPEG", "PNG".
        width_px: Of the picture.
        height_px: The same.
        mode: Pillow's name of the colours: "RGB", "RGBA", "CMYK", "L", "P".
        size_bytes: Of the file.
        ending: Of the file's name, in lower case; "" for a picture in a tag.
        media_type: What a tag says it is, "" where it says nothing.
    """

    problem: str = ""
    format: str = ""
    width_px: int = 0
    height_px: int = 0
    mode: str = ""
    size_bytes: int = 0
    ending: str = ""
    media_type: str = ""

    @property
    def size(self) -> str:
        """Width and height, for a message."""
        return f"{self.width_px} x {self.height_px}"


def looked_at(data: bytes, media_type: str = "", ending: str = "") -> Looked:
    """Decode a picture; whatever the bytes are, this raises nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which does not matter here
            return _decoded(data, media_type, ending)
    except Exception as error:  # decoders fail in a dozen ways on foreign bytes, struct.error to MemoryError
        _LOG.debug("a cover: %r", error)
        return Looked("it is damaged, or no picture")


def _decoded(data: bytes, media_type: str, ending: str) -> Looked:
    if data.count(b"\xff\xda") > MAX_SCANS and data[:2] == b"\xff\xd8":
        return Looked(f"it has more than {MAX_SCANS} scans, and would take minutes to show")
    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        width_px, height_px = picture.size
        if width_px * height_px <= DECODED_MAX_PIXELS:
            picture.load()
        has_alpha = "transparency" in picture.info and picture.mode in ("RGB", "P", "L")
        mode = f"{picture.mode} with transparency" if has_alpha else picture.mode
        name = "JPEG" if picture.format == "MPO" else str(picture.format)
    return Looked("", name, width_px, height_px, mode, len(data), ending, media_type)


def check_cover(path: Path) -> Iterator[Finding]:
    """Look at a cover; whatever is in the file, this raises nothing."""
    try:
        cover = looked_at(whole(path, READ_MAX_BYTES), ending=path.suffix.lower())
    except ValueError as error:
        cover = Looked(str(error))
    yield from applied(COVER_RULES, cover, path.name)


def _unreadable(cover: Looked) -> Iterator[str]:
    if cover.problem:
        yield cover.problem


def _format(cover: Looked) -> Iterator[str]:
    if cover.problem:
        return
    if cover.format not in ("JPEG", "PNG"):
        yield f"it is {cover.format}, neither JPEG nor PNG"
    elif _ENDINGS.get(cover.ending, cover.format) != cover.format:
        yield f"it is {cover.format}, and its name ends in {cover.ending}"


def _square(cover: Looked) -> Iterator[str]:
    if not cover.problem and cover.width_px != cover.height_px:
        yield f"it is not square: {cover.size} pixels"


def _size(cover: Looked) -> Iterator[str]:
    if not cover.problem and not MIN_PX <= min(cover.width_px, cover.height_px) <= MAX_PX:
        yield f"it has {cover.size} pixels, not {MIN_PX} to {MAX_PX} a side"


def _colours(cover: Looked) -> Iterator[str]:
    if not cover.problem and cover.mode != "RGB":
        yield f"its colours are {cover.mode}, not RGB"


def _weight(cover: Looked) -> Iterator[str]:
    if cover.size_bytes > MAX_BYTES:
        yield f"it has {cover.size_bytes} bytes, more than {MAX_BYTES}"


COVER_RULES: tuple[Rule[Looked], ...] = (
    Rule("cover-readable", "error", APPLE_COVER, "the picture can be decoded", _unreadable),
    Rule("cover-format", "error", APPLE_COVER, "JPEG or PNG, as its name says", _format),
    Rule("cover-square", "error", APPLE_COVER, "as wide as high", _square),
    Rule("cover-size", "error", APPLE_COVER, "1400 to 3000 pixels a side", _size),
    Rule("cover-colours", "error", APPLE_COVER, "RGB, nothing transparent", _colours),
    Rule("cover-weight", "warning", HOSTS, "at most 512 kB", _weight),
)
