"""Sounds that are put together are those that espeak would give."""

from __future__ import annotations

import string

import pytest

from narrate.speech.engines.phonemes import phonemise
from narrate.text.spoken.ipa import spelt, with_s


@pytest.mark.parametrize(("british", "language"), [(False, "en-us"), (True, "en-gb")])
@pytest.mark.parametrize("letter", string.ascii_uppercase)
def test_names_of_letters(letter: str, british: bool, language: str) -> None:
    """Each letter alone sounds as espeak says it before a mark."""
    assert phonemise(f"letter {letter}, and", language).split()[1] == f"{spelt(letter, british=british)},"


@pytest.mark.parametrize("letters", ["IBM", "BBC", "WWF", "FBI"])
def test_the_last_letter_has_the_stress(letters: str) -> None:
    """As espeak has it in the initialisms that it knows."""
    assert phonemise(f"the {letters}.", "en-us").split()[1] == f"{spelt(letters)}."


@pytest.mark.parametrize(
    ("letters", "british", "ipa"),
    [
        ("MP", False, "ˌɛmpˈiːz"),
        ("PDF", False, "pˌiːdˌiːˈɛfs"),
        ("OS", False, "ˌoʊˈɛsᵻz"),
        ("OS", True, "ˌəʊˈɛsɪz"),
        ("rna", True, "ˌɑːˌɛnˈeɪz"),
    ],
)
def test_plurals(letters: str, british: bool, ipa: str) -> None:
    """The ending is that of the last letter's name; small letters have the same names."""
    assert spelt(letters, british=british, plural=True) == ipa


def test_what_is_no_letter_has_no_name() -> None:
    """A digit would be left out in silence."""
    with pytest.raises(KeyError):
        spelt("H2")


def test_endings() -> None:
    """Voiced, voiceless and hissing."""
    assert [with_s(ipa, "ᵻ") for ipa in ("dˈɑːɡ", "kˈæt", "hˈaʊs")] == ["dˈɑːɡz", "kˈæts", "hˈaʊsᵻz"]
