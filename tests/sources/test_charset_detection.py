"""The encoding of bytes that state none."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.sources.charset_detection import detect_charset
from narrate.sources.read.decoding import decode
from narrate.sources.read.html import decode_page

TEXTS = {
    "ru": "Старый Генрих смотрит за плотиной и говорит, что у воды нет памяти.",
    "uk": "Старий Генріх доглядає греблю й каже, що вода не має пам'яті, її тут багато.",
    "zh": "老亨利看守水闸，他对每个人说水没有记忆。",
    "ko": "늙은 하인리히는 수문을 지키며 물에는 기억이 없다고 말한다.",
    "ja": "老いたハインリヒは水門を守り、水には記憶がないと言う。",
    "el": "Ο γέρος Ερρίκος φυλάει το φράγμα και λέει ότι το νερό δεν έχει μνήμη.",
    "ar": "يحرس هنري العجوز السد ويقول إن الماء لا ذاكرة له.",
    "he": "הנרי הזקן שומר על הסכר ואומר שלמים אין זיכרון.",
    "cs": "Starý Jindřich hlídá stavidlo a říká, že voda nemá paměť.",
    "pl": "Stary Henryk pilnuje śluzy i mówi, że woda nie ma pamięci.",
    "hu": "Az öreg Henrik őrzi a zsilipet, és azt mondja, hogy a víznek nincs emlékezete.",
    "tr": "Yaşlı Hüseyin bendi bekler ve suyun belleği olmadığını söyler, işte böyle.",
    "fr": "Le vieil Henri garde l’écluse et répète à chacun que l’eau n’a pas de mémoire.",
    "de": "Der alte Heinrich hütet das Wehr und erklärt jedem, dass Wasser kein Gedächtnis hat.",
    "sv": "Gamle Henrik sköter dammluckan och säger till alla att vatten inte har något minne.",
    "es": "El viejo Enrique cuida la presa y explicó a todos que el agua no tiene memoria, señor.",
}
CHARSETS = {
    "ru": "windows-1251 koi8-r iso-8859-5", "uk": "windows-1251", "zh": "gbk gb18030", "ko": "euc-kr",
    "ja": "shift_jis euc-jp", "el": "windows-1253", "ar": "windows-1256", "he": "windows-1255", "cs": "windows-1250",
    "pl": "windows-1250",
    "hu": "windows-1250", "tr": "windows-1254", "fr": "windows-1252", "de": "iso-8859-1",
    "sv": "iso-8859-1", "es": "windows-1252",
}  # fmt: skip
PAIRS = [(language, charset) for language, charsets in CHARSETS.items() for charset in charsets.split()]


@pytest.mark.parametrize(("language", "charset"), PAIRS)
@pytest.mark.parametrize("times", [1, 400])
def test_texts_and_pages_in_old_encodings(language: str, charset: str, times: int) -> None:
    """A sentence is enough, and a book is no more work."""
    text = "\n".join([TEXTS[language]] * times)
    data = text.encode(charset)
    assert decode(data, "a.txt") == text
    page = f"<html><head><title>a</title></head><body><p>{text}</p></body></html>"
    assert decode_page(page.encode(charset)) == page


@pytest.mark.parametrize("language", TEXTS)
def test_utf8_always_wins(language: str) -> None:
    """Text in another encoding is never valid UTF-8 by accident."""
    assert decode(TEXTS[language].encode(), "a.txt") == TEXTS[language]


def test_a_page_that_states_its_encoding_is_believed() -> None:
    """Whatever the bytes look like."""
    page = f"<html><head><meta charset=windows-1251></head><body>{TEXTS['ru']}</body></html>"
    assert decode_page(page.encode("windows-1251")) == page


@pytest.mark.parametrize(("data", "is_told"), [("Caf\xe9".encode("latin-1"), False), (b"si\xea", True)])
def test_doubt_is_told(data: bytes, is_told: bool, caplog: pytest.LogCaptureFixture) -> None:
    """Who reads the warning can save the file as UTF-8; what plainly is in one encoding gives none."""
    with caplog.at_level(logging.WARNING):
        decode(data, "a.txt")
    assert bool(caplog.records) == is_told
    assert all("a.txt" in record.getMessage() and "UTF-8" in record.getMessage() for record in caplog.records)


@given(st.binary(min_size=1, max_size=200))
def test_what_is_found_can_decode_all_of_it(data: bytes) -> None:
    """No byte is replaced."""
    found = detect_charset(data)
    assert found is None or data.decode(found.codec)
