"""Tells files that are no text from texts, by what they begin with and by how many control characters are in them."""

from __future__ import annotations

import io
import logging
import re
import zipfile

from narrate.core.errors import SourceError
from narrate.core.system.terminal_text import printable

logger = logging.getLogger(__name__)

# So much of a text is looked at.
SEEN_CHARS = 65_536
# So few are accidents of typing or copying, however short the text is; of a longer one so small a share is.
STRAY_MAX = 3
STRAY_SHARE = 0.01
# Nothing but accidents is no text either.
STRAY_MAX_SHARE = 0.25
# A ZIP archive names its contents at its end; one with a longer list is no document.
LIST_MAX_BYTES = 1024 * 1024

# What files begin with, and what they are (https://www.iana.org/assignments/media-types, the formats' own papers).
# Letters that a sentence may begin with ("BM", "MZ") are left to the count of control characters.
_KINDS: tuple[tuple[bytes, str], ...] = (
    (rb"\s{0,16}%PDF-", "a PDF"),
    (rb"PK(?:\x03\x04|\x05\x06)", "a ZIP archive or an Office document"),
    (rb"\x89PNG", "a PNG image"),
    (rb"\xff\xd8\xff", "a JPEG image"),
    (rb"GIF8[79]a.{0,6}?[^ -~]", "a GIF image"),
    (rb"RIFF.{4}WEBP", "a WebP image"),
    (rb"RIFF.{4}WAVE", "a WAV file"),
    (rb"RIFF.{4}AVI ", "an AVI video"),
    (rb"II\*\0|MM\0\*", "a TIFF image"),
    (rb"\x00\x00\x01\x00.{1,64}\x00", "an icon"),
    (rb"\x00.{3}ftyp(?:avif|hei[cfx]|mif1)", "an AVIF or HEIC image"),
    (rb"\x00.{3}ftypM4[AB]", "an M4A file"),
    (rb"\x00.{3}ftyp", "an MP4 video"),
    (rb"\x1a\x45\xdf\xa3", "a WebM or Matroska video"),
    (rb"ID3[\x02-\x04]|\xff[\xf2\xf3\xfa\xfb]", "an MP3 file"),
    (rb"OggS\x00", "an Ogg file"),
    (rb"fLaC\x00", "a FLAC file"),
    (rb"\x1f\x8b", "a gzip archive"),
    (rb"BZh[1-9]1AY&SY", "a bzip2 archive"),
    (rb"\xfd7zXZ\0", "an xz archive"),
    (rb"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (rb"Rar!\x1a\x07", "a RAR archive"),
    (rb"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (rb".{257}ustar", "a tar archive"),
    (rb"\xd0\xcf\x11\xe0", "an old Office document"),
    (rb"\{\\rtf", "a rich text document"),
    (rb"bplist00", "a property list"),
    (rb"SQLite format 3\0", "a database"),
    (rb"\x7fELF", "a program"),
    (rb"wOF[F2]\x00\x01|\x00\x01\x00\x00\x00|OTTO\x00", "a font"),
)
# What stands in a ZIP archive that is a document.
_IN_ARCHIVES = (
    ("META-INF/container.xml", "an EPUB book"),
    ("word/document.xml", "a Word document"),
    ("xl/workbook.xml", "an Excel workbook"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file"),
    ("index.xml", "a Pages document"),
)

# Control characters but tab, line ends, form feeds and what terminals write before colours.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def refuse_other_files(data: bytes, name: str) -> None:
    """Refuse bytes that begin as a file of another kind does, whatever it is called.

    Args:
        data: The whole file.
        name: What to call it in the error.

    Raises:
        SourceError: It is an image, a document, an archive…; the message says which.
    """
    kind = next((kind for start, kind in _KINDS if re.match(start, data, re.DOTALL)), None)
    if kind is None:
        return
    if data.startswith(b"PK"):
        kind = kind_in_archive(data) or kind
    raise SourceError(f"{name} is {kind}, not text", "give the article as text, Markdown or HTML")


def kind_in_archive(data: bytes) -> str | None:
    """Return what kind of document a ZIP archive is; None where it is another, or damaged."""
    end = data.rfind(b"PK\x05\x06")  # https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.16
    if end < 0 or int.from_bytes(data[end + 12 : end + 16], "little") > LIST_MAX_BYTES or b"PK\x06\x07" in data[-128:]:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    return next((kind for member, kind in _IN_ARCHIVES if member in names), None)


def refuse_binary(text: str, name: str) -> None:
    """Refuse what was decoded and is no text: too many control characters are in it.

    Raises:
        SourceError: The file is a binary one.
    """
    sample = text[:SEEN_CHARS]
    _require_few(len(_CONTROLS.findall(sample)), len(sample), name)


def refuse_binary_bytes(data: bytes, name: str) -> None:
    """Refuse bytes in which too many are control characters in every encoding that has ASCII's.

    Raises:
        SourceError: The file is a binary one.
    """
    sample = data[:SEEN_CHARS]
    _require_few(len(_CONTROL_BYTES.findall(sample)), len(sample), name)


def _require_few(controls: int, length: int, name: str) -> None:
    is_frequent = controls > STRAY_MAX and controls > STRAY_SHARE * length
    if is_frequent or controls > STRAY_MAX_SHARE * length:
        raise SourceError(f"{name} is a binary file, not text", "give the article as plain text (.txt)")


def warn_of_controls(text: str, name: str) -> None:
    """Say how many control characters a text has, which nobody sees and the reader leaves out."""
    if count := len(_CONTROLS.findall(text)):
        what = "a control character" if count == 1 else f"{count:,} control characters"
        logger.warning("%s has %s in it, left out: the file may be damaged", printable(name), what)
