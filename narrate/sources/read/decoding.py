"""Bytes become text: the encodings that articles come in, and a clear no to what is not text."""

from __future__ import annotations

import logging
import re
import unicodedata

from narrate.core.errors import SourceError
from narrate.core.system.terminal_text import printable
from narrate.sources.encodings import MARKS, codec_of
from narrate.sources.read.characters import INVISIBLE, nfc
from narrate.sources.read.file_kinds import refuse_binary, refuse_binary_bytes, refuse_other_files, warn_of_controls

logger = logging.getLogger(__name__)

# Line ends that str.splitlines knows; one of them is enough to work with.
PAGE_END = "\f"
_LINE_ENDS = {ord("\x0b"): "\n", ord("\x0c"): "\n\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n\n"}

# A soft hyphen is seen at the end of a line only, where it parts a word.
_PARTED_SOFTLY = re.compile(r"\u00ad[ \t]*\n[ \t]*(?=\w)")


def decode(data: bytes, name: str, charset: str | None = None, *, keeps_pages: bool = False) -> str:
    """Turn the bytes of an article into NFC text with plain line ends and no invisible characters.

    The order: a byte order mark, UTF-16 without a mark, UTF-8, the encoding in which the bytes make words, then
    Windows-1252, which is what the HTML standard makes of unlabelled bytes (https://encoding.spec.whatwg.org/).

    Args:
        data: The whole file.
        name: What to call it in an error.
        charset: Label of the encoding that a server states; bytes that do not fit it, and labels of no encoding of
            the web, are taken as if nothing had been said.
        keeps_pages: Form feeds stay where they are; otherwise a paragraph ends there.

    Raises:
        SourceError: The bytes are not text.
    """
    refuse_other_files(data, name)
    text = _decode_as(data, charset) or _decode_any(data, name)
    refuse_binary(text, name)
    warn_of_controls(text, name)
    return _tidy(text, keeps_pages=keeps_pages)


def _decode_as(data: bytes, charset: str | None) -> str:
    codec = None if any(data.startswith(mark) for mark, _ in MARKS) else codec_of(charset)
    try:
        return data.decode(codec) if codec else ""
    except UnicodeDecodeError:
        return ""


def _decode_any(data: bytes, name: str) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name)
    if encoding_without_mark := utf16_without_mark(data):
        return _strict(data, encoding_without_mark, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        refuse_binary_bytes(data, name)
        _refuse_damaged_utf8(data, name)
        return _strict(data, unstated_codec(data.replace(b"\0", b""), name), name)


def unstated_codec(data: bytes, name: str) -> str:
    """Return Python's name of the encoding of bytes that are no UTF-8 and state none; a doubtful one is warned of.

    Where no encoding fits it is Windows-1252, which the HTML standard takes unlabelled bytes for.

    Args:
        data: A text or a page.
        name: What to call it in the warning.
    """
    from narrate.sources.charset_detection import detect_charset

    found = detect_charset(data)
    if not found:
        return "windows-1252"
    if not found.is_sure:
        message = "%s does not say which encoding it is in, and was read as %s: if words look wrong, save it as UTF-8"
        logger.warning(message, printable(name), found.label)
    return found.codec


def _refuse_damaged_utf8(data: bytes, name: str) -> None:
    """UTF-8 with a few wrong bytes would come out of Windows-1252 as "Itâ€™s", so it is not tried on it."""
    lenient = data.decode("utf-8", errors="replace")
    wrong = lenient.count("\ufffd")
    if sum(char > "\x7f" for char in lenient) - wrong > wrong:
        at = len(lenient[: lenient.index("\ufffd")].encode())
        raise SourceError(
            f"{name} is UTF-8 with a damaged character at byte {at}", "open it and save it again as UTF-8"
        )


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"{name} is not text that can be read: byte {error.start} does not fit {encoding}"
        raise SourceError(message, "save it as UTF-8 text and try again") from error


def utf16_without_mark(data: bytes) -> str | None:
    """Return Python's name of the UTF-16 that bytes are in; None for any others.

    It is told by the zeros in every other byte of Western text; in no 8-bit encoding does text hold zeros.
    """
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return None
    pairs = len(sample) // 2
    if sample[1::2].count(0) > 0.7 * pairs and sample[::2].count(0) == 0:
        return "utf-16-le"
    if sample[::2].count(0) > 0.7 * pairs and sample[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _tidy(text: str, *, keeps_pages: bool) -> str:
    ends = _LINE_ENDS | {ord(PAGE_END): PAGE_END} if keeps_pages else _LINE_ENDS
    text = _PARTED_SOFTLY.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).translate(ends).translate(INVISIBLE)
    text = "".join(char for char in text if char in "\t\n\f" or unicodedata.category(char) != "Cc")
    return nfc(text)
