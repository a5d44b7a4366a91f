"""Labels name the encodings of the web, and nothing else that Python has a codec for."""

from __future__ import annotations

import codecs
import encodings.aliases

import pytest

from narrate.sources.encodings import LABEL_MAX_CHARS, codec_of, codec_within, encoding_of
from narrate.sources.read.decoding import decode
from narrate.sources.read.html import decode_page

NO_ENCODINGS_OF_THE_WEB = {
    "idna", "punycode", "utf-7", "unicode_escape", "raw_unicode_escape", "zlib", "zip", "bz2", "hex", "base64", "rot13",
    "uu", "quopri", "undefined", "mbcs", "oem", "hz-gb-2312", "iso-2022-kr", "iso-2022-cn", "replacement", "utf-32",
    "cp037", "x-user-defined", "latin 1", "", "x" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize(
    ("label", "encoding", "codec"),
    [
        ("utf-8", "utf-8", "utf-8"),
        (" UTF8\n", "utf-8", "utf-8"),
        ("'latin1'", "windows-1252", "cp1252"),
        ("ISO-8859-1", "windows-1252", "cp1252"),
        ("us-ascii", "windows-1252", "cp1252"),
        ("latin5", "windows-1254", "cp1254"),
        ("tis-620", "windows-874", "cp874"),
        ("gb2312", "gbk", "gb18030"),
        ("x-sjis", "shift_jis", "cp932"),
        ("ks_c_5601-1987", "euc-kr", "cp949"),
        ("big5-hkscs", "big5", "big5hkscs"),
        ("mac", "macintosh", "mac-roman"),
        ("utf-16", "utf-16le", "utf-16-le"),
    ],
)
def test_labels_mean_what_browsers_make_of_them(label: str, encoding: str, codec: str) -> None:
    """In any case, with space and quotes around them."""
    assert (encoding_of(label), codec_of(label)) == (encoding, codec)


@pytest.mark.parametrize("label", sorted(NO_ENCODINGS_OF_THE_WEB))
def test_what_is_no_encoding_of_the_web_is_none(label: str) -> None:
    """Codecs that are slow, that run what they read or make no text are not looked up, nor is what has no end."""
    assert encoding_of(label) is None
    assert codec_of(label) is None


def test_every_codec_decodes_any_bytes_as_text() -> None:
    """All that a label of Python's own table leads to is a text encoding that Python has."""
    found = {codec_of(label.replace("_", "-")) for label in encodings.aliases.aliases} - {None}

    assert len(found) > 20
    for codec in found:
        assert codec is not None
        assert codecs.lookup(codec)._is_text_encoding
        assert isinstance(bytes(range(256)).decode(codec, "replace"), str)


def test_the_name_of_an_encoding_is_a_label_of_it() -> None:
    """What was understood once, such as a server's word, may be asked for again."""
    for label in ("latin1", "x-sjis", "gb2312", "unicode", "visual", "koi"):
        name = encoding_of(label)
        assert name is not None
        assert len(name) <= LABEL_MAX_CHARS
        assert encoding_of(name) == name


def test_a_label_that_could_be_read_is_not_utf_16() -> None:
    """The letters that say so are one byte each."""
    assert codec_within("utf-16") == codec_within("unicodefffe") == "utf-8"
    assert codec_within("koi8-r") == "koi8-r"


@pytest.mark.parametrize("label", ["idna", "punycode", "unicode_escape", "utf-7"])
def test_a_page_and_a_text_are_not_decoded_by_what_is_none(label: str) -> None:
    """They are read as if nothing had been said of their encoding."""
    page = f'<?xml version="1.0" encoding="{label}"?><p>\\x41 +AGE- xn--b\xfcrger'.encode("cp1252")

    assert "\\x41 +AGE- xn--bürger" in decode_page(page)
    assert "\\x41 +AGE- xn--bürger" in decode_page(page, label)
    assert decode(b"\\x41 +AGE- b\xfcrger", "the file", label) == "\\x41 +AGE- bürger"
