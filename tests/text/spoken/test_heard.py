"""What Kokoro is given for real sentences: sounds and pauses, and nothing that stops it in the midst of a sentence."""

from __future__ import annotations

import re
from functools import cache

import pytest
from support.readings import cases, table

from narrate.core.article import Sound
from narrate.core.settings.loading import Settings
from narrate.speech.engines import make_engine
from narrate.speech.engines.phonemes import phonemise
from narrate.text.spoken import spoken_form
from narrate.text.spoken.initialisms import is_spelt
from narrate.text.spoken.ipa import spelt

SENTENCE_END = re.compile(r"[.:](?=[\s\"'”’)]|$)")
CAPITALS = re.compile(r"(?<![\w'])(?P<it>[A-Z]{2,7})(?P<plural>s)?(?!\w)")
LETTER = re.compile(r"(?<![\w'])[B-HJ-Z](?![\w'])")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")

# Rows of others that are no sentences: two stops in a row, and a space in an address.
NO_SENTENCES = ("114...48", "test .b@gmail.com")


def sentences() -> list[str]:
    """All that these sets have as it is written, whatever it is there for."""
    texts = [case.written for name in ("article", "nemo") for case in cases(name)]
    for name in ("heteronyms", "heteronyms_own", "heteronyms_fresh"):
        texts += [row[0] for row in table(name)]
    return [text for text in texts if text not in NO_SENTENCES]


@cache
def heard(written: str) -> tuple[str, str]:
    """The words that are said and the phonemes that Kokoro is given for them."""
    form = spoken_form(written, "en-US")
    return form.text, phonemise(form.text, "en-us", form.sounds)


def bare(phonemes: str) -> str:
    """Phonemes without stress, length and what espeak adds where letters meet."""
    return re.sub(r"[ˈˌ ː]", "", phonemes).replace("ɹɹ", "ɹ").replace("ɾ", "t").replace("sɪoʊ", "siioʊ")


def test_no_digit_is_left() -> None:
    """Neither in the words nor in the phonemes."""
    assert [text for text in sentences() if re.search(r"\d", "".join(heard(text)))] == []


def test_no_stray_stop() -> None:
    """Kokoro pauses at each stop and colon, so there are no more of them than sentences and clauses end."""
    stray = []
    for written in sentences():
        text, given = (said.replace("...", "…") for said in heard(written))
        if len(re.findall(r"[.:]", given)) > len(SENTENCE_END.findall(text)):
            stray.append((written, given))

    assert stray == []


def test_initialisms_are_spelt() -> None:
    """Each is heard as the names of its letters, wherever it stands."""
    wrong = []
    for written in sentences():
        text, given = heard(written)
        for match in CAPITALS.finditer(text):
            has_vowel = re.search("[AEIOUY]", match["it"])
            if is_spelt(match["it"]) and has_vowel and bare(spelt(match["it"])) not in bare(given):
                wrong.append((match[0], written, given))

    assert wrong == []


def test_no_letter_is_skipped() -> None:
    """A letter that stands alone is heard by its name."""
    skipped = [
        (letter, written, given)
        for written in sentences()
        for text, given in [heard(written)]
        for letter in set(LETTER.findall(text))
        if bare(given).count(bare(spelt(letter))) < LETTER.findall(text).count(letter)
    ]

    assert skipped == []


def test_each_word_has_sounds() -> None:
    """Alone, too: what has none would be lost without a trace."""
    words = {word for written in sentences() for word in WORD.findall(heard(written)[0])}

    assert sorted(word for word in words if not re.search(r"\w", phonemise(word, "en-us"))) == []


@pytest.mark.parametrize(
    ("written", "sounds"),
    [
        ("Take bus 4A to town.", "fˈɔːɹ ˈeɪ tə"),
        ("They ran an A/B test.", "ɐn ˈeɪ bˈiː tˈɛst"),
        ("He got grade A marks.", "ɡɹˈeɪd ˈeɪ mˈɑːɹks"),
        ("Her HbA1c fell.", "ˈeɪtʃ bˈiː ˈeɪ wˈʌn sˈiː"),
        ("MPs' pay and the CEO's pay", "ˌɛmpˈiːz pˈeɪ ænd ðə sˌiːˌiːˈoʊz pˈeɪ"),
        ("NYC, QA, EPA.", "ˌɛnwˌaɪsˈiː, kjˌuːˈeɪ, ˌiːpˌiːˈeɪ."),
        ("FWIW, IMHO it is fine.", "ˌɛfdˌʌbəljˌuːˌaɪdˈʌbəljˌuː, ˌaɪˌɛmˌeɪtʃˈoʊ"),
        ("imho, idk, iirc", "ˌaɪˌɛmˌeɪtʃˈoʊ, ˌaɪdˌiːkˈeɪ, ˌaɪˌaɪˌɑːɹsˈiː"),
        ("Reply ASAP to NASA and NATO.", "ˈeɪsæp tə nˈæsɐ ænd nˈeɪɾoʊ"),
        ("Hm, mmm, shh.", "hˈəm, ˈəm, ˈʃː."),
        ("The value of π and a Δ", "pˈaɪ ænd ɐ dˈɛltə"),
        ("It runs on .NET and Node.js.", "dˈɑːt nˈɛt ænd nˈoʊd dˈɑːt dʒˌeɪˈɛs."),
        ("The U.S. Army left at 3.5 percent.", "jˌuːˈɛs ˈɑːɹmi lˈɛft æt θɹˈiː pˈɔɪnt"),
        ("I was NOT on the 737 MAX.", "nˌɑːt ɔnðə sˈɛvən hˈʌndɹɪd θˈɜːɾi sˈɛvən mˈæks"),
    ],
)
def test_letters_and_signs(written: str, sounds: str) -> None:
    """What is written with letters is heard as their names, and what is a word as a word."""
    assert sounds in heard(written)[1]


def test_sounds_reach_the_model() -> None:
    """Exactly as the lexicon gives them; the words around them as always."""
    engine = make_engine(Settings())
    form = spoken_form("She left Kyiv today.", "en-US")

    assert [sound.ipa for sound in form.sounds] == ["kˈiːv"]
    assert engine._phonemes(form.text, "en-us", form.sounds) == "ʃiː lˈɛft kˈiːv tədˈeɪ."
    assert engine.pronounce("left", voice="af_heart") == "lˈɛft"
    assert phonemise("Kyiv", "en-us", (Sound(0, 4, "kˈiːv", "lexicon"),)) == "kˈiːv"
