"""Bytes become text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.errors import SourceError
from narrate.sources.read.characters import nfc
from narrate.sources.read.decoding import decode

TEXT = "Déjà vu: “it wasn’t” – naïve\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252"]
)
def test_encodings_of_articles_are_recognised(encoding: str) -> None:
    """Words come out alike, whatever they were saved as."""
    assert decode(TEXT.encode(encoding), "a.txt") == TEXT


@pytest.mark.parametrize("mark", ["big", "little"])
def test_utf16_with_a_mark_in_either_byte_order(mark: str) -> None:
    """The mark says which byte comes first."""
    encoding = f"utf-16-{mark[0]}e"

    assert decode("\ufeff日本".encode(encoding), "a.txt") == "日本"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\u2029c", "a\nb\n\nc"),
        ("co\u00adop\u200bera\ufefftion", "cooperation"),
        ("cafe\u0301", "café"),
        ("page\x0cnext", "page\n\nnext"),
        ("a bell\x07 rings " + "on and on " * 20, "a bell rings " + "on and on " * 20),
    ],
)
def test_text_is_tidied(written: str, read: str) -> None:
    """One kind of line end, composed letters, nothing invisible."""
    assert decode(written.encode(), "a.txt") == read


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"ID3\x03\x00", "MP3"),
        (bytes(range(256)) * 8, "binary"),
        (b"abc\x00\x00\x00def" * 9, "binary"),
        (b"\x81\x8d\x8f text", "windows-1252"),
        (b"\xff\xfea", "utf-16"),
    ],
)
def test_what_is_not_text_is_refused_by_name(data: bytes, what: str) -> None:
    """The error names the file and what it seems to be, and says what to do."""
    with pytest.raises(SourceError, match=what) as caught:
        decode(data, "a.txt")

    assert "a.txt" in caught.value.message
    assert caught.value.hint


def test_utf8_with_a_wrong_byte_is_not_taken_for_another_encoding() -> None:
    """The error says where the damage is, instead of "Itâ€™s"."""
    good = "It’s a café, ".encode()
    with pytest.raises(SourceError, match=f"damaged character at byte {len(good)}"):
        decode(good + b"\xff" + "“yes”".encode(), "a.txt")


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_clear_error(data: bytes) -> None:
    """No bytes lead to another exception, and what comes out is NFC."""
    try:
        text = decode(data, "a.txt")
    except SourceError:
        return

    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1))
def test_utf8_text_comes_through_whole(text: str) -> None:
    """No visible character is lost."""
    try:
        assert decode(text.encode(), "a.txt") == unicodedata.normalize("NFC", text)
    except SourceError as error:
        assert any(text.startswith(magic) for magic in ("%PDF", "PK", "ID3", "GIF8", "{\\rtf")), error


@pytest.mark.parametrize("accents", ["\u0300\u0316", "\u0316\u0300", "\u0300", "\u3099\u0315"])
def test_a_letter_with_a_million_accents(accents: str) -> None:
    """Found by fuzzing: to order them took the square of their number, minutes for a file of a few hundred kB."""
    text = decode(("a" + accents * 100_000).encode(), "a.txt")

    assert unicodedata.is_normalized("NFC", text[:1000])
    assert text.replace("\u034f", "").count(accents[-1]) >= 100_000 - 1


@given(st.text("aé\u0300\u0316\u0345\u034f\u3099한 .", max_size=80))
def test_accents_in_any_order_are_composed(text: str) -> None:
    """What is read is NFC, however many accents there are, and no accent is lost."""
    found = nfc(text)

    assert unicodedata.is_normalized("NFC", found)
    assert nfc(found) == found
    plain = (unicodedata.normalize("NFD", part.replace("\u034f", "")) for part in (found, text))
    assert len(set(map(len, plain))) == 1
