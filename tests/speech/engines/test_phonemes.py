"""Words become phonemes, and marks stay where they stood."""

from __future__ import annotations

import concurrent.futures

import pytest
from support.clips import sounds_of

from narrate.core.article import Sound
from narrate.speech.engines.phonemes import phonemise


@pytest.mark.parametrize(
    ("text", "phonemes"),
    [
        ("Hello there.", "həlˈoʊ ðˈɛɹ."),
        ("Hello, there!", "həlˈoʊ, ðˈɛɹ!"),
        ("“Hello” (there)…", "“həlˈoʊ” (ðˈɛɹ)…"),
        ("hello—there", "həlˈoʊ—ðˈɛɹ"),
        ("It wasn't.", "ɪt wˈʌznt."),
        ("It wasn’t.", "ɪt wˈʌznt."),
    ],
)
def test_marks_stay(text: str, phonemes: str) -> None:
    """The model reads them as pauses and tunes."""
    assert phonemise(text, "en-us").replace("n̩", "n") == phonemes


@pytest.mark.parametrize("text", ["It grew by 0.5 points.", "It cost 43.6 million.", "It is 3.14, she said."])
def test_inner_dots_are_no_marks(text: str) -> None:
    """phonemizer itself breaks such a sentence at the dot (its 3.4.0, preserve_punctuation=True)."""
    phonemes = phonemise(text, "en-us")

    assert "pɔɪnt" in phonemes
    assert "." not in phonemes[:-1]


def test_words_of_other_languages_carry_no_flags() -> None:
    """espeak marks them with "(fr)", whose letters the model would speak."""
    assert "fr" not in phonemise("He is a bon vivant from Île-de-France.", "en-us").replace("fɹ", "")
    assert "(" not in phonemise("日本 and Москва.", "en-us")


def test_threads_do_not_mix_their_phonemes() -> None:
    """espeak keeps its state in globals."""
    texts = [f"Sentence number {word} is a little longer." for word in ("one", "two", "three", "four")] * 25
    alone = [phonemise(text, "en-us") for text in texts]

    with concurrent.futures.ThreadPoolExecutor(4) as executor:
        together = list(executor.map(lambda text: phonemise(text, "en-us"), texts))

    assert together == alone


def test_languages_differ() -> None:
    """Each voice is given its own."""
    assert phonemise("car", "en-gb") != phonemise("car", "en-us")
    assert phonemise("niño", "es") == "nˈiɲo"


@pytest.mark.parametrize("language", ["en-us", "en-gb"])
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The pipes were made of lead and for the other half of it.", "lead"),
        ("Lead is in the air.", "Lead"),
        ("It was at the end of the lead", "lead"),
        ("lead", "lead"),
        ("It is “lead”, he said.", "lead"),
        ("It is (lead)—a metal…", "lead"),
        ("Use lead-free petrol and non-lead paint.", "lead"),
        ("The lead's weight is to the hull's as to a feather's.", "lead"),
        ("¿It is ¡lead, they’d say?", "lead"),
        ("To lead a team is hard.", "lead"),
        ("Half of them are led to it.", "led"),
    ],
)
def test_given_sounds_change_their_word_alone(text: str, word: str, language: str) -> None:
    """What is beside it keeps its weak forms, its marks and its spaces."""
    usual = phonemise(word, language)
    given = phonemise(text, language, sounds_of(text, (word, "lˈʊd")))

    assert given == phonemise(text, language).replace(usual, "lˈʊd", 1)
    assert given.count("lˈʊd") == 1


def test_several_given_sounds() -> None:
    """Each is put where its own word stood, also the same twice."""
    text = "The lead object is to lead: an object of lead."
    words = (("lead", "lˈɛd"), ("object", "ˈɑːbdʒɛkt"), ("lead", "lˈiːd"), ("object", "əbdʒˈɛkt"), ("lead", "lˈɛd"))

    assert phonemise(text, "en-us", sounds_of(text, *words)) == ("ðə lˈɛd ˈɑːbdʒɛkt ɪz tə lˈiːd: ɐn əbdʒˈɛkt ʌv lˈɛd.")


@pytest.mark.parametrize(
    ("text", "ipa", "language", "phonemes"),
    [
        ("the word is", "ˈɛnd", "en-us", "ðɪ ˈɛnd ɪz"),
        ("the end is", "wˈɜːd", "en-us", "ðə wˈɜːd ɪz"),
        ("to word it", "ˈɛnd", "en-us", "tʊ ˈɛnd ɪt"),
        ("the word's end", "pˈɑːt", "en-us", "ðə pˈɑːts ˈɛnd"),
        ("the word's end", "pˈɑːs", "en-us", "ðə pˈɑːsᵻz ˈɛnd"),
        ("a word is", "tˈeə", "en-gb", "ɐ tˈeəɹ ɪz"),
        ("a word was", "tˈeə", "en-gb", "ɐ tˈeə wɒz"),
    ],
)
def test_given_sounds_fit_in(text: str, ipa: str, language: str, phonemes: str) -> None:
    """The words beside are said as beside these sounds, not as beside the letters."""
    word = "word" if "word" in text else "end"
    assert phonemise(text, language, sounds_of(text, (word, ipa))).replace("ɚ", "ə") == phonemes


def test_given_sounds_survive_their_stand_in() -> None:
    """A text that holds the word put in their place is read in pieces."""
    text = "The zibzib of lead."
    assert phonemise(text, "en-us", sounds_of(text, ("lead", "lˈɛd"))) == "ðə zˈɪbzɪb ʌv lˈɛd."


def test_sounds_outside_of_the_text_are_not_said() -> None:
    """An engine is never stopped by one."""
    assert phonemise("It is.", "en-us", (Sound(9, 12, "lˈɛd", "lexicon"),)) == phonemise("It is.", "en-us")
