"""Each word of a text has its phonemes, read by the real espeak."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.clips import sounds_of

from narrate.core.article import Sound
from narrate.speech.engines.phonemes import phonemise
from narrate.speech.engines.word_symbols import WordSymbols, word_symbols

MARKS = set('.,;:!?—…()“”"')


def found(text: str, language: str = "en-us", sounds: tuple[Sound, ...] = ()) -> tuple[str, tuple[WordSymbols, ...]]:
    symbols = phonemise(text, language, sounds)
    return symbols, word_symbols(text, symbols, sounds, lambda word, own: phonemise(word, language, own))


def shown(text: str, language: str = "en-us", sounds: tuple[Sound, ...] = ()) -> list[tuple[str, str]]:
    symbols, words = found(text, language, sounds)
    return [(text[word.start_char : word.end_char], symbols[word.start_symbol : word.end_symbol]) for word in words]


@pytest.mark.parametrize("text", ['"It wasn\'t hard," she says.', "(Yes.) (No.)", "He—she, too—left.", "“A,”b"])
def test_a_word_right_behind_a_mark_has_its_phonemes(text: str) -> None:
    """A mark parts the work, and nothing but it stands before the word."""
    _, words = found(text)

    said = [text[word.start_char : word.end_char].strip("“”\"'().,—") for word in words]
    assert said == [word for word in re.split(r"[^\w']+", text) if word]
    assert all(word.end_symbol > word.start_symbol for word in words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("of the end of a war", [
            ("of", "ʌv"), ("the", "ðɪ"), ("end", "ˈɛnd"), ("of", "əv"), ("a", "ə"), ("war", "wˈɔːɹ"),
        ]),
        ("his well-known e-mail", [("his", "hɪz"), ("well-known", "wˈɛlnˈoʊn"), ("e-mail", "ˈiːmˈeɪl")]),
        ("a twenty-one-year-old one", [
            ("a", "ɐ"), ("twenty-one-year-old", "twˈɛntiwˈʌnjˈɪɹˈoʊld"), ("one", "wˌʌn"),
        ]),
        ("“Yes,” he said (in a voice): no!", [
            ("Yes", "jˈɛs"), ("he", "hiː"), ("said", "sˈɛd"), ("in", "ɪn"), ("a", "ɐ"), ("voice", "vˈɔɪs"),
            ("no", "nˈoʊ"),
        ]),
        ("It’s 3.5 percent, 1,000 points… no.", [
            ("It’s", "ɪts"), ("3.5", "θɹˈiː pɔɪnt fˈaɪv"), ("percent", "pɚsˈɛnt"), ("1,000", "wˈʌn θˈaʊzənd"),
            ("points", "pˈɔɪnts"), ("no", "nˈoʊ"),
        ]),
        ("The PAC—including him – left.", [
            ("The", "ðə"), ("PAC", "pˈæk"), ("including", "ɪŋklˈuːdɪŋ"), ("him", "hˌɪm"), ("left", "lˈɛft"),
        ]),
        ("They had been [there].", [("They", "ðeɪ"), ("had", "hɐd"), ("been", "bɪn"), ("there", "ðˈɛɹ")]),
    ],
)  # fmt: skip
def test_words_have_their_phonemes(text: str, words: list[tuple[str, str]]) -> None:
    """Words that espeak runs together, numbers of several words, and marks inside a word and around it."""
    assert shown(text) == words


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("¿Dónde está? ¡No lo sé!", "es", [
            ("¿Dónde", "dˈonde"), ("está", "estˈa"), ("¡No", "nˈo"), ("lo", "lo"), ("sé", "sˈe"),
        ]),
        ("Il a dit : « Bonjour à tous », puis il est parti.", "fr-fr", [
            ("Il", "il"), ("a", "a"), ("dit", "dˈi"), ("Bonjour", "bɔ̃ʒˈuʁ"), ("à", "a"), ("tous", "tˈus"),
            ("puis", "pyˈiz"), ("il", "il"), ("est", "ɛ"), ("parti", "paʁtˈi"),
        ]),
        ("नमस्ते दोस्तों। नमस्ते!", "hi", [("नमस्ते", "nəmˈʌsteː"), ("दोस्तों", "dˈoːsto\u0303"), ("नमस्ते", "nəmˈʌsteː")]),
    ],
)  # fmt: skip
def test_marks_of_other_languages_part_words(text: str, language: str, words: list[tuple[str, str]]) -> None:
    """No sign of a mark is in a word's phonemes: the pause after "dit" is none of it."""
    assert shown(text, language) == words


@pytest.mark.parametrize(
    ("text", "given_sounds", "words"),
    [
        ("To lead lead workers at Kyiv's gate.", (("lead", "lˈiːd"), ("lead", "lˈɛd"), ("Kyiv", "kˈiːv")), [
            ("To", "tə"), ("lead", "lˈiːd"), ("lead", "lˈɛd"), ("workers", "wˈɜːkɚz"), ("at", "æt"),
            ("Kyiv's", "kˈiːvz"), ("gate", "ɡˈeɪt"),
        ]),
        ("The New York-based firm.", (("New York", "nˈuː jˈɔːɹk"),), [
            ("The", "ðə"), ("New", "nˈuː"), ("York-based", "jˈɔːɹkbˈeɪst"), ("firm", "fˈɜːm"),
        ]),
    ],
)  # fmt: skip
def test_given_sounds_are_their_words(
    text: str, given_sounds: tuple[tuple[str, str], ...], words: list[tuple[str, str]]
) -> None:
    """Also of a part of a word, or of two words that have one sound."""
    assert shown(text, sounds=sounds_of(text, *given_sounds)) == words


def test_a_mark_inside_given_sounds_does_not_shift_the_others() -> None:
    """The "!" of a name is in the text and not in the phonemes."""
    text = "Yahoo! and Jeopardy! are here."
    words = shown(text, sounds=sounds_of(text, ("Yahoo!", "jˈɑːhuː"), ("Jeopardy!", "dʒˈɛpɚdi")))

    heard = [(word.strip(".!"), sounds.strip(".")) for word, sounds in words]
    assert heard == [("Yahoo", "jˈɑːhuː"), ("and", "ænd"), ("Jeopardy", "dʒˈɛpɚdi"), ("are", "ɑːɹ"), ("here", "hˈɪɹ")]


@pytest.mark.parametrize("text", ["", "—", "— … !", "«»"])
def test_what_cannot_be_heard_is_no_word(text: str) -> None:
    """Marks alone have no place in time."""
    assert shown(text) == []


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("of", "the", "a", "in", "had", "been", "to", "it’s", "well-known", "U.S.", "3.5", "Ohio")),
            st.sampled_from(("", "", "", "", ",", ".", " —", "!", "…", ":", "”", " –", "»", "]")),
            st.sampled_from(("", "", "", "“", "(", "¿", "« ")),
        ),
        min_size=1,
        max_size=10,
    )
)
def test_every_word_has_its_own(words: list[tuple[str, str, str]]) -> None:
    """In order, in text and phonemes; nothing overlaps, and no sound is left over."""
    text = " ".join(before + word + mark for word, mark, before in words)

    symbols, placed = found(text)

    assert len(placed) == len(words)
    for word, (written, _, _) in zip(placed, words, strict=True):
        assert text[word.start_char : word.end_char].strip("¿«“(") in (written, written.rstrip("."))
        assert 0 <= word.start_symbol < word.end_symbol <= len(symbols)
        assert not MARKS & set(symbols[word.start_symbol : word.end_symbol])
    for one, other in pairwise(placed):
        assert one.end_char <= other.start_char
        assert one.end_symbol <= other.start_symbol
    held = {position for word in placed for position in range(word.start_symbol, word.end_symbol)}
    assert {at for at, symbol in enumerate(symbols) if symbol not in MARKS | {" "}} <= held
