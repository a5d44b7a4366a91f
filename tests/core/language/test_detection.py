"""Which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.language.detection import commonest_words, detect_language, settled_language

SENTENCES = {
    "en": "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book of the house.",
    "es": "La farera sube cada tarde la escalera, enciende la luz y escribe una línea, pero nadie se lo pide.",
    "fr": "La gardienne monte l’escalier chaque soir, allume la lampe et écrit une ligne dans le livre de la maison.",
    "de": "Die Wärterin steigt jeden Abend die Treppe hinauf, zündet die Lampe an und schreibt eine Zeile in das Buch.",
    "it": "La guardiana sale le scale ogni sera, accende la lampada e scrive una riga nel libro che sta nella casa.",
    "pt": "A faroleira sobe a escada todas as tardes, acende a lâmpada e escreve uma linha no livro da casa do farol.",
    "nl": "De wachter klimt elke avond de trap op, steekt de lamp aan en schrijft een regel in het boek van het huis.",
    "pl": "Latarniczka co wieczór wchodzi po schodach, zapala lampę i pisze jedno zdanie w książce, która jest w domu.",
    "sv": "Vaktaren går uppför trappan varje kväll, tänder lampan och skriver en rad i den bok som ligger i huset.",
    "tr": "Bekçi her akşam merdivenleri çıkar, lambayı yakar ve bu evde olan büyük deftere bir satır daha yazar.",
    "ru": "Смотрительница каждый вечер поднимается по лестнице, зажигает лампу и пишет строку в книге.",
    "uk": "Доглядачка щовечора піднімається сходами, запалює лампу і пише рядок у книзі, яка є в домі.",
    "el": "Η φαροφύλακας ανεβαίνει κάθε βράδυ τη σκάλα, ανάβει τη λάμπα και γράφει μια γραμμή στο βιβλίο.",
    "ja": "灯台守は毎晩階段を上り、ランプに火をともし、帳面に一行書く。",
    "zh": "守塔人每晚爬上楼梯，点亮灯，在本子上写下一行字。",
    "ko": "등대지기는 매일 저녁 계단을 올라 등을 켜고 공책에 한 줄을 쓴다.",
    "ar": "تصعد الحارسة الدرج كل مساء وتضيء المصباح وتكتب سطرا في الكتاب.",
    "fa": "نگهبان هر شب از پله‌ها بالا می‌رود، چراغ را روشن می‌کند و یک خط در کتاب می‌نویسد.",
    "hi": "पहरेदार हर शाम सीढ़ियाँ चढ़ती है, दीपक जलाती है और किताब में एक पंक्ति लिखती है।",
    "he": "השומרת עולה כל ערב במדרגות, מדליקה את המנורה וכותבת שורה בספר.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_enough(language: str) -> None:
    """Of the languages that narrate knows phrases or numbers of, and of their neighbours."""
    assert detect_language(SENTENCES[language]) == language


@pytest.mark.parametrize(
    "text", ["", "Hello there.", "1 2 3 4", "Tolivert 25 points. Davis 17 points. Burgher 10. Bozeman 8."]
)
def test_too_little_to_tell(text: str) -> None:
    """Better no answer than a wrong one."""
    assert detect_language(text) is None


@pytest.mark.parametrize(
    ("stated", "language", "settled"),
    [
        (None, "de", "de"),
        ("en-GB", "en", "en-GB"),
        ("en", "de", "de"),
        ("pt-BR", "pt", "pt-BR"),
        ("gsw", "zh", "zh"),
    ],
)
def test_what_a_page_says_against_what_it_is(stated: str | None, language: str, settled: str) -> None:
    """Templates say "en" of any text; a region is taken on trust."""
    assert settled_language(stated, SENTENCES[language]) == settled


def test_what_a_page_says_of_a_text_that_says_nothing() -> None:
    """The page's word is all there is."""
    assert settled_language("is", "Halló.") == "is"
    assert settled_language(None, "Halló.") is None


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    """A tag or None, never an error."""
    answer = detect_language(text)

    assert answer is None or len(answer) == 2


@pytest.mark.parametrize(
    "word", ["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "https://example.org/abc-def/abc-def?q=x1y2", "f_d_a_f_d_a"]
)
def test_letters_of_code_are_no_words(word: str) -> None:
    """A checksum, an address or a name in code is in no language, however often it stands there."""
    assert detect_language(" ".join(f"Light {word}" for _ in range(12))) is None
    assert detect_language(f"{SENTENCES['en']} {word} {SENTENCES['en']} {word} {word}") == "en"


@pytest.mark.parametrize("foreign", ["สวัสดีครับ ผมชื่อสมชาย", "नमस्ते दुनिया, मैं ठीक हूँ"])
def test_marks_of_a_script_do_not_count_twice(foreign: str) -> None:
    """A greeting in a script that writes vowels as marks does not outweigh the English around it."""
    text = f"{SENTENCES['en']} {foreign} {foreign}"

    assert detect_language(text) == "en"


def test_commonest_words() -> None:
    """In lower case, by the primary tag; a language that is told by its script has none on record."""
    assert {"the", "of"} <= commonest_words("en-GB")
    assert "nicht" in commonest_words("de")
    assert commonest_words("ja") == frozenset()
