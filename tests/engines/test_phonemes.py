"""Words become phonemes, and marks stay where they stood."""

from __future__ import annotations

import concurrent.futures

import pytest

from narrate.engines.phonemes import phonemise


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
